/** Which events made a dossier what it was on an earlier day. */
import { type LocalDate, localTime } from '../lib/local-date.ts';
import { actBody, correctBody } from './dossier.ts';
import type { Event } from './event.ts';

/**
 * Whether the event belongs to the dossier as it stood at the end of that day: a step by the day on which it happened,
 * whenever it was typed; components added later were not there yet. Texts are read as they are known now.
 */
export function happenedBy({ verb, body, at }: Pick<Event, 'verb' | 'body' | 'at'>, day: LocalDate): boolean {
  if (verb === 'dossier.act') return (actBody.safeParse(body).data?.on ?? '') <= day;
  const adds = verb === 'dossier.correct' && (correctBody.safeParse(body).data?.added ?? []).length > 0;
  return !adds || localTime(Date.parse(at)).date <= day;
}
