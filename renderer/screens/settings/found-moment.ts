/** When a loss was found, as an officer types it: day and hour, Vietnam's time, not ahead of now. */
import { readClock } from '../../../shared/lib/clock-time.ts';
import { readDate } from '../../../shared/lib/local-date.ts';

/** ISO 8601, or null where it cannot be read or lies ahead. `now` in epoch ms. */
export function foundMoment(date: string, time: string, now: number): string | null {
  const day = readDate(date, false);
  const clock = readClock(time);
  if (!day.ok || clock === null) return null;
  const at = Date.parse(`${day.value}T${clock}:00+07:00`);
  return at > now ? null : new Date(at).toISOString();
}
