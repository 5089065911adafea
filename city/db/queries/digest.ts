/** What one device made on one day, and how much the other machines of its office made, for the closing of the day. */
import { and, asc, eq, isNull, ne, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { DigestReply } from '../../../shared/contract/sync/messages.ts';
import { verdictKinds } from '../../../shared/domain/verdict.ts';
import type { CityDb } from '../handle.ts';
import { devices } from '../schema/place.ts';
import { events, newestWords } from '../schema/stream.ts';
import type { Device } from './place.ts';

export async function dayDigest(
  db: CityDb,
  device: Device,
  day: string,
): Promise<Pick<DigestReply, 'events' | 'others'>> {
  const rows = await db
    .select({ id: events.id, hash: events.hash, verb: events.verb, verdict: newestWords.verdictKind })
    .from(events)
    .innerJoin(newestWords, eq(newestWords.id, events.id))
    .where(and(eq(events.device, device.id), eq(events.day, day)))
    .orderBy(asc(events.id));
  const others = await db
    .select({ no: devices.no, name: devices.name, events: sql`count(${events.id})::int`.mapWith(Number) })
    .from(devices)
    .leftJoin(events, and(eq(events.device, devices.id), eq(events.day, day)))
    .where(and(eq(devices.unit, device.unit), ne(devices.id, device.id), isNull(devices.revokedAt)))
    .groupBy(devices.id)
    .orderBy(asc(devices.no));
  return { events: rows.map((r) => ({ ...r, verdict: z.enum(verdictKinds).parse(r.verdict) })), others };
}
