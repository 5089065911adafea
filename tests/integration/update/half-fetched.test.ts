/** An update that came half: the program was killed, or the power was cut, while it was fetched. */
import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openUpdateFolder } from '../../../electron/update/update-folder.ts';
import { must } from '../../../shared/lib/must.ts';
import { installerOf, manifestOf } from '../../support/release.ts';
import { tempFolder } from '../../support/temp-desk.ts';

const CHILD = fileURLToPath(new URL('../../support/children/update-fetch.ts', import.meta.url));
const VERSION = '0.5.0';
const bytes = installerOf(VERSION, 3_000_000);
const installer = must(manifestOf(VERSION, bytes).files[0], 'installer');
async function* pieces(from: number) {
  for (let at = from; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

let folder: string;
beforeEach(() => {
  folder = tempFolder('fetch');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('killed in the middle, time and again, it goes on from what came, and comes whole', async () => {
  const source = path.join(folder, 'release.deb');
  writeFileSync(source, bytes);
  openUpdateFolder(folder, 0).keep(VERSION, installer, 'jws');
  const fetchAll = (killAt: number) =>
    new Promise<string | number | null>((done) =>
      spawn(
        process.execPath,
        [
          '--disable-warning=ExperimentalWarning',
          CHILD,
          folder,
          source,
          VERSION,
          JSON.stringify(installer),
          `${killAt}`,
        ],
        { stdio: 'inherit' },
      ).once('close', (code, signal) => done(signal ?? code)),
    );
  let before = 0;
  for (const killAt of [1, 7, 20]) {
    expect(await fetchAll(killAt)).toBe('SIGKILL');
    const waiting = openUpdateFolder(folder, 0);
    expect(waiting.isNamed(VERSION, installer)).toBe(false);
    expect(waiting.received(VERSION, installer)).toBeGreaterThanOrEqual(before);
    before = waiting.received(VERSION, installer);
  }
  expect(before).toBeGreaterThan(0);
  expect(await fetchAll(0)).toBe(0);
  await openUpdateFolder(folder, 0).check(VERSION, installer);
});

test('of which a power cut spoiled what had come starts over', async () => {
  const waiting = openUpdateFolder(folder, 0);
  waiting.keep(VERSION, installer, 'jws');
  writeFileSync(`${waiting.fileOf(VERSION, installer)}.part`, Buffer.alloc(1_000_000));
  await waiting.add(VERSION, installer, pieces(1_000_000));
  await expect(waiting.finish(VERSION, installer)).rejects.toThrow('UPDATE_FILE_WRONG');
  expect(waiting.received(VERSION, installer)).toBe(0);
  await waiting.add(VERSION, installer, pieces(0));
  await waiting.finish(VERSION, installer);
});
