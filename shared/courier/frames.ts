/**
 * The inside of a bundle: frames of one letter, a length (32 bits, big-endian) and as many bytes. `H` the signed header, then for each
 * scan `F` what it is and `P` its pieces, for each batch `J` its signed header and `B` its body, exactly as they go by network, and `Z` at
 * the end. Read as a stream: no frame is larger than its kind allows, whatever the file claims.
 */
import { BATCH_MAX_BYTES, FILE_PART_BYTES } from '../contract/sync/version.ts';
import { fail } from '../problem.ts';
import { type Bytes, joined } from './envelope.ts';

export type FrameKind = 'H' | 'F' | 'P' | 'J' | 'B' | 'Z';
export interface Frame {
  readonly kind: FrameKind;
  readonly bytes: Uint8Array;
}

const LONGEST: Readonly<Record<FrameKind, number>> = {
  ...{ H: 8_000, F: 200, P: FILE_PART_BYTES },
  ...{ J: 8_000, B: BATCH_MAX_BYTES, Z: 0 },
};
const HEAD = 5;

export function frame(kind: FrameKind, bytes: Uint8Array): Uint8Array {
  const all = new Uint8Array(HEAD + bytes.length);
  all[0] = kind.charCodeAt(0);
  new DataView(all.buffer).setUint32(1, bytes.length);
  all.set(bytes, HEAD);
  return all;
}

/** Ends with `Z`, which is not given. Fails with COURIER_DAMAGED, or COURIER_NEWER at a kind that a later version added. */
export async function* framesOf(content: Bytes): AsyncGenerator<Frame> {
  let rest: Uint8Array = new Uint8Array();
  let ended = false;
  for await (const part of content) {
    rest = joined(rest, part);
    for (let next = read(rest); next !== null; next = read(rest)) {
      if (ended) fail('COURIER_DAMAGED');
      rest = rest.subarray(HEAD + next.bytes.length);
      if (next.kind === 'Z') ended = true;
      else yield next;
    }
  }
  if (!ended || rest.length > 0) fail('COURIER_DAMAGED');
}

/** Null where more bytes are needed. */
function read(bytes: Uint8Array): Frame | null {
  if (bytes.length < HEAD) return null;
  const kind = String.fromCharCode(bytes[0] ?? 0);
  if (!isKnown(kind)) return fail(/[A-Z]/.test(kind) ? 'COURIER_NEWER' : 'COURIER_DAMAGED');
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(1);
  if (length > LONGEST[kind]) fail('COURIER_DAMAGED');
  return bytes.length < HEAD + length ? null : { kind, bytes: bytes.subarray(HEAD, HEAD + length) };
}

function isKnown(kind: string): kind is FrameKind {
  return Object.hasOwn(LONGEST, kind);
}
