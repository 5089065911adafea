/** What main lets through the door before anything reads it: how often a window may call, and how large and deep an input may be. */

/** A person does not get near it, nor does a screen that fills itself; a loop that was put into the window does at once. */
const BURST = 3_000;
const PER_SECOND = 300;

/** A token bucket for each window. `now`: monotonic ms. Answers whether this call may go on. */
export function callPace(now: () => number): (window: number) => boolean {
  const buckets = new Map<number, { left: number; at: number }>();
  return (window) => {
    const at = now();
    const bucket = buckets.get(window) ?? { left: BURST, at };
    const left = Math.min(BURST, bucket.left + ((at - bucket.at) / 1_000) * PER_SECOND);
    buckets.set(window, { left: left >= 1 ? left - 1 : left, at });
    return left >= 1;
  };
}

/** The largest calls are a sheet of all communes (about 100,000 values) and a scan (2 x 20 MB, `file.take`). */
const MOST_VALUES = 500_000;
const MOST_BYTES = 64 * 1024 * 1024;
const DEEPEST = 30;

/** False for what is too deep, too many or too large to be looked at by a schema. Cycles are too deep. */
export function isWithinBounds(input: unknown): boolean {
  let values = 0;
  let bytes = 0;
  function fits(value: unknown, depth: number): boolean {
    values += 1;
    if (typeof value === 'string') bytes += value.length;
    else if (ArrayBuffer.isView(value)) bytes += value.byteLength;
    if (values > MOST_VALUES || bytes > MOST_BYTES || depth > DEEPEST) return false;
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return true;
    if (Array.isArray(value)) return value.every((one) => fits(one, depth + 1));
    return Object.keys(value).every((key) => {
      bytes += key.length;
      return fits((value as Record<string, unknown>)[key], depth + 1);
    });
  }
  return fits(input, 0);
}
