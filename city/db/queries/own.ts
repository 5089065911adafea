/** All that one device ever sent, in the order in which the city took it in, with the newest words and the receipts. */
import { and, asc, eq, gt, lte, sql } from 'drizzle-orm';
import type { OwnReply } from '../../../shared/contract/sync/messages.ts';
import { verdictSchema } from '../../../shared/domain/verdict.ts';
import type { Item, UnreadItem } from '../../receive/marked.ts';
import { readLine } from '../../receive/read-line.ts';
import type { CityDb } from '../handle.ts';
import { receipts, streams, toldEvents } from '../schema/stream.ts';
import { NEWEST } from './epoch.ts';
import { pageOf, ROWS } from './page.ts';

export async function ownPage(
  db: CityDb,
  device: string,
  after: number,
): Promise<Pick<OwnReply, 'next' | 'more' | 'receipts'> & Lines> {
  const [newest] = await db.select({ hub: sql`${NEWEST}`.mapWith(Number) }).from(sql`(select 1) one`);
  const end = Math.max(after, newest?.hub ?? 0);
  const rows = await db
    .select({
      ...{ hub: toldEvents.came, raw: toldEvents.raw },
      ...{ word: toldEvents.hubSeq, verdict: toldEvents.verdict },
    })
    .from(toldEvents)
    .where(and(eq(toldEvents.device, device), gt(toldEvents.came, after), lte(toldEvents.came, end)))
    .orderBy(asc(toldEvents.came))
    .limit(ROWS);
  const { taken, more, next } = pageOf(rows, end);
  const given = await db
    .select({ jws: receipts.jws })
    .from(receipts)
    .innerJoin(streams, eq(streams.id, receipts.stream))
    .where(and(eq(streams.device, device), gt(receipts.hub, after), lte(receipts.hub, next)))
    .orderBy(asc(receipts.hub), asc(receipts.to));
  return { ...linesOf(taken), receipts: given.map((r) => r.jws), more, next };
}

interface Lines {
  readonly items: readonly Item[];
  /** What this hub cannot read goes back as it came. */
  readonly unread: readonly UnreadItem[];
}

function linesOf(
  rows: readonly { readonly word: number; readonly raw: string; readonly verdict: unknown }[],
): Lines {
  const [items, unread]: [Item[], UnreadItem[]] = [[], []];
  for (const { word: hub, raw, verdict: said } of rows) {
    const verdict = verdictSchema.parse(said);
    const { reading, envelope } = readLine(raw, 0);
    if (reading.kind === 'event') items.push({ hub, verdict, event: reading.event });
    else unread.push({ hub, verdict, raw, event: envelope });
  }
  return { items, unread };
}
