/** What the city said: verdicts, receipts, sealed batches, and the lists that show them. */
import { and, desc, eq, sql } from 'drizzle-orm';
import type { Delivery } from '../../shared/contract/ipc/common.ts';
import type { SubjectKind } from '../../shared/domain/event.ts';
import type { Verdict } from '../../shared/domain/verdict.ts';
import { once, type ReadDb, type WriteTx } from '../handle.ts';
import { batch, receipt } from '../schema/event.ts';
import { countOwn } from './event.ts';
import { ackedSeq, currentStream } from './stream.ts';

/** The newest receipt of a batch: after the city was put back there may be one of each epoch. */
export function receiptById(db: ReadDb, id: string) {
  return db.select().from(receipt).where(eq(receipt.id, id)).orderBy(desc(sql`rowid`)).limit(1).get();
}

/** Whether the city of that epoch ever answered here. */
export function hasReceiptOf(db: ReadDb, epoch: string): boolean {
  return (
    db.select({ id: receipt.id }).from(receipt).where(eq(receipt.epoch, epoch)).limit(1).get() !== undefined
  );
}

/** The first receipt of a batch in an epoch stays. */
export function insertReceipt(tx: WriteTx, row: typeof receipt.$inferInsert): void {
  tx.insert(receipt).values(row).onConflictDoNothing().run();
}

/** Of one stream the receipt that reaches furthest, rather of this epoch than of an older one. */
export function furthestReceipt(db: ReadDb, stream: string, epoch: string): string | null {
  const row = db
    .select({ jws: receipt.jws })
    .from(receipt)
    .where(eq(receipt.stream, stream))
    .orderBy(desc(sql`${receipt.epoch} = ${epoch}`), desc(receipt.toSeq))
    .limit(1)
    .get();
  return row?.jws ?? null;
}

