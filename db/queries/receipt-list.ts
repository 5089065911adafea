/** The receipts of this machine: found by day or by dossier, and what each says of one dossier. */
import { searchKey } from '../../shared/lib/vietnamese-text.ts';
import type { ReadDb } from '../handle.ts';
import { matchQuery } from './dossier.ts';

export interface ReceiptRow {
  readonly id: string;
  readonly at: string;
  readonly from: number;
  readonly to: number;
  readonly accepted: number;
  readonly returned: number;
}

/** The first letters of a receipt's number. */
const NUMBER = /^[0-9a-f]{4,64}$/;

const OF_DOSSIERS = `SELECT d.receipt_id FROM dossier s CROSS JOIN event e ON e.subject_kind = 'dossier' AND e.subject_id = s.id
  JOIN delivery d ON d.event_n = e.n WHERE s.n IN (SELECT rowid FROM dossier_search WHERE dossier_search MATCH @match LIMIT 200)`;

/** Newest first, at most 500. `day`: Vietnam's date of the city's signature; `q`: words of a dossier, or the number of a receipt. */
export function receiptRows(
  db: ReadDb,
  { day, q }: { readonly day: string | null; readonly q: string },
): ReceiptRow[] {
  const match = q.trim() === '' ? null : matchQuery(q, '{words}');
  const number = NUMBER.test(searchKey(q)) ? `${searchKey(q)}%` : null;
  const asked = [match && `r.id IN (${OF_DOSSIERS})`, number && 'r.id LIKE @number'].filter(Boolean);
  const where = [
    // Of one batch the newest: after the city was put back there may be one of each epoch.
    'NOT EXISTS (SELECT 1 FROM receipt newer WHERE newer.id = r.id AND newer.rowid > r.rowid)',
    ...(day === null ? [] : ["date(r.at, '+7 hours') = @day"]),
    ...(q.trim() === '' ? [] : [asked.length > 0 ? `(${asked.join(' OR ')})` : '0']),
  ];
  return db.$client
    .prepare(
      `SELECT r.id, r.at, r.from_seq AS "from", r.to_seq AS "to", coalesce(sum(d.verdict IN ('accepted', 'merged')), 0) AS accepted,
              coalesce(sum(d.verdict NOT IN ('accepted', 'merged')), 0) AS returned
       FROM receipt r LEFT JOIN delivery d ON d.receipt_id = r.id AND d.receipt_epoch = r.epoch
       WHERE ${where.join(' AND ')} GROUP BY r.rowid ORDER BY r.rowid DESC LIMIT 500`,
    )
    .all({
      ...(day !== null && { day }),
      ...(match && { match }),
      ...(number && q.trim() !== '' && { number }),
    }) as ReceiptRow[];
}

/** Signed receipts by their ids. */
export function receiptTexts(
  db: ReadDb,
  ids: readonly string[],
): { readonly id: string; readonly at: string; readonly jws: string }[] {
  return db.$client
    .prepare('SELECT id, at, jws FROM receipt WHERE id IN (SELECT value FROM json_each(?)) ORDER BY rowid')
    .all(JSON.stringify(ids)) as { id: string; at: string; jws: string }[];
}
