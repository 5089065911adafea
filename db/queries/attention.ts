/** What came back and waits for a person, why things come back, and which receipts speak of a dossier. */

import type { ChainCode } from '../../shared/catalogue/law.ts';
import type { AttentionCard } from '../../shared/contract/ipc/attention.ts';
import type { ReadDb } from '../handle.ts';
import { ITEM_COLUMNS, type ItemRow, OPEN_RETURN } from './delivery.ts';

type Open = AttentionCard['state'];
const VERDICT: Readonly<Record<Open, string>> = { returned: 'rejected', conflict: 'conflict', held: 'held' };
const STATE = "CASE d.verdict WHEN 'rejected' THEN 'returned' ELSE d.verdict END";

/** Open items by what came back and its code, most frequent first. */
export function openCards(db: ReadDb): AttentionCard[] {
  return db.$client
    .prepare(
      `SELECT ${STATE} AS state, coalesce(d.code, '') AS code, count(*) AS total, min(e.at) AS since
       FROM delivery d CROSS JOIN event e ON e.n = d.event_n WHERE ${OPEN_RETURN} GROUP BY 1, 2 ORDER BY 3 DESC, 2`,
    )
    .all() as AttentionCard[];
}

const PAGE = 50;

/** Newest first, at most 50; `last` = the number to go on with, null = there is no more. */
export function openItems(
  db: ReadDb,
  { state, code, before }: { readonly state: Open; readonly code: string; readonly before: number | null },
): { readonly rows: readonly ItemRow[]; readonly next: number | null } {
  const rows = db.$client
    .prepare(
      `SELECT ${ITEM_COLUMNS} FROM delivery d CROSS JOIN event e ON e.n = d.event_n
       WHERE ${OPEN_RETURN} AND d.verdict = @verdict AND coalesce(d.code, '') = @code AND e.n < @before ORDER BY e.n DESC LIMIT ${PAGE + 1}`,
    )
    .all({ verdict: VERDICT[state], code, before: before ?? Number.MAX_SAFE_INTEGER }) as ItemRow[];
  const shown = rows.slice(0, PAGE);
  return { rows: shown, next: rows.length > PAGE ? (shown.at(-1)?.n ?? null) : null };
}

/** One own event with the city's word, open or answered; undefined = not of this machine. */
export function ownItem(db: ReadDb, event: string): ItemRow | undefined {
  return db.$client
    .prepare(
      `SELECT ${ITEM_COLUMNS} FROM event e LEFT JOIN delivery d ON d.event_n = e.n WHERE e.id = ? AND e.own = 1`,
    )
    .get(event) as ItemRow | undefined;
}

/** Ids of this machine's open conflicts about exactly these fields, oldest first. */
export function openConflicts(db: ReadDb, field: string): string[] {
  return db.$client
    .prepare(
      `SELECT e.id FROM delivery d CROSS JOIN event e ON e.n = d.event_n
       WHERE ${OPEN_RETURN} AND d.verdict = 'conflict' AND d.field = @field ORDER BY e.n LIMIT 500`,
    )
    .pluck()
    .all({ field }) as string[];
}

interface Window {
  readonly since: string;
  readonly chain: ChainCode | null;
}

/** How often the city gave which code for which field, of what this machine wrote since that day, answered or not; of one chain without conflicts, which nobody avoids while taking in. */
export function returnedCodes(
  db: ReadDb,
  { since, chain }: Window,
): { readonly code: string; readonly field: string; readonly n: number }[] {
  return db.$client
    .prepare(
      `SELECT d.code, coalesce(d.field, '') AS field, count(*) AS n
       FROM delivery d CROSS JOIN event e ON e.n = d.event_n LEFT JOIN dossier s ON e.subject_kind = 'dossier' AND s.id = e.subject_id
       WHERE (d.verdict = 'rejected' OR (d.verdict = 'conflict' AND @chain IS NULL)) AND d.code IS NOT NULL AND e.own = 1 AND e.day >= @since
         AND (@chain IS NULL OR s.chain = @chain) GROUP BY 1, 2`,
    )
    .all({ since, chain }) as { code: string; field: string; n: number }[];
}

/** Raw steps of dossiers that were received since that day and had to be completed, of every machine of the office. */
export function stepsOfIncomplete(db: ReadDb, { since, chain }: Window): string[] {
  return db.$client
    .prepare(
      `SELECT e.raw FROM dossier s CROSS JOIN event e ON e.subject_kind = 'dossier' AND e.subject_id = s.id AND e.verb = 'dossier.act'
       WHERE s.received_on >= @since AND (@chain IS NULL OR s.chain = @chain)
         AND EXISTS (SELECT 1 FROM component c WHERE c.dossier_id = s.id AND c.supplements > 0)`,
    )
    .pluck()
    .all({ since, chain }) as string[];
}
