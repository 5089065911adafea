/** Due days of a chain and its components, fixed at reception and printed on the slip (hẹn trả). */
import type { ChainRule, Limit } from '../catalogue/regimes.ts';
import type { LocalDate, LocalTime } from '../lib/local-date.ts';
import { addWorkingDays, type Calendar, isWorkingDay, nextWorkingDay } from './working-days.ts';

/** "Tiếp nhận sau 15 giờ mà không giải quyết được ngay thì trả trong ngày làm việc tiếp theo." */
export const SAME_DAY_UNTIL = '15:00';

export interface DueDates {
  readonly components: Readonly<Record<string, LocalDate | null>>;
  readonly chain: LocalDate | null;
}

function sameDay(received: LocalTime, calendar: Calendar): LocalDate {
  const doable = isWorkingDay(received.date, calendar) && received.time <= SAME_DAY_UNTIL;
  return doable ? received.date : nextWorkingDay(received.date, calendar);
}

function dueOf(
  limit: Limit,
  received: LocalTime,
  ends: ReadonlyMap<string, LocalDate | null>,
  calendar: Calendar,
): LocalDate | null {
  switch (limit.kind) {
    case 'same_day':
      return sameDay(received, calendar);
    case 'working_days': {
      const start = limit.after === null ? received.date : ends.get(limit.after);
      return start ? addWorkingDays(start, limit.days, calendar) : null;
    }
    case 'unknown':
      return null;
  }
}

/** Components whose predecessor is not part of the dossier have no due day; unknown limits promise none. */
export function dueDates(
  chain: ChainRule,
  wanted: ReadonlySet<string>,
  received: LocalTime,
  calendar: Calendar,
): DueDates {
  const ends = new Map<string, LocalDate | null>();
  for (const rule of chain.components)
    if (wanted.has(rule.code)) ends.set(rule.code, dueOf(rule.limit, received, ends, calendar));
  return { components: Object.fromEntries(ends), chain: dueOf(chain.chainLimit, received, ends, calendar) };
}
