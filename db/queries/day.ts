/** Closing of a day: the day's own events, what the city last named of them, the closings. */
import { eq } from 'drizzle-orm';
import { type DigestReply, digestReply } from '../../shared/contract/sync/messages.ts';
import type { Day, DayEvent } from '../../shared/domain/day.ts';
import type { ReadDb, WriteTx } from '../handle.ts';
import { cityDay, day } from '../schema/day.ts';
import { ANSWERED } from './delivery.ts';

/** Own events of a day (Vietnam's date by this machine's clock) in the order of their making, on whatever stream. */
export function dayEvents(db: ReadDb, device: string, date: string): DayEvent[] {
  const rows = db.$client
    .prepare(
      `SELECT e.id, e.hash, (SELECT json_group_array(r.hash) FROM resent r WHERE r.event_n = e.n) AS resent, e.verb, d.verdict, d.at,
              d.verdict IN ('conflict', 'rejected', 'held') AND NOT ${ANSWERED} AS open
       FROM event e LEFT JOIN delivery d ON d.event_n = e.n
       WHERE e.day = ? AND json_valid(e.raw) AND json_extract(e.raw, '$.device') = ? ORDER BY e.n`,
    )
    .all(date, device) as (Omit<DayEvent, 'open' | 'hashes'> & {
    hash: string;
    resent: string;
    open: number | null;
  })[];
  return rows.map(({ hash, resent, ...row }) => ({
    ...row,
    hashes: [hash, ...(JSON.parse(resent) as string[])],
    open: row.open === 1,
  }));
}

/**
 * An older answer never takes the place of a newer one; the first of a new epoch does in any case, for the clock of a city that was
 * put back may stand behind.
 */
export function keepCityDay(tx: WriteTx, reply: DigestReply): void {
  tx.$client
    .prepare(
      `INSERT INTO city_day (day, at, reply) VALUES (?, ?, ?)
       ON CONFLICT (day) DO UPDATE SET at = excluded.at, reply = excluded.reply
       WHERE excluded.at >= at OR (json_extract(excluded.reply, '$.epoch') = (SELECT epoch FROM device_state)
         AND json_extract(reply, '$.epoch') <> json_extract(excluded.reply, '$.epoch'))`,
    )
    .run(reply.day, reply.at, JSON.stringify(reply));
}

/**
 * Days about which the city has to be asked: today, and each day with own events since `from` as far as a word came after the city's
 * last answer or that answer is of an older epoch.
 */
export function daysToAsk(
  db: ReadDb,
  { today, from }: { readonly today: string; readonly from: string },
): string[] {
  const before = db.$client
    .prepare(
      `SELECT DISTINCT e.day FROM event e LEFT JOIN delivery d ON d.event_n = e.n
       WHERE e.own = 1 AND e.day >= ? AND e.day < ?
         AND NOT EXISTS (SELECT 1 FROM city_day c WHERE c.day = e.day AND c.at >= coalesce(d.at, '')
           AND json_extract(c.reply, '$.epoch') = (SELECT epoch FROM device_state))
       ORDER BY e.day`,
    )
    .pluck()
    .all(from, today) as string[];
  return [...before, today];
}

export function cityDayOf(db: ReadDb, date: string): DigestReply | null {
  const row = db.select().from(cityDay).where(eq(cityDay.day, date)).get();
  return row ? digestReply.parse(JSON.parse(row.reply)) : null;
}

export function putDay(tx: WriteTx, { id, differences, ...state }: Day): void {
  const row = { ...state, differences: JSON.stringify(differences) };
  tx.insert(day)
    .values({ id, ...row })
    .onConflictDoUpdate({ target: day.id, set: row })
    .run();
}

export function removeDay(tx: WriteTx, id: string): void {
  tx.delete(day).where(eq(day.id, id)).run();
}

export function dayPicture(db: ReadDb, id: string): unknown {
  const row = db.select().from(day).where(eq(day.id, id)).get();
  return row && { ...row, differences: JSON.parse(row.differences) as unknown };
}
