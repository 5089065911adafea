/** The last recovery that ended, for the words that tell it: a city or a machine that was put back, whether or not a new stream was opened. */
import { z } from 'zod';
import type { ReadDb, WriteTx } from '../handle.ts';
import { readMachineSetting, writeMachineSetting } from './machine.ts';

const recovery = z.object({
  /** Why: a word of the protocol's `ReplaceStream`. */
  why: z.string(),
  at: z.string(),
  /** Own events that the city lacked and gets again. */
  resent: z.int(),
});
export type Recovery = z.infer<typeof recovery>;

/** The last one, where it ended at that instant or later. */
export function lastRecovery(db: ReadDb, since: string): Recovery | null {
  const kept = readMachineSetting(db, 'recovered');
  const last = kept === null ? null : recovery.parse(JSON.parse(kept));
  return last && last.at >= since ? last : null;
}

export function keepRecovery(tx: WriteTx, ended: Recovery): void {
  writeMachineSetting(tx, 'recovered', JSON.stringify(ended));
}

/** Own events of which the city has said nothing that stands. */
export function countUnanswered(db: ReadDb): number {
  return db.$client
    .prepare(
      'SELECT count(*) FROM event e WHERE e.own = 1 AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.event_n = e.n)',
    )
    .pluck()
    .get() as number;
}

/** Own events that were written again on this stream. */
export function countResent(db: ReadDb, stream: string): number {
  return db.$client.prepare('SELECT count(*) FROM resent WHERE stream = ?').pluck().get(stream) as number;
}
