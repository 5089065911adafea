/**
 * Receives one batch in one transaction: the events with their verdicts, what they change, and the receipt. The answer may leave
 * after the commit. A repeat finds the stored receipt and changes nothing.
 */
import type { Receipt } from '../contract/sync/messages.ts';
import { localTime } from '../lib/local-date.ts';
import { must } from '../lib/must.ts';
import { fail } from '../problem.ts';
import { requireContinuation } from './continuation.ts';
import type { Held, HubTx, Judged, Line, Result, Sender, SignedBatch, Stream } from './hub-ports.ts';
import { judgeLine } from './judge-line.ts';
import { judgeAgain } from './later-words.ts';
import { placeOf, resultOf, splitRepeats } from './repeats.ts';
import { laterWords } from './widened-words.ts';

export interface Reception {
  readonly batch: SignedBatch;
  /** Opened: chain whole, head and range as the header says. */
  readonly lines: readonly Line[];
  readonly epoch: string;
  /** Epoch ms of the hub's clock. */
  readonly now: number;
  signReceipt(receipt: Receipt): Promise<string>;
}

/** The receipt as JWS, the same bytes on every repeat in one epoch. Fails with STREAM_GAP or STREAM_FORK; nothing changes then. */
export async function receiveBatch(tx: HubTx, reception: Reception): Promise<string> {
  const { batch, epoch } = reception;
  const { stream, device } = batch.header;
  const locked = await tx.lockStream(stream, device);
  const known = await tx.findReceipt(batch.hash, epoch);
  if (known !== null) return known;
  return locked === null || locked.frozen ? fail('STREAM_FORK') : receiveLines(tx, reception, locked);
}

async function receiveLines(tx: HubTx, reception: Reception, stream: Stream): Promise<string> {
  const { batch, lines, now } = reception;
  const { header } = batch;
  const results = new Map(await requireContinuation(tx, stream, { header, lines }));
  const fresh = lines.filter((l) => l.envelope.seq > stream.acked);
  await tx.lockOrder();

  const { firsts, repeats } = await splitRepeats(tx, fresh);
  for (const result of await judgeFirsts(tx, reception, firsts)) results.set(result.seq, result);
  for (const repeat of repeats) results.set(repeat.line.envelope.seq, resultOf(repeat, results));
  const verdictOf = (line: Line) => must(results.get(line.envelope.seq), 'result').verdict;
  await tx.insertRepeats(
    repeats.map(({ line }) => ({ line, verdict: verdictOf(line) })),
    now,
  );
  if (header.to > stream.acked)
    await tx.advanceStream({ id: stream.id, acked: header.to, head: header.head });

  const { access } = header;
  if (access) await tx.keepAccessHead({ stream: stream.id, device: header.device, ...access }, now);

  const receipt = receiptOf(
    reception,
    lines.map((l) => must(results.get(l.envelope.seq), 'result')),
  );
  const jws = await reception.signReceipt(receipt);
  await tx.insertReceipt(receipt, jws);
  return jws;
}

async function judgeFirsts(
  tx: HubTx,
  { batch: { header }, now }: Reception,
  firsts: readonly Line[],
): Promise<readonly Result[]> {
  const events = firsts.flatMap((l) => (l.reading.kind === 'event' ? [l.reading.event] : []));
  const sender = await tx.sender(header.device, header.stream);
  const waiting = await tx.heldOf(events.map((e) => e.subject));
  const memory = await tx.loadMemory([...waiting.map((h) => h.event), ...events]);
  const bench = { memory, today: localTime(now).date };
  const before = new Map(memory.subjects);

  const judged = firsts.map((line) => judgeLine(bench, sender, line));
  const numbers = await tx.insertEvents(judged, now);
  const first = judged.map((j) => ({ id: j.line.envelope.id, verdict: j.verdict }));
  const later = judgeAgain(bench, [...waiting, ...heldAmong(judged, sender)]);
  await tx.insertLaterWords(await laterWords(tx, bench, { before, first, later }), now);
  await tx.saveSubjects([...memory.changed].flatMap((key) => memory.subjects.get(key) ?? []));
  return judged.map(({ line, verdict }) => ({
    ...placeOf(line),
    verdict,
    hub: must(numbers.get(line.envelope.seq), 'hub sequence'),
  }));
}

/** A later line of the same batch may have been what they waited for. */
function heldAmong(judged: readonly Judged[], sender: Sender): readonly Held[] {
  return judged.flatMap(({ line: { reading }, verdict }) =>
    reading.kind === 'event' && verdict.kind === 'held' ? [{ event: reading.event, sender }] : [],
  );
}

function receiptOf({ batch, epoch, now }: Reception, results: readonly Result[]): Receipt {
  const { device, stream, from, to, head, access } = batch.header;
  const numbers = results.map((r) => r.hub);
  return {
    v: 1,
    epoch,
    device,
    stream,
    from,
    to,
    head,
    batch: batch.hash,
    hub: { first: Math.min(...numbers), last: Math.max(...numbers) },
    verdicts: results.map(({ seq, id, hub, verdict }) => ({ ...verdict, seq, id, hub })),
    ...(access && { access }),
    at: new Date(now).toISOString(),
  };
}
