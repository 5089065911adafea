/**
 * Whose turn it is: one piece of work of a device at a time, a few of all devices together, first come first served. So a device
 * that sends without end stands in line behind everybody else after each batch.
 */
import { fail } from '../../shared/problem.ts';

export interface Lanes {
  /** Fails with HUB_TOO_FAST where this device has too much waiting, HUB_BUSY where all together have. */
  run<T>(device: string, work: () => Promise<T>): Promise<T>;
  /** Pieces of work that wait or run. */
  waiting(): number;
}

const PER_DEVICE = 16;
const TOGETHER = 4_000;

export function newLanes(atOnce: number): Lanes {
  const last = new Map<string, { end: Promise<void>; held: number }>();
  const line: (() => void)[] = [];
  let [running, waiting] = [0, 0];

  async function enter(): Promise<void> {
    if (running < atOnce) running += 1;
    else await new Promise<void>((go) => line.push(go));
  }
  function leave(): void {
    const next = line.shift();
    if (next) next();
    else running -= 1;
  }
  async function inTurn<T>(before: Promise<void>, work: () => Promise<T>): Promise<T> {
    await before;
    await enter();
    try {
      return await work();
    } finally {
      leave();
    }
  }

  return {
    waiting: () => waiting,
    async run(device, work) {
      const lane = last.get(device) ?? { end: Promise.resolve(), held: 0 };
      if (lane.held >= PER_DEVICE) fail('HUB_TOO_FAST', { seconds: 1 });
      if (waiting >= TOGETHER) fail('HUB_BUSY');
      const done = inTurn(lane.end, work);
      lane.end = done.then(
        () => undefined,
        () => undefined,
      );
      lane.held += 1;
      waiting += 1;
      last.set(device, lane);
      try {
        return await done;
      } finally {
        waiting -= 1;
        lane.held -= 1;
        if (lane.held === 0) last.delete(device);
      }
    },
  };
}
