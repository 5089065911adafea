/** Whether a zip (an .xlsx is one) may be unpacked at all: its parts are counted and inflated against a budget first, whatever their heads claim. */
import { inflateRawSync } from 'node:zlib';
import { fail } from '../../shared/problem.ts';

const MOST_PARTS = 2_000;
/** A sheet of 20.000 rows is below a tenth of it. */
const MOST_BYTES = 256 * 1024 * 1024;
const [END, PART, LOCAL] = [0x06054b50, 0x02014b50, 0x04034b50];
const END_LENGTH = 22;
const LONGEST_COMMENT = 65_535;

/** Fails with FILE_TOO_HEAVY or FILE_UNREADABLE. */
export function requireZipInBounds(bytes: Uint8Array): void {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let left = MOST_BYTES;
  for (const { method, content } of partsOf(zip)) {
    if (method !== 0 && method !== 8) fail('FILE_UNREADABLE');
    left -= method === 0 ? content.length : inflated(content, left);
    if (left <= 0) fail('FILE_TOO_HEAVY');
  }
}

function* partsOf(zip: Buffer): Generator<{ readonly method: number; readonly content: Buffer }> {
  const end = endOf(zip);
  const count = zip.readUInt16LE(end + 10);
  if (count > MOST_PARTS) fail('FILE_TOO_HEAVY');
  let at = zip.readUInt32LE(end + 16);
  for (let n = 0; n < count; n++) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== PART) fail('FILE_UNREADABLE');
    const [packed, local] = [zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 42)];
    if (local + 30 > zip.length || zip.readUInt32LE(local) !== LOCAL) fail('FILE_UNREADABLE');
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    if (start + packed > zip.length) fail('FILE_UNREADABLE');
    yield { method: zip.readUInt16LE(at + 10), content: zip.subarray(start, start + packed) };
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
}

function endOf(zip: Buffer): number {
  for (let at = zip.length - END_LENGTH; at >= Math.max(0, zip.length - END_LENGTH - LONGEST_COMMENT); at--)
    if (zip.readUInt32LE(at) === END) return at;
  return fail('FILE_UNREADABLE');
}

function inflated(content: Buffer, most: number): number {
  try {
    return inflateRawSync(content, { maxOutputLength: most }).length;
  } catch (error) {
    const isBomb = error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    return fail(isBomb ? 'FILE_TOO_HEAVY' : 'FILE_UNREADABLE');
  }
}
