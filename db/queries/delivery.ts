/** What the city said: verdicts, receipts, sealed batches, and the lists that show them. */
import { and, desc, eq, gt, sql } from 'drizzle-orm';
import type { Delivery } from '../../shared/contract/ipc/common.ts';
import type { SubjectKind } from '../../shared/domain/event.ts';
import type { Verdict } from '../../shared/domain/verdict.ts';
import { once, type ReadDb, type WriteTx } from '../handle.ts';
import { batch, delivery, event, receipt } from '../schema/event.ts';

/** Events of a stream up to this number have a receipt. */
export function ackedSeq(db: ReadDb, stream: string): number {
  const statement = once(db, 'receipt.acked', () =>
    db.$client.prepare('SELECT coalesce(max(to_seq), 0) FROM receipt WHERE stream = ?').pluck(),
  );
  return statement.get(stream) as number;
}

export function receiptById(db: ReadDb, id: string) {
  return db.select().from(receipt).where(eq(receipt.id, id)).get();
}

/** Unanswered sealed batch that begins right after what is acknowledged. */
export function sealedBatch(db: ReadDb, stream: string, from: number) {
  return db
    .select()
    .from(batch)
    .where(and(eq(batch.stream, stream), eq(batch.fromSeq, from)))
    .get();
}

export function insertBatch(tx: WriteTx, row: typeof batch.$inferInsert): void {
  tx.insert(batch).values(row).run();
}

export function countAttempt(tx: WriteTx, id: string): void {
  tx.update(batch)
    .set({ attempts: sql`${batch.attempts} + 1` })
    .where(eq(batch.id, id))
    .run();
}

/** A sealed batch goes when its receipt is stored, or when it was too large to be taken at all. */
export function dropBatch(tx: WriteTx, id: string): void {
  tx.delete(batch).where(eq(batch.id, id)).run();
}

export function insertReceipt(tx: WriteTx, row: typeof receipt.$inferInsert): void {
  tx.insert(receipt).values(row).run();
}

export interface DeliveryRow {
  readonly eventId: string;
  readonly verdict: Verdict;
  readonly hubSeq: number;
  readonly receiptId: string | null;
  readonly at: string;
}

/** Repeat is harmless: the city's word on an event never changes. */
export function insertDelivery(tx: WriteTx, row: DeliveryRow): void {
  const statement = once(tx, 'delivery.insert', () =>
    tx.$client.prepare(
      `INSERT INTO delivery (event_n, verdict, code, field, hub_seq, receipt_id, at)
       SELECT n, ?, ?, ?, ?, ?, ? FROM event WHERE id = ? ON CONFLICT (event_n) DO NOTHING`,
    ),
  );
  const { kind, code, field } = row.verdict;
  statement.run(kind, code ?? null, field ?? null, row.hubSeq, row.receiptId, row.at, row.eventId);
}

/** Subjects whose shown state may change with these verdicts: something was ever returned or held, or others wrote to them too. */
export function subjectsToReproject(
  db: ReadDb,
  stream: string,
  from: number,
  to: number,
): { kind: SubjectKind; id: string }[] {
  return db.$client
    .prepare(
      `SELECT DISTINCT e.subject_kind AS kind, e.subject_id AS id FROM event e JOIN delivery d ON d.event_n = e.n
       WHERE e.stream = @stream AND e.seq BETWEEN @from AND @to AND (d.verdict <> 'accepted'
         OR EXISTS (SELECT 1 FROM event o LEFT JOIN delivery od ON od.event_n = o.n
                    WHERE o.subject_kind = e.subject_kind AND o.subject_id = e.subject_id AND (o.stream <> @stream OR od.verdict <> 'accepted')))`,
    )
    .all({ stream, from, to }) as { kind: SubjectKind; id: string }[];
}

/**
 * As SQL, of event `e` with its delivery `d`: a later event of this machine on the same subject answers what was returned. One that
 * closes a conflict answers only the event that it names; of a conflict none is an answer that was made before the city's word came.
 */
export const ANSWERED = `EXISTS (SELECT 1 FROM event l WHERE l.subject_kind = e.subject_kind AND l.subject_id = e.subject_id AND l.stream = e.stream AND l.n > e.n
    AND CASE WHEN l.verb IN ('dossier.resolve', 'sheet.resolve') THEN json_extract(l.raw, '$.body.event') = e.id
        ELSE d.verdict <> 'conflict' OR l.at >= d.at END)`;

/** A returned event stays on the list until it is answered. */
export const OPEN_RETURN = `d.verdict IN ('conflict', 'rejected', 'held') AND e.stream = @stream AND NOT ${ANSWERED}`;

export function countOpenReturns(db: ReadDb, stream: string): number {
  const statement = once(db, 'delivery.open', () =>
    db.$client
      // CROSS JOIN: from the few returned ones to their events. Left alone, the planner walks the whole stream.
      .prepare(`SELECT count(*) FROM delivery d CROSS JOIN event e ON e.n = d.event_n WHERE ${OPEN_RETURN}`)
      .pluck(),
  );
  return statement.get({ stream }) as number;
}

/** Receipts follow one another without a gap: all up to the last one are received, but for the few that were returned. */
export function countReceived(db: ReadDb, stream: string): number {
  const returned = once(db, 'delivery.returned', () =>
    db.$client
      .prepare(
        "SELECT count(*) FROM delivery d CROSS JOIN event e ON e.n = d.event_n WHERE d.verdict IN ('conflict', 'rejected', 'held') AND e.stream = ?",
      )
      .pluck(),
  );
  return ackedSeq(db, stream) - (returned.get(stream) as number);
}

