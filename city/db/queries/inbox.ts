/** By hub number: applied events of others that an office may see, and the words on its own that no receipt brings. */
import { and, arrayOverlaps, asc, eq, gt, isNotNull, isNull, lte, ne, or } from 'drizzle-orm';
import type { InboxReply } from '../../../shared/contract/sync/messages.ts';
import { readable } from '../../../shared/domain/scope.ts';
import { verdictSchema } from '../../../shared/domain/verdict.ts';
import type { LocalDate } from '../../../shared/lib/local-date.ts';
import type { Item } from '../../receive/marked.ts';
import type { CityDb } from '../handle.ts';
import { events, judgements } from '../schema/stream.ts';
import { pageOf, ROWS } from './page.ts';
import type { Device } from './place.ts';
import { eventOf } from './stored-event.ts';

export async function inboxPage(
  db: CityDb,
  device: Device,
  { after, newest, today }: { after: number; newest: number; today: LocalDate },
): Promise<Pick<InboxReply, 'next' | 'more'> & { readonly items: readonly Item[] }> {
  // Batches commit in the order of their numbers, so nothing can still appear at or below this one.
  const end = Math.max(after, newest);
  const offices = [...readable(device.unit, today)];
  const come = await db
    .select({ hub: events.hubSeq, raw: events.raw, verdict: events.verdict })
    .from(events)
    .where(
      and(
        ...[gt(events.hubSeq, after), lte(events.hubSeq, end), isNotNull(events.revision)],
        ...[arrayOverlaps(events.scope, offices), ne(events.device, device.id)],
      ),
    )
    .orderBy(asc(events.hubSeq))
    .limit(ROWS);
  // Its own that another desk brought back: no receipt tells it of them.
  const returned = await db
    .select({ hub: events.hubSeq, raw: events.raw, verdict: events.verdict })
    .from(events)
    .where(
      and(
        ...[gt(events.hubSeq, after), lte(events.hubSeq, end)],
        ...[eq(events.device, device.id), isNull(events.stream)],
      ),
    )
    .orderBy(asc(events.hubSeq))
    .limit(ROWS);
  const said = await db
    .select({ hub: judgements.hubSeq, raw: events.raw, verdict: judgements.verdict })
    .from(judgements)
    .innerJoin(events, eq(events.id, judgements.event))
    .where(
      and(
        ...[gt(judgements.hubSeq, after), lte(judgements.hubSeq, end)],
        or(
          and(isNotNull(judgements.revision), arrayOverlaps(judgements.scope, offices)),
          eq(judgements.device, device.id),
        ),
      ),
    )
    .orderBy(asc(judgements.hubSeq))
    .limit(ROWS);
  const rows = [...come, ...returned, ...said].sort((a, b) => a.hub - b.hub);
  const { taken, more, next } = pageOf(rows, end);
  const items = taken.map(({ hub, raw, verdict }) => ({
    ...{ hub, event: eventOf(raw) },
    verdict: verdictSchema.parse(verdict),
  }));
  return { items, more, next };
}
