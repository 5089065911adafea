/**
 * Segments of the mirror journal: `<folder>/journal/<number>.journal`, a new one at each start and after each backup. A segment is magic,
 * salt, and frames: length (4 bytes), AES-256-GCM of JSON under a key made from the data key and the salt, the nonce being the number of
 * the frame. The first frame is the header. What a killed program left half written, or what was spoiled, ends a segment there.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { DataKey } from '../key-store.ts';

const MAGIC = Buffer.from('SMCJ1');
const SALT = 16;
const LENGTH = 4;
const TAG = 16;
/** Magic and salt. */
export const SEGMENT_START = MAGIC.length + SALT;
export const SEGMENT_NAME = /^(\d{8})\.journal$/;

/** A history of one store: another branch begins where a store was put back and something was lost. */
export interface BranchPoint {
  readonly branch: string;
  readonly position: number;
}
const branchPoint = z.strictObject({ branch: z.string(), position: z.int().min(0) });
const segmentHeader = z.strictObject({
  v: z.literal(1),
  branch: z.string(),
  /** Entries of this segment come after this position. */
  base: z.int().min(0),
  /** Where this branch left another one. */
  parent: branchPoint.nullable(),
  /** The branch began with an empty store, so that it can be made anew from nothing. */
  fresh: z.boolean(),
});
export type SegmentHeader = z.infer<typeof segmentHeader>;

/** SQLite's values; a blob as `{b: base64}`. */
const cell = z.union([z.string(), z.number(), z.null(), z.strictObject({ b: z.string() })]);
const row = z.tuple([z.string(), z.enum(['put', 'del']), z.array(cell)]);
const entry = z.strictObject({
  /** Place in its branch: 1, 2, 3 … */
  p: z.int().min(1),
  at: z.iso.datetime(),
  /** Version of the tables. */
  v: z.int(),
  /** [table, what, all columns of a row that was put, or the primary key of one that was deleted] */
  rows: z.array(row),
});
export type Entry = z.infer<typeof entry>;
export type JournalRow = Entry['rows'][number];

export const journalFolder = (folder: string) => path.join(folder, 'journal');

/** Segments in their order. */
export function segmentNumbers(folder: string): number[] {
  const place = journalFolder(folder);
  if (!existsSync(place)) return [];
  return readdirSync(place)
    .flatMap((name) => SEGMENT_NAME.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}

export function segmentFile(folder: string, number: number): string {
  return path.join(journalFolder(folder), `${String(number).padStart(8, '0')}.journal`);
}

const segmentKey = (key: DataKey, salt: Buffer) =>
  Buffer.from(hkdfSync('sha256', Buffer.from(key.hex, 'hex'), salt, 'so-mot-cua/journal/v1', 32));

function nonceOf(frame: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(frame, 8);
  return nonce;
}

export interface SegmentWriter {
  readonly handle: number;
  append(entry: Entry): void;
}

/** Each segment has a salt of its own, so a nonce is never used twice under one key. */
export function createSegment(file: string, key: DataKey, header: SegmentHeader): SegmentWriter {
  const handle = openSync(file, 'wx', 0o600);
  const salt = randomBytes(SALT);
  const own = segmentKey(key, salt);
  let frames = 0;
  const append = (content: object) => {
    const cipher = createCipheriv('aes-256-gcm', own, nonceOf(frames++));
    const body = Buffer.concat([cipher.update(JSON.stringify(content)), cipher.final(), cipher.getAuthTag()]);
    const length = Buffer.alloc(LENGTH);
    length.writeUInt32BE(body.length);
    writeSync(handle, Buffer.concat([length, body]));
  };
  writeSync(handle, Buffer.concat([MAGIC, salt]));
  append(header);
  return { handle, append };
}

export interface Segment {
  readonly number: number;
  readonly header: SegmentHeader;
  /** Up to the first frame that cannot be read. */
  entries(): Generator<Entry>;
}

/** null: no segment, or its header cannot be read. */
export function readSegment(folder: string, number: number, key: DataKey): Segment | null {
  const bytes = readFileSync(segmentFile(folder, number));
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) return null;
  const frames = () => framesOf(bytes, key);
  const first = segmentHeader.safeParse(frames().next().value);
  if (!first.success) return null;
  return {
    number,
    header: first.data,
    *entries() {
      const rest = frames();
      rest.next();
      for (const content of rest) yield entry.parse(content);
    },
  };
}

function* framesOf(bytes: Buffer, key: DataKey): Generator<unknown> {
  let at = SEGMENT_START;
  const own = segmentKey(key, bytes.subarray(MAGIC.length, at));
  for (let frame = 0; at + LENGTH < bytes.length; frame++) {
    const end = at + LENGTH + bytes.readUInt32BE(at);
    const plain = unseal(bytes.subarray(at + LENGTH, end), own, frame);
    if (end > bytes.length || plain === null) return;
    yield JSON.parse(plain.toString());
    at = end;
  }
}

function unseal(sealed: Buffer, key: Buffer, frame: number): Buffer | null {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(frame), { authTagLength: TAG });
    decipher.setAuthTag(sealed.subarray(-TAG));
    return Buffer.concat([decipher.update(sealed.subarray(0, -TAG)), decipher.final()]);
  } catch {
    return null;
  }
}
