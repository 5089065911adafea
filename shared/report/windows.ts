/** Windows of reports: the usual ones around a day, and the one before or after another. Windows of whole months keep their day of the month. */
import { addDays, daysBetween, type LocalDate } from '../lib/local-date.ts';

export interface Days {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** The same day so many months on; the last one where the month is shorter. */
function addMonths(date: LocalDate, months: number): LocalDate {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return `${first.toISOString().slice(0, 8)}${String(Math.min(day, last)).padStart(2, '0')}`;
}

/** Whole months of a window, as of 11/8 to 10/9: 1; null = it has none. */
function monthsOf({ from, to }: Days): number | null {
  const next = addDays(to, 1);
  if (next.slice(8) !== from.slice(8)) return null;
  const count = (date: LocalDate) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
  return count(next) - count(from);
}

/** The window of the same kind that lies so many windows on (-1 = the one before). */
export function shiftWindow(window: Days, by: number): Days {
  const { from, to } = window;
  const months = monthsOf(window);
  if (months !== null)
    return { from: addMonths(from, months * by), to: addDays(addMonths(from, months * (by + 1)), -1) };
  const days = daysBetween(from, to) + 1;
  return { from: addDays(from, days * by), to: addDays(to, days * by) };
}

export const windowNames = ['month', 'from11', 'from15', 'quarter', 'year'] as const;
export type WindowName = (typeof windowNames)[number];

const starting = (from: LocalDate, months: number): Days => ({
  from,
  to: addDays(addMonths(from, months), -1),
});

/** The named window in which a day lies. */
export function windowOf(name: WindowName, on: LocalDate): Days {
  const first = (day: string) => {
    const start = `${on.slice(0, 8)}${day}`;
    return start <= on ? start : addMonths(start, -1);
  };
  switch (name) {
    case 'month':
      return starting(first('01'), 1);
    case 'from11':
      return starting(first('11'), 1);
    case 'from15':
      return starting(first('15'), 1);
    case 'quarter': {
      const month = Math.floor((Number(on.slice(5, 7)) - 1) / 3) * 3 + 1;
      return starting(`${on.slice(0, 5)}${String(month).padStart(2, '0')}-01`, 3);
    }
    case 'year':
      return starting(`${on.slice(0, 4)}-01-01`, 12);
  }
}
