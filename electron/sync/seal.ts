/** Sealing: the next events of the stream as one signed, packed batch, stored before the first send and re-sent unchanged. */
import { gzipSync } from 'node:zlib';
import type { ReadDb } from '../../db/handle.ts';
import { inTransaction } from '../../db/handle.ts';
import { insertBatch, sealedBatch } from '../../db/queries/delivery.ts';
import type { Identity } from '../../db/queries/device.ts';
import { hashAt, rawAfter } from '../../db/queries/event.ts';
import { sha256 } from '../../db/write.ts';
import type { BatchHeader } from '../../shared/contract/sync/messages.ts';
import { TYP } from '../../shared/contract/sync/version.ts';
import { must } from '../../shared/lib/must.ts';
import { sign } from './jws.ts';

export interface Limits {
  readonly events: number;
  readonly bytes: number;
}
export interface SealedBatch {
  readonly id: string;
  readonly fromSeq: number;
  readonly toSeq: number;
  readonly header: string;
  readonly body: Uint8Array;
}

/** The sealed batch that follows `acked`, made if it does not stand yet; null when nothing waits. */
export async function nextBatch(
  desk: { db: ReadDb; now: number },
  identity: Identity,
  { acked, limits }: { acked: number; limits: Limits },
): Promise<SealedBatch | null> {
  const stored = sealedBatch(desk.db, identity.stream, acked + 1);
  if (stored) return stored;
  const events = rawAfter(desk.db, identity.stream, acked, limits.events);
  const packed = pack(events, limits.bytes);
  if (!packed) return null;
  const { body, taken } = packed;
  const first = must(events[0], 'first event');
  const last = must(events[taken - 1], 'last event');
  const header: BatchHeader = {
    v: 1,
    device: identity.device,
    stream: identity.stream,
    from: first.seq,
    to: last.seq,
    prev: must(hashAt(desk.db, identity.stream, first.seq - 1), 'hash before the batch'),
    head: last.hash,
    body: sha256(body),
  };
  const jws = await sign(header, TYP.batch, identity.privateKey);
  const row = {
    id: sha256(jws),
    stream: identity.stream,
    fromSeq: first.seq,
    toSeq: last.seq,
    header: jws,
    body,
    sealedAt: new Date(desk.now).toISOString(),
  };
  inTransaction(desk.db, (tx) => insertBatch(tx, row));
  return row;
}

/** As many events as fit the packed limit; halves until they do, but always at least one. */
function pack(events: readonly { raw: string }[], maxBytes: number): { body: Buffer; taken: number } | null {
  for (let taken = events.length; taken > 0; taken = Math.floor(taken / 2)) {
    const body = gzipSync(
      events
        .slice(0, taken)
        .map((e) => e.raw)
        .join('\n'),
    );
    if (body.byteLength <= maxBytes || taken === 1) return { body, taken };
  }
  return null;
}
