/** The epochs of this database, and what PostgreSQL says of itself. */
import { randomUUID } from 'node:crypto';
import { eq, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { type CityDb, type CityTx, rowsOf, wholeColumn } from '../handle.ts';
import { epochs } from '../schema/place.ts';
import { addAlerts } from './alert.ts';

export interface Epoch {
  readonly id: string;
  readonly counter: number;
  /** Hub sequence after which it began. */
  readonly since: number;
}
export interface EpochRow extends Epoch {
  /** `x` of the receipt key. */
  readonly receiptKey: string;
  readonly systemId: string | null;
  readonly timeline: number | null;
  /** The newest number of the log, now. */
  readonly newest: number;
}
export interface DatabaseSelf {
  readonly systemId: string | null;
  readonly timeline: number | null;
}
export interface Beginning extends DatabaseSelf {
  /** The epoch that was found wanting; null where there is none. Another one by now: somebody else has begun it already. */
  readonly after: string | null;
  readonly counter: number;
  readonly why: 'first' | 'mark' | 'database' | 'witness';
  readonly receiptKey: string;
  readonly now: Date;
}

const EPOCH_LOCK = 7_239_002;
/** Events get their hub sequence, are judged and committed one batch after the other: see docs/city.md, "Order". */
const ORDER_LOCK = 7_239_003;

/** Kept to the end of the transaction. What was committed before is visible to the next statement, not to this one. */
export async function lockOrder(tx: CityTx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${ORDER_LOCK})`);
}

/** Newest number of the log: of events, later words and replacements of streams alike. */
export const NEWEST = sql`(select greatest(
  coalesce((select max(hub_seq) from event), 0), coalesce((select max(hub_seq) from judgement), 0),
  coalesce((select max(hub_seq) from stream), 0)))`;

/** What stands at a number of the log: the event, that of a later word, or the stream that took another one's place. */
export async function entryAt(db: CityDb, hub: number): Promise<string | null> {
  const [row] = await rowsOf(
    db,
    sql`select id from event where hub_seq = ${hub} union all select event from judgement where hub_seq = ${hub}
      union all select id from stream where hub_seq = ${hub}`,
    z.object({ id: z.uuid() }),
  );
  return row?.id ?? null;
}

export async function readEpoch(db: CityDb | CityTx): Promise<EpochRow | null> {
  const [row] = await rowsOf(
    db,
    sql`select id, counter, since, receipt_key, system_id, timeline, ${NEWEST} as newest from epoch order by counter desc limit 1`,
    z.object({
      id: z.uuid(),
      counter: wholeColumn,
      since: wholeColumn,
      receipt_key: z.string(),
      system_id: z.string().nullable(),
      timeline: wholeColumn.nullable(),
      newest: wholeColumn,
    }),
  );
  if (!row) return null;
  const { receipt_key: receiptKey, system_id: systemId, ...rest } = row;
  return { ...rest, receiptKey, systemId };
}

/** Of several hub processes that see the same loss one begins the epoch, the others find it. */
export async function beginEpoch(db: CityDb, beginning: Beginning): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${EPOCH_LOCK})`);
    // No batch may get a number between the count of what is left and the new epoch.
    await lockOrder(tx);
    const last = await readEpoch(tx);
    const { after, counter, now, ...row } = beginning;
    if ((last?.id ?? null) !== after) return;
    const id = randomUUID();
    // What only a desk's receipt betrayed may have gone unseen for long: numbers since the present epoch began may have been given twice.
    const since = row.why === 'witness' ? (last?.since ?? 0) : (last?.newest ?? 0);
    await tx
      .insert(epochs)
      .values({ ...row, id, since, startedAt: now, counter: Math.max(counter, last?.counter ?? 0) + 1 });
    if (row.why !== 'first') await addAlerts(tx, [{ kind: 'restored', epoch: id, at: now }]);
  });
}

/** The epochs that this database went through, oldest first. */
export async function readEpochs(db: CityDb): Promise<readonly Pick<Epoch, 'id' | 'since'>[]> {
  return rowsOf(
    db,
    sql`select id, since from epoch order by counter`,
    z.object({ id: z.uuid(), since: wholeColumn }),
  );
}

export async function describeEpoch(db: CityDb, id: string, self: DatabaseSelf): Promise<void> {
  await db.update(epochs).set(self).where(eq(epochs.id, id));
}

/** Another cluster has another identifier; one that was recovered to a moment has another timeline. */
export async function databaseSelf(db: CityDb): Promise<DatabaseSelf> {
  const systemId = await ask(db, sql`select system_identifier::text as it from pg_control_system()`);
  // The name of a log segment begins with the timeline, in hexadecimal.
  const segment = await ask(db, sql`select pg_walfile_name(pg_current_wal_lsn()) as it`);
  return { systemId, timeline: segment === null ? null : Number.parseInt(segment.slice(0, 8), 16) };
}

async function ask(db: CityDb, query: SQL): Promise<string | null> {
  try {
    return (await rowsOf(db, query, z.object({ it: z.string() })))[0]?.it ?? null;
  } catch {
    // A database that does not let us ask: the mark file and the desks' witnesses remain.
    return null;
  }
}
