/** Events: append, read back, the tip of a stream. Rows are parsed on the way out. */
import { and, asc, between, desc, eq, gt, sql } from 'drizzle-orm';
import { type Event, eventSchema, GENESIS, type SubjectKind } from '../../shared/domain/event.ts';
import type { Verdict } from '../../shared/domain/verdict.ts';
import { canonicalJson } from '../../shared/lib/canonical-json.ts';
import { localTime } from '../../shared/lib/local-date.ts';
import { once, type ReadDb, type WriteTx } from '../handle.ts';
import { delivery, event } from '../schema/event.ts';

export interface StoredEvent {
  readonly event: Event;
  /** The city's word; null while it waits. */
  readonly verdict: Verdict['kind'] | null;
  readonly hubSeq: number | null;
}

export function parseEvent(raw: string): Event {
  return eventSchema.parse(JSON.parse(raw));
}

/** The row of an event: all of it follows from the event itself. */
export function eventRow(record: Event): Omit<typeof event.$inferSelect, 'n'> {
  return {
    id: record.id,
    schema: record.schema,
    stream: record.stream,
    seq: record.seq,
    verb: record.verb,
    subjectKind: record.subject.kind,
    subjectId: record.subject.id,
    base: record.base,
    at: record.at,
    day: localTime(Date.parse(record.at)).date,
    raw: canonicalJson(record),
    hash: record.hash,
  };
}

/** Returns the row number. */
export function insertEvent(tx: WriteTx, record: Event): number {
  const values = eventRow(record);
  const statement = once(tx, 'event.insert', () => {
    const slots = Object.fromEntries(
      Object.keys(values).map((k) => [k, sql.placeholder(k)]),
    ) as unknown as typeof values;
    return tx.insert(event).values(slots).returning({ n: event.n }).prepare();
  });
  return statement.get(values).n;
}

export function streamTip(db: ReadDb, stream: string): { seq: number; hash: string } {
  const statement = once(db, 'event.tip', () =>
    db
      .select({ seq: event.seq, hash: event.hash })
      .from(event)
      .where(eq(event.stream, sql.placeholder('stream')))
      .orderBy(desc(event.seq))
      .limit(1)
      .prepare(),
  );
  return statement.get({ stream }) ?? { seq: 0, hash: GENESIS };
}

/** Device time of the newest event of a stream; null while it is empty. */
export function lastEventAt(db: ReadDb, stream: string): string | null {
  const statement = once(db, 'event.last', () =>
    db
      .select({ at: event.at })
      .from(event)
      .where(eq(event.stream, sql.placeholder('stream')))
      .orderBy(desc(event.seq))
      .limit(1)
      .prepare(),
  );
  return statement.get({ stream })?.at ?? null;
}

export function hashAt(db: ReadDb, stream: string, seq: number): string | undefined {
  if (seq === 0) return GENESIS;
  return db
    .select({ hash: event.hash })
    .from(event)
    .where(and(eq(event.stream, stream), eq(event.seq, seq)))
    .get()?.hash;
}

export function eventsOfSubject(db: ReadDb, kind: SubjectKind, id: string): StoredEvent[] {
  const statement = once(db, 'event.subject', () =>
    db
      .select({ raw: event.raw, verdict: delivery.verdict, hubSeq: delivery.hubSeq })
      .from(event)
      .leftJoin(delivery, eq(delivery.eventN, event.n))
      .where(and(eq(event.subjectKind, sql.placeholder('kind')), eq(event.subjectId, sql.placeholder('id'))))
      .orderBy(asc(event.n))
      .prepare(),
  );
  return statement
    .all({ kind, id })
    .map((row) => ({ event: parseEvent(row.raw), verdict: row.verdict, hubSeq: row.hubSeq }));
}

/** Events of one stream after a sequence number, oldest first; raw text, ready to be sealed. */
export function rawAfter(
  db: ReadDb,
  stream: string,
  seq: number,
  limit: number,
): { seq: number; raw: string; hash: string }[] {
  return db
    .select({ seq: event.seq, raw: event.raw, hash: event.hash })
    .from(event)
    .where(and(eq(event.stream, stream), gt(event.seq, seq)))
    .orderBy(asc(event.seq))
    .limit(limit)
    .all();
}

/** Ids of a range of one stream, in its order. */
export function idsBetween(db: ReadDb, stream: string, range: { from: number; to: number }): string[] {
  const rows = db
    .select({ id: event.id })
    .from(event)
    .where(and(eq(event.stream, stream), between(event.seq, range.from, range.to)))
    .orderBy(asc(event.seq))
    .all();
  return rows.map((row) => row.id);
}

export function hasEvent(db: ReadDb, id: string): boolean {
  return db.select({ n: event.n }).from(event).where(eq(event.id, id)).get() !== undefined;
}

/** Every event, oldest first, without holding them all in memory. */
export function* allEvents(db: ReadDb): Generator<typeof event.$inferSelect> {
  yield* db.$client
    .prepare<[], typeof event.$inferSelect>(
      `SELECT n, id, schema, stream, seq, verb, subject_kind AS subjectKind, subject_id AS subjectId, base, at, day, raw, hash
       FROM event ORDER BY stream, seq`,
    )
    .iterate();
}

export function allSubjects(db: ReadDb): { kind: SubjectKind; id: string }[] {
  return db.selectDistinct({ kind: event.subjectKind, id: event.subjectId }).from(event).all();
}
