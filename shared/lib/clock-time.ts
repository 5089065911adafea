/** An hour as people type it: `1645`, `16:45`, `16h45`, `7.30`. */
const CLOCK = /^(\d{1,2})[:hg.\s]?(\d{2})$/;

/** HH:MM, or null where it is none. */
export function readClock(typed: string): string | null {
  const [, hour = '', minute = ''] = CLOCK.exec(typed.trim()) ?? [];
  if (hour === '' || Number(hour) > 23 || Number(minute) > 59) return null;
  return `${hour.padStart(2, '0')}:${minute}`;
}

/** HH:MM some minutes later on the clock; past midnight it begins anew. */
export function laterOnClock(time: string, minutes: number): string {
  const total = (Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5)) + minutes) % (24 * 60);
  return `${String(Math.floor(total / 60)).padStart(2, '0')}:${String(total % 60).padStart(2, '0')}`;
}
