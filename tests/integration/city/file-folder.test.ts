/** Scans at the city: pieces from any place on, whole or dropped, each device its own part. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openFileFolder } from '../../../city/files/file-folder.ts';
import { hashOf, scan } from '../../support/scans.ts';
import { tempFolder } from '../../support/temp-desk.ts';

const [ONE, TWO] = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'];
let folder = '';
beforeEach(() => {
  folder = tempFolder('hub-files');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const names = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile())
    .map((e) => e.name);

/** Each piece by a hub that has just been started: what counts is on the disk. */
async function send(
  bytes: Uint8Array,
  cuts: readonly number[],
  { device = ONE, sha256 = hashOf(bytes) } = {},
) {
  const size = bytes.byteLength;
  let offset = 0;
  for (const end of [...cuts, size]) {
    const hub = openFileFolder(folder);
    expect([hub.has(sha256), await hub.received(sha256, device)]).toEqual([false, offset]);
    await hub.append({ sha256, device, offset, size, bytes: bytes.subarray(offset, end) });
    offset = end;
  }
}

test('a file comes whole however it is cut', async () => {
  const bytes = scan(3_000);
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 1, max: 2_999 }), { maxLength: 12 }), async (cuts) => {
      rmSync(path.join(folder, 'files'), { recursive: true, force: true });
      await send(
        bytes,
        cuts.sort((a, b) => a - b),
      );
      const sha256 = hashOf(bytes);
      expect(names()).toEqual([sha256]);
      expect(readFileSync(path.join(folder, 'files', sha256.slice(0, 2), sha256)).equals(bytes)).toBe(true);
    }),
    { numRuns: 40 },
  );
});
test('another content than its name says is dropped, and can be sent again', async () => {
  const bytes = scan(2_000);
  await expect(send(scan(2_000, 'image/png', 2), [1_000], { sha256: hashOf(bytes) })).rejects.toMatchObject({
    code: 'FILE_HASH_WRONG',
  });
  expect(names()).toEqual([]);
  await send(bytes, [500]);
  expect(openFileFolder(folder).has(hashOf(bytes))).toBe(true);
});
test('what is no scan is dropped', async () => {
  await expect(send(Buffer.from('MZ không phải ảnh'), [])).rejects.toMatchObject({ code: 'SCAN_TYPE' });
  expect(names()).toEqual([]);
});
test('two devices that send the same file do not spoil each other', async () => {
  const bytes = scan(1_000);
  const hub = openFileFolder(folder);
  const part = { sha256: hashOf(bytes), offset: 0, size: 1_000 };
  await hub.append({ ...part, device: TWO, bytes: scan(400, 'image/png', 5) });
  await send(bytes, [100, 400]);
  expect(hub.has(part.sha256)).toBe(true);
});
test('killed behind its last piece, before its name, it is named at the next question; a half one is not', async () => {
  const bytes = scan(2_000);
  const sha256 = hashOf(bytes);
  const part = path.join(folder, 'files', sha256.slice(0, 2), `${sha256}.${ONE}.part`);
  mkdirSync(path.dirname(part), { recursive: true });
  const hub = openFileFolder(folder);
  await hub.finish(sha256, ONE);
  writeFileSync(part, bytes.subarray(0, 1_000));
  await hub.finish(sha256, ONE);
  expect([hub.has(sha256), await hub.received(sha256, ONE)]).toEqual([false, 1_000]);
  writeFileSync(part, bytes);
  await hub.finish(sha256, ONE);
  expect(names()).toEqual([sha256]);
});
test('its content is read from any place on, and what is not whole is not read', async () => {
  const bytes = scan(2_000);
  const sha256 = hashOf(bytes);
  const hub = openFileFolder(folder);
  expect(await hub.read(sha256, 0, 10)).toBe(null);
  await hub.append({ sha256, device: ONE, offset: 0, size: 2_000, bytes: bytes.subarray(0, 900) });
  expect(await hub.read(sha256, 0, 10)).toBe(null);
  await hub.append({ sha256, device: ONE, offset: 900, size: 2_000, bytes: bytes.subarray(900) });
  for (const [from, length] of [
    [0, 2_000],
    [0, 9_999],
    [1_990, 20],
    [2_000, 5],
    [3_000, 5],
  ] as const) {
    const piece = await hub.read(sha256, from, length);
    expect(piece?.size).toBe(2_000);
    expect(Buffer.from(piece?.bytes ?? []).equals(bytes.subarray(from, from + length))).toBe(true);
  }
});
