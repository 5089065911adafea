/** Own events as they come back: a desk that is newer than the hub reads more than the hub does. */
import type { HeldEvent, OwnReply } from '../contract/sync/messages.ts';
import { eventSchema } from '../domain/event.ts';

/** The events of a page that this program can read, with the city's words. What neither reads stays at the city. */
export function readableOf({ events, unread }: Pick<OwnReply, 'events' | 'unread'>): readonly HeldEvent[] {
  return [...events, ...unread.flatMap(readableIn)];
}

function readableIn({ raw, ...word }: OwnReply['unread'][number]): HeldEvent[] {
  const read = eventSchema.safeParse(jsonOf(raw));
  return read.success ? [{ ...word, event: read.data }] : [];
}

function jsonOf(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}
