/** Projections of closed days. */
import { inArray, sql } from 'drizzle-orm';
import { type Day, dayBody } from '../../../shared/domain/day.ts';
import type { CityDb, CityTx } from '../handle.ts';
import { days } from '../schema/subject.ts';

export async function loadDays(db: CityDb | CityTx, ids: readonly string[]): Promise<Day[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select()
    .from(days)
    .where(inArray(days.id, [...ids]));
  return rows.map((row) => ({ ...row, differences: dayBody.shape.differences.parse(row.differences) }));
}

export async function saveDays(tx: CityTx, states: readonly Day[]): Promise<void> {
  if (states.length === 0) return;
  const rows = states.map(({ digestHash, closedAt, closedBy, ...state }) => ({
    ...state,
    ...{ digest_hash: digestHash, closed_at: closedAt, closed_by: closedBy },
  }));
  await tx.execute(sql`insert into day (id, revision, office, device, day, entered, sent, accepted, returned, waiting, digest_hash, differences, closed_at, closed_by)
    select id, revision, office, device, day, entered, sent, accepted, returned, waiting, digest_hash, differences, closed_at, closed_by
    from json_to_recordset(${JSON.stringify(rows)}::json)
    as x(id text, revision bigint, office text, device text, day text, entered integer, sent integer, accepted integer, returned integer,
      waiting integer, digest_hash text, differences jsonb, closed_at text, closed_by text)
    on conflict (id) do update set revision = excluded.revision, entered = excluded.entered, sent = excluded.sent, accepted = excluded.accepted,
      returned = excluded.returned, waiting = excluded.waiting, digest_hash = excluded.digest_hash, differences = excluded.differences,
      closed_at = excluded.closed_at, closed_by = excluded.closed_by`);
}
