/** Events as they lie in the log: what a batch must agree with, and the bulk insert. */
import { and, asc, between, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { type Event, eventSchema, subjectKinds } from '../../../shared/domain/event.ts';
import { type Verdict, verdictSchema } from '../../../shared/domain/verdict.ts';
import { type CityDb, type CityTx, rowsOf, wholeColumn } from '../handle.ts';
import { eventRepeats, events } from '../schema/stream.ts';

export interface StoredEvent {
  readonly seq: number;
  readonly id: string;
  readonly hash: string;
  readonly hub: number;
  readonly verdict: Verdict;
}
export interface FirstCopy extends Omit<StoredEvent, 'hash'> {
  readonly raw: string;
}

const stored = {
  seq: events.seq,
  id: events.id,
  hash: events.hash,
  hub: events.hubSeq,
  verdict: events.verdict,
};

export async function storedRange(
  tx: CityTx,
  stream: string,
  range: { from: number; to: number },
): Promise<ReadonlyMap<number, StoredEvent>> {
  if (range.from > range.to) return new Map();
  const own = await tx
    .select(stored)
    .from(events)
    .where(and(eq(events.stream, stream), between(events.seq, range.from, range.to)));
  const repeats = await tx
    .select({ ...stored, seq: eventRepeats.seq, hash: eventRepeats.hash, verdict: eventRepeats.verdict })
    .from(eventRepeats)
    .innerJoin(events, eq(events.id, eventRepeats.id))
    .where(and(eq(eventRepeats.stream, stream), between(eventRepeats.seq, range.from, range.to)));
  return new Map([...own, ...repeats].map((r) => [r.seq, { ...r, verdict: verdictSchema.parse(r.verdict) }]));
}

/** Events of these ids that any stream brought before. */
export async function firstCopies(
  tx: CityTx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, FirstCopy>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({ seq: events.seq, id: events.id, hub: events.hubSeq, raw: events.raw, verdict: events.verdict })
    .from(events)
    .where(inArray(events.id, [...ids]));
  return new Map(rows.map((r) => [r.id, { ...r, verdict: verdictSchema.parse(r.verdict) }]));
}

export function eventOf(raw: string): Event {
  return eventSchema.parse(JSON.parse(raw));
}

/** All applied events of these subjects, each list in the order of its revisions. */
export async function appliedEvents(tx: CityDb | CityTx, subjectIds: readonly string[]): Promise<Event[]> {
  if (subjectIds.length === 0) return [];
  const rows = await tx
    .select({ raw: events.raw })
    .from(events)
    .where(
      and(
        inArray(events.subjectKind, [...subjectKinds]),
        inArray(events.subjectId, [...subjectIds]),
        isNotNull(events.revision),
      ),
    )
    .orderBy(asc(events.revision));
  return rows.map((r) => eventOf(r.raw));
}

/** A row of the log, named as its columns. */
export interface EventRow {
  readonly id: string;
  readonly stream: string;
  readonly seq: number;
  readonly device: string;
  readonly schema: number;
  readonly verb: string | null;
  readonly subject_kind: string | null;
  readonly subject_id: string | null;
  readonly base: number | null;
  readonly body: unknown;
  readonly raw: string;
  readonly hash: string;
  readonly actor_id: string | null;
  readonly office: string | null;
  readonly at: string | null;
  readonly day: string | null;
  readonly received_at: string;
  readonly verdict_kind: string;
  readonly verdict: Verdict;
  readonly revision: number | null;
  readonly scope: readonly string[];
}

const EVENT_COLUMNS = sql.raw(
  'id, stream, seq, device, schema, verb, subject_kind, subject_id, base, body, raw, hash, actor_id, office, at, day, received_at, verdict_kind, verdict, revision, scope',
);
const EVENT_TYPES = sql.raw(
  'id uuid, stream uuid, seq bigint, device uuid, schema bigint, verb text, subject_kind text, subject_id text, base bigint, body jsonb, raw text, hash text, actor_id text, office text, at timestamptz, day date, received_at timestamptz, verdict_kind text, verdict jsonb, revision bigint, scope text[]',
);

/** One statement for the whole batch, one parameter; answers the hub sequence of each stream sequence. */
export async function insertEvents(
  tx: CityTx,
  rows: readonly EventRow[],
): Promise<ReadonlyMap<number, number>> {
  if (rows.length === 0) return new Map();
  const query = sql`insert into event (${EVENT_COLUMNS}) select ${EVENT_COLUMNS} from json_to_recordset(${JSON.stringify(rows)}::json) as x(${EVENT_TYPES}) order by seq returning seq, hub_seq`;
  const inserted = await rowsOf(tx, query, z.object({ seq: wholeColumn, hub_seq: wholeColumn }));
  return new Map(inserted.map((r) => [r.seq, r.hub_seq]));
}

export async function insertRepeats(
  tx: CityTx,
  rows: readonly (typeof eventRepeats.$inferInsert)[],
): Promise<void> {
  if (rows.length > 0) await tx.insert(eventRepeats).values([...rows]);
}
