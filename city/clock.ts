/** The hub's clock, handed in so that a test can set it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** A clock that starts at a given moment and runs on. */
export function clockFrom(startMs: number): Clock {
  const offset = startMs - Date.now();
  return { now: () => Date.now() + offset };
}

export const iso = (ms: number): string => new Date(ms).toISOString();
