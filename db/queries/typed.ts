/** What is half typed outside the forms of dossiers, under what it is about: of a person on this machine, never an event. */
import { and, eq, lt, max } from 'drizzle-orm';
import { z } from 'zod';
import type { ReadDb, WriteTx } from '../handle.ts';
import { draft, typed } from '../schema/local.ts';

const values = z.record(z.string(), z.string());
export type TypedValues = z.infer<typeof values>;

export function typedAbout(db: ReadDb, actor: string, about: string): TypedValues {
  const row = db
    .select()
    .from(typed)
    .where(and(eq(typed.actor, actor), eq(typed.about, about)))
    .get();
  return row ? values.parse(JSON.parse(row.values)) : {};
}

interface TypedRecord {
  readonly about: string;
  /** Empty: there is nothing to keep any more. */
  readonly values: TypedValues;
  readonly savedAt: string;
}

export function saveTyped(tx: WriteTx, actor: string, record: TypedRecord): void {
  const { about, savedAt } = record;
  const text = JSON.stringify(record.values);
  if (text === '{}')
    tx.delete(typed)
      .where(and(eq(typed.actor, actor), eq(typed.about, about)))
      .run();
  else
    tx.insert(typed)
      .values({ actor, about, values: text, savedAt })
      .onConflictDoUpdate({ target: [typed.actor, typed.about], set: { values: text, savedAt } })
      .run();
}

/** What nobody came back to. */
export function forgetTypedBefore(tx: WriteTx, savedAt: string): void {
  tx.delete(typed).where(lt(typed.savedAt, savedAt)).run();
}

/** When anybody last typed into anything that is not finished (ISO 8601); null = nothing is half typed. */
export function lastTypedAt(db: ReadDb): string | null {
  const newest = [
    db
      .select({ at: max(draft.savedAt) })
      .from(draft)
      .get()?.at,
    db
      .select({ at: max(typed.savedAt) })
      .from(typed)
      .get()?.at,
  ];
  return newest.reduce<string | null>((last, at) => (at && at > (last ?? '') ? at : last), null);
}
