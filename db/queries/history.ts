/** All events of a subject in the city's order, then those that it has not answered, with what it said of each. */
import type { SubjectKind } from '../../shared/domain/event.ts';
import type { Verdict } from '../../shared/domain/verdict.ts';
import type { ReadDb } from '../handle.ts';

export interface HistoryRow {
  readonly raw: string;
  readonly verdict: Verdict['kind'] | null;
  readonly code: string | null;
  readonly field: string | null;
  readonly receiptId: string | null;
  readonly at: string | null;
}

export function historyRows(db: ReadDb, kind: SubjectKind, id: string): HistoryRow[] {
  return db.$client
    .prepare(
      `SELECT e.raw, d.verdict, d.code, d.field, d.receipt_id AS receiptId, d.at FROM event e LEFT JOIN delivery d ON d.event_n = e.n
       WHERE e.subject_kind = ? AND e.subject_id = ? ORDER BY d.hub_seq IS NULL, d.hub_seq, e.n`,
    )
    .all(kind, id) as HistoryRow[];
}
