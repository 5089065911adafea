/** Figures for the console: how much came, and who is silent. No personal data. */
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { type CityDb, rowsOf, wholeColumn } from '../handle.ts';

const officeRow = z.object({
  unit: z.string(),
  devices: wholeColumn,
  events: wholeColumn,
  last: z.string().nullable(),
});
export type OfficeRow = z.infer<typeof officeRow>;

export interface Overview {
  readonly eventsToday: number;
  readonly offices: readonly OfficeRow[];
}

export async function overview(db: CityDb, midnight: Date): Promise<Overview> {
  const since = midnight.toISOString();
  const [today] = await rowsOf(
    db,
    sql`select count(*)::int as n from event where received_at >= ${since}::timestamptz`,
    z.object({ n: wholeColumn }),
  );
  const offices = await rowsOf(
    db,
    sql`select d.unit, count(distinct d.id)::int as devices, coalesce(sum(s.acked), 0)::bigint as events,
          to_char(max(r.at) at time zone 'Asia/Ho_Chi_Minh', 'DD/MM/YYYY HH24:MI') as last
        from device d
        left join stream s on s.device = d.id
        left join lateral (select max(at) as at from receipt where receipt.stream = s.id) r on true
        group by d.unit order by d.unit`,
    officeRow,
  );
  return { eventsToday: today?.n ?? 0, offices };
}
