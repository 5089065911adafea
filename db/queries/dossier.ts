/** Dossiers as lists need them: row numbers of all matches at once, then only the rows that are on the screen. */
import { sql } from 'drizzle-orm';
import type { DossierFilter } from '../../shared/contract/ipc/dossier.ts';
import { searchKey } from '../../shared/lib/vietnamese-text.ts';
import { once, type ReadDb } from '../handle.ts';
import { dossier } from '../schema/dossier.ts';

export type DossierRecord = typeof dossier.$inferSelect;

/** Where words are looked for: names, codes and numbers first; addresses too where those find nothing. */
const SEARCH_IN = ['{words}', '{words place}'] as const;

/** FTS5 query: every word must begin one of the dossier's words in these columns. Null = nothing to search for. */
function matchQuery(q: string, columns: (typeof SEARCH_IN)[number]): string | null {
  // A phone or citizen number may be typed in groups; a code has letters or hyphens and keeps its own way.
  const number = /^\+?[\d\s.]{6,}$/.test(q.trim()) ? q.replace(/\D/g, '') : null;
  const words = number ? [number] : searchKey(q).split(' ').filter(Boolean);
  return words.length === 0 ? null : `${columns} : (${words.map((w) => `"${w}"*`).join(' ')})`;
}

/** Row numbers, newest first. `acked` = the last of this machine's events that has a receipt; `soon` = due up to this day. */
export function dossierIndex(db: ReadDb, filter: DossierFilter, marks: Marks): Uint32Array {
  const [names, everything] = SEARCH_IN;
  const search = (columns: (typeof SEARCH_IN)[number]) =>
    rowNumbers(db, filter, { ...marks, match: matchQuery(filter.q, columns) });
  const found = search(names);
  return found.length > 0 || filter.q === '' ? found : search(everything);
}

interface Marks {
  readonly stream: string;
  readonly acked: number;
  readonly soon: string;
}

function rowNumbers(
  db: ReadDb,
  filter: DossierFilter,
  values: Marks & { match: string | null },
): Uint32Array {
  const { match } = values;
  const where = [
    match !== null && 'n IN (SELECT rowid FROM dossier_search WHERE dossier_search MATCH @match)',
    filter.chain !== null && 'chain = @chain',
    filter.state === 'due' && 'next_due IS NOT NULL AND next_due <= @soon',
    filter.state === 'waiting' &&
      "id IN (SELECT subject_id FROM event WHERE stream = @stream AND seq > @acked AND subject_kind = 'dossier')",
    filter.state === 'returned' &&
      // As in the list of returned items: a later event of this machine on the same dossier answers the return.
      `id IN (SELECT e.subject_id FROM delivery d CROSS JOIN event e ON e.n = d.event_n WHERE d.verdict IN ('conflict', 'rejected', 'held') AND e.stream = @stream
        AND NOT EXISTS (SELECT 1 FROM event l WHERE l.subject_kind = 'dossier' AND l.subject_id = e.subject_id AND l.stream = e.stream AND l.n > e.n))`,
  ].filter((clause) => clause !== false);
  const named = Object.fromEntries(
    Object.entries({ ...values, chain: filter.chain }).filter(([name]) =>
      where.some((w) => w.includes(`@${name}`)),
    ),
  );
  // A bare text search is the hot path: the index alone answers it, in row order.
  const text =
    where.length === 1 && match !== null
      ? 'SELECT rowid FROM dossier_search WHERE dossier_search MATCH @match ORDER BY rowid DESC'
      : `SELECT n FROM dossier ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''} ORDER BY n DESC`;
  const statement = once(db, `dossier.index ${text}`, () => db.$client.prepare(text).pluck());
  return Uint32Array.from(statement.all(named) as number[]);
}

export function dossierRecords(db: ReadDb, ns: readonly number[]): DossierRecord[] {
  const statement = once(db, 'dossier.records', () =>
    db
      .select()
      .from(dossier)
      .where(sql`${dossier.n} IN (SELECT value FROM json_each(${sql.placeholder('ns')}))`)
      .prepare(),
  );
  const rows = statement.all({ ns: JSON.stringify(ns) });
  const byN = new Map(rows.map((r) => [r.n, r]));
  return ns.flatMap((n) => byN.get(n) ?? []);
}

/** Dossiers with a component under way that is due on or before a day, earliest first. */
export function dueRecords(db: ReadDb, until: string, limit: number): DossierRecord[] {
  return db
    .select()
    .from(dossier)
    .where(sql`${dossier.nextDue} <= ${until}`)
    .orderBy(dossier.nextDue, dossier.n)
    .limit(limit)
    .all();
}

/** Next serial of the temporary code on a day: one more than this machine has used. */
export function nextSerial(db: ReadDb, codePrefix: string): number {
  const statement = once(db, 'dossier.serial', () =>
    db.$client
      .prepare(
        "SELECT max(CAST(substr(code, length(@prefix) + 1) AS INTEGER)) FROM dossier WHERE code >= @prefix AND code < @prefix || ':'",
      )
      .pluck(),
  );
  const last = statement.get({ prefix: codePrefix }) as number | null;
  return (last ?? 0) + 1;
}
