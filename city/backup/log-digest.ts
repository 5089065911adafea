/** The log of a database as one hash: events as they came, later words, receipts, heads of streams. Two databases with one hash hold the same. */
import { createHash } from 'node:crypto';
import { desc, sql } from 'drizzle-orm';
import { z } from 'zod';
import { type CityDb, rowsOf } from '../db/handle.ts';
import { backupMarks } from '../db/schema/place.ts';

const PAGE = 2_000;
const line = z.object({ key: z.string(), text: z.string() });

export interface LogDigest {
  readonly events: number;
  /** Hex. */
  readonly digest: string;
}

/** Entries up to this number of the log; what came later is no part of it. */
export async function digestUpTo(db: CityDb, hub: number): Promise<LogDigest> {
  const hash = createHash('sha256');
  let events = 0;
  for (const { table, query } of PARTS) {
    hash.update(`${table}\n`);
    for (let after = ''; ; ) {
      const rows = await rowsOf(db, query(hub, after), line);
      for (const { key, text } of rows) hash.update(`${key} ${text}\n`);
      if (table === 'event') events += rows.length;
      after = rows.at(-1)?.key ?? after;
      if (rows.length < PAGE) break;
    }
  }
  return { events, digest: hash.digest('hex') };
}

/** Numbers as text of one length, so that text and number have one order. */
const padded = (column: string) => sql.raw(`lpad(${column}::text, 20, '0')`);

const PARTS = [
  {
    table: 'event',
    query: (hub: number, after: string) =>
      sql`select ${padded('hub_seq')} as key, concat_ws(' ', id, stream, seq, hash, verdict_kind, revision, raw) as text from event
        where hub_seq <= ${hub} and hub_seq > ${Number(after)} order by hub_seq limit ${PAGE}`,
  },
  {
    table: 'judgement',
    query: (hub: number, after: string) =>
      sql`select ${padded('hub_seq')} as key, concat_ws(' ', event, verdict_kind, revision, applies) as text from judgement
        where hub_seq <= ${hub} and hub_seq > ${Number(after)} order by hub_seq limit ${PAGE}`,
  },
  {
    table: 'receipt',
    query: (hub: number, after: string) =>
      sql`select batch || ' ' || epoch as key, jws as text from receipt
        where hub <= ${hub} and batch || ' ' || epoch > ${after} order by 1 limit ${PAGE}`,
  },
] as const;

/** Each stream's own events are a chain without gaps, as long as the city promised. The first that is not, or null. */
export async function brokenStream(db: CityDb): Promise<string | null> {
  const [broken] = await rowsOf(
    db,
    sql`select s.id from stream s where s.acked <> (
          (select count(*) from event e where e.stream = s.id) + (select count(*) from event_repeat r where r.stream = s.id))
        or (s.acked > 0 and s.head <> coalesce(
          (select hash from event e where e.stream = s.id and e.seq = s.acked),
          (select hash from event_repeat r where r.stream = s.id and r.seq = s.acked), '')) limit 1`,
    z.object({ id: z.string() }),
  );
  return broken?.id ?? null;
}

export type BackupMark = Pick<typeof backupMarks.$inferSelect, 'hub' | 'events' | 'digest' | 'place' | 'at'>;

export async function newestBackupMark(db: CityDb): Promise<BackupMark | null> {
  const { hub, events, digest, place, at } = backupMarks;
  const newest = db.select({ hub, events, digest, place, at }).from(backupMarks);
  const [row] = await newest.orderBy(desc(hub), desc(backupMarks.n)).limit(1);
  return row ?? null;
}

export async function addBackupMark(
  db: CityDb,
  { hub, events, digest, place, at }: BackupMark,
): Promise<void> {
  await db.insert(backupMarks).values({ hub, events, digest, place, at });
}
