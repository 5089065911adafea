/** What one device made on one day, for the closing of the day. */
import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { digestReply } from '../../../shared/contract/sync/messages.ts';
import { sha256Hex } from '../../sha256.ts';
import type { CityDb } from '../handle.ts';
import { events } from '../schema/stream.ts';

export async function dayDigest(
  db: CityDb,
  device: string,
  day: string,
): Promise<z.infer<typeof digestReply>> {
  const rows = await db
    .select({ id: events.id, verb: events.verb })
    .from(events)
    .where(and(eq(events.device, device), eq(events.day, day)));
  const by: Record<string, number> = {};
  for (const { verb } of rows) by[verb ?? 'unknown'] = (by[verb ?? 'unknown'] ?? 0) + 1;
  return {
    day,
    events: rows.length,
    by,
    ids: sha256Hex(
      rows
        .map((r) => r.id)
        .sort()
        .join('\n'),
    ),
  };
}
