/** A clock and ids that stand still until told: the only things, besides the network, that tests fake. */
import { createHash } from 'node:crypto';
import type { Clock, Ids } from '../../db/clock.ts';

export interface TestClock extends Clock {
  set(iso: string): void;
  advance(ms: number): void;
}

export function testClock(iso = '2026-11-20T02:30:00Z'): TestClock {
  let now = Date.parse(iso);
  let mono = 1000;
  return {
    boot: 'test-boot',
    now: () => now,
    mono: () => ++mono,
    set: (next) => {
      now = Date.parse(next);
    },
    advance: (ms) => {
      now += ms;
      mono += ms;
    },
  };
}

/** UUIDs (version 4 in form) counted from a seed. */
export function testIds(seed = 'test'): Ids {
  let n = 0;
  return {
    uuid: () => {
      const hex = createHash('sha256').update(`${seed}/${++n}`).digest('hex');
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
    },
  };
}
