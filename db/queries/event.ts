/** Events: append, read back. Rows are parsed on the way out. */
import { and, asc, eq, sql } from 'drizzle-orm';
import { type EventPlace, sealText } from '../../shared/domain/access.ts';
import { type Event, eventSchema, type SubjectKind } from '../../shared/domain/event.ts';
import type { Verdict } from '../../shared/domain/verdict.ts';
import { canonicalJson } from '../../shared/lib/canonical-json.ts';
import { localTime } from '../../shared/lib/local-date.ts';
import { deviceSigner } from '../device-sign.ts';
import { once, type ReadDb, type WriteTx } from '../handle.ts';
import { delivery, event } from '../schema/event.ts';
import { accessTip } from './access.ts';

export interface StoredEvent {
  readonly event: Event;
  /** The city's word; null while it waits. */
  readonly verdict: Verdict['kind'] | null;
  readonly hubSeq: number | null;
}

export function parseEvent(raw: string): Event {
  return eventSchema.parse(JSON.parse(raw));
}

/** What follows from the event itself. */
export function eventRow(record: Event): Omit<typeof event.$inferSelect, 'n' | 'own' | 'branch' | 'seal'> {
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

/** Appends an event to the chain of its stream, or beside it. */
export function insertEvent(
  tx: WriteTx,
  record: Event,
  { own, branch }: { readonly own: boolean; readonly branch: number },
): void {
  const n = newestEvent(tx) + 1;
  const values = {
    n,
    ...eventRow(record),
    own,
    branch,
    seal: sealOf(tx, { n, own, branch, hash: record.hash }),
  };
  const statement = once(tx, 'event.insert', () => {
    const slots = Object.fromEntries(
      Object.keys(values).map((k) => [k, sql.placeholder(k)]),
    ) as unknown as typeof values;
    return tx.insert(event).values(slots).prepare();
  });
  statement.run(values);
}

function sealOf(tx: WriteTx, place: Omit<EventPlace, 'device'>): string | null {
  const signer = deviceSigner(tx);
  if (!signer) return null;
  const access = accessTip(tx)?.seq ?? 0;
  return `${access}.${signer.sign(sealText({ device: signer.device, ...place }, access))}`;
}

/** The number of the newest event kept here; 0 where none is. */
export function newestEvent(db: ReadDb): number {
  const statement = once(db, 'event.newest', () =>
    db.$client.prepare('SELECT coalesce(max(n), 0) FROM event').pluck(),
  );
  return statement.get() as number;
}

/** Events that a program of before the signatures put here: the first ones. */
export function countUnsealed(db: ReadDb): number {
  return db.$client.prepare('SELECT count(*) FROM event WHERE seal IS NULL').pluck().get() as number;
}

/**
 * Where an event that came from the city stands: in the chain (0) if its place is free and its neighbours fit, else beside it. On the
 * stream that this machine is writing it never joins the chain, or the next own event would follow it.
 */
export function branchFor(db: ReadDb, { stream, seq, prev, hash }: Event, written: string): number {
  const neighbours = db.$client
    .prepare('SELECT seq, hash, raw FROM chain WHERE stream = ? AND seq BETWEEN ? AND ?')
    .all(stream, seq - 1, seq + 1) as { seq: number; hash: string; raw: string }[];
  const fits = neighbours.every((n) =>
    n.seq < seq ? n.hash === prev : n.seq > seq && parseEvent(n.raw).prev === hash,
  );
  if (fits && stream !== written) return 0;
  const last = db.$client
    .prepare('SELECT coalesce(max(branch), 0) FROM event WHERE stream = ? AND seq = ?')
    .pluck();
  return (last.get(stream, seq) as number) + 1;
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

/** Raw events by id with the city's word. */
export function eventsByIds(
  db: ReadDb,
  ids: readonly string[],
): { id: string; raw: string; own: boolean; hubSeq: number | null }[] {
  const rows = db.$client
    .prepare(
      `SELECT e.id, e.raw, e.own, d.hub_seq AS hubSeq FROM event e LEFT JOIN delivery d ON d.event_n = e.n
       WHERE e.id IN (SELECT value FROM json_each(?)) ORDER BY e.n`,
    )
    .all(JSON.stringify(ids)) as { id: string; raw: string; own: 0 | 1; hubSeq: number | null }[];
  return rows.map((row) => ({ ...row, own: row.own === 1 }));
}

/** Ids of all events kept here after a local number; of those whose content went the city has proven to hold all. */
export function idsAfter(db: ReadDb, n: number, limit: number): { n: number; id: string }[] {
  return db.$client
    .prepare(
      'SELECT n, id FROM event WHERE n > ? AND n NOT IN (SELECT event_n FROM purged_event) ORDER BY n LIMIT ?',
    )
    .all(n, limit) as {
    n: number;
    id: string;
  }[];
}

const counted = new WeakMap<object, { upTo: number; events: number }>();
/** How many events this machine made. They are only ever appended: once all are counted, only the new ones are looked at. */
export function countOwn(db: ReadDb): number {
  const known = counted.get(db.$client);
  const statement = known
    ? once(db, 'event.countNew', () =>
        db.$client.prepare('SELECT count(*) AS events, max(n) AS upTo FROM event WHERE own = 1 AND n > ?'),
      )
    : once(db, 'event.countOwn', () =>
        db.$client.prepare(
          'SELECT count(*) AS events, max(n) AS upTo FROM event INDEXED BY event_own_day WHERE own = 1 AND n > ?',
        ),
      );
  const { upTo = 0, events = 0 } = known ?? {};
  const more = statement.get(upTo) as { events: number; upTo: number | null };
  // Inside a transaction it may still be rolled back.
  if (!db.$client.inTransaction)
    counted.set(db.$client, { upTo: more.upTo ?? upTo, events: events + more.events });
  return events + more.events;
}

export function hasEvent(db: ReadDb, id: string): boolean {
  return db.select({ n: event.n }).from(event).where(eq(event.id, id)).get() !== undefined;
}

type SealedRow = Omit<typeof event.$inferSelect, 'own'> & { readonly own: 0 | 1 };
/** A copy of before the signatures is read as well. */
type StoredRow = Omit<SealedRow, 'seal'>;
const STORED = `n, id, schema, stream, seq, verb, subject_kind AS subjectKind, subject_id AS subjectId, base, at, day, raw, hash,
  own, branch`;
/** Every event, stream by stream in its order, without holding them all in memory. */
export function* allEvents(db: ReadDb): Generator<StoredRow> {
  yield* db.$client
    .prepare<[], StoredRow>(`SELECT ${STORED} FROM event ORDER BY stream, branch, seq`)
    .iterate();
}

/** Events after a row, in the order in which they came here, with what this machine signed of them. */
export function* eventsAfter(db: ReadDb, n: number): Generator<SealedRow> {
  yield* db.$client
    .prepare<[number], SealedRow>(`SELECT ${STORED}, seal FROM event WHERE n > ? ORDER BY n`)
    .iterate(n);
}

export function allSubjects(db: ReadDb): { kind: SubjectKind; id: string }[] {
  return db.selectDistinct({ kind: event.subjectKind, id: event.subjectId }).from(event).all();
}
