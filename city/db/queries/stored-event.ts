/** Events as they lie in the log, with the city's newest words on them, and the bulk insert. */
import { and, asc, between, eq, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import { type Event, eventSchema, subjectKinds } from '../../../shared/domain/event.ts';
import { type Verdict, verdictSchema } from '../../../shared/domain/verdict.ts';
import type { FirstCopy, Result } from '../../../shared/protocol/hub-ports.ts';
import { type CityDb, type CityTx, rowsOf, wholeColumn } from '../handle.ts';
import { appliedEventRows, eventRepeats, toldEvents } from '../schema/stream.ts';

const word = { hub: toldEvents.hubSeq, verdict: toldEvents.verdict };

export async function storedRange(
  tx: CityTx,
  stream: string,
  range: { from: number; to: number },
): Promise<ReadonlyMap<number, Result>> {
  if (range.from > range.to) return new Map();
  const own = await tx
    .select({
      seq: sql`${toldEvents.seq}`.mapWith(Number),
      id: toldEvents.id,
      hash: toldEvents.hash,
      ...word,
    })
    .from(toldEvents)
    .where(and(eq(toldEvents.stream, stream), between(toldEvents.seq, range.from, range.to)));
  const repeats = await tx
    .select({
      ...{ seq: eventRepeats.seq, id: eventRepeats.id, hash: eventRepeats.hash },
      ...{ told: eventRepeats.verdict, ...word },
    })
    .from(eventRepeats)
    .innerJoin(toldEvents, eq(toldEvents.id, eventRepeats.id))
    .where(and(eq(eventRepeats.stream, stream), between(eventRepeats.seq, range.from, range.to)));
  const all = [...own.map(read), ...repeats.map(({ told, ...r }) => wordOnRepeat(read(r), told))];
  return new Map(all.map((r) => [r.seq, r]));
}

function read<R extends { readonly verdict: unknown }>(row: R): Omit<R, 'verdict'> & { verdict: Verdict } {
  return { ...row, verdict: verdictSchema.parse(row.verdict) };
}

/** A repeat that said something else under the same id was refused for ever, whatever became of the first copy. */
function wordOnRepeat(result: Result, told: unknown): Result {
  const verdict = verdictSchema.parse(told);
  return verdict.code === 'EVENT_BODY_INVALID' && verdict.field === 'id' ? { ...result, verdict } : result;
}

/** Events of these ids that any road brought before. */
export async function firstCopies(
  tx: CityTx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, FirstCopy>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({ id: toldEvents.id, raw: toldEvents.raw, ...word })
    .from(toldEvents)
    .where(inArray(toldEvents.id, [...ids]));
  return new Map(rows.map((r) => [r.id, read(r)]));
}

/** Which of these ids no road ever brought. */
export async function lackingIds(db: CityDb, ids: readonly string[]): Promise<readonly string[]> {
  const rows = await rowsOf(
    db,
    sql`select x.id::text as id from json_array_elements_text(${JSON.stringify(ids)}::json) with ordinality as x(id, place)
      where not exists (select from event where event.id = x.id::uuid) order by x.place`,
    z.object({ id: z.string() }),
  );
  return rows.map((r) => r.id);
}

export function eventOf(raw: string): Event {
  return eventSchema.parse(JSON.parse(raw));
}

/** All applied events of these subjects, each list in the order of its revisions. */
export async function appliedEvents(tx: CityDb | CityTx, subjectIds: readonly string[]): Promise<Event[]> {
  if (subjectIds.length === 0) return [];
  const rows = await tx
    .select({ raw: appliedEventRows.raw })
    .from(appliedEventRows)
    .where(
      and(
        inArray(appliedEventRows.subjectKind, [...subjectKinds]),
        inArray(appliedEventRows.subjectId, [...subjectIds]),
      ),
    )
    .orderBy(asc(appliedEventRows.revision));
  return rows.map((r) => eventOf(r.raw));
}

/** A row of the log, named as its columns. */
export interface EventRow {
  readonly id: string;
  /** Null together with `seq`: another desk brought the event back. */
  readonly stream: string | null;
  readonly seq: number | null;
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
  'place int, id uuid, stream uuid, seq bigint, device uuid, schema bigint, verb text, subject_kind text, subject_id text, base bigint, body jsonb, raw text, hash text, actor_id text, office text, at timestamptz, day date, received_at timestamptz, verdict_kind text, verdict jsonb, revision bigint, scope text[]',
);

/** One statement for all, one parameter; answers the hub sequence of each id. Numbers rise in the order given. */
export async function insertEvents(
  tx: CityTx,
  rows: readonly EventRow[],
): Promise<ReadonlyMap<string, number>> {
  if (rows.length === 0) return new Map();
  const placed = JSON.stringify(rows.map((row, place) => ({ ...row, place })));
  const query = sql`insert into event (${EVENT_COLUMNS}) select ${EVENT_COLUMNS} from json_to_recordset(${placed}::json) as x(${EVENT_TYPES}) order by place returning id, hub_seq`;
  const inserted = await rowsOf(tx, query, z.object({ id: z.string(), hub_seq: wholeColumn }));
  return new Map(inserted.map((r) => [r.id, r.hub_seq]));
}

export async function insertRepeats(
  tx: CityTx,
  rows: readonly (typeof eventRepeats.$inferInsert)[],
): Promise<void> {
  if (rows.length > 0) await tx.insert(eventRepeats).values([...rows]);
}
