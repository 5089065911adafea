/** What hub and desk hold, as plain values that can be compared; and what of it is lost or stands twice. */
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { type CityDb, rowsOf } from '../../../city/db/handle.ts';
import { verifyProjections } from '../../../city/db/verify.ts';
import { verifyDesk } from '../../../db/rebuild.ts';
import type { TestDesk } from '../temp-desk.ts';

const text = z.object({ line: z.string() });

export interface HubPicture {
  /** Each event with the city's word on it. */
  readonly events: readonly string[];
  /** What took effect, by subject and revision. */
  readonly applied: readonly string[];
  readonly devices: readonly string[];
  readonly mismatches: number;
}

export async function hubPicture(db: CityDb): Promise<HubPicture> {
  const lines = async (query: ReturnType<typeof sql>) =>
    (await rowsOf(db, query, text)).map(({ line }) => line);
  return {
    events: await lines(sql`select id || ' ' || verdict_kind as line from told_event order by 1`),
    applied: await lines(
      sql`select subject_id || ' ' || lpad(revision::text, 6, '0') || ' ' || id as line from applied_event order by 1`,
    ),
    devices: await lines(sql`select unit || ' ' || count(*) as line from device group by unit order by 1`),
    mismatches: (await verifyProjections(db)).length,
  };
}

export interface Losses {
  /** Events that a desk holds and the city does not. */
  readonly lost: number;
  /** Events that took effect more than once. */
  readonly doubled: number;
}

export function losses(desks: readonly TestDesk[], { events, applied }: HubPicture): Losses {
  const held = new Set(events.map((line) => line.slice(0, 36)));
  const effects = applied.map((line) => line.slice(-36));
  const kept = new Set(
    desks.flatMap(({ desk }) => desk.db.$client.prepare('SELECT id FROM event').pluck().all() as string[]),
  );
  return {
    lost: [...kept].filter((id) => !held.has(id)).length,
    doubled: effects.length - new Set(effects).size,
  };
}

/** Sent, received and returned as the clerk is told, and whether the store is whole. */
export async function deskPicture(desk: TestDesk) {
  const { db } = desk.desk;
  const { waiting, received, attention, lastError } = await desk.call('sync.state', {});
  return {
    ...{ waiting, received, attention, error: lastError?.code ?? null },
    events: db.$client.prepare('SELECT id FROM event ORDER BY id').pluck().all() as string[],
    problems: verifyDesk(db).problems,
  };
}
