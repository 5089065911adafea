/** Events of others that the city lost and a desk brought back: judged as their author's, kept without a place of a stream. */
import type { Event } from '../../shared/domain/event.ts';
import { localTime } from '../../shared/lib/local-date.ts';
import type { HubTx } from '../../shared/protocol/hub-ports.ts';
import { judgeEvent } from '../../shared/protocol/judge-line.ts';
import { judgeAgain } from '../../shared/protocol/later-words.ts';
import { type CityDb, insertRow } from './city-db.ts';

export interface Brought {
  readonly event: Event;
  readonly raw: string;
}

export async function takeReturned(
  tx: HubTx,
  db: CityDb,
  brought: readonly Brought[],
  now: number,
): Promise<void> {
  const byId = new Map(brought.map((b) => [b.event.id, b]));
  const fresh = [...byId.values()].filter(({ event }) => !db.rows.has(event.id));
  const events = fresh.map((b) => b.event);
  const waiting = await tx.heldOf(events.map((e) => e.subject));
  const memory = await tx.loadMemory([...waiting.map((h) => h.event), ...events]);
  const bench = { memory, today: localTime(now).date };
  const held = [...waiting];
  for (const { event, raw } of fresh) {
    const sender = await tx.sender(event.device, event.stream);
    const { verdict, scope } = judgeEvent(bench, sender, event);
    const { id, hash, device } = event;
    insertRow(
      db,
      { id, raw, hash, device, stream: null, seq: null, reading: { kind: 'event', event } },
      { verdict, scope },
    );
    if (verdict.kind === 'held') held.push({ event, sender });
  }
  await tx.insertLaterWords(judgeAgain(bench, held), now);
  await tx.saveSubjects([...memory.changed].flatMap((key) => memory.subjects.get(key) ?? []));
}
