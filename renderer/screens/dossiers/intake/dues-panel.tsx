/** Beside the form, live: the day each component is due, and why it is that day. */
import type { ComponentRule } from '../../../../shared/catalogue/law.ts';
import { agencyOn } from '../../../../shared/catalogue/law.ts';
import { limitVerified, sameDayUntil } from '../../../../shared/domain/deadline.ts';
import { isWorkingDay, specialDaysBetween } from '../../../../shared/domain/working-days.ts';
import type { LocalDate, LocalTime } from '../../../../shared/lib/local-date.ts';
import { t } from '../../../text/text.ts';
import { dayAndDate, shortDate } from '../../../text/when.ts';
import type { IntakeCase } from './intake-case.ts';

interface Props {
  readonly of: IntakeCase | undefined;
  readonly received: LocalTime;
  readonly today: LocalDate;
}

function dayWords(due: LocalDate | null | undefined, received: LocalDate, today: LocalDate): string {
  if (!due) return t('form.due.unknown');
  if (due === received && due === today) return t('due.todayDate', { date: shortDate(due, today) });
  return dayAndDate(due, today);
}

function waitsWords({ limit }: ComponentRule, { rule, wanted }: IntakeCase): string {
  if (limit.kind === 'same_day' || limit.after === null || !wanted.has(limit.after)) return '';
  const first = rule.components.find((c) => c.code === limit.after);
  return first ? t('intake.due.waits', { name: first.short }) : '';
}

/** The agency of this very case: a group of mai táng, or a foreigner, may have its own. */
export function agencyWords(rule: ComponentRule, { clock, facts }: IntakeCase, on: LocalDate): string {
  return agencyOn(clock.catalogue, rule.agency, facts, on)?.value ?? '';
}

function Unverified() {
  return <span className="word warn">{t('form.due.unverified')}</span>;
}

function Component({
  rule,
  of,
  received,
  today,
}: Props & { readonly rule: ComponentRule; readonly of: IntakeCase }) {
  const { catalogue } = of.clock;
  const agency = agencyWords(rule, of, received.date);
  const waits = waitsWords(rule, of);
  return (
    <tr>
      <td>
        {rule.short}
        <div className="dim small">{[agency, waits].filter(Boolean).join(' · ')}</div>
      </td>
      <td>
        {dayWords(of.dues.components[rule.code], received.date, today)}
        {!limitVerified(rule.limit, catalogue, received.date) && (
          <div>
            <Unverified />
          </div>
        )}
      </td>
    </tr>
  );
}

/** Why the days are what they are, in words. */
export function dueReasons(of: IntakeCase, received: LocalTime, today: LocalDate): readonly string[] {
  const days = [...Object.values(of.dues.components), of.dues.chain].filter((d) => d !== null);
  const last = days.reduce((a, b) => (a > b ? a : b), received.date);
  const until = sameDayUntil(of.clock);
  const rest = !isWorkingDay(received.date, of.clock.calendar);
  const sameDay = of.rule.components.some((c) => c.limit.kind === 'same_day' && of.wanted.has(c.code));
  return [
    ...(rest ? [t('intake.due.rest', { date: shortDate(received.date, today) })] : []),
    ...(!rest && sameDay && received.time > until ? [t('intake.due.late', { time: until })] : []),
    ...specialDaysBetween(received.date, last, of.clock.calendar).map(({ date, name, kind }) =>
      t(kind === 'swapped_workday' ? 'form.due.work' : 'form.due.off', {
        date: shortDate(date, today),
        name,
      }),
    ),
  ];
}

export function DuesPanel({ of, received, today }: Props) {
  if (!of) return <section className="card warn">{t('form.due.noRegime')}</section>;
  const shown = of.rule.components.filter((c) => of.wanted.has(c.code));
  const { catalogue } = of.clock;
  const limits = [...shown.map((c) => c.limit), of.rule.chainLimit];
  const doubtful = limits.some((limit) => !limitVerified(limit, catalogue, received.date));
  return (
    <section className="card" aria-labelledby="due-title" data-testid="dues">
      <h2 id="due-title">{t('form.due')}</h2>
      <table className="dues">
        <tbody>
          {shown.map((rule) => (
            <Component key={rule.code} rule={rule} of={of} received={received} today={today} />
          ))}
          <tr>
            <td>{t('form.due.chain')}</td>
            <td>
              {dayWords(of.dues.chain, received.date, today)}
              {!limitVerified(of.rule.chainLimit, catalogue, received.date) && (
                <div>
                  <Unverified />
                </div>
              )}
            </td>
          </tr>
        </tbody>
      </table>
      {dueReasons(of, received, today).map((words) => (
        <p className="warn-text small" key={words}>
          {words}
        </p>
      ))}
      {doubtful && <p className="dim small">{t('form.due.unverified.text')}</p>}
    </section>
  );
}
