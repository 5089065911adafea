/** A bundle from a USB stick: checked as a whole first, then decrypted and read as a stream. */
import { createHash } from 'node:crypto';
import { ReadableStream as NodeStream } from 'node:stream/web';
import { Decrypter } from 'age-encryption';
import {
  type CourierFile,
  type CourierHeader,
  courierFile,
  courierHeader,
} from '../../shared/contract/sync/courier.ts';
import { TYP } from '../../shared/contract/sync/version.ts';
import { type Bytes, checkEnvelope, contentOf, type StreamHash } from '../../shared/courier/envelope.ts';
import { type Frame, framesOf } from '../../shared/courier/frames.ts';
import { stickProblem } from '../../shared/courier/stick-problem.ts';
import { fail, Problem } from '../../shared/problem.ts';
import type { Device } from '../db/queries/place.ts';
import type { Hub } from '../hub.ts';
import { readFromDevice } from '../receive/from-device.ts';

/** A piece of a scan in the order of its content, or a sealed batch; scans stand before batches. */
type BundlePart =
  | ({ readonly kind: 'scan'; readonly offset: number; readonly bytes: Uint8Array } & CourierFile)
  | {
      readonly kind: 'batch';
      /** The batch header as JWS. */
      readonly jws: string;
      readonly body: Uint8Array;
    };
export interface Bundle {
  readonly device: Device;
  readonly header: CourierHeader;
  readonly parts: AsyncGenerator<BundlePart>;
}

export function streamHash(): StreamHash {
  const hash = createHash('sha256');
  return { update: (bytes) => void hash.update(bytes), hex: () => hash.digest('hex') };
}

/** `file` gives the bytes from the beginning each time it is called. Fails with COURIER_*, DEVICE_UNKNOWN, SIGNATURE_INVALID. */
export async function openBundle(hub: Hub, file: () => Bytes): Promise<Bundle> {
  const envelope = await checkEnvelope('bundle', file(), streamHash());
  if (envelope.about !== hub.keys.box.recipient) fail('COURIER_OTHER_CITY');
  const frames = framesOf(decrypted(hub.keys.box.identity, contentOf(file(), envelope)));
  const head = await nextOf(frames, 'H');
  const expected = { typ: TYP.courier, schema: courierHeader, address: null };
  const { device, message: header } = await readFromDevice(hub, asText(head.bytes), expected);
  return { device, header, parts: partsIn(frames) };
}

async function* partsIn(frames: AsyncGenerator<Frame>): AsyncGenerator<BundlePart> {
  let batches = 0;
  for await (const { kind, bytes } of frames) {
    if (kind === 'F' && batches === 0) yield* scanIn(frames, readFileHead(asText(bytes)));
    else if (kind === 'J') {
      const { bytes: body } = await nextOf(frames, 'B');
      batches++;
      yield { kind: 'batch', jws: asText(bytes), body };
    } else fail('COURIER_DAMAGED');
  }
}

async function* scanIn(frames: AsyncGenerator<Frame>, file: CourierFile): AsyncGenerator<BundlePart> {
  for (let offset = 0; offset < file.size; ) {
    const { bytes } = await nextOf(frames, 'P');
    if (bytes.length === 0 || offset + bytes.length > file.size) fail('COURIER_DAMAGED');
    yield { kind: 'scan', ...file, offset, bytes };
    offset += bytes.length;
  }
}

function readFileHead(text: string): CourierFile {
  try {
    return courierFile.parse(JSON.parse(text));
  } catch {
    return fail('COURIER_DAMAGED');
  }
}

async function nextOf(frames: AsyncGenerator<Frame>, kind: Frame['kind']): Promise<Frame> {
  const { value, done } = await frames.next();
  return done || value.kind !== kind ? fail('COURIER_DAMAGED') : value;
}

/** Node's own type of a web stream lags behind the one that the library names; the stream is the same. */
function streamOf(content: Bytes): ReadableStream<Uint8Array> {
  return NodeStream.from(content) as unknown as ReadableStream<Uint8Array>;
}

/** What cannot be decrypted although its hash is right was never written by a desk. */
async function* decrypted(identity: string, content: Bytes): AsyncGenerator<Uint8Array> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  try {
    yield* await decrypter.decrypt(streamOf(content));
  } catch (error) {
    const known = stickProblem(error);
    throw known instanceof Problem ? known : new Problem('COURIER_DAMAGED', {}, { cause: error });
  }
}

function asText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}
