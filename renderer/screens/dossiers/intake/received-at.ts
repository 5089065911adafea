/** When the dossier came in: now, or the day and hour on the paper where it is typed later. */
import { readClock } from '../../../../shared/lib/clock-time.ts';
import { type LocalDate, type LocalTime, readDate } from '../../../../shared/lib/local-date.ts';
import type { ProblemCode } from '../../../../shared/problem.ts';
import type { Values } from './form-values.ts';

export const RECEIVED_DATE = '$receivedDate';
export const RECEIVED_TIME = '$receivedTime';

export interface ReceivedReading {
  /** What rules, limits and papers follow; where something cannot be read, the nearest that can. */
  readonly at: LocalTime;
  /** Typed later from paper. */
  readonly earlier: boolean;
  readonly dateProblem: ProblemCode | null;
  readonly timeProblem: ProblemCode | null;
}

export function receivedAt(values: Values, now: LocalTime): ReceivedReading {
  const typedDate = values[RECEIVED_DATE]?.trim() ?? '';
  const typedTime = values[RECEIVED_TIME]?.trim() ?? '';
  const none = { dateProblem: null, timeProblem: null };
  if (typedDate === '' && typedTime === '') return { at: now, earlier: false, ...none };
  const { date, dateProblem } = readDay(typedDate, now);
  const { time, timeProblem } = readHour(typedTime, date, now);
  return { at: { date, time }, earlier: true, dateProblem, timeProblem };
}

/** An hour alone is an hour of today. */
function readDay(typed: string, now: LocalTime): { date: LocalDate; dateProblem: ProblemCode | null } {
  if (typed === '') return { date: now.date, dateProblem: null };
  const reading = readDate(typed, false);
  if (!reading.ok) return { date: now.date, dateProblem: reading.code };
  if (reading.value > now.date) return { date: now.date, dateProblem: 'RECEIVED_IN_FUTURE' };
  return { date: reading.value, dateProblem: null };
}

function readHour(
  typed: string,
  date: LocalDate,
  now: LocalTime,
): { time: string; timeProblem: ProblemCode | null } {
  if (typed === '') return { time: now.time, timeProblem: 'FIELD_REQUIRED' };
  const time = readClock(typed);
  if (time === null) return { time: now.time, timeProblem: 'TIME_UNREADABLE' };
  if (date === now.date && time > now.time) return { time: now.time, timeProblem: 'RECEIVED_IN_FUTURE' };
  return { time, timeProblem: null };
}
