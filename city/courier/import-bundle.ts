/**
 * A bundle comes in by hand. Each batch goes through the same reception as by network: its own signature says who sent it. A device that
 * was revoked may still hand over what it holds; its events wait for a person (`held`). The answer is a receipts file.
 */

import type { CourierFile, CourierHeader, CourierReceipts } from '../../shared/contract/sync/courier.ts';
import { batchHeader } from '../../shared/contract/sync/messages.ts';
import { TYP } from '../../shared/contract/sync/version.ts';
import { type Bytes, wrap } from '../../shared/courier/envelope.ts';
import { fail, Problem, type ProblemCode } from '../../shared/problem.ts';
import { iso } from '../clock.ts';
import { type Device, openStream } from '../db/queries/place.ts';
import { currentEpoch } from '../epoch.ts';
import type { Hub } from '../hub.ts';
import { signAsCity } from '../jws.ts';
import { acceptBatch } from '../receive/accept.ts';
import { readFromDevice } from '../receive/from-device.ts';
import { judgeFile } from '../receive/judge-newer.ts';
import { sha256Hex } from '../sha256.ts';
import { type Bundle, openBundle, streamHash } from './open-bundle.ts';

export interface Imported {
  readonly batches: number;
  /** Scans of the bundle that the city holds whole now. */
  readonly scans: number;
  /** Places of the stream that the city holds now. */
  readonly acked: number;
  readonly office: string;
  /** Why it did not go on to the end. */
  readonly stopped: ProblemCode | null;
  readonly answer: CourierReceipts;
}

/**
 * Fails as `openBundle` does, with BATCH_* or SIGNATURE_INVALID at a batch that no desk sealed, with FILE_HASH_WRONG or SCAN_TYPE at a
 * scan that is not what it says; what came before it stays received.
 */
export async function importBundle(hub: Hub, file: () => Bytes): Promise<Imported> {
  const bundle = await openBundle(hub, file);
  const { header } = bundle;
  const wanted = { id: header.stream, device: header.device };
  await openStream(hub.db, wanted, new Date(hub.clock.now()));
  const { receipts, files, stopped } = await acceptAll(hub, bundle);
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
    ...(files.length > 0 && { files: [...files] }),
    stopped,
    at: iso(hub.clock.now()),
  };
  return {
    batches: receipts.length,
    scans: files.length,
    acked,
    office: bundle.device.unit,
    stopped,
    answer,
  };
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

interface Accepted {
  readonly receipts: readonly string[];
  readonly files: readonly string[];
  readonly stopped: ProblemCode | null;
}

/** Scans stand before the batches that name them, so each event finds its file. */
async function acceptAll(hub: Hub, bundle: Bundle): Promise<Accepted> {
  const receipts: string[] = [];
  const files: string[] = [];
  for await (const part of bundle.parts) {
    if (part.kind === 'scan') {
      if (await takePiece(hub, bundle.device, part)) files.push(part.sha256);
      continue;
    }
    try {
      receipts.push(await acceptOne(hub, bundle.header, part));
    } catch (error) {
      if (!(error instanceof Problem) || !ENDS.includes(error.code)) throw error;
      return { receipts, files, stopped: error.code };
    }
  }
  return { receipts, files, stopped: null };
}

async function acceptOne(
  hub: Hub,
  { device: of, stream }: CourierHeader,
  { jws, body }: { readonly jws: string; readonly body: Uint8Array },
): Promise<string> {
  const expected = { typ: TYP.batch, schema: batchHeader, address: null };
  const { device, message } = await readFromDevice(hub, jws, expected);
  if (message.device !== of || message.stream !== stream)
    fail('BATCH_BROKEN', { detail: 'device or stream of the bundle' });
  return acceptBatch(hub, { device, header: message, hash: sha256Hex(jws) }, body, 'stick');
}

/** Whether the scan is whole now, at its last piece. What came of it by network is begun anew: the stick holds all. */
async function takePiece(
  hub: Hub,
  { id: device }: Device,
  { sha256, size, offset, bytes }: CourierFile & { readonly offset: number; readonly bytes: Uint8Array },
): Promise<boolean> {
  const last = offset + bytes.length === size;
  if (hub.files.has(sha256)) return last;
  if (offset === 0) await hub.files.drop(sha256, device);
  await hub.files.append({ sha256, device, offset, size, bytes });
  if (last) await judgeFile(hub, sha256);
  return last;
}
