/** Dossiers of an office for reports, page by page, as they stood at the end of a day. No name is read where no figure needs it. */
import { setImmediate } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { officesInCharge } from '../../../shared/catalogue/successors.ts';
import { units } from '../../../shared/catalogue/units.ts';
import { componentStates } from '../../../shared/domain/action-rules.ts';
import { actBody, chainCode, channels, type Dossier } from '../../../shared/domain/dossier.ts';
import { happenedBy } from '../../../shared/domain/happened-by.ts';
import { fold } from '../../../shared/domain/project.ts';
import { isCountedAt } from '../../../shared/domain/transfer.ts';
import type { LocalDate } from '../../../shared/lib/local-date.ts';
import type { Counted } from '../../../shared/report/dossier-figures.ts';
import { type CityTx, rowsOf } from '../handle.ts';
import { appliedEvents } from './stored-event.ts';

/** A dossier as reports read it. */
type CountedDossier = Counted & Pick<Dossier, 'regime' | 'office'>;

interface Wish {
  /** Code of the office that counts them. */
  readonly office: string;
  /** Received up to `to`, and not ended before `since`. */
  readonly since: LocalDate;
  readonly to: LocalDate;
  /** Whether the declaration is needed. */
  readonly forms: boolean;
}

const PAGE = 1000;

const part = z.strictObject({
  code: z.string(),
  due: z.string().nullable(),
  firstDue: z.string().nullable(),
  waitsFor: z.string().nullable(),
  state: z.enum(componentStates),
  since: z.string(),
  startedOn: z.string().nullable(),
  endedOn: z.string().nullable(),
  at: z.string(),
  obstacle: z.string(),
  supplements: z.int(),
  askedOn: z.string(),
});
const step = actBody.pick({
  ...{ action: true, components: true, on: true, papers: true, reasonCode: true, obstacle: true },
});
const row = z.strictObject({
  id: z.string(),
  chain: chainCode,
  channel: z.enum(channels),
  regime: z.string(),
  office: z.string(),
  commune: z.string(),
  receivedOn: z.string(),
  due: z.string().nullable(),
  form: z.record(z.string(), z.string()),
  steps: z.array(step),
  components: z.array(part),
  /** Something happened to it after `to`, or it got components at a time that only its events tell. */
  moved: z.boolean(),
});

/** Calls `take` with page after page; a page is all that is held at a time. */
export async function eachCountedPage(
  tx: CityTx,
  wish: Wish,
  take: (page: readonly CountedDossier[]) => void,
): Promise<void> {
  const { office } = wish;
  // Enough to read less than all; who counts a dossier is decided by its own day of reception.
  const communes = units.flatMap((u) =>
    officesInCharge(u.key, u.validFrom).includes(office) ? [u.key] : [],
  );
  for (let after = ''; ; ) {
    const rows = await rowsOf(tx, pageQuery({ ...wish, communes }, after), row);
    const own = rows.map((r) => ({ ...r, code: '', holder: null })).filter((d) => isCountedAt(office, d));
    const then = await asTheyStood(
      tx,
      own.flatMap((d) => (d.moved ? [d.id] : [])),
      wish.to,
    );
    take(own.flatMap((d): readonly CountedDossier[] => (d.moved ? [then.get(d.id) ?? []].flat() : [d])));
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.id;
    // The embedded database answers without letting anybody else have a turn.
    await setImmediate();
  }
}

function pageQuery(
  { office, since, to, forms, communes }: Wish & { readonly communes: readonly string[] },
  after: string,
) {
  return sql`select d.id, d.chain, d.channel, d.regime, d.office, d.commune, d.received_on::text as "receivedOn", d.due::text as due,
      ${forms ? sql`d.form` : sql`'{}'::jsonb`} as form, d.steps, p.components,
      d.revision > 1 and (exists (select from jsonb_array_elements(d.steps) s where s ->> 'on' > ${to})
        or exists (select from event e where e.subject_id = d.id and e.verb = 'dossier.correct' and jsonb_exists(e.body, 'added'))) as moved
    from dossier d
    cross join lateral (
      select json_agg(json_build_object('code', c.code, 'due', c.due, 'firstDue', c.first_due, 'waitsFor', c.waits_for, 'state', c.state,
        'since', c.since, 'startedOn', c.started_on, 'endedOn', c.ended_on, 'at', '', 'obstacle', c.obstacle,
        'supplements', c.supplements, 'askedOn', c.asked_on) order by c.place) as components
      from component c where c.dossier = d.id
    ) p
    where d.id > ${after} and d.received_on <= ${to}::date
      and exists (select from component c where c.dossier = d.id and (c.ended_on is null or c.ended_on >= ${since}::date))
      and (d.office = ${office} or d.commune in (select json_array_elements_text(${JSON.stringify(communes)}::json)))
    order by d.id limit ${PAGE}`;
}

/** By id, what their events up to that day add up to. */
async function asTheyStood(
  tx: CityTx,
  ids: readonly string[],
  day: LocalDate,
): Promise<ReadonlyMap<string, Dossier>> {
  const events = (await appliedEvents(tx, ids)).filter(
    (e) => e.subject.kind === 'dossier' && happenedBy(e, day),
  );
  const found = new Map<string, Dossier>();
  for (const [id, own] of Map.groupBy(events, (e) => e.subject.id)) {
    const subject = fold(own);
    if (subject?.kind === 'dossier') found.set(id, subject.state);
  }
  return found;
}
