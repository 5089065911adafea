/**
 * Events that the city lost and another desk brings back: believed by the city's own mark, judged as their authors' devices, taken
 * into the log without a place on a stream. When the own desk comes with one later, it is a repeat.
 */
import { markText, type Returned } from '../../shared/contract/sync/messages.ts';
import { eventHash } from '../../shared/domain/event.ts';
import { canonicalJson } from '../../shared/lib/canonical-json.ts';
import { localTime } from '../../shared/lib/local-date.ts';
import { must } from '../../shared/lib/must.ts';
import type { Held, Judged, Line } from '../../shared/protocol/hub-ports.ts';
import { judgeEvent } from '../../shared/protocol/judge-line.ts';
import { judgeAgain } from '../../shared/protocol/later-words.ts';
import { laterWords } from '../../shared/protocol/widened-words.ts';
import type { CityTx } from '../db/handle.ts';
import { type AlertKind, addAlerts } from '../db/queries/alert.ts';
import type { Epoch } from '../db/queries/epoch.ts';
import { currentEpoch } from '../epoch.ts';
import type { Hub } from '../hub.ts';
import { sha256Hex } from '../sha256.ts';
import { type CityHubTx, hubTx, withSenders } from './hub-tx.ts';
import { readLine } from './read-line.ts';

/** One that is not what the city once marked is passed over, and an officer is told: the others must not wait for it. Answers the epoch that took them. */
export async function takeReturned(hub: Hub, device: string, { events }: Returned): Promise<Epoch> {
  // In the order in which the city knew them, so that what builds on another one comes after it.
  const lines = [...events].sort((a, b) => a.hub - b.hub).flatMap((item) => provenLine(hub, item) ?? []);
  const epoch = await currentEpoch(hub);
  if (events.length === 0) return epoch;
  await hub.lanes.run(device, async () => {
    const verdicts = await hub.db.transaction(async (tx) => {
      const held = hubTx(tx, epoch, hub);
      await held.lockOrder();
      const now = hub.clock.now();
      const taken = await takeLines(tx, held, { lines, now });
      const kinds: AlertKind[] = [
        ...(lines.length < events.length ? ['mark' as const] : []),
        ...(taken ? ['returned' as const] : []),
      ];
      await addAlerts(
        tx,
        kinds.map((kind) => ({ kind, epoch: epoch.id, device, at: new Date(now) })),
      );
      return held.verdicts;
    });
    if (verdicts.length > 0) hub.metrics.batch(verdicts);
  });
  await hub.settle();
  return epoch;
}

function provenLine(hub: Hub, { event, epoch, hub: number, mark }: Returned['events'][number]): Line | null {
  const line = readLine(canonicalJson(event), 0);
  const whole = eventHash(event, sha256Hex) === event.hash;
  return whole && line.reading.kind === 'event' && hub.keys.marks.verify(markText(epoch, number, event), mark)
    ? line
    : null;
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
  const before = new Map(memory.subjects);
  const authored = await withSenders(tx, events);
  const judged: Judged[] = authored.map(({ event, sender }, i) => ({
    line: must(fresh[i], 'line'),
    ...judgeEvent(bench, sender, event),
  }));
  await held.insertReturned(judged, now);
  const early: Held[] = authored.filter((_, i) => judged[i]?.verdict.kind === 'held');
  const first = judged.map((j) => ({ id: j.line.envelope.id, verdict: j.verdict }));
  const later = judgeAgain(bench, [...waiting, ...early]);
  await held.insertLaterWords(await laterWords(held, bench, { before, first, later }), now);
  await held.saveSubjects([...memory.changed].flatMap((key) => memory.subjects.get(key) ?? []));
  return true;
}
