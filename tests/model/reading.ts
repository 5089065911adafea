/** How a hub of a given age reads the text of an event. */
import { EVENT_SCHEMA, type Event, eventSchema } from '../../shared/domain/event.ts';
import { eventVerbs } from '../../shared/domain/verbs.ts';
import type { Reading } from '../../shared/protocol/hub-ports.ts';

/** The verb that came with the newer program. */
export const NEW_VERB = 'catalogue.correct';

const read = new Map<string, Event>();
const MOST = 20_000;

/** Parsed once: the same text is the same event. */
export function parseEvent(raw: string): Event | null {
  const known = read.get(raw);
  if (known) return known;
  const parsed = eventSchema.safeParse(JSON.parse(raw));
  if (!parsed.success) return null;
  if (read.size > MOST) read.clear();
  read.set(raw, parsed.data);
  return parsed.data;
}

export function isNewer(event: { readonly schema: number; readonly verb?: unknown }, old: boolean): boolean {
  const known = typeof event.verb !== 'string' || (eventVerbs as readonly string[]).includes(event.verb);
  return event.schema > EVENT_SCHEMA || !known || (old && event.verb === NEW_VERB);
}

export function readAgain(raw: string, old: boolean): Reading {
  const event = parseEvent(raw);
  if (!event || isNewer(event, old)) return { kind: 'newer' };
  return { kind: 'event', event };
}