/** Events of one day (Vietnam's date by this machine's clock) by what became of them. */
export function dayCounts(
  db: ReadDb,
  stream: string,
  day: string,
): { entered: number; received: number; returned: number; waiting: number } {
  const row = db.$client
    .prepare(
      `SELECT count(*) AS entered, coalesce(sum(d.verdict IN ('accepted', 'merged')), 0) AS received,
              coalesce(sum(d.verdict IN ('conflict', 'rejected', 'held')), 0) AS returned, coalesce(sum(d.verdict IS NULL), 0) AS waiting
       FROM event e LEFT JOIN delivery d ON d.event_n = e.n WHERE e.stream = ? AND e.day = ?`,
    )
    .get(stream, day) as { entered: number; received: number; returned: number; waiting: number };
  return row;
}

/** Columns of an `ItemRow`, of an event `e` with its delivery `d`. */
export const ITEM_COLUMNS =
  'e.n, e.raw, d.verdict, d.code, d.field, d.receipt_id AS receiptId, d.at AS deliveredAt';

export interface ItemRow {
  readonly n: number;
  readonly raw: string;
  readonly verdict: Verdict['kind'] | null;
  readonly code: string | null;
  readonly field: string | null;
  readonly receiptId: string | null;
  readonly deliveredAt: string | null;
}

const LISTS = {
  waiting: 'e.stream = @stream AND e.seq > @acked',
  received: "e.stream = @stream AND d.receipt_id IS NOT NULL AND d.verdict IN ('accepted', 'merged')",
  returned: OPEN_RETURN,
} as const;

/** Newest first, at most 100. */
export function itemRows(
  db: ReadDb,
  list: keyof typeof LISTS,
  stream: string,
  before: number | null,
): ItemRow[] {
  const statement = db.$client.prepare(
    `SELECT ${ITEM_COLUMNS} FROM event e LEFT JOIN delivery d ON d.event_n = e.n WHERE ${LISTS[list]} AND e.n < @before ORDER BY e.n DESC LIMIT 100`,
  );
  return statement.all({
    stream,
    before: before ?? Number.MAX_SAFE_INTEGER,
    ...(list === 'waiting' && { acked: ackedSeq(db, stream) }),
  }) as ItemRow[];
}

export function lastReceiptAt(db: ReadDb, stream: string): string | null {
  const statement = once(db, 'receipt.last', () =>
    db
      .select({ at: receipt.at })
      .from(receipt)
      .where(eq(receipt.stream, sql.placeholder('stream')))
      .orderBy(desc(receipt.toSeq))
      .limit(1)
      .prepare(),
  );
  return statement.get({ stream })?.at ?? null;
}

/** Raw events that one receipt answers, in order. */
export function eventsOfReceipt(
  db: ReadDb,
  stream: string,
  from: number,
  to: number,
): { raw: string; verdict: string | null }[] {
  return db
    .select({ raw: event.raw, verdict: delivery.verdict })
    .from(event)
    .leftJoin(delivery, eq(delivery.eventN, event.n))
    .where(and(eq(event.stream, stream), gt(event.seq, from - 1), sql`${event.seq} <= ${to}`))
    .orderBy(event.seq)
    .all();
}

/** What the clerk reads of an event: waiting, received with a receipt, or returned with a code. */
export function deliveryOf(row: {
  verdict: Verdict['kind'] | null;
  code: string | null;
  field: string | null;
  receiptId: string | null;
  at: string | null;
}): Delivery {
  const facts = {
    receipt: row.receiptId?.slice(0, 8).toUpperCase() ?? null,
    at: row.at,
    code: row.code,
    field: row.field,
  };
  switch (row.verdict) {
    case null:
      return { state: 'waiting', receipt: null, at: null, code: null, field: null };
    case 'accepted':
    case 'merged':
      return { state: 'received', ...facts };
    case 'conflict':
      return { state: 'conflict', ...facts };
    case 'held':
      return { state: 'held', ...facts };
    case 'rejected':
      return { state: 'returned', ...facts };
  }
}

/** Delivery of each subject: the newest event decides, unless an older one still waits. */
export function deliveriesOf(
  db: ReadDb,
  kind: SubjectKind,
  ids: readonly string[],
): ReadonlyMap<string, Delivery> {
  const statement = once(db, 'delivery.ofSubjects', () =>
    db.$client.prepare(
      `SELECT e.subject_id AS id, d.verdict, d.code, d.field, d.receipt_id AS receiptId, d.at FROM event e LEFT JOIN delivery d ON d.event_n = e.n
       WHERE e.subject_kind = ? AND e.subject_id IN (SELECT value FROM json_each(?)) ORDER BY e.n`,
    ),
  );
  const rows = statement.all(kind, JSON.stringify(ids)) as {
    id: string;
    verdict: Verdict['kind'] | null;
    code: string | null;
    field: string | null;
    receiptId: string | null;
    at: string | null;
  }[];
  const found = new Map<string, Delivery>();
  for (const row of rows) {
    const next = deliveryOf(row);
    const before = found.get(row.id);
    // What others wrote later does not answer for what this machine wrote.
    const foreign = row.verdict !== null && row.receiptId === null;
    const keep = before && (foreign || (before.state === 'waiting' && next.state === 'received'));
    if (!keep) found.set(row.id, next);
  }
  return found;
}
