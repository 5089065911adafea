/** Branded handles: a reader cannot be passed where a writer is needed. Both stand on the one connection. */

import type { Database } from 'better-sqlite3';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';

declare const reads: unique symbol;
declare const writes: unique symbol;

export type ReadDb = BetterSQLite3Database & { readonly $client: Database; readonly [reads]: true };
/** Exists only inside `inTransaction`: what it does is committed as a whole or not at all. */
export type WriteTx = ReadDb & { readonly [writes]: true };

/** The only door to a write handle: one synchronous `BEGIN IMMEDIATE` … `COMMIT`. Never await inside. */
export function inTransaction<T>(db: ReadDb, work: (tx: WriteTx) => T): T {
  return db.$client.transaction(() => work(db as WriteTx)).immediate();
}

const prepared = new WeakMap<object, Map<string, unknown>>();
/** A statement built once per connection: building it each time costs 25 times the query. */
export function once<S>(db: ReadDb, name: string, build: () => S): S {
  const known = prepared.get(db.$client) ?? new Map<string, unknown>();
  prepared.set(db.$client, known);
  if (!known.has(name)) known.set(name, build());
  return known.get(name) as S;
}
