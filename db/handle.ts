/** Branded handles: a reader cannot be passed where a writer is needed. Both stand on the one connection. */

import type { Database } from 'better-sqlite3';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';

declare const reads: unique symbol;
declare const writes: unique symbol;

export type ReadDb = BetterSQLite3Database & { readonly $client: Database; readonly [reads]: true };
/** Exists only inside `inTransaction`: what it does is committed as a whole or not at all. */
export type WriteTx = ReadDb & { readonly [writes]: true };

/** Who keeps a second record of every commit. */
export interface CommitWatch {
  /** How much was noted so far. */
  noted(): number;
  /** What was noted after `place` did not happen. */
  forget(place: number): void;
  /** The last act inside the outermost transaction. */
  sealing(): void;
  /** The commit is on the disk: what was noted is kept. Must not fail. */
  committed(): void;
}
const watches = new WeakMap<object, CommitWatch>();
export function watchCommits(db: ReadDb, watch: CommitWatch | null): void {
  if (watch) watches.set(db.$client, watch);
  else watches.delete(db.$client);
}

/** The only door to a write handle: one synchronous `BEGIN IMMEDIATE` … `COMMIT`. Never await inside. */
export function inTransaction<T>(db: ReadDb, work: (tx: WriteTx) => T): T {
  const watch = watches.get(db.$client);
  if (!watch) return db.$client.transaction(() => work(db as WriteTx)).immediate();
  const outermost = !db.$client.inTransaction;
  const place = watch.noted();
  try {
    const run = db.$client.transaction(() => {
      const value = work(db as WriteTx);
      if (outermost) watch.sealing();
      return value;
    });
    const value = run.immediate();
    if (outermost) watch.committed();
    return value;
  } catch (error) {
    watch.forget(place);
    throw error;
  }
}

const prepared = new WeakMap<object, Map<string, unknown>>();
/** A statement built once per connection: building it each time costs 25 times the query. */
export function once<S>(db: ReadDb, name: string, build: () => S): S {
  const known = prepared.get(db.$client) ?? new Map<string, unknown>();
  prepared.set(db.$client, known);
  if (!known.has(name)) known.set(name, build());
  return known.get(name) as S;
}
