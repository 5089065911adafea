/** When to try next. Pure: times in ms, `random` in [0, 1). */
import { localTime } from '../../shared/lib/local-date.ts';

const REGULAR_MS = 15 * 60_000;
const FIRST_RETRY_MS = 1_000;
const MOST_RETRY_MS = 15 * 60_000;
const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;
/** Offices end their day at the same minute: not all of them in the same second. */
const DAY_END_SPREAD_MS = 2 * MINUTE_MS;
/** A line that answers again is used within half a minute, however long the back-off has become. */
const PROBE_MS = 30_000;

export interface Occasion {
  /** Wall clock, epoch ms. */
  readonly now: number;
  /** Attempts in a row that failed. */
  readonly failures: number;
  /** What the city asked for with the last refusal, seconds. */
  readonly retryAfter: number | null;
  /** HH:MM, Vietnam's time. */
  readonly dayEnd: string;
  readonly random: number;
}

/** Ms to wait: every quarter of an hour, at the day's end of the office, sooner after a failure; never before the city asked to be tried. */
export function waitUntilNext({ now, failures, retryAfter, dayEnd, random }: Occasion): number {
  const wait = failures === 0 ? REGULAR_MS * (0.75 + random / 2) : backOff(failures, random);
  const evening = untilDayEnd(now, dayEnd) + random * DAY_END_SPREAD_MS;
  const asked = retryAfter === null ? 0 : retryAfter * SECOND_MS * (1 + random / 4);
  return Math.max(asked, Math.min(wait, evening));
}

/** 1 s, 2 s, 4 s … 15 min, of which between half and all. */
function backOff(failures: number, random: number): number {
  const full = Math.min(MOST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures - 1, 20));
  return Math.max(FIRST_RETRY_MS, full * (0.5 + random / 2));
}

/** Ms to the next day's end; at that very minute to tomorrow's, or it would be due again at once. */
function untilDayEnd(now: number, dayEnd: string): number {
  const minutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
  const left = minutes(dayEnd) - minutes(localTime(now).time);
  return (left > 0 ? left : left + DAY_MINUTES) * MINUTE_MS - (now % MINUTE_MS);
}

export function waitUntilProbe(random: number): number {
  return PROBE_MS * (0.75 + random / 2);
}
