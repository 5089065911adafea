/** Drafts: rows of their own, private to the actor, never events. */
import { and, desc, eq, ne, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Draft } from '../../shared/contract/ipc/draft.ts';
import { once, type ReadDb, type WriteTx } from '../handle.ts';
import { draft } from '../schema/local.ts';

const values = z.record(z.string(), z.string());
const toDraft = (row: typeof draft.$inferSelect): Draft => ({
  id: row.id,
  chain: row.chain,
  values: values.parse(JSON.parse(row.values)),
  savedAt: row.savedAt,
});

export function saveDraft(tx: WriteTx, actor: string, record: Draft): void {
  const row = { ...record, actor, values: JSON.stringify(record.values) };
  tx.insert(draft)
    .values(row)
    .onConflictDoUpdate({
      target: draft.id,
      set: { values: row.values, savedAt: row.savedAt },
      setWhere: eq(draft.actor, actor),
    })
    .run();
}

export function draftsOf(db: ReadDb, actor: string): Draft[] {
  return db
    .select()
    .from(draft)
    .where(eq(draft.actor, actor))
    .orderBy(desc(draft.savedAt))
    .all()
    .map(toDraft);
}

/** Those of everybody else, newest first. */
export function draftsOfOthers(db: ReadDb, actor: string): (Draft & { readonly actor: string })[] {
  return db
    .select()
    .from(draft)
    .where(ne(draft.actor, actor))
    .orderBy(desc(draft.savedAt))
    .all()
    .map((row) => ({ ...toDraft(row), actor: row.actor }));
}

export function draftById(db: ReadDb, actor: string, id: string): Draft | null {
  const row = db
    .select()
    .from(draft)
    .where(and(eq(draft.id, id), eq(draft.actor, actor)))
    .get();
  return row ? toDraft(row) : null;
}

export function deleteDraft(tx: WriteTx, actor: string, id: string): void {
  const statement = once(tx, 'draft.delete', () =>
    tx
      .delete(draft)
      .where(and(eq(draft.id, sql.placeholder('id')), eq(draft.actor, sql.placeholder('actor'))))
      .prepare(),
  );
  statement.run({ id, actor });
}
