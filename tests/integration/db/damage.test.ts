/** Flipped bytes: never silently wrong. Either the store says that it is damaged, or everything in it still holds. */
import { copyFileSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileKeyStore } from '../../../db/key-store.ts';
import { openDesk } from '../../../db/open.ts';
import { verifyDesk } from '../../../db/rebuild.ts';
import { named } from '../../../db/sqlite-problem.ts';
import { seeded } from '../../../electron/demo/random.ts';
import { Problem } from '../../../shared/problem.ts';
import { reception } from '../../support/forms.ts';
import { MIGRATIONS, openTestDesk, tempFolder } from '../../support/temp-desk.ts';

const SEED = 20261120;
const good = tempFolder('damage');
const work = path.join(good, 'work');
beforeAll(async () => {
  const desk = openTestDesk({ folder: good });
  for (let i = 0; i < 60; i++)
    await desk.call('dossier.receive', reception(desk.desk.ids.uuid(), i % 3 === 0 ? 'death' : 'birth'));
  await desk.close();
});
afterAll(() => rmSync(good, { recursive: true, force: true }));

/** What the program makes of a copy of the good folder after `spoil`. */
function outcome(spoil: (file: string) => void): string {
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work);
  for (const name of ['desk.db', 'desk.key', 'desk.key-check'])
    copyFileSync(path.join(good, name), path.join(work, name));
  spoil(path.join(work, 'desk.db'));
  try {
    const db = openDesk({ folder: work, migrationsFolder: MIGRATIONS, keys: fileKeyStore(work) });
    try {
      const { events, problems } = named(() => verifyDesk(db));
      if (problems.length > 0) return 'problems listed';
      return events === 60 ? 'sound' : 'SILENTLY WRONG';
    } finally {
      db.$client.close();
    }
  } catch (error) {
    return error instanceof Problem ? error.code : `not a problem: ${String(error)}`;
  }
}

test('a good copy is sound', () => {
  expect(outcome(() => undefined)).toBe('sound');
});

test('one flipped bit anywhere is seen, or touches nothing that is kept', () => {
  const random = seeded(SEED, 1);
  const size = readFileSync(path.join(good, 'desk.db')).length;
  const seen = Array.from({ length: 60 }, () => {
    const at = random.int(0, size - 1);
    const bit = 1 << random.int(0, 7);
    return {
      at,
      outcome: outcome((file) => {
        const bytes = readFileSync(file);
        bytes[at] = (bytes[at] ?? 0) ^ bit;
        writeFileSync(file, bytes);
      }),
    };
  });
  expect(
    seen.filter((s) => !['DB_DAMAGED', 'problems listed'].includes(s.outcome)),
    `seed ${SEED}`,
  ).toEqual([]);
});

test.each([1, 2, 100, 4095, 4096, 4097, 20_000])('a file cut to %i bytes is damaged, not empty', (size) => {
  expect(outcome((file) => truncateSync(file, size))).toBe('DB_DAMAGED');
});
test('a page of zeros is seen, whichever it is', () => {
  const pages = readFileSync(path.join(good, 'desk.db')).length / 4096;
  const random = seeded(SEED, 2);
  for (const page of [0, 1, pages - 1, ...Array.from({ length: 12 }, () => random.int(2, pages - 2))])
    expect(['DB_DAMAGED', 'problems listed'], `page ${page}`).toContain(
      outcome((file) => {
        const bytes = readFileSync(file);
        bytes.fill(0, page * 4096, (page + 1) * 4096);
        writeFileSync(file, bytes);
      }),
    );
});
test('two pages swapped are seen', () => {
  const swapped = outcome((file) => {
    const bytes = readFileSync(file);
    const [a, b] = [Buffer.from(bytes.subarray(8192, 12288)), Buffer.from(bytes.subarray(12288, 16384))];
    b.copy(bytes, 8192);
    a.copy(bytes, 12288);
    writeFileSync(file, bytes);
  });
  expect(['DB_DAMAGED', 'problems listed']).toContain(swapped);
});
test('an empty file where data should be is damage, and is not filled anew', () => {
  const spoiled = outcome((file) => truncateSync(file, 0));
  expect(spoiled).toBe('DB_DAMAGED');
  expect(readFileSync(path.join(work, 'desk.db')).length).toBe(0);
});
