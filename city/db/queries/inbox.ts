/** Applied events of others that an office may see, by hub sequence. */
import { and, arrayContains, asc, gt, isNotNull, lte, ne, sql } from 'drizzle-orm';
import type { InboxReply } from '../../../shared/contract/sync/messages.ts';
import { verdictSchema } from '../../../shared/domain/verdict.ts';
import type { CityDb } from '../handle.ts';
import { events } from '../schema/stream.ts';
import type { Device } from './place.ts';
import { eventOf } from './stored-event.ts';

const PAGE = 500;

export async function inboxPage(
  db: CityDb,
  device: Device,
  after: number,
): Promise<Pick<InboxReply, 'next' | 'more' | 'events'>> {
  // Batches commit in the order of their hub sequence, so nothing can still appear at or below this number.
  const [newest] = await db
    .select({ hub: sql`coalesce(max(${events.hubSeq}), 0)`.mapWith(Number) })
    .from(events);
  const end = Math.max(after, newest?.hub ?? 0);
  const rows = await db
    .select({ hub: events.hubSeq, raw: events.raw, verdict: events.verdict })
    .from(events)
    .where(
      and(
        gt(events.hubSeq, after),
        lte(events.hubSeq, end),
        isNotNull(events.revision),
        arrayContains(events.scope, [device.unit]),
        ne(events.device, device.id),
      ),
    )
    .orderBy(asc(events.hubSeq))
    .limit(PAGE + 1);
  const page = rows
    .slice(0, PAGE)
    .map((r) => ({ hub: r.hub, event: eventOf(r.raw), verdict: verdictSchema.parse(r.verdict) }));
  const more = rows.length > PAGE;
  return { next: more ? (page.at(-1)?.hub ?? end) : end, more, events: page };
}
