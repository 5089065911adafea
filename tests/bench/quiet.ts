/** Waits until the whole machine is quiet: another program on the same cores is the largest error of a benchmark. */
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const STAT = '/proc/stat';
const WINDOW_MS = 150;
const BUSY = 0.12;
/** A machine that is never quiet must not cost an hour: after this much waiting the runs go on, and the report says so. */
const PATIENCE_MS = 120_000;

export interface Gate {
  pass(): Promise<void>;
  readonly figures: { passed: number; notQuiet: number; waitedMs: number; note: string | null };
}

export function quietGate(longestMs: number): Gate {
  const off = longestMs === 0 ? 'gate switched off' : existsSync(STAT) ? null : `no ${STAT}: not gated`;
  const figures = { passed: 0, notQuiet: 0, waitedMs: 0, note: off };
  return {
    figures,
    async pass() {
      if (off) return;
      const start = performance.now();
      const end = start + Math.min(longestMs, Math.max(0, PATIENCE_MS - figures.waitedMs));
      let quiet = (await busyShare()) < BUSY;
      while (!quiet && performance.now() < end) quiet = (await busyShare()) < BUSY;
      figures.waitedMs += performance.now() - start;
      figures.passed++;
      if (!quiet) figures.notQuiet++;
    },
  };
}

async function busyShare(): Promise<number> {
  const before = ticks();
  await sleep(WINDOW_MS);
  const after = ticks();
  return after.all === before.all ? 0 : 1 - (after.idle - before.idle) / (after.all - before.all);
}

/** Idle counts the time spent waiting for the disk too: that is no work for a core. */
function ticks(): { all: number; idle: number } {
  const line = readFileSync(STAT, 'utf8').split('\n', 1)[0] ?? '';
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] = line
    .split(/\s+/)
    .slice(1)
    .map(Number);
  return { all: user + nice + system + idle + iowait + irq + softirq + steal, idle: idle + iowait };
}
