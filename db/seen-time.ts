/**
 * The city's time as far as this machine can know it: its own clock less the measured difference, and never before what was seen.
 * A clock that is set back does not make a signed paper live longer; one that jumped forward is put right by the next greeting.
 */
import { z } from 'zod';
import type { Clock } from './clock.ts';
import type { ReadDb, WriteTx } from './handle.ts';
import { readIdentity } from './queries/device.ts';
import { readMachineSetting, writeMachineSetting } from './queries/machine.ts';

/** Epoch ms of the city's time at this place of this run's monotonic clock. */
const seenMark = z.strictObject({ ms: z.number(), boot: z.string(), mono: z.number() });

/** Epoch ms. */
export function seenTime(db: ReadDb, clock: Clock): number {
  const wall = clock.now() - (readIdentity(db)?.clockOffsetMs ?? 0);
  const kept = readMachineSetting(db, 'seen_time');
  if (kept === null) return wall;
  const { ms, boot, mono } = seenMark.parse(JSON.parse(kept));
  const passed = boot === clock.boot ? Math.max(0, clock.mono() - mono) : 0;
  return Math.max(wall, ms + passed);
}

/** Keeps how far time was seen to go. `signed`: what the city just said, which counts even where it is earlier. */
export function noteSeenTime(tx: WriteTx, clock: Clock, signed?: number): void {
  const ms = signed ?? seenTime(tx, clock);
  writeMachineSetting(tx, 'seen_time', JSON.stringify({ ms, boot: clock.boot, mono: clock.mono() }));
}
