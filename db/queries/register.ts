/** The register of a window of reception days (Sổ theo dõi): dossiers with their components. */
import { asc, between, inArray } from 'drizzle-orm';
import type { DossierComponent } from '../../shared/domain/dossier.ts';
import type { ReadDb } from '../handle.ts';
import { component, dossier } from '../schema/dossier.ts';

export type RegisterRow = typeof dossier.$inferSelect & { readonly components: readonly DossierComponent[] };

/** All dossiers received from one day to another, both included, as they came in. */
export function registerRows(db: ReadDb, from: string, to: string): RegisterRow[] {
  const within = between(dossier.receivedOn, from, to);
  const rows = db
    .select()
    .from(dossier)
    .where(within)
    .orderBy(asc(dossier.receivedOn), asc(dossier.receivedTime), asc(dossier.n))
    .all();
  const parts = db
    .select()
    .from(component)
    .where(inArray(component.dossierId, db.select({ id: dossier.id }).from(dossier).where(within)))
    .orderBy(asc(component.dossierId), asc(component.code))
    .all();
  const partsOf = Map.groupBy(parts, (c) => c.dossierId);
  return rows.map((row) => ({
    ...row,
    components: (partsOf.get(row.id) ?? []).map(({ dossierId: _, ...c }) => c),
  }));
}
