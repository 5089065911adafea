/**
 * Events that the city lost and another desk brings back: believed by the city's own mark, judged as their authors' devices, taken
 * into the log without a place on a stream. When the own desk comes with one later, it is a repeat.
 */
import { markText, type Returned } from '../../shared/contract/sync/messages.ts';
import { eventHash } from '../../shared/domain/event.ts';
import { canonicalJson } from '../../shared/lib/canonical-json.ts';
import { localTime } from '../../shared/lib/local-date.ts';
import { must } from '../../shared/lib/must.ts';
import { fail } from '../../shared/problem.ts';
import type { Held, Judged, Line } from '../../shared/protocol/hub-ports.ts';
import { judgeEvent } from '../../shared/protocol/judge-line.ts';
import { judgeAgain } from '../../shared/protocol/later-words.ts';
import type { CityTx } from '../db/handle.ts';
import { addAlerts } from '../db/queries/alert.ts';
import { currentEpoch } from '../epoch.ts';
import type { Hub } from '../hub.ts';
import { sha256Hex } from '../sha256.ts';
import { type CityHubTx, hubTx, withSenders } from './hub-tx.ts';
import { readLine } from './read-line.ts';

/** Fails with MARK_WRONG where one of them is not what the city once marked; nothing changes then. */
export async function takeReturned(hub: Hub, device: string, { events }: Returned): Promise<void> {
  // In the order in which the city knew them, so that what builds on another one comes after it.
  const lines = [...events].sort((a, b) => a.hub - b.hub).map((item) => provenLine(hub, item));
  if (lines.length === 0) return;
  await hub.lanes.run(device, async () => {
    const epoch = await currentEpoch(hub);
    const verdicts = await hub.db.transaction(async (tx) => {
      const held = hubTx(tx, epoch, hub);
      await held.lockOrder();
      const now = hub.clock.now();
      if (await takeLines(tx, held, { lines, now }))
        await addAlerts(tx, [{ kind: 'returned', epoch: epoch.id, device, at: new Date(now) }]);
      return held.verdicts;
    });
    if (verdicts.length > 0) hub.metrics.batch(verdicts);
  });
  await hub.settle();
}

function provenLine(hub: Hub, { event, epoch, hub: number, mark }: Returned['events'][number]): Line {
  const line = readLine(canonicalJson(event), 0);
  const whole = eventHash(event, sha256Hex) === event.hash;
  return whole && line.reading.kind === 'event' && hub.keys.marks.verify(markText(epoch, number, event), mark)
    ? line
    : fail('MARK_WRONG', { id: event.id });
}

interface Incoming {
  readonly lines: readonly Line[];
  readonly now: number;
}

/** Answers whether any of them was new. */
async function takeLines(tx: CityTx, held: CityHubTx, { lines, now }: Incoming): Promise<boolean> {
  const known = await held.firstCopies(lines.map((l) => l.envelope.id));
  const fresh = [...new Map(lines.map((l) => [l.envelope.id, l])).values()].filter(
    (l) => !known.has(l.envelope.id),
  );
  const events = fresh.flatMap((l) => (l.reading.kind === 'event' ? [l.reading.event] : []));
  if (events.length === 0) return false;
  const waiting = await held.heldOf(events.map((e) => e.subject));
  const memory = await held.loadMemory([...waiting.map((h) => h.event), ...events]);
  const bench = { memory, today: localTime(now).date };
  const authored = await withSenders(tx, events);
  const judged: Judged[] = authored.map(({ event, sender }, i) => ({
    line: must(fresh[i], 'line'),
    ...judgeEvent(bench, sender, event),
  }));
  await held.insertReturned(judged, now);
  const early: Held[] = authored.filter((_, i) => judged[i]?.verdict.kind === 'held');
  await held.insertLaterWords(judgeAgain(bench, [...waiting, ...early]), now);
  await held.saveSubjects([...memory.changed].flatMap((key) => memory.subjects.get(key) ?? []));
  return true;
}
