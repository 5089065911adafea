/** What the city knows about the subjects of a batch, read in a few statements for the whole batch. */
import type { Event } from '../../shared/domain/event.ts';
import type { CityTx } from '../db/handle.ts';
import { appliedEvents } from '../db/queries/stored-event.ts';
import { loadSubjects, subjectKey } from '../db/queries/subject.ts';
import type { Memory } from './judge-batch.ts';
import type { Line } from './open-batch.ts';

export async function loadMemory(tx: CityTx, lines: readonly Line[]): Promise<Memory> {
  const events = lines.flatMap((l) => (l.reading.kind === 'event' ? [l.reading.event] : []));
  const subjects = await loadSubjects(
    tx,
    events.map((e) => e.subject),
  );
  // The history is needed only where an event may build on an older revision than the current one.
  const stale = [...Map.groupBy(events, (e) => subjectKey(e.subject))].flatMap(([key, own]) => {
    const revision = subjects.get(key)?.state.revision ?? 0;
    return revision > 0 && (own.length > 1 || own.some((e) => e.base < revision)) ? own.slice(0, 1) : [];
  });
  const applied = new Map<string, Event[]>();
  for (const event of await appliedEvents(
    tx,
    stale.map((e) => e.subject.id),
  )) {
    const key = subjectKey(event.subject);
    const list = applied.get(key);
    if (list) list.push(event);
    else applied.set(key, [event]);
  }
  return { subjects, applied, changed: new Set() };
}
