/** What waits at the city for something else than its subject: a hub that knows newer schemas or verbs, or a scan that is whole now. */
import type { Event } from '../../shared/domain/event.ts';
import { localTime } from '../../shared/lib/local-date.ts';
import type { LaterWord } from '../../shared/protocol/hub-ports.ts';
import { judgeEvent } from '../../shared/protocol/judge-line.ts';
import { judgeAgain } from '../../shared/protocol/later-words.ts';
import { laterWords } from '../../shared/protocol/widened-words.ts';
import { newerLines, waitingFor } from '../db/queries/later-word.ts';
import { currentEpoch } from '../epoch.ts';
import type { Hub } from '../hub.ts';
import { hubTx, withSenders } from './hub-tx.ts';
import { readLine } from './read-line.ts';

const PAGE = 500;
type Judges = Pick<Hub, 'db' | 'keys' | 'clock' | 'mark' | 'files'>;

/** Page by page, each in a transaction of its own: one that was judged is not found again. */
export async function judgeNewer(hub: Judges): Promise<void> {
  for (let after = 0; ; ) {
    const page = await newerLines(hub.db, after, PAGE);
    const last = page.at(-1);
    if (!last) return;
    const events = page.flatMap(({ raw }) => {
      const { reading } = readLine(raw, 0);
      return reading.kind === 'event' ? [reading.event] : [];
    });
    if (events.length > 0) await judgePage(hub, events);
    after = last.hub;
  }
}

/** Events that waited for this file. */
export async function judgeFile(hub: Judges & Pick<Hub, 'settle'>, sha256: string): Promise<void> {
  const events = await waitingFor(hub.db, sha256);
  if (events.length === 0) return;
  await judgePage(hub, events);
  await hub.settle();
}

async function judgePage(hub: Judges, listed: readonly Event[]): Promise<void> {
  const epoch = await currentEpoch(hub);
  await hub.db.transaction(async (tx) => {
    const held = hubTx(tx, epoch, hub);
    await held.lockOrder();
    const now = hub.clock.now();
    // Another hub process may have judged them while we waited for the lock.
    const copies = await held.firstCopies(listed.map((e) => e.id));
    const events = listed.filter((e) => copies.get(e.id)?.verdict.kind === 'held');
    const known = new Set(events.map((e) => e.id));
    const others = (await held.heldOf(events.map((e) => e.subject))).filter((h) => !known.has(h.event.id));
    const memory = await held.loadMemory([...events, ...others.map((h) => h.event)]);
    const bench = { memory, today: localTime(now).date };
    const before = new Map(memory.subjects);
    const words: LaterWord[] = (await withSenders(tx, events)).flatMap(({ event, sender }) => {
      const word = judgeEvent(bench, sender, event);
      return word.verdict.kind === 'held' ? [] : [{ id: event.id, ...word }];
    });
    const later = [...words, ...judgeAgain(bench, others)];
    await held.insertLaterWords(await laterWords(held, bench, { before, first: [], later }), now);
    await held.saveSubjects([...memory.changed].flatMap((key) => memory.subjects.get(key) ?? []));
  });
}
