/** Slips that were printed or saved on this machine. */
import { desc, eq } from 'drizzle-orm';
import type { ReadDb, WriteTx } from '../handle.ts';
import { printLog } from '../schema/local.ts';

export interface Print {
  readonly dossierId: string;
  /** Code of the slip. */
  readonly kind: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Account id. */
  readonly actor: string;
}

export function logPrint(tx: WriteTx, print: Print): void {
  tx.insert(printLog).values(print).run();
}

/** Newest first, at most 100. */
export function printsOf(db: ReadDb, dossierId: string): Omit<Print, 'dossierId'>[] {
  return db
    .select({ kind: printLog.kind, at: printLog.at, actor: printLog.actor })
    .from(printLog)
    .where(eq(printLog.dossierId, dossierId))
    .orderBy(desc(printLog.n))
    .limit(100)
    .all();
}
