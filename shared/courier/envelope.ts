/**
 * The outside of both files that travel by USB stick, readable by anybody who has the file in hand: one line that says what it is and
 * for whom, the content, and a SHA-256 over all before it. So a file that was cut short, one that was damaged and one that belongs to
 * another city are told apart before anything is decrypted. The line and the last 74 bytes are the same in all versions to come.
 */
import { fail } from '../problem.ts';

/** `bundle`: desk to city. `receipts`: city to desk. */
export type CourierKind = 'bundle' | 'receipts';
export const SUFFIX: Readonly<Record<CourierKind, string>> = {
  bundle: '.somotcua',
  receipts: '.bien-nhan.somotcua',
};
export const COURIER_VERSION = 1;

const MAGIC: Readonly<Record<CourierKind, string>> = {
  bundle: 'SOMOTCUA-USB',
  receipts: 'SOMOTCUA-BIEN-NHAN',
};
/** Version, and for whom it is: the city's age recipient on a bundle, the id of the city's receipt key on receipts. */
const REST_OF_LINE = /^\/(\d{1,3}) ([!-~]{1,80})$/;
const LONGEST_LINE = 128;
const TRAILER = /^\nSHA-256 ([0-9a-f]{64})\n$/;
/** Half of a trailer is one that was changed; a file that was cut ends with none. */
const MARRED = /^(\nSHA-256 .{65}|.{9}[0-9a-f]{64}\n)$/s;
const TRAILER_LENGTH = 74;
const LF = 10;

export interface StreamHash {
  update(bytes: Uint8Array): void;
  /** Lower-case hexadecimal. */
  hex(): string;
}
export type Bytes = AsyncIterable<Uint8Array>;

export async function* wrap(
  { kind, about }: { readonly kind: CourierKind; readonly about: string },
  content: Bytes,
  hash: StreamHash,
): AsyncGenerator<Uint8Array> {
  const line = ascii(`${MAGIC[kind]}/${COURIER_VERSION} ${about}\n`);
  hash.update(line);
  yield line;
  for await (const part of content) {
    hash.update(part);
    yield part;
  }
  yield ascii(`\nSHA-256 ${hash.hex()}\n`);
}

export interface Envelope {
  readonly about: string;
  /** Where the content begins and ends, in bytes of the file. */
  readonly start: number;
  readonly end: number;
}

/** Reads the whole file once. Fails with COURIER_NOT_OURS, COURIER_TRUNCATED, COURIER_DAMAGED or COURIER_NEWER. */
export async function checkEnvelope(kind: CourierKind, file: Bytes, hash: StreamHash): Promise<Envelope> {
  let line: Line | null = null;
  let head: Uint8Array = new Uint8Array();
  let held: Uint8Array = new Uint8Array();
  let size = 0;
  for await (const part of file) {
    size += part.length;
    if (line === null) {
      head = joined(head, part);
      line = readLine(kind, head);
    }
    // The trailer is not part of what it seals.
    const all = joined(held, part);
    const sealed = Math.max(0, all.length - TRAILER_LENGTH);
    hash.update(all.subarray(0, sealed));
    held = all.subarray(sealed);
  }
  const trailer = TRAILER.exec(text(held));
  if (line === null || size < line.length + TRAILER_LENGTH) return fail('COURIER_TRUNCATED');
  if (!trailer) return fail(MARRED.test(text(held)) ? 'COURIER_DAMAGED' : 'COURIER_TRUNCATED');
  if (trailer[1] !== hash.hex()) fail('COURIER_DAMAGED');
  if (line.version > COURIER_VERSION) fail('COURIER_NEWER');
  return { about: line.about, start: line.length, end: size - TRAILER_LENGTH };
}

/** The bytes between `start` and `end`. */
export async function* contentOf(file: Bytes, { start, end }: Envelope): AsyncGenerator<Uint8Array> {
  let at = 0;
  for await (const part of file) {
    const inside = part.subarray(Math.max(0, start - at), Math.max(0, end - at));
    at += part.length;
    if (inside.length > 0) yield inside;
  }
}

interface Line {
  readonly version: number;
  readonly about: string;
  readonly length: number;
}

/** Null while the line is not whole yet. */
function readLine(kind: CourierKind, head: Uint8Array): Line | null {
  const magic = MAGIC[kind];
  const start = text(head.subarray(0, magic.length));
  if (!magic.startsWith(start)) fail('COURIER_NOT_OURS', { suffix: SUFFIX[kind] });
  const end = head.subarray(0, LONGEST_LINE).indexOf(LF);
  if (end < 0) return head.length < LONGEST_LINE ? null : fail('COURIER_DAMAGED');
  const rest = REST_OF_LINE.exec(text(head.subarray(magic.length, end)));
  if (!rest)
    return fail(end < magic.length ? 'COURIER_NOT_OURS' : 'COURIER_DAMAGED', { suffix: SUFFIX[kind] });
  return { version: Number(rest[1]), about: rest[2] ?? '', length: end + 1 };
}

export function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  const all = new Uint8Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}

function ascii(line: string): Uint8Array {
  return Uint8Array.from(line, (c) => c.charCodeAt(0));
}

function text(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
