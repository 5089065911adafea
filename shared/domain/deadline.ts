/**
 * Due days of a chain and its components. Worked out once per step, under the facts of the reception date, and kept
 * with the step: what a slip promised does not move because a row of the catalogue was corrected later.
 */
import { type Catalogue, type ChainRule, factOn, type Limit, numberOn } from '../catalogue/law.ts';
import type { LocalDate, LocalTime } from '../lib/local-date.ts';
import { addWorkingDays, type Calendar, isWorkingDay, nextWorkingDay } from './working-days.ts';

/** The rules that count for one dossier: those of the day it came in. */
export interface ClockRules {
  readonly catalogue: Catalogue;
  readonly chain: ChainRule;
  readonly receivedOn: LocalDate;
  readonly calendar: Calendar;
}
export interface DueDates {
  readonly components: Readonly<Record<string, LocalDate | null>>;
  readonly chain: LocalDate | null;
}

/** "Tiếp nhận sau 15 giờ mà không giải quyết được ngay thì trả trong ngày làm việc tiếp theo." */
export function sameDayUntil({ catalogue, receivedOn }: ClockRules): string {
  return factOn(catalogue, 'reception.sameDayUntil', receivedOn)?.value || '15:00';
}

function sameDay(complete: LocalTime, rules: ClockRules): LocalDate {
  const doable = isWorkingDay(complete.date, rules.calendar) && complete.time <= sameDayUntil(rules);
  return doable ? complete.date : nextWorkingDay(complete.date, rules.calendar);
}

function dueOf(
  limit: Limit,
  received: LocalTime,
  ends: ReadonlyMap<string, LocalDate | null>,
  rules: ClockRules,
): LocalDate | null {
  if (limit.kind === 'same_day') return sameDay(received, rules);
  const start = limit.after === null ? received.date : ends.get(limit.after);
  const days = numberOn(rules.catalogue, limit.days, rules.receivedOn);
  return start && days !== null ? addWorkingDays(start, days, rules.calendar) : null;
}

/** Components whose predecessor is not part of the dossier have no due day; unknown limits promise none. */
export function dueDates(rules: ClockRules, wanted: ReadonlySet<string>, received: LocalTime): DueDates {
  const ends = new Map<string, LocalDate | null>();
  for (const rule of rules.chain.components)
    if (wanted.has(rule.code)) ends.set(rule.code, dueOf(rule.limit, received, ends, rules));
  return {
    components: Object.fromEntries(ends),
    chain: dueOf(rules.chain.chainLimit, received, ends, rules),
  };
}

/** Whether every number that this limit rests on was read in its source. */
export function limitVerified(limit: Limit, catalogue: Catalogue, receivedOn: LocalDate): boolean {
  return limit.kind === 'same_day' || (factOn(catalogue, limit.days, receivedOn)?.verified ?? false);
}

/** The clock of a component that begins on a day: its limit counted from there; null where none is known. */
export function dueFrom(limit: Limit, start: LocalDate, rules: ClockRules): LocalDate | null {
  if (limit.kind === 'same_day') return start;
  const days = numberOn(rules.catalogue, limit.days, rules.receivedOn);
  return days === null ? null : addWorkingDays(start, days, rules.calendar);
}

/** The citizen's time to complete papers: from the day of the request to the day on which they came. */
export interface Pause {
  readonly asked: LocalDate;
  readonly arrived: LocalDate;
}

/**
 * A due day after pauses that end now are taken off (QĐ 766): moved by as many working days as are not off already
 * (`before`). What was late when the papers were asked for stays late; what was not is never due before they came.
 */
export function dueAfterPause(
  due: LocalDate,
  pauses: readonly Pause[],
  calendar: Calendar,
  before: readonly Pause[] = [],
): LocalDate {
  const off = pauses.map((pause) => (due < pause.asked ? fromWorkingDay(pause, calendar) : pause));
  const days = pausedDays([...before, ...off], calendar) - pausedDays(before, calendar);
  const moved = addWorkingDays(due, days, calendar);
  // They came on a rest day after the last day that is left: the limit ends on the next working day (BLDS 2015, art. 148).
  const next = nextWorkingDay(moved, calendar);
  const ended = pauses.some(({ asked, arrived }) => due >= asked && moved < arrived && arrived < next);
  return ended ? next : moved;
}

/** Asked for on a rest day after the due day: taken off from the next working day, or the rest day would make it punctual. */
function fromWorkingDay({ asked, arrived }: Pause, calendar: Calendar): Pause {
  return { asked: isWorkingDay(asked, calendar) ? asked : nextWorkingDay(asked, calendar), arrived };
}

function max(a: LocalDate, b: LocalDate): LocalDate {
  return a > b ? a : b;
}

/** Working days that lie in at least one of the pauses: requests that overlap are not taken off twice. */
export function pausedDays(pauses: readonly Pause[], calendar: Calendar): number {
  const days = new Set<LocalDate>();
  for (const { asked, arrived } of pauses)
    for (let day = nextWorkingDay(asked, calendar); day <= arrived; day = nextWorkingDay(day, calendar))
      days.add(day);
  return days.size;
}

/** A same-day component whose papers are complete at last: that working day, or the next one after the hour. */
export function dueWhenComplete(
  due: LocalDate,
  asked: LocalDate,
  complete: LocalTime,
  rules: ClockRules,
): LocalDate {
  const moved = dueAfterPause(due, [{ asked, arrived: complete.date }], rules.calendar);
  // It was late before the papers were asked for: the pause does not make it punctual.
  if (due < asked) return moved;
  return max(sameDay(complete, rules), moved);
}

/** Last day for the citizen to complete papers; after it the dossier is refused. */
export function supplementUntil(
  asked: LocalDate,
  { catalogue, receivedOn, calendar }: ClockRules,
): LocalDate | null {
  const days = numberOn(catalogue, 'limit.supplement', receivedOn);
  return days === null ? null : addWorkingDays(asked, days, calendar);
}
