/** Dossiers that a machine sent or could read, page by page: what stood on it as far as the city knows. */
import { setImmediate } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { componentStates } from '../../../shared/domain/action-rules.ts';
import { chainCode } from '../../../shared/domain/dossier.ts';
import { type CityTx, rowsOf } from '../handle.ts';

const row = z.strictObject({
  id: z.string(),
  chain: chainCode,
  form: z.record(z.string(), z.string()),
  scans: z.array(z.string()),
  states: z.array(z.enum(componentStates)),
  own: z.boolean(),
});
export type HeldDossier = z.infer<typeof row>;

interface Wish {
  readonly device: string;
  /** Entries of scope that it reads. */
  readonly offices: readonly string[];
  /** What the city took in later cannot have reached it. */
  readonly until: string;
}

const PAGE = 1000;

/** Calls `take` with page after page. What the city refused stands on the machine that wrote it all the same. */
export async function eachHeldPage(
  tx: CityTx,
  wish: Wish,
  take: (page: readonly HeldDossier[]) => void,
): Promise<void> {
  for (let after = ''; ; ) {
    const rows = await rowsOf(tx, pageQuery(wish, after), row);
    take(rows);
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) break;
    after = last.id;
    // The embedded database answers without letting anybody else have a turn.
    await setImmediate();
  }
  take(await rowsOf(tx, refusedQuery(wish), row));
}

function pageQuery({ device, offices, until }: Wish, after: string) {
  const entries = sql`array(select json_array_elements_text(${JSON.stringify(offices)}::json))`;
  const reached = sql`exists (select from event e where e.subject_kind = 'dossier' and e.subject_id = d.id
    and e.scope && ${entries} and e.received_at <= ${until}::timestamptz
    and (e.revision is not null or exists (select from judgement j where j.event = e.id and j.applies)))`;
  return sql`select d.id, d.chain, d.form, array(select f ->> 'sha256' from jsonb_array_elements(d.files) f) as scans, p.states, o.own
    from dossier d
    cross join lateral (select coalesce(json_agg(c.state order by c.place), '[]') as states from component c where c.dossier = d.id) p
    cross join lateral (select exists (select from event e where e.device = ${device} and e.subject_kind = 'dossier' and e.subject_id = d.id) as own) o
    where d.id > ${after} and (o.own or ${reached})
    order by d.id limit ${PAGE}`;
}

/** Receptions of its own that never took effect; most are mended soon and few at a time. */
function refusedQuery({ device }: Wish) {
  return sql`select distinct on (e.subject_id) e.subject_id as id, e.body ->> 'chain' as chain, e.body -> 'form' as form,
      array[]::text[] as scans, '[]'::json as states, true as own
    from event e
    where e.device = ${device} and e.verb = 'dossier.receive' and e.body ->> 'chain' in ('birth', 'death')
      and jsonb_typeof(e.body -> 'form') = 'object' and not exists (select from dossier d where d.id = e.subject_id)
    order by e.subject_id, e.hub_seq desc limit ${PAGE}`;
}
