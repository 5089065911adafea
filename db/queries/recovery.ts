/** Which recovery is under way, and the last one that ended: for the words that tell it. */
import type { ReadDb } from '../handle.ts';

export interface Recovery {
  /** Why this machine opened a new stream. */
  readonly why: string;
  readonly at: string;
  /** Own events that were written again on it. */
  readonly resent: number;
}

/** The newest stream that took another one's place since that instant; null = none did. */
export function lastRecovery(db: ReadDb, since: string): Recovery | null {
  const row = db.$client
    .prepare(
      `SELECT o.why, o.opened_at AS at, (SELECT count(*) FROM resent r WHERE r.stream = o.id) AS resent
       FROM own_stream o WHERE o.replaces IS NOT NULL AND o.opened_at >= ? ORDER BY o.rowid DESC LIMIT 1`,
    )
    .get(since);
  return (row as Recovery | undefined) ?? null;
}
