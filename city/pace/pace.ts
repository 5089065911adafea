/**
 * How fast one device may ask: a token bucket each for requests, bytes and events. One that goes over its pace is told when to come
 * back, and is turned away at the door until then, without a signature check. Times are those of this process, never a wall clock.
 */
import { fail } from '../../shared/problem.ts';

/** A full bucket and what flows in each second. */
interface Bucket {
  readonly burst: number;
  readonly perSecond: number;
}
export const amounts = ['requests', 'bytes', 'events'] as const;
export type Amount = (typeof amounts)[number];
export type PaceLimits = Readonly<Record<Amount, Bucket>>;

/** A desk that was weeks offline sends all at once; one that never stops leaves most of the hub to the others. */
export const PACE: PaceLimits = {
  requests: { burst: 1_000, perSecond: 5 },
  bytes: { burst: 96 * 1024 * 1024, perSecond: 4 * 1024 * 1024 },
  events: { burst: 30_000, perSecond: 300 },
};

export interface Pace {
  /** Fails with HUB_TOO_FAST {seconds} where this device was told to wait and knocks again. `address`: where it came from. */
  atDoor(device: string, address: string): void;
  /** Fails with HUB_TOO_FAST {seconds}; takes nothing then. */
  take(device: string, address: string, wanted: Readonly<Record<Amount, number>>): void;
}

type Levels = Record<Amount, number>;
interface Holder {
  readonly levels: Levels;
  at: number;
}

/** More devices than any city has; the oldest ones are full again by then. */
const MAX_HELD = 20_000;

/** `now`: milliseconds that only rise. */
export function newPace(limits: PaceLimits = PACE, now: () => number = () => performance.now()): Pace {
  const holders = new Map<string, Holder>();
  const closed = new Map<string, number>();

  function holderOf(device: string): Holder {
    const known = holders.get(device);
    const holder = known ?? { levels: fullLevels(limits), at: now() };
    refill(holder, limits, now());
    holders.delete(device);
    holders.set(device, holder);
    dropOldest(holders);
    return holder;
  }

  return {
    atDoor(device, address) {
      const until = closed.get(doorOf(device, address));
      if (until === undefined) return;
      if (until > now()) tooFast(until - now());
      closed.delete(doorOf(device, address));
    },
    take(device, address, wanted) {
      const { levels } = holderOf(device);
      const waits = amounts.map((a) => waitFor(levels[a], wanted[a], limits[a]));
      const wait = Math.max(...waits);
      if (wait > 0) {
        closed.set(doorOf(device, address), now() + wait);
        dropOldest(closed);
        tooFast(wait);
      }
      for (const a of amounts) levels[a] -= wanted[a];
    },
  };
}

/** Only a request with a right signature closes a door, and only its own: nobody can lock another one out. */
const doorOf = (device: string, address: string): string => `${device} ${address}`;

function tooFast(ms: number): never {
  return fail('HUB_TOO_FAST', { seconds: Math.max(1, Math.ceil(ms / 1000)) });
}

function fullLevels(limits: PaceLimits): Levels {
  return { requests: limits.requests.burst, bytes: limits.bytes.burst, events: limits.events.burst };
}

function refill(holder: Holder, limits: PaceLimits, now: number): void {
  for (const a of amounts) {
    const level = holder.levels[a] + ((now - holder.at) / 1000) * limits[a].perSecond;
    holder.levels[a] = Math.min(limits[a].burst, level);
  }
  holder.at = now;
}

/** Milliseconds until there is enough. What is larger than the bucket itself passes when the bucket is full. */
function waitFor(level: number, wanted: number, { burst, perSecond }: Bucket): number {
  const lacking = Math.min(wanted, burst) - level;
  return lacking > 0 ? (lacking / perSecond) * 1000 : 0;
}

function dropOldest(map: Map<string, unknown>): void {
  if (map.size <= MAX_HELD) return;
  for (const key of map.keys()) {
    map.delete(key);
    return;
  }
}
