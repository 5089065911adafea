/** Named filters of a person on this machine. */
import { and, asc, eq } from 'drizzle-orm';
import { type DossierFilter, dossierFilter } from '../../shared/contract/ipc/dossier.ts';
import type { ReadDb, WriteTx } from '../handle.ts';
import { savedFilter } from '../schema/local.ts';

export interface NamedFilter {
  readonly name: string;
  readonly filter: DossierFilter;
}

/** By name. One that an older or newer program saved in another shape is passed over. */
export function filtersOf(db: ReadDb, actor: string): NamedFilter[] {
  const rows = db
    .select()
    .from(savedFilter)
    .where(eq(savedFilter.actor, actor))
    .orderBy(asc(savedFilter.name))
    .all();
  return rows.flatMap(({ name, filter }) => {
    const parsed = dossierFilter.safeParse(JSON.parse(filter));
    return parsed.success ? [{ name, filter: parsed.data }] : [];
  });
}

/** A filter of the same name is replaced. */
export function saveFilter(tx: WriteTx, actor: string, { name, filter }: NamedFilter): void {
  const row = { actor, name, filter: JSON.stringify(filter) };
  tx.insert(savedFilter)
    .values(row)
    .onConflictDoUpdate({ target: [savedFilter.actor, savedFilter.name], set: { filter: row.filter } })
    .run();
}

export function removeFilter(tx: WriteTx, actor: string, name: string): void {
  tx.delete(savedFilter)
    .where(and(eq(savedFilter.actor, actor), eq(savedFilter.name, name)))
    .run();
}
