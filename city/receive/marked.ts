/** Events as a desk reads them: each with the city's mark, by which any desk can prove later that the city held it. */
import {
  type HeldEvent,
  markText,
  type OwnReply,
  type Seen,
  seenText,
} from '../../shared/contract/sync/messages.ts';
import type { Event } from '../../shared/domain/event.ts';
import type { Verdict } from '../../shared/domain/verdict.ts';
import type { Envelope } from '../../shared/protocol/hub-ports.ts';
import { entryAt } from '../db/queries/epoch.ts';
import type { Hub } from '../hub.ts';
import type { HubKeys } from '../keys.ts';

/** An event with a word of the city and the number of that word. */
export interface Item {
  readonly hub: number;
  readonly event: Event;
  readonly verdict: Verdict;
}

/** One that this hub keeps without being able to read it. */
export interface UnreadItem {
  readonly hub: number;
  readonly raw: string;
  readonly event: Pick<Envelope, 'id' | 'hash'>;
  readonly verdict: Verdict;
}

type Keys = Pick<HubKeys, 'marks'>;
const markOf = (
  keys: Keys,
  epoch: string,
  { hub, event }: { readonly hub: number; readonly event: Pick<Envelope, 'id' | 'hash'> },
) => keys.marks.sign(markText(epoch, hub, event));

export function marked(keys: Keys, epoch: string, items: readonly Item[]): HeldEvent[] {
  return items.map((item) => ({ ...item, mark: markOf(keys, epoch, item) }));
}

export function markedUnread(keys: Keys, epoch: string, items: readonly UnreadItem[]): OwnReply['unread'] {
  return items.map(({ event, ...item }) => ({ ...item, mark: markOf(keys, epoch, { ...item, event }) }));
}

/** What a desk that read up to this number of the log shows in its later greetings. */
export async function seenAt(
  { db, keys }: Pick<Hub, 'db' | 'keys'>,
  epoch: string,
  hub: number,
): Promise<Seen | null> {
  const id = await entryAt(db, hub);
  return id === null ? null : { epoch, hub, id, mark: keys.marks.sign(seenText({ epoch, hub, id })) };
}
