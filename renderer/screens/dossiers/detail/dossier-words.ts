/** A dossier in words: how its chain ended, why its day of return is that day; and the rules of its own regime. */
import { specialDays } from '../../../../shared/catalogue/holidays.ts';
import type { Catalogue } from '../../../../shared/catalogue/law.ts';
import type { DossierDetail } from '../../../../shared/contract/ipc/dossier.ts';
import { type ClockRules, sameDayUntil } from '../../../../shared/domain/deadline.ts';
import { componentOutcome } from '../../../../shared/domain/dossier.ts';
import {
  calendarOf,
  specialDaysBetween,
  workingDaysBetween,
} from '../../../../shared/domain/working-days.ts';
import type { LocalDate } from '../../../../shared/lib/local-date.ts';
import { t } from '../../../text/text.ts';
import { shortDate } from '../../../text/when.ts';

/** null where a newer program received it under rules that are not known here. */
export function rulesOf(
  catalogue: Catalogue,
  { regime, chain, receivedOn }: Pick<DossierDetail, 'regime' | 'chain' | 'receivedOn'>,
): ClockRules | null {
  const rule = catalogue.regimes.find((r) => r.id === regime)?.chains[chain];
  return rule ? { catalogue, chain: rule, receivedOn, calendar: calendarOf(catalogue) } : null;
}

/** "Xong một phần (2/3 thủ tục)": never "đã xử lý xong" for a chain of which a part failed. */
export function outcomeWords({
  outcome,
  components,
}: Pick<DossierDetail, 'outcome'> & {
  readonly components: readonly Pick<DossierDetail['components'][number], 'state'>[];
}): string {
  const done = components.filter((c) => componentOutcome(c.state) === 'done').length;
  if (outcome === 'whole') return t('outcome.whole.of', { all: components.length });
  if (outcome === 'part') return t('outcome.part.of', { done, all: components.length });
  return t(`outcome.${outcome}`);
}

/** Why the day of return is that day: hour of reception, holidays, supplement time, extension. */
export function dueReasons(
  detail: Pick<DossierDetail, 'receivedOn' | 'receivedTime' | 'due' | 'steps' | 'components'>,
  rules: ClockRules | null,
  today: LocalDate,
): readonly string[] {
  const { receivedOn, receivedTime, due, steps } = detail;
  const last = [due, ...detail.components.map((c) => c.due)].reduce<LocalDate>(
    (a, b) => (b && b > a ? b : a),
    receivedOn,
  );
  const calendar = rules?.calendar ?? specialDays;
  const late =
    rules !== null &&
    receivedTime > sameDayUntil(rules) &&
    rules.chain.components.some((c) => c.limit.kind === 'same_day');
  const paused = steps.flatMap((step, i) => {
    if (step.action !== 'supplement_arrived') return [];
    const asked = steps.slice(0, i).findLast((s) => s.action === 'ask_supplement');
    return asked ? [workingDaysBetween(asked.on, step.on, calendar)] : [];
  });
  const days = paused.reduce((a, b) => a + b, 0);
  return [
    ...(late && rules ? [t('why.late', { time: sameDayUntil(rules) })] : []),
    ...specialDaysBetween(receivedOn, last, calendar).map(({ date, name, kind }) =>
      t(kind === 'swapped_workday' ? 'why.work' : 'why.off', { date: shortDate(date, today), name }),
    ),
    ...(days > 0 ? [t('why.pause', { n: days })] : []),
    ...steps
      .filter((s) => s.action === 'extend')
      .map((s) => t('why.extend', { date: shortDate(s.on, today) })),
  ];
}
