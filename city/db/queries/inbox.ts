/** Applied events of others that an office may see, by hub sequence. */
import { and, arrayOverlaps, asc, gt, isNotNull, lte, ne, sql } from 'drizzle-orm';
import type { InboxReply } from '../../../shared/contract/sync/messages.ts';
import { verdictSchema } from '../../../shared/domain/verdict.ts';
import type { LocalDate } from '../../../shared/lib/local-date.ts';
import type { CityDb } from '../handle.ts';
import { events } from '../schema/stream.ts';
import type { Device } from './place.ts';
import { readable } from './scope.ts';
import { eventOf } from './stored-event.ts';

const PAGE = 500;
/** A desk takes 16 MiB of answer; signing makes a page a third longer, and a letter may be three bytes. */
const PAGE_LENGTH = 2 * 1024 * 1024;

export async function inboxPage(
  db: CityDb,
  device: Device,
  { after, today }: { after: number; today: LocalDate },
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
        arrayOverlaps(events.scope, [...readable(device.unit, today)]),
        ne(events.device, device.id),
      ),
    )
    .orderBy(asc(events.hubSeq))
    .limit(PAGE + 1);
  const taken = rows.slice(0, rowsThatFit(rows));
  const page = taken.map((r) => ({
    hub: r.hub,
    event: eventOf(r.raw),
    verdict: verdictSchema.parse(r.verdict),
  }));
  const more = rows.length > taken.length;
  return { next: more ? (page.at(-1)?.hub ?? end) : end, more, events: page };
}

function rowsThatFit(rows: readonly { readonly raw: string }[]): number {
  let length = 0;
  const over = rows.findIndex((r, i) => {
    length += r.raw.length;
    return i === PAGE || (i > 0 && length > PAGE_LENGTH);
  });
  return over < 0 ? rows.length : over;
}
