/**
 * Accepts one batch: one transaction holds the events with their verdicts, what they change, and the receipt.
 * The answer leaves after the commit. A repeat finds the stored receipt and changes nothing.
 */
import { sql } from 'drizzle-orm';
import type { BatchHeader } from '../../shared/contract/sync/messages.ts';
import { localTime } from '../../shared/lib/local-date.ts';
import { must } from '../../shared/lib/must.ts';
import { fail } from '../../shared/problem.ts';
import type { CityTx } from '../db/handle.ts';
import { advanceStream, deviceRoles, lockStream, type Stream } from '../db/queries/place.ts';
import { findReceipt } from '../db/queries/receipt.ts';
import { insertEvents, insertRepeats, type StoredEvent, storedRange } from '../db/queries/stored-event.ts';
import { saveSubjects } from '../db/queries/subject.ts';
import type { Hub } from '../hub.ts';
import { eventRow } from './event-row.ts';
import { judgeLine } from './judge-batch.ts';
import { loadMemory } from './load-memory.ts';
import { type Line, openBatch } from './open-batch.ts';
import { giveReceipt } from './receipt.ts';
import { repeatRow, resultOf, splitRepeats } from './repeats.ts';
import type { SignedBatch } from './signed-batch.ts';

/** Events get their hub sequence, are judged and committed one batch after the other: see docs/city.md, "Order". */
const ORDER_LOCK = 7_239_003;

export async function acceptBatch(hub: Hub, batch: SignedBatch, body: Uint8Array): Promise<string> {
  const receipt = (await findReceipt(hub.db, batch.hash)) ?? (await acceptNew(hub, batch, body));
  await hub.settle();
  return receipt;
}

async function acceptNew(hub: Hub, batch: SignedBatch, body: Uint8Array): Promise<string> {
  if (batch.device.revoked) fail('DEVICE_REVOKED');
  const lines = await openBatch(batch.header, body);
  return hub.db.transaction(async (tx) => {
    const stream = await lockStream(tx, { id: batch.header.stream, device: batch.device.id });
    return (await findReceipt(tx, batch.hash)) ?? (await acceptLines(hub, tx, { batch, lines, stream }));
  });
}

interface Opened {
  readonly batch: SignedBatch;
  readonly lines: readonly Line[];
  readonly stream: Stream;
}

async function acceptLines(hub: Hub, tx: CityTx, { batch, lines, stream }: Opened): Promise<string> {
  const { header, device } = batch;
  const known = await requireContinuation(tx, stream, { header, lines });
  const fresh = lines.filter((l) => l.envelope.seq > stream.acked);
  await tx.execute(sql`select pg_advisory_xact_lock(${ORDER_LOCK})`);

  const { firsts, repeats } = await splitRepeats(tx, fresh);
  const memory = await loadMemory(tx, firsts);
  const now = hub.clock.now();
  const roles = await deviceRoles(tx, device.id);
  const sender = { office: device.unit, roles, today: localTime(now).date };
  const judged = firsts.map((line) => judgeLine(memory, sender, line));
  const hubSeqs = await insertEvents(
    tx,
    judged.map((j) => eventRow(j, now)),
  );
  await saveSubjects(
    tx,
    [...memory.changed].flatMap((key) => memory.subjects.get(key) ?? []),
  );

  const results = new Map(known);
  for (const { line, verdict } of judged)
    results.set(line.envelope.seq, {
      ...line.envelope,
      verdict,
      hub: must(hubSeqs.get(line.envelope.seq), 'hub sequence'),
    });
  for (const repeat of repeats) results.set(repeat.line.envelope.seq, resultOf(repeat, results));
  await insertRepeats(
    tx,
    repeats.map((r) => repeatRow(r, must(results.get(r.line.envelope.seq), 'result').verdict, now)),
  );
  if (header.to > stream.acked)
    await advanceStream(tx, { id: stream.id, acked: header.to, head: header.head });
  return giveReceipt(hub, tx, {
    batch,
    results: lines.map((l) => must(results.get(l.envelope.seq), 'result')),
    now,
  });
}

/** The batch must begin at or before the next number, agree with every event held, and join on to the one before it. */
async function requireContinuation(
  tx: CityTx,
  stream: Stream,
  { header, lines }: { header: BatchHeader; lines: readonly Line[] },
): Promise<ReadonlyMap<number, StoredEvent>> {
  if (header.from > stream.acked + 1) fail('STREAM_GAP', { expected: stream.acked + 1 });
  if (header.from === stream.acked + 1) return header.prev === stream.head ? new Map() : fail('STREAM_FORK');
  const known = await storedRange(tx, stream.id, {
    from: header.from,
    to: Math.min(header.to, stream.acked),
  });
  // The chain is whole within the batch, and each hash seals its `prev`: one equal hash proves all before it.
  for (const { envelope } of lines) {
    const held = known.get(envelope.seq);
    if (envelope.seq <= stream.acked && held?.hash !== envelope.hash) fail('STREAM_FORK');
  }
  return known;
}
