/**
 * What this machine shows of a subject: the fold of the city's order, then its own pending events.
 * A returned correction or count no longer counts (it waits in the list of returned items); a returned
 * reception still shows the dossier, or it would vanish from the desk.
 */
import type { Dossier } from '../shared/domain/dossier.ts';
import type { Event, SubjectKind } from '../shared/domain/event.ts';
import { happenedBy } from '../shared/domain/happened-by.ts';
import { fold, type Subject } from '../shared/domain/project.ts';
import type { LocalDate } from '../shared/lib/local-date.ts';
import type { ReadDb } from './handle.ts';
import { inboxRead } from './queries/device.ts';
import { eventsOfSubject, type StoredEvent } from './queries/event.ts';

export interface LocalView {
  readonly subject: Subject | undefined;
  /** Revision that is shown: events that the city has applied or that it has yet to judge. */
  readonly revision: number;
  /** Revisions of the city that this machine has surely seen, for the next event: own pending ones are not among them. */
  readonly base: number;
  /** True while the city has no accepted reception of this dossier, but has returned one. */
  readonly receptionReturned: boolean;
}

const applied = (e: StoredEvent) => e.verdict === 'accepted' || e.verdict === 'merged';
const returned = (e: StoredEvent) => e.verdict === 'rejected' || e.verdict === 'conflict';
const isReception = (e: StoredEvent) => e.event.verb === 'dossier.receive';

/** Whether the city returned the reception of this dossier and no other one stands. */
function isReceptionReturned(stored: readonly StoredEvent[]): boolean {
  const stands = (e: StoredEvent) => applied(e) || e.verdict === null;
  return (
    stored.some((e) => isReception(e) && returned(e)) && !stored.some((e) => isReception(e) && stands(e))
  );
}

/**
 * Events that count here, in the order in which they are folded: the city's own, held ones, then what is still on its way. Of a
 * dossier whose reception came back all count, or it would vanish from the desk and its papers.
 */
export function standingEvents(stored: readonly StoredEvent[]): Event[] {
  const city = stored.filter(applied).sort((a, b) => (a.hubSeq ?? 0) - (b.hubSeq ?? 0));
  const back = isReceptionReturned(stored) ? stored.filter(returned) : [];
  const held = stored.filter((e) => e.verdict === 'held');
  const pending = stored.filter((e) => e.verdict === null);
  return [...back, ...city, ...held, ...pending].map((e) => e.event);
}

/**
 * `stored` in any order of arrival; `n` order is kept among pending ones. `read` = how far the inbox is read: an own
 * event that the city took in after that may stand behind events of others that are still unknown here.
 */
export function viewOf(stored: readonly StoredEvent[], read: number): LocalView {
  const city = stored.filter(applied);
  const pending = stored.filter((e) => e.verdict === null);
  return {
    subject: fold(standingEvents(stored)),
    revision: city.length + pending.length,
    base: city.filter((e) => (e.hubSeq ?? 0) <= read).length,
    receptionReturned: isReceptionReturned(stored),
  };
}

export function localView(db: ReadDb, kind: SubjectKind, id: string): LocalView {
  return viewOf(eventsOfSubject(db, kind, id), inboxRead(db));
}

/** The dossier as it stood at the end of a day, by what is known now. */
export function dossierOn(db: ReadDb, id: string, day: LocalDate): Dossier | undefined {
  const stored = eventsOfSubject(db, 'dossier', id).filter((e) => happenedBy(e.event, day));
  const { subject } = viewOf(stored, inboxRead(db));
  return subject?.kind === 'dossier' ? subject.state : undefined;
}
