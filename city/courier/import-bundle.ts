/**
 * A bundle comes in by hand. Each batch goes through the same reception as by network: its own signature says who sent it. A device that
 * was revoked may still hand over what it holds; its events wait for a person (`held`). The answer is a receipts file.
 */

import type { CourierReceipts } from '../../shared/contract/sync/courier.ts';
import { batchHeader } from '../../shared/contract/sync/messages.ts';
import { TYP } from '../../shared/contract/sync/version.ts';
import { type Bytes, wrap } from '../../shared/courier/envelope.ts';
import { fail, Problem, type ProblemCode } from '../../shared/problem.ts';
import { iso } from '../clock.ts';
import { openStream } from '../db/queries/place.ts';
import { currentEpoch } from '../epoch.ts';
import type { Hub } from '../hub.ts';
import { signAsCity } from '../jws.ts';
import { acceptBatch } from '../receive/accept.ts';
import { readFromDevice } from '../receive/from-device.ts';
import { sha256Hex } from '../sha256.ts';
import { type Bundle, openBundle, streamHash } from './open-bundle.ts';

export interface Imported {
  readonly batches: number;
  /** Places of the stream that the city holds now. */
  readonly acked: number;
  readonly office: string;
  /** Why it did not go on to the end. */
  readonly stopped: ProblemCode | null;
  readonly answer: CourierReceipts;
}

/** Fails as `openBundle` does, and with BATCH_* or SIGNATURE_INVALID at a batch that no desk sealed; batches before it stay received. */
export async function importBundle(hub: Hub, file: () => Bytes): Promise<Imported> {
  const bundle = await openBundle(hub, file);
  const { header } = bundle;
  const wanted = { id: header.stream, device: header.device };
  await openStream(hub.db, wanted, new Date(hub.clock.now()));
  const { receipts, stopped } = await acceptAll(hub, bundle);
  const epoch = await currentEpoch(hub);
  const { acked, head, frozen } = await openStream(hub.db, wanted, new Date(hub.clock.now()));
  const answer: CourierReceipts = {
    v: 1,
    device: header.device,
    stream: header.stream,
    epoch: epoch.id,
    since: epoch.since,
    acked: { seq: acked, hash: head },
    frozen,
    receipts: [...receipts],
    stopped,
    at: iso(hub.clock.now()),
  };
  return { batches: receipts.length, acked, office: bundle.device.unit, stopped, answer };
}

/** The receipts file: signed, not encrypted; it holds no personal data. */
export async function* receiptsFile(hub: Hub, answer: CourierReceipts): AsyncGenerator<Uint8Array> {
  const jws = await signAsCity(hub.keys, TYP.courierReceipts, answer);
  yield* wrap({ kind: 'receipts', about: hub.keys.kid }, once(Buffer.from(jws)), streamHash());
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** The stream goes no further: what follows would not join on. The desk learns where it stands and goes by network. */
const ENDS: readonly ProblemCode[] = ['STREAM_GAP', 'STREAM_FORK'];

async function acceptAll(
  hub: Hub,
  { header, batches }: Bundle,
): Promise<{ readonly receipts: readonly string[]; readonly stopped: ProblemCode | null }> {
  const receipts: string[] = [];
  for await (const { jws, body } of batches) {
    const expected = { typ: TYP.batch, schema: batchHeader, address: null };
    const { device, message } = await readFromDevice(hub, jws, expected);
    if (message.device !== header.device || message.stream !== header.stream)
      fail('BATCH_BROKEN', { detail: 'device or stream of the bundle' });
    try {
      const batch = { device, header: message, hash: sha256Hex(jws) };
      receipts.push(await acceptBatch(hub, batch, body, 'stick'));
    } catch (error) {
      if (!(error instanceof Problem) || !ENDS.includes(error.code)) throw error;
      return { receipts, stopped: error.code };
    }
  }
  return { receipts, stopped: null };
}
