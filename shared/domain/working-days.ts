/**
 * Working days for legal limits: Monday to Friday and neither holiday nor day in lieu, or a worked Saturday.
 * The reception day is day 0 (Bộ luật Dân sự 2015, art. 147-148). Reception itself has its own calendar.
 */
import type { SpecialDay } from '../catalogue/holidays.ts';
import { addDays, type LocalDate, weekday } from '../lib/local-date.ts';
import { assert } from '../lib/must.ts';

export type Calendar = ReadonlyMap<LocalDate, SpecialDay>;

const calendars = new WeakMap<readonly SpecialDay[], Calendar>();
/** The special days of a catalogue by date; the same list gives the same map. */
export function calendarOf({ days }: { readonly days: readonly SpecialDay[] }): Calendar {
  const known = calendars.get(days) ?? new Map(days.map((day) => [day.date, day]));
  calendars.set(days, known);
  return known;
}

export function isWorkingDay(date: LocalDate, calendar: Calendar): boolean {
  const special = calendar.get(date);
  if (special) return special.kind === 'swapped_workday';
  const day = weekday(date);
  return day !== 0 && day !== 6;
}

export function nextWorkingDay(date: LocalDate, calendar: Calendar): LocalDate {
  let next = addDays(date, 1);
  while (!isWorkingDay(next, calendar)) next = addDays(next, 1);
  return next;
}

/** The `days`-th working day after `from`; 0 gives `from` itself. */
export function addWorkingDays(from: LocalDate, days: number, calendar: Calendar): LocalDate {
  assert(Number.isInteger(days) && days >= 0, `working days ${days}`);
  let date = from;
  for (let i = 0; i < days; i++) date = nextWorkingDay(date, calendar);
  return date;
}

/** A limit in calendar days that ends on a rest day ends on the next working day (art. 148). */
export function endOfCalendarLimit(from: LocalDate, days: number, calendar: Calendar): LocalDate {
  const end = addDays(from, days);
  return isWorkingDay(end, calendar) ? end : nextWorkingDay(end, calendar);
}

/** Working days from `from` (not counted) to `to`; negative when `to` lies before. */
export function workingDaysBetween(from: LocalDate, to: LocalDate, calendar: Calendar): number {
  if (to < from) return -workingDaysBetween(to, from, calendar);
  let days = 0;
  for (let date = addDays(from, 1); date <= to; date = addDays(date, 1))
    if (isWorkingDay(date, calendar)) days++;
  return days;
}

/** Special days between two dates, to say in words why a limit moved. */
export function specialDaysBetween(
  from: LocalDate,
  to: LocalDate,
  calendar: Calendar,
): readonly SpecialDay[] {
  const found: SpecialDay[] = [];
  for (let date = addDays(from, 1); date <= to; date = addDays(date, 1)) {
    const special = calendar.get(date);
    if (special) found.push(special);
  }
  return found;
}
