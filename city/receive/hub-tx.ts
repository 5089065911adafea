/** The protocol's transaction over the log, on PostgreSQL: few statements for a whole batch, whatever its length. */
import { fileOf } from '../../shared/domain/attached-file.ts';
import type { Event } from '../../shared/domain/event.ts';
import { subjectKey } from '../../shared/domain/project.ts';
import type { Verdict } from '../../shared/domain/verdict.ts';
import { must } from '../../shared/lib/must.ts';
import type { Held, HubTx, Judged, Memory, Sender } from '../../shared/protocol/hub-ports.ts';
import type { CityTx } from '../db/handle.ts';
import { keepAccessHead } from '../db/queries/access-head.ts';
import { type Epoch, lockOrder } from '../db/queries/epoch.ts';
import { heldEvents, insertLaterWords } from '../db/queries/later-word.ts';
import { advanceStream, lockStream } from '../db/queries/place.ts';
import { findReceipt, insertReceipt } from '../db/queries/receipt.ts';
import { loadSenders } from '../db/queries/sender.ts';
import {
  appliedEvents,
  firstCopies,
  insertEvents,
  insertRepeats,
  storedRange,
} from '../db/queries/stored-event.ts';
import { loadSubjects, saveSubjects } from '../db/queries/subject.ts';
import { requireEpoch } from '../epoch.ts';
import type { FileFolder } from '../files/file-folder.ts';
import type { Hub } from '../hub.ts';
import { eventRow } from './event-row.ts';

/** The protocol's transaction, and what only this hub does with one. */
export interface CityHubTx extends HubTx {
  /** Events that another desk brought back, in this order; they get no place on a stream. */
  insertReturned(judged: readonly Judged[], now: number): Promise<void>;
  /** First verdicts of the events that were inserted, for the counters. */
  readonly verdicts: Verdict['kind'][];
}

export function hubTx(tx: CityTx, epoch: Epoch, hub: Pick<Hub, 'mark' | 'files'>): CityHubTx {
  const verdicts: Verdict['kind'][] = [];
  const insert = async (judged: readonly Judged[], now: number, road: 'stream' | 'returned') => {
    verdicts.push(...judged.map((j) => j.verdict.kind));
    return insertEvents(
      tx,
      judged.map((j) => eventRow(j, { now, road })),
    );
  };
  return {
    verdicts,
    lockStream: (id, device) => lockStream(tx, { id, device }),
    findReceipt: (batch, of) => findReceipt(tx, batch, of),
    storedRange: (stream, range) => storedRange(tx, stream, range),
    async lockOrder() {
      await lockOrder(tx);
      await requireEpoch(tx, epoch, hub.mark);
    },
    firstCopies: (ids) => firstCopies(tx, ids),
    loadMemory: (events) => loadMemory(tx, events, hub.files),
    async sender(device, stream) {
      return must((await loadSenders(tx, [{ device, stream }]))({ device, stream }), 'device of the batch');
    },
    async insertEvents(judged, now) {
      const numbers = await insert(judged, now, 'stream');
      return new Map(
        judged.map(({ line: { envelope } }) => [envelope.seq, must(numbers.get(envelope.id), 'number')]),
      );
    },
    async insertReturned(judged, now) {
      await insert(judged, now, 'returned');
    },
    insertRepeats: (results, now) =>
      insertRepeats(
        tx,
        results.map(({ line: { envelope, raw }, verdict }) => ({
          ...{ stream: envelope.stream, seq: envelope.seq, id: envelope.id, hash: envelope.hash },
          ...{ raw, verdict, receivedAt: new Date(now) },
        })),
      ),
    async heldOf(subjects) {
      return withSenders(tx, await heldEvents(tx, subjects));
    },
    insertLaterWords: (words, now) => insertLaterWords(tx, words, now),
    saveSubjects: (subjects) => saveSubjects(tx, subjects),
    advanceStream: (stream) => advanceStream(tx, stream),
    keepAccessHead: (said, now) => keepAccessHead(tx, said, { epoch: epoch.id, at: new Date(now) }),
    insertReceipt: ({ batch, stream, from, to, at }, jws) =>
      insertReceipt(tx, { batch, stream, from, to, jws, epoch: epoch.id, at: new Date(at) }),
  };
}

/** What the city knows about the subjects of these events. */
async function loadMemory(tx: CityTx, events: readonly Event[], files: FileFolder): Promise<Memory> {
  const subjects = await loadSubjects(
    tx,
    events.map((e) => e.subject),
  );
  // The history is needed only where an event may build on an older revision than the current one, or shows it to another office.
  const stale = [...Map.groupBy(events, (e) => subjectKey(e.subject))].flatMap(([key, own]) => {
    const revision = subjects.get(key)?.state.revision ?? 0;
    return revision > 0 &&
      (own.length > 1 || own.some((e) => e.base < revision || e.verb === 'dossier.transfer'))
      ? own.slice(0, 1)
      : [];
  });
  const applied = new Map<string, Event[]>();
  const ids = stale.map((e) => e.subject.id);
  for (const event of await appliedEvents(tx, ids)) {
    const key = subjectKey(event.subject);
    const list = applied.get(key);
    if (list) list.push(event);
    else applied.set(key, [event]);
  }
  const named = events.flatMap((e) => fileOf(e) ?? []);
  return { subjects, applied, changed: new Set(), files: new Set(named.filter((f) => files.has(f))) };
}

export async function withSenders(tx: CityTx, events: readonly Event[]): Promise<readonly Held[]> {
  const senderOf = await loadSenders(tx, events);
  return events.map((event) => ({ event, sender: senderOf(event) ?? asClaimed(event) }));
}

/**
 * A device that the city itself forgot when it was put back: only returned events can be of one, and the city's mark on them says
 * that it knew this person and this office once.
 */
function asClaimed({ office, actor }: Event): Sender {
  return { office, roles: new Map([[actor.id, actor.role]]), lineage: [] };
}
