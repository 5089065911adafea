/** One person's data: dossiers that may name him, his requests, what was handed out. */
import { asc, desc, inArray } from 'drizzle-orm';
import { searchKey } from '../../shared/lib/vietnamese-text.ts';
import { once, type ReadDb, type WriteTx } from '../handle.ts';
import { personExport, personRequest } from '../schema/local.ts';

/** Ids of the dossiers that hold this number, or all words of this name; which of them name the person is the caller's question. */
export function personCandidates(db: ReadDb, { number, name }: { number: string; name: string }): string[] {
  const phrase = (text: string) =>
    searchKey(text)
      .split(' ')
      .filter(Boolean)
      .map((word) => `"${word}"`)
      .join(' ');
  const queries = [number, name].map(phrase).filter(Boolean);
  if (queries.length === 0) return [];
  const statement = once(db, 'person.candidates', () =>
    db.$client
      .prepare(
        'SELECT id FROM dossier WHERE n IN (SELECT rowid FROM dossier_search WHERE dossier_search MATCH ?) ORDER BY n',
      )
      .pluck(),
  );
  return statement.all(`words : (${queries.map((q) => `(${q})`).join(' OR ')})`) as string[];
}

export type PersonRequest = typeof personRequest.$inferSelect;

export function addPersonRequest(tx: WriteTx, row: PersonRequest): void {
  tx.insert(personRequest).values(row).run();
}

const SHOWN = 100;

/** Newest first. */
export function personRequests(db: ReadDb): PersonRequest[] {
  return db.select().from(personRequest).orderBy(desc(personRequest.at)).limit(SHOWN).all();
}

export function personRequestById(db: ReadDb, id: string): PersonRequest | undefined {
  return db
    .select()
    .from(personRequest)
    .where(inArray(personRequest.id, [id]))
    .get();
}

export function logPersonExport(tx: WriteTx, row: Omit<typeof personExport.$inferSelect, 'n'>): void {
  tx.insert(personExport).values(row).run();
}

export function personExports(db: ReadDb, ids: readonly string[]): (typeof personExport.$inferSelect)[] {
  return db
    .select()
    .from(personExport)
    .where(inArray(personExport.requestId, [...ids]))
    .orderBy(asc(personExport.n))
    .all();
}
