/** A scan that comes in pieces: cut anywhere, killed anywhere, spoiled anywhere; never in plain, and never under a name that is not its own. */
import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { finishPart, openPart } from '../../../db/file-part.ts';
import { type FileStore, PIECE } from '../../../db/file-seal.ts';
import { dropParts, hasFile, partOf, readFile, sweepFiles } from '../../../db/file-store.ts';
import { hashOf, scan } from '../../support/scans.ts';
import { tempFolder } from '../../support/temp-desk.ts';

let store: FileStore;
beforeEach(() => {
  store = { folder: tempFolder('part'), key: Buffer.alloc(32, 7) };
});
afterEach(() => rmSync(store.folder, { recursive: true, force: true }));

const wantedOf = (bytes: Uint8Array, sha256 = hashOf(bytes)) => ({
  sha256,
  size: bytes.byteLength,
  type: 'image/png' as const,
});
const stored = () =>
  readdirSync(store.folder, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile())
    .map((e) => e.name);
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'OK',
    (error: { code?: string }) => error.code ?? String(error),
  );
async function back(sha256: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of readFile(store, sha256)) parts.push(part);
  return Buffer.concat(parts);
}
/** What a line brings until it is cut. */
async function* until(bytes: Uint8Array, from: number, end: number) {
  for (let at = from; at < end; at += 10_000) yield bytes.subarray(at, Math.min(end, at + 10_000));
  if (end < bytes.byteLength) throw new Error('cut');
}
/** One attempt that is cut at `end`; answers what it had before. */
async function attempt(bytes: Uint8Array, end: number, wanted = wantedOf(bytes)): Promise<number> {
  const part = await openPart(store, wanted);
  const from = part.received();
  await part.add(until(bytes, from, Math.max(from, end)), () => undefined).catch(() => undefined);
  await part.close();
  return from;
}

const SIZES = [9, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 77];
test.each(SIZES)('%i bytes come whole however often the line is cut and the program killed', async (size) => {
  const bytes = scan(size);
  const wanted = wantedOf(bytes);
  const cut = fc.record({ end: fc.integer({ min: 0, max: size }), torn: fc.integer({ min: 0, max: 99 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(cut, { maxLength: 6 }), async (cuts) => {
      rmSync(path.join(store.folder, 'files'), { recursive: true, force: true });
      let before = 0;
      for (const { end, torn } of cuts) {
        const from = await attempt(bytes, end);
        expect(from).toBeLessThanOrEqual(size);
        expect(from).toBeGreaterThanOrEqual(before - PIECE);
        before = from;
        const place = partOf(store.folder, wanted.sha256);
        truncateSync(place, Math.max(0, readFileSync(place).length - torn));
      }
      await attempt(bytes, size);
      await finishPart(store, wanted);
      expect(stored()).toEqual([wanted.sha256]);
      expect((await back(wanted.sha256)).equals(bytes)).toBe(true);
    }),
    { numRuns: 15 },
  );
});
test('what came stays over a start anew, and nothing of it is in plain', async () => {
  const bytes = scan(3 * PIECE);
  await attempt(bytes, 2 * PIECE + 5);
  sweepFiles(store.folder);
  const place = partOf(store.folder, hashOf(bytes));
  expect(readFileSync(place).includes(Buffer.from(bytes.subarray(70_000, 70_032)))).toBe(false);
  expect(await attempt(bytes, 2 * PIECE)).toBe(2 * PIECE);
  dropParts(store.folder);
  expect(stored()).toEqual([]);
});
test.each<[string, Uint8Array]>([
  ['another content of the same length', scan(2 * PIECE + 9, 'image/png', 2)],
  ['another kind', scan(2 * PIECE + 9, 'application/pdf')],
])('%s leaves nothing', async (_, bytes) => {
  const wanted = wantedOf(bytes, hashOf(scan(2 * PIECE + 9)));
  await attempt(bytes, bytes.byteLength, wanted);
  expect(await codeOf(finishPart(store, wanted))).toBe('SCAN_HASH_WRONG');
  expect(stored()).toEqual([]);
});
test('content that is whole and has its hash, but is of another kind than said, leaves nothing', async () => {
  const bytes = scan(500, 'application/pdf');
  await attempt(bytes, 500);
  expect(await codeOf(finishPart(store, wantedOf(bytes)))).toBe('SCAN_HASH_WRONG');
  expect(stored()).toEqual([]);
});
test('more than was said is refused before it is written', async () => {
  const bytes = scan(2 * PIECE);
  const part = await openPart(store, { ...wantedOf(bytes), size: PIECE });
  expect(await codeOf(part.add(until(bytes, 0, 2 * PIECE), () => undefined))).toBe('SCAN_HASH_WRONG');
  await part.close();
});
test('a part that was spoiled on the disk is found, thrown away, and the next fetch begins anew', async () => {
  const bytes = scan(2 * PIECE);
  const wanted = wantedOf(bytes);
  await attempt(bytes, PIECE);
  const place = partOf(store.folder, wanted.sha256);
  writeFileSync(place, readFileSync(place).fill(9, 1_000, 1_010));
  await attempt(bytes, 2 * PIECE);
  expect(await codeOf(finishPart(store, wanted))).toBe('SCAN_HASH_WRONG');
  expect(await attempt(bytes, 2 * PIECE)).toBe(0);
  await finishPart(store, wanted);
  expect(hasFile(store.folder, wanted.sha256)).toBe(true);
});
test('a file that is none of ours under the name of a part is begun anew', async () => {
  const bytes = scan(900);
  await attempt(bytes, 0);
  writeFileSync(partOf(store.folder, hashOf(bytes)), 'không phải của chương trình này');
  expect(await attempt(bytes, 900)).toBe(0);
  await finishPart(store, wantedOf(bytes));
  expect((await back(hashOf(bytes))).equals(bytes)).toBe(true);
});
