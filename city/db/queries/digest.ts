/** What one device made on one day, and how much the other machines of its office made, for the closing of the day. */
import { and, asc, eq, isNull, ne, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { DigestReply } from '../../../shared/contract/sync/messages.ts';
import { verdictKinds } from '../../../shared/domain/verdict.ts';
import type { CityDb } from '../handle.ts';
import { devices } from '../schema/place.ts';
import { events, toldEvents } from '../schema/stream.ts';
import type { Device } from './place.ts';

export async function dayDigest(
  db: CityDb,
  device: Device,
  day: string,
): Promise<Pick<DigestReply, 'events' | 'others'>> {
  const rows = await db
    .select({
      ...{ id: toldEvents.id, hash: toldEvents.hash },
      ...{ verb: toldEvents.verb, verdict: toldEvents.verdictKind },
    })
    .from(toldEvents)
    .where(and(eq(toldEvents.device, device.id), eq(toldEvents.day, day)))
    .orderBy(asc(toldEvents.id));
  const others = await db
    .select({ no: devices.no, name: devices.name, events: sql`count(${events.id})::int`.mapWith(Number) })
    .from(devices)
    .leftJoin(events, and(eq(events.device, devices.id), eq(events.day, day)))
    .where(and(eq(devices.unit, device.unit), ne(devices.id, device.id), isNull(devices.revokedAt)))
    .groupBy(devices.id)
    .orderBy(asc(devices.no));
  return { events: rows.map((r) => ({ ...r, verdict: z.enum(verdictKinds).parse(r.verdict) })), others };
}
