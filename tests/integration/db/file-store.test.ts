/** Contents of scans on a real disk: whole or not at all, never in plain, any damage found, read from any place on. */
import { mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FileStore } from '../../../db/file-seal.ts';
import { hasFile, keepFile, readFile, removeFile, sweepFiles } from '../../../db/file-store.ts';
import { FILE_MAX_BYTES } from '../../../shared/domain/attached-file.ts';
import { hashOf, scan } from '../../support/scans.ts';
import { tempFolder } from '../../support/temp-desk.ts';

const PIECE = 64 * 1024;
let store: FileStore;
beforeEach(() => {
  store = { folder: tempFolder('files'), key: Buffer.alloc(32, 7) };
});
afterEach(() => rmSync(store.folder, { recursive: true, force: true }));

const stored = () =>
  readdirSync(store.folder, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile())
    .map((e) => path.join(e.parentPath, e.name));
async function back(sha256: string, offset = 0): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of readFile(store, sha256, offset)) parts.push(part);
  return Buffer.concat(parts);
}
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'OK',
    (error: { code?: string }) => error.code ?? String(error),
  );

test.each([8, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, FILE_MAX_BYTES - 1, FILE_MAX_BYTES])(
  '%i bytes come back as they were, under the name of their hash',
  async (size) => {
    const bytes = scan(size);
    const kept = await keepFile(store, [bytes]);
    expect(kept).toEqual({ sha256: hashOf(bytes), size, type: 'image/png' });
    expect(stored()).toEqual([path.join(store.folder, 'files', kept.sha256.slice(0, 2), kept.sha256)]);
    expect((await back(kept.sha256)).equals(bytes)).toBe(true);
  },
);

test.each<[string, Uint8Array[], string]>([
  ['no byte', [], 'SCAN_EMPTY'],
  ['an empty piece', [new Uint8Array(0)], 'SCAN_EMPTY'],
  ['one byte of no kind', [new Uint8Array(1)], 'SCAN_TYPE'],
  ['a text', [Buffer.from('Họ và tên')], 'SCAN_TYPE'],
  ['one byte over the limit', [scan(FILE_MAX_BYTES), new Uint8Array(1)], 'SCAN_TOO_LARGE'],
])('%s is refused and leaves nothing', async (_, source, code) => {
  expect(await codeOf(keepFile(store, source))).toBe(code);
  expect(stored()).toEqual([]);
});

test('a source that breaks off leaves nothing', async () => {
  async function* broken() {
    yield scan(3 * PIECE);
    throw new Error('pulled out');
  }
  expect(await codeOf(keepFile(store, broken()))).toBe('Error: pulled out');
  expect(stored()).toEqual([]);
});
test('what a killed program left half written is swept away, whole files stay', async () => {
  const { sha256 } = await keepFile(store, [scan(100)]);
  writeFileSync(path.join(store.folder, 'files', 'x.new'), 'half');
  sweepFiles(store.folder);
  expect(stored()).toHaveLength(1);
  expect(hasFile(store.folder, sha256)).toBe(true);
  removeFile(store.folder, sha256);
  expect(hasFile(store.folder, sha256)).toBe(false);
});
test('there is nothing to sweep before the first scan', () => {
  mkdirSync(store.folder, { recursive: true });
  expect(() => sweepFiles(store.folder)).not.toThrow();
});

describe('at rest', () => {
  test('no piece of a scan stands in plain, and the same scan never looks the same', async () => {
    const canary = Buffer.from('CHIM-HOANG-YEN-0123456789');
    const bytes = Buffer.concat([scan(PIECE - 5), canary, scan(PIECE), canary]);
    const { sha256 } = await keepFile(store, [bytes]);
    const [file = ''] = stored();
    const first = readFileSync(file);
    expect([first.includes(canary), first.includes(bytes.subarray(0, 8))]).toEqual([false, false]);
    await keepFile(store, [bytes]);
    expect(readFileSync(file).equals(first)).toBe(false);
    expect((await back(sha256)).equals(bytes)).toBe(true);
  });
  test('another key opens nothing', async () => {
    const { sha256 } = await keepFile(store, [scan(100)]);
    store = { ...store, key: Buffer.alloc(32, 8) };
    expect(await codeOf(back(sha256))).toBe('SCAN_DAMAGED');
  });
});

describe('damage is found', () => {
  let [sha256, file] = ['', ''];
  beforeEach(async () => {
    ({ sha256 } = await keepFile(store, [scan(3 * PIECE + 100)]));
    [file = ''] = stored();
  });
  test.each([0, 5, 20, 21, 5_000, 21 + PIECE + 16, 21 + 3 * (PIECE + 16) + 50])(
    'a turned bit at byte %i',
    async (at) => {
      const bytes = readFileSync(file);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      writeFileSync(file, bytes);
      expect(await codeOf(back(sha256))).toBe('SCAN_DAMAGED');
    },
  );
  test.each([0, 4, 21, 30, 21 + PIECE + 16, 21 + 3 * (PIECE + 16), 21 + 3 * (PIECE + 16) + 100])(
    'cut at byte %i',
    async (size) => {
      truncateSync(file, size);
      expect(await codeOf(back(sha256))).toBe('SCAN_DAMAGED');
    },
  );
  test('two pieces that changed places', async () => {
    const bytes = readFileSync(file);
    const sealed = PIECE + 16;
    const [one, two] = [bytes.subarray(21, 21 + sealed), bytes.subarray(21 + sealed, 21 + 2 * sealed)];
    writeFileSync(file, Buffer.concat([bytes.subarray(0, 21), two, one, bytes.subarray(21 + 2 * sealed)]));
    expect(await codeOf(back(sha256))).toBe('SCAN_DAMAGED');
  });
  test('a file that is gone', async () => {
    rmSync(file);
    expect(await codeOf(back(sha256))).toBe('SCAN_NOT_KEPT');
  });
});

test('is read from any place on', async () => {
  const bytes = scan(2 * PIECE + 77);
  const { sha256 } = await keepFile(store, [bytes]);
  for (const offset of [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 76, bytes.length])
    expect((await back(sha256, offset)).equals(bytes.subarray(offset))).toBe(true);
});
