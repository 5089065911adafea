/** What the step will move: due days, the end of the time to complete papers, steps that end with it. */
import type { DossierDetail } from '../../../../shared/contract/ipc/dossier.ts';
import type { ActBody } from '../../../../shared/domain/dossier.ts';
import { type Calendar, workingDaysBetween } from '../../../../shared/domain/working-days.ts';
import type { LocalDate } from '../../../../shared/lib/local-date.ts';
import { useCalendar } from '../../../data/catalogue.ts';
import { t } from '../../../text/text.ts';
import { dayAndDate, shortDate } from '../../../text/when.ts';

/** The consequences of a planned step, as sentences. */
export function consequences(
  detail: Pick<DossierDetail, 'components' | 'due'>,
  plan: ActBody,
  chosen: readonly string[],
  today: LocalDate,
  calendar: Calendar,
): readonly string[] {
  const day = (date: LocalDate | null) => (date ? dayAndDate(date, today) : t('step.none'));
  const short = (code: string) => detail.components.find((c) => c.code === code)?.short ?? code;
  const dependents = plan.components.filter((code) => !chosen.includes(code));
  return [
    ...plan.dues.map(({ code, due }) => {
      const before = detail.components.find((c) => c.code === code);
      const begins = plan.action === 'result_received' && before?.startedOn === null;
      return begins
        ? t('act.then.due.new', { name: short(code), due: day(due) })
        : t('act.then.due', { name: short(code), due: day(due), before: day(before?.due ?? null) });
    }),
    ...(plan.chainDue === undefined
      ? []
      : [t('act.then.chain', { due: day(plan.chainDue), before: day(detail.due) })]),
    ...(plan.until
      ? [
          t('act.then.until', {
            date: shortDate(plan.until, today),
            n: workingDaysBetween(plan.on, plan.until, calendar),
          }),
        ]
      : []),
    ...(plan.action === 'forward' ? [t('act.then.elsewhere')] : []),
    ...(dependents.length > 0 ? [t('act.then.dependents', { names: dependents.map(short).join(', ') })] : []),
  ];
}

interface Props {
  readonly detail: DossierDetail;
  readonly plan: ActBody;
  readonly chosen: readonly string[];
  readonly today: LocalDate;
}

export function Consequences({ detail, plan, chosen, today }: Props) {
  const sentences = consequences(detail, plan, chosen, today, useCalendar());
  if (sentences.length === 0) return null;
  return (
    <div className="then">
      <h3 className="dim small">{t('act.then')}</h3>
      <ul>
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  );
}
