/** Which scans stand on this machine, the key of their contents, and what was saved of them. */
import { randomBytes } from 'node:crypto';
import { and, asc, eq, isNull, ne, or } from 'drizzle-orm';
import type { AttachedFile } from '../../shared/domain/attached-file.ts';
import { inTransaction, type ReadDb, type WriteTx } from '../handle.ts';
import { file, fileKey, fileLog } from '../schema/file.ts';

export type KeptFile = Pick<AttachedFile, 'sha256' | 'size' | 'type'>;

/** 32 bytes; made at the first use. */
export function fileKeyOf(db: ReadDb): Buffer {
  const known = db.select({ key: fileKey.key }).from(fileKey).get();
  if (known) return Buffer.from(known.key, 'hex');
  const made = randomBytes(32);
  inTransaction(db, (tx) =>
    tx
      .insert(fileKey)
      .values({ one: 1, key: made.toString('hex') })
      .run(),
  );
  return made;
}

export function keptFile(db: ReadDb, sha256: string): KeptFile | undefined {
  return db
    .select({ sha256: file.sha256, size: file.size, type: file.type })
    .from(file)
    .where(eq(file.sha256, sha256))
    .get();
}

/** One that is known stays what it is. */
export function noteFile(tx: WriteTx, kept: KeptFile, state: 'kept' | 'fetched'): void {
  tx.insert(file)
    .values({ ...kept, state })
    .onConflictDoNothing()
    .run();
}

export function markAttached(tx: WriteTx, sha256: string): void {
  tx.update(file).set({ state: 'attached' }).where(eq(file.sha256, sha256)).run();
}

/** Taken in and never attached: nobody needs them any more. Answers their hashes. */
export function forgetUnattached(db: ReadDb): readonly string[] {
  return inTransaction(db, (tx) =>
    tx.delete(file).where(eq(file.state, 'kept')).returning({ sha256: file.sha256 }).all(),
  ).map((row) => row.sha256);
}

/** Of own events, which the city of this epoch did not confirm yet; the small ones first. */
export function filesToSend(db: ReadDb, epoch: string): readonly KeptFile[] {
  return db
    .select({ sha256: file.sha256, size: file.size, type: file.type })
    .from(file)
    .where(and(eq(file.state, 'attached'), or(isNull(file.sentTo), ne(file.sentTo, epoch))))
    .orderBy(asc(file.size), asc(file.sha256))
    .all();
}

export function markSent(tx: WriteTx, sha256: string, epoch: string): void {
  tx.update(file).set({ sentTo: epoch }).where(eq(file.sha256, sha256)).run();
}

export function logSaved(tx: WriteTx, saved: Omit<typeof fileLog.$inferInsert, 'n'>): void {
  tx.insert(fileLog).values(saved).run();
}

/** All contents on this machine. */
export function storedFiles(db: ReadDb): readonly KeptFile[] {
  return db.select({ sha256: file.sha256, size: file.size, type: file.type }).from(file).all();
}

/**
 * Contents that the city of this epoch holds whole and whose own events it took: they can be fetched again by whoever may read them.
 * Those of events that wait, were refused or are in conflict stay.
 */
export function freeableFiles(db: ReadDb, epoch: string): readonly KeptFile[] {
  const held = filesOfUnsettled(db);
  return db
    .select({ sha256: file.sha256, size: file.size, type: file.type })
    .from(file)
    .where(or(eq(file.state, 'fetched'), and(eq(file.state, 'attached'), eq(file.sentTo, epoch))))
    .all()
    .filter((f) => !held.has(f.sha256));
}

function filesOfUnsettled(db: ReadDb): ReadonlySet<string> {
  const rows = db.$client
    .prepare(
      `SELECT e.raw FROM event e LEFT JOIN delivery d ON d.event_n = e.n
        WHERE e.own = 1 AND e.verb IN ('dossier.attach', 'count.record', 'sheet.resolve')
          AND (d.verdict IS NULL OR d.verdict NOT IN ('accepted', 'merged'))`,
    )
    .pluck()
    .all() as string[];
  return new Set(
    rows.flatMap((raw) => [...raw.matchAll(/"sha256":"([0-9a-f]{64})"/g)].map((m) => m[1] ?? '')),
  );
}

export function forgetFile(tx: WriteTx, sha256: string): void {
  tx.delete(file).where(eq(file.sha256, sha256)).run();
}
