/** What waits at the city, and the later words by which it is judged. */
import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import type { Event } from '../../../shared/domain/event.ts';
import { subjectKey } from '../../../shared/domain/project.ts';
import { isApplied } from '../../../shared/domain/verdict.ts';
import type { LaterWord } from '../../../shared/protocol/hub-ports.ts';
import { iso } from '../../clock.ts';
import type { CityDb, CityTx } from '../handle.ts';
import { toldEvents } from '../schema/stream.ts';
import { eventOf } from './stored-event.ts';

/** Events whose newest word is `held`, of these subjects, oldest first; not those of a revoked device, which wait for a person. */
export async function heldEvents(tx: CityTx, subjects: readonly Event['subject'][]): Promise<Event[]> {
  if (subjects.length === 0) return [];
  const rows = await tx
    .select({ raw: toldEvents.raw })
    .from(toldEvents)
    .where(
      and(
        eq(toldEvents.cameKind, 'held'),
        inArray(toldEvents.subjectKind, [...new Set(subjects.map((s) => s.kind))]),
        inArray(toldEvents.subjectId, [...new Set(subjects.map((s) => s.id))]),
        eq(toldEvents.verdictKind, 'held'),
        sql`${toldEvents.verdict}->>'code' is distinct from 'DEVICE_REVOKED'`,
      ),
    )
    .orderBy(asc(toldEvents.came));
  const keys = new Set(subjects.map(subjectKey));
  return rows.map((r) => eventOf(r.raw)).filter((event) => keys.has(subjectKey(event.subject)));
}

/** Raw lines that a newer desk made and that still wait, oldest first. */
export async function newerLines(
  db: CityDb | CityTx,
  after: number,
  limit: number,
): Promise<readonly { readonly hub: number; readonly raw: string }[]> {
  return db
    .select({ hub: toldEvents.came, raw: toldEvents.raw })
    .from(toldEvents)
    .where(
      and(
        eq(toldEvents.cameKind, 'held'),
        gt(toldEvents.came, after),
        eq(toldEvents.verdictKind, 'held'),
        sql`${toldEvents.verdict}->>'code' = 'EVENT_SCHEMA_NEWER'`,
      ),
    )
    .orderBy(asc(toldEvents.came))
    .limit(limit);
}

/** Attached before their file was whole, oldest first. */
export async function waitingFor(db: CityDb | CityTx, sha256: string): Promise<Event[]> {
  const rows = await db
    .select({ raw: toldEvents.raw })
    .from(toldEvents)
    .where(
      and(
        ...[eq(toldEvents.cameKind, 'held'), eq(toldEvents.verdictKind, 'held')],
        eq(toldEvents.verb, 'dossier.attach'),
        sql`${toldEvents.verdict}->>'code' = 'FILE_MISSING'`,
        sql`${toldEvents.raw}::json->'body'->'file'->>'sha256' = ${sha256}`,
      ),
    )
    .orderBy(asc(toldEvents.came));
  return rows.map((r) => eventOf(r.raw));
}

const WORD_TYPES = sql.raw(
  'place int, id uuid, verdict_kind text, verdict jsonb, revision bigint, scope text[]',
);

/** One statement for all. An event whose shape this hub learned later has its subject only in its line. */
export async function insertLaterWords(tx: CityTx, words: readonly LaterWord[], now: number): Promise<void> {
  if (words.length === 0) return;
  const rows = words.map(({ id, verdict, scope }, place) => ({
    ...{ place, id, verdict, scope, verdict_kind: verdict.kind },
    revision: isApplied(verdict) ? verdict.revision : null,
  }));
  await tx.execute(sql`
    insert into judgement (event, device, subject_kind, subject_id, verdict_kind, verdict, revision, applies, scope, at)
    select e.id, e.device,
      coalesce(e.subject_kind, e.raw::json->'subject'->>'kind'), coalesce(e.subject_id, e.raw::json->'subject'->>'id'),
      x.verdict_kind, x.verdict, x.revision,
      x.revision is not null and e.revision is null and not exists (select from judgement j where j.event = e.id and j.applies),
      x.scope, ${iso(now)}::timestamptz
    from json_to_recordset(${JSON.stringify(rows)}::json) as x(${WORD_TYPES}) join event e on e.id = x.id order by x.place`);
}
