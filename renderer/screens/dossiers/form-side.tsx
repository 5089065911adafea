/** Beside the form, live: what still stops the reception, what to look at, and the day each component is due. */
import { specialDays } from '../../../shared/catalogue/holidays.ts';
import { type ChainCode, regimeOn } from '../../../shared/catalogue/regimes.ts';
import { dueDates, SAME_DAY_UNTIL } from '../../../shared/domain/deadline.ts';
import { wantedComponents } from '../../../shared/domain/dossier.ts';
import { forms, MAX_TEXT } from '../../../shared/domain/dossier-form.ts';
import type { FieldProblem, FormReading } from '../../../shared/domain/read-form.ts';
import { specialDaysBetween } from '../../../shared/domain/working-days.ts';
import type { LocalDate, LocalTime } from '../../../shared/lib/local-date.ts';
import { problemSentence } from '../../../shared/problem.ts';
import { fieldLabel, named, t } from '../../text/text.ts';
import { dayAndDate, shortDate } from '../../text/when.ts';
import { fieldId } from './form-field.tsx';

/** "Mẹ: Ngày sinh": the section tells whose field it is. */
export function placeOf(chain: ChainCode, field: string): string {
  const section = forms[chain].find((s) => s.fields.some((f) => f.key === field));
  return section
    ? t('form.jump', { section: named('section', section.key), field: fieldLabel(field) })
    : fieldLabel(field);
}

export function jumpTo(field: string): void {
  const control = document.getElementById(fieldId(field));
  control?.scrollIntoView({ block: 'center' });
  control?.focus();
}

interface JumpsProps {
  readonly chain: ChainCode;
  readonly problems: readonly FieldProblem[];
  readonly tried: boolean;
}
interface ProblemsProps extends JumpsProps {
  readonly correcting: boolean;
}

function Jumps({ chain, problems, tried }: JumpsProps) {
  return (
    <ul className="jumps">
      {problems.map(({ field, code, weight }) => (
        <li key={field + code}>
          <button type="button" className="rowlink" onClick={() => jumpTo(field)}>
            {placeOf(chain, field)}
            {(tried || weight === 'warn' || code !== 'FIELD_REQUIRED') && (
              <span className={weight === 'stop' ? 'block bad-text small' : 'block warn-text small'}>
                {problemSentence(code, { max: MAX_TEXT, field: fieldLabel(field) })}
              </span>
            )}
          </button>
        </li>
      ))}
    </ul>
  );
}

export function Problems({ chain, problems, tried, correcting }: ProblemsProps) {
  const stops = problems.filter((p) => p.weight === 'stop');
  const warns = problems.filter((p) => p.weight === 'warn');
  return (
    <>
      <section
        className={stops.length > 0 && tried ? 'card bad' : 'card'}
        aria-labelledby="stops-title"
        data-testid="stops"
      >
        <h2 id="stops-title" className={stops.length === 0 ? 'ok' : tried ? 'bad-text' : ''}>
          {stops.length === 0
            ? t(correcting ? 'form.stops.none.correct' : 'form.stops.none')
            : t('form.stops', { n: stops.length })}
        </h2>
        {stops.length === 0 ? (
          <p className="dim">{t(correcting ? 'form.stops.ready.correct' : 'form.stops.ready')}</p>
        ) : (
          <Jumps chain={chain} problems={stops} tried={tried} />
        )}
      </section>
      {warns.length > 0 && (
        <section className="card warn" aria-labelledby="warns-title" data-testid="warnings">
          <h2 id="warns-title">{t('form.warns', { n: warns.length })}</h2>
          <Jumps chain={chain} problems={warns} tried={tried} />
        </section>
      )}
    </>
  );
}

interface DueProps {
  readonly chain: ChainCode;
  readonly reading: FormReading;
  readonly received: LocalTime;
}

function dayWords(due: LocalDate | null | undefined, today: LocalDate): string {
  if (!due) return t('form.due.unknown');
  return due === today ? t('due.todayDate', { date: shortDate(due, today) }) : dayAndDate(due, today);
}

export function Dues({ chain, reading, received }: DueProps) {
  const rule = regimeOn(received.date)?.chains[chain];
  if (!rule) return <section className="card warn">{t('form.due.noRegime')}</section>;
  const wanted = wantedComponents(rule, reading.form);
  const dues = dueDates(rule, wanted, received, specialDays);
  const days = [...Object.values(dues.components), dues.chain].filter((d) => d !== null);
  const last = days.reduce((a, b) => (a > b ? a : b), received.date);
  const shown = rule.components.filter((c) => wanted.has(c.code));
  const doubtful = shown.some((c) => !c.limit.verified) || !rule.chainLimit.verified;
  const unverified = <span className="word warn">{t('form.due.unverified')}</span>;
  return (
    <section className="card" aria-labelledby="due-title">
      <h2 id="due-title">{t('form.due')}</h2>
      <table className="dues">
        <tbody>
          {shown.map((c) => (
            <tr key={c.code}>
              <td>
                {c.short}
                <div className="dim small">{c.agency}</div>
              </td>
              <td>
                {dayWords(dues.components[c.code], received.date)}{' '}
                {!c.limit.verified && <div>{unverified}</div>}
              </td>
            </tr>
          ))}
          <tr>
            <td>{t('form.due.chain')}</td>
            <td>
              {dayWords(dues.chain, received.date)} {!rule.chainLimit.verified && <div>{unverified}</div>}
            </td>
          </tr>
        </tbody>
      </table>
      {doubtful && <p className="dim small">{t('form.due.unverified.text')}</p>}
      {received.time > SAME_DAY_UNTIL && <p className="warn-text small">{t('form.due.late')}</p>}
      {specialDaysBetween(received.date, last, specialDays).map(({ date, name, kind }) => (
        <p className="warn-text small" key={date}>
          {t(kind === 'swapped_workday' ? 'form.due.work' : 'form.due.off', {
            date: shortDate(date, received.date),
            name,
          })}
        </p>
      ))}
    </section>
  );
}
