/** Corrections of the catalogue by an office's admin, laid over the catalogue as it was shipped. */
import type { Catalogue, Fact } from '../catalogue/law.ts';
import { type LocalDate, weekday } from '../lib/local-date.ts';
import type { ProblemCode } from '../problem.ts';
import { type Correction, correctionKey } from './setting.ts';

/** Key under which a day of the calendar is corrected: `from` is the day, the value one of `dayKinds`. */
export const CALENDAR_DAY = 'calendar.day';
/** `ordinary` takes a special day back: an ordinary working day, or an ordinary weekend. */
export const dayKinds = ['holiday', 'compensatory_off', 'swapped_workday', 'ordinary'] as const;
export type CorrectedDayKind = (typeof dayKinds)[number];

/** A later correction of the same row wins; one of a row that this build does not have changes nothing. */
export function corrected(catalogue: Catalogue, corrections: readonly Correction[]): Catalogue {
  if (corrections.length === 0) return catalogue;
  const byRow = new Map(corrections.map((c) => [correctionKey(c.key, c.from), c]));
  const facts = catalogue.facts.map((fact): Fact => {
    const correction = byRow.get(correctionKey(fact.key, fact.from));
    return correction
      ? { ...fact, value: correction.value, source: correction.source, verified: true }
      : fact;
  });
  return { ...catalogue, facts, days: correctedDays(catalogue.days, corrections) };
}

/** The decision on Tết comes late in the year: an office adds days, changes them and takes them back by itself. */
function correctedDays(days: Catalogue['days'], corrections: readonly Correction[]): Catalogue['days'] {
  const byDate = new Map(days.map((day) => [day.date, day]));
  for (const { key, from, value, source } of corrections) {
    if (key !== CALENDAR_DAY || !isDayKind(value)) continue;
    const name = byDate.get(from)?.name ?? source;
    if (value === 'ordinary') byDate.delete(from);
    else byDate.set(from, { date: from, name, kind: value, source, verified: true });
  }
  return [...byDate.values()].sort((a, b) => (a.date < b.date ? -1 : 1));
}

function isDayKind(value: string): value is CorrectedDayKind {
  return dayKinds.some((kind) => kind === value);
}

const MAX_TEXT = 300;
const isText = (text: string): boolean => text.trim() !== '' && text.length <= MAX_TEXT;

const checks: Readonly<Record<Fact['unit'], readonly [fits: (value: string) => boolean, code: ProblemCode]>> =
  {
    working_days: [(v) => /^[1-9]\d{0,2}$/.test(v), 'FACT_NOT_DAYS'],
    days: [(v) => /^[1-9]\d{0,2}$/.test(v), 'FACT_NOT_DAYS'],
    times: [(v) => /^[1-9]\d{0,2}$/.test(v), 'FACT_NOT_TIMES'],
    dong: [(v) => /^(0|[1-9]\d{0,11})$/.test(v), 'FACT_NOT_DONG'],
    hours: [(v) => /^([01]\d|2[0-3]):[0-5]\d$/.test(v), 'FACT_NOT_HOUR'],
    text: [isText, 'FACT_TEXT'],
    code: [isText, 'FACT_TEXT'],
  };

/** What is wrong with a correction: a row that does not exist, a value that its unit does not take, no source; or null. */
export function checkCorrection(catalogue: Catalogue, correction: Correction): ProblemCode | null {
  if (correction.key === CALENDAR_DAY) return dayProblem(correction) ?? sourceProblem(correction);
  const fact = catalogue.facts.find(
    (f) => correctionKey(f.key, f.from) === correctionKey(correction.key, correction.from),
  );
  if (!fact) return 'FACT_UNKNOWN';
  const [fits, code] = checks[fact.unit];
  return fits(correction.value) ? sourceProblem(correction) : code;
}

/** Days in lieu are taken from working days and worked off at weekends; a holiday may fall on any day. */
function dayProblem({ from, value }: Correction): ProblemCode | null {
  if (!isDayKind(value)) return 'FACT_NOT_DAY_KIND';
  const weekend = [0, 6].includes(weekday(from));
  if (value === 'swapped_workday' && !weekend) return 'FACT_DAY_WORKS';
  if (value === 'compensatory_off' && weekend) return 'FACT_DAY_RESTS';
  return null;
}

/** First and last day of the calendar that can be corrected: from the first regime to the end of the year after next. */
export function calendarSpan(
  { regimes }: Pick<Catalogue, 'regimes'>,
  today: LocalDate,
): { readonly from: LocalDate; readonly to: LocalDate } {
  const first = regimes.map((r) => r.from).sort()[0] ?? today;
  return { from: first, to: `${Number(today.slice(0, 4)) + 2}-12-31` };
}

function sourceProblem({ source }: Correction): ProblemCode | null {
  return isText(source) ? null : 'FACT_SOURCE';
}