/** The newest receipt that covers a place. */
export function receiptOver(db: ReadDb, stream: string, seq: number): { id: string; epoch: string } | null {
  const statement = once(db, 'receipt.over', () =>
    db.$client.prepare(
      'SELECT id, epoch FROM receipt WHERE stream = ? AND to_seq >= ? AND from_seq <= ? ORDER BY rowid DESC LIMIT 1',
    ),
  );
  return (statement.get(stream, seq, seq) as { id: string; epoch: string } | undefined) ?? null;
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
  tx.insert(batch).values(row).onConflictDoNothing().run();
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

export function dropBatches(tx: WriteTx): void {
  tx.delete(batch).run();
}

export interface Word {
  readonly eventId: string;
  readonly verdict: Verdict;
  readonly hubSeq: number;
  readonly epoch: string;
  readonly receipt: { readonly id: string; readonly epoch: string } | null;
  readonly at: string;
}

/**
 * Of two words the one with the greater hub number stands, and one of the city's present epoch (`present`) over one of an older
 * epoch. A word without a receipt keeps the receipt that named the event before.
 */
export function keepWord(tx: WriteTx, word: Word, { present }: { readonly present: boolean }): void {
  const statement = once(tx, 'delivery.keep', () =>
    tx.$client.prepare(
      `INSERT INTO delivery (event_n, verdict, code, field, hub_seq, epoch, receipt_id, receipt_epoch, at)
       SELECT n, @kind, @code, @field, @hub, @epoch, @receipt, @receiptEpoch, @at FROM event WHERE id = @id
       ON CONFLICT (event_n) DO UPDATE SET verdict = excluded.verdict, code = excluded.code, field = excluded.field,
         hub_seq = excluded.hub_seq, epoch = excluded.epoch, at = excluded.at,
         receipt_id = coalesce(excluded.receipt_id, receipt_id), receipt_epoch = coalesce(excluded.receipt_epoch, receipt_epoch)
       WHERE excluded.hub_seq > hub_seq OR (@present AND excluded.epoch <> epoch)
         OR (receipt_id IS NULL AND excluded.receipt_id IS NOT NULL AND excluded.hub_seq = hub_seq)`,
    ),
  );
  const { kind, code, field } = word.verdict;
  statement.run({
    ...{
      id: word.eventId,
      kind,
      code: code ?? null,
      field: field ?? null,
      hub: word.hubSeq,
      epoch: word.epoch,
    },
    ...{ receipt: word.receipt?.id ?? null, receiptEpoch: word.receipt?.epoch ?? null, at: word.at },
    present: present ? 1 : 0,
  });
}

export interface Mark {
  readonly eventId: string;
  readonly epoch: string;
  readonly hubSeq: number;
  readonly mark: string;
}

/** The newest mark on an event of another machine stands, also where the city's word became void. */
export function keepMark(tx: WriteTx, { eventId, epoch, hubSeq, mark }: Mark): void {
  const statement = once(tx, 'mark.keep', () =>
    tx.$client.prepare(
      `INSERT INTO city_mark (event_n, epoch, hub_seq, mark) SELECT n, ?, ?, ? FROM event WHERE id = ? AND own = 0
       ON CONFLICT (event_n) DO UPDATE SET epoch = excluded.epoch, hub_seq = excluded.hub_seq, mark = excluded.mark
       WHERE excluded.epoch <> epoch OR excluded.hub_seq > hub_seq`,
    ),
  );
  statement.run(epoch, hubSeq, mark, eventId);
}

interface MarkedRow {
  readonly raw: string;
  readonly hub: number;
  readonly epoch: string;
  readonly mark: string;
}
/** Events of others among these with their newest marks, in the city's order. A damaged one is for `db:verify`, not for the city. */
export function markedEvents(db: ReadDb, ids: readonly string[]): MarkedRow[] {
  return db.$client
    .prepare(
      `SELECT e.raw, m.hub_seq AS hub, m.epoch, m.mark FROM event e JOIN city_mark m ON m.event_n = e.n
       WHERE e.own = 0 AND json_valid(e.raw) AND e.n NOT IN (SELECT event_n FROM purged_event) AND e.id IN (SELECT value FROM json_each(?)) ORDER BY m.hub_seq`,
    )
    .all(JSON.stringify(ids)) as MarkedRow[];
}

interface SubjectKey {
  readonly kind: SubjectKind;
  readonly id: string;
}
/** What is no longer here in full cannot wait again. */
const WHOLE = 'AND event_n NOT IN (SELECT event_n FROM purged_event)';
/** Takes the city's words on these events back: it lost them, and they wait again. Answers their subjects. */
export function voidWords(
  tx: WriteTx,
  which: { readonly ids: readonly string[] } | { readonly above: number },
  /** Words of this epoch stand. */
  notOf = '',
): SubjectKey[] {
  const [where, values] =
    'ids' in which
      ? [
          'event_n IN (SELECT n FROM event WHERE id IN (SELECT value FROM json_each(@ids)))',
          { ids: JSON.stringify(which.ids), notOf },
        ]
      : ['hub_seq > @above', { ...which, notOf }];
  const subjects = tx.$client
    .prepare(
      `SELECT DISTINCT subject_kind AS kind, subject_id AS id FROM event WHERE n IN (SELECT event_n FROM delivery WHERE ${where} AND epoch <> @notOf ${WHOLE})`,
    )
    .all(values) as SubjectKey[];
  tx.$client.prepare(`DELETE FROM delivery WHERE ${where} AND epoch <> @notOf ${WHOLE}`).run(values);
  return subjects;
}

/** Subjects whose shown state may change with these verdicts: something was ever returned or held, or others wrote to them too. */
export function subjectsToReproject(db: ReadDb, ids: readonly string[]): SubjectKey[] {
  return db.$client
    .prepare(
      `SELECT DISTINCT e.subject_kind AS kind, e.subject_id AS id FROM event e JOIN delivery d ON d.event_n = e.n
       WHERE e.id IN (SELECT value FROM json_each(?)) AND (d.verdict <> 'accepted'
         OR EXISTS (SELECT 1 FROM event o LEFT JOIN delivery od ON od.event_n = o.n
                    WHERE o.subject_kind = e.subject_kind AND o.subject_id = e.subject_id AND (o.own = 0 OR od.verdict <> 'accepted')))`,
    )
    .all(JSON.stringify(ids)) as SubjectKey[];
}

/**
 * As SQL, of event `e` with its delivery `d`: a later event of this machine on the same subject answers what was returned. One that
 * closes a conflict answers only the event that it names; of a conflict none is an answer that was made before the city's word came.
 */
export const ANSWERED = `EXISTS (SELECT 1 FROM event l WHERE l.subject_kind = e.subject_kind AND l.subject_id = e.subject_id AND l.own = 1 AND l.n > e.n
    AND CASE WHEN l.verb IN ('dossier.resolve', 'sheet.resolve') THEN json_extract(l.raw, '$.body.event') = e.id
        ELSE d.verdict <> 'conflict' OR l.at >= d.at END)`;

/** A returned event stays on the list until it is answered. */
export const OPEN_RETURN = `d.verdict IN ('conflict', 'rejected', 'held') AND e.own = 1 AND NOT ${ANSWERED}`;

export function countOpenReturns(db: ReadDb): number {
  const statement = once(db, 'delivery.open', () =>
    db.$client
      // CROSS JOIN: from the few returned ones to their events. Left alone, the planner walks all own events.
      .prepare(`SELECT count(*) FROM delivery d CROSS JOIN event e ON e.n = d.event_n WHERE ${OPEN_RETURN}`)
      .pluck(),
  );
  return statement.get() as number;
}

/** Own events on which the city has not said anything that stands; all of them have a place behind what is acknowledged. */
export function countWaiting(db: ReadDb): number {
  const statement = once(db, 'delivery.waiting', () =>
    db.$client
      .prepare(
        `SELECT count(DISTINCT c.event_n) FROM chain c WHERE c.stream = ? AND c.seq > ?
           AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.event_n = c.event_n)`,
      )
      .pluck(),
  );
  const stream = currentStream(db);
  return statement.get(stream, ackedSeq(db, stream)) as number;
}

/** All own events but those that wait and the few that were returned. */
export function countReceived(db: ReadDb): number {
  const returned = once(db, 'delivery.returned', () =>
    db.$client
      .prepare(
        "SELECT count(*) FROM delivery d CROSS JOIN event e ON e.n = d.event_n WHERE d.verdict IN ('conflict', 'rejected', 'held') AND e.own = 1",
      )
      .pluck(),
  );
  return countOwn(db) - countWaiting(db) - (returned.get() as number);
}

/** Own events of one day (Vietnam's date by this machine's clock) by what became of them. */
export function dayCounts(
  db: ReadDb,
  day: string,
): { entered: number; received: number; returned: number; waiting: number } {
  const row = db.$client
    .prepare(
      `SELECT count(*) AS entered, coalesce(sum(d.verdict IN ('accepted', 'merged')), 0) AS received,
              coalesce(sum(d.verdict IN ('conflict', 'rejected', 'held')), 0) AS returned, coalesce(sum(d.verdict IS NULL), 0) AS waiting
       FROM event e LEFT JOIN delivery d ON d.event_n = e.n WHERE e.own = 1 AND e.day = ?`,
    )
    .get(day) as { entered: number; received: number; returned: number; waiting: number };
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
  waiting: 'e.n IN (SELECT event_n FROM chain WHERE stream = @stream AND seq > @acked) AND d.event_n IS NULL',
  received: "e.own = 1 AND d.receipt_id IS NOT NULL AND d.verdict IN ('accepted', 'merged')",
  returned: OPEN_RETURN,
} as const;

/** Newest first, at most 100. */
export function itemRows(db: ReadDb, list: keyof typeof LISTS, before: number | null): ItemRow[] {
  const statement = db.$client.prepare(
    `SELECT ${ITEM_COLUMNS} FROM event e LEFT JOIN delivery d ON d.event_n = e.n WHERE ${LISTS[list]} AND e.n < @before ORDER BY e.n DESC LIMIT 100`,
  );
  const stream = currentStream(db);
  return statement.all({
    before: before ?? Number.MAX_SAFE_INTEGER,
    ...(list === 'waiting' && { stream, acked: ackedSeq(db, stream) }),
  }) as ItemRow[];
}

export function lastReceiptAt(db: ReadDb): string | null {
  const statement = once(db, 'receipt.last', () =>
    db.$client.prepare('SELECT at FROM receipt ORDER BY rowid DESC LIMIT 1').pluck(),
  );
  return (statement.get() as string | undefined) ?? null;
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
      `SELECT e.subject_id AS id, d.verdict, d.code, d.field, d.receipt_id AS receiptId, d.at, e.own FROM event e LEFT JOIN delivery d ON d.event_n = e.n
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
    own: 0 | 1;
  }[];
  const found = new Map<string, Delivery>();
  for (const row of rows) {
    const next = deliveryOf(row);
    const before = found.get(row.id);
    // What others wrote later does not answer for what this machine wrote.
    const foreign = row.own === 0;
    const keep = before && (foreign || (before.state === 'waiting' && next.state === 'received'));
    if (!keep) found.set(row.id, next);
  }
  return found;
}
