/** Accesses beside a store that may not be written: whatever is cut or spoiled, none is doubled and none is lost unsaid. */
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ASIDE_FOLDER, type Aside, openAside, takeAside } from '../../../db/access-aside.ts';
import type { DataKey } from '../../../db/key-store.ts';
import { verifyLog } from '../../../db/verify-log.ts';
import { accessEntries, deedsOf } from '../../support/access.ts';
import { dropTestDesk, openTestDesk, type TestDesk, tempFolder } from '../../support/temp-desk.ts';

const KEY: DataKey = { hex: '5e'.repeat(32), cipher: 'chacha20' };
const OTHER: DataKey = { hex: '6f'.repeat(32), cipher: 'chacha20' };
let desk: TestDesk;
let folder: string;
beforeEach(() => {
  desk = openTestDesk();
  folder = tempFolder('aside');
});
afterEach(async () => {
  await dropTestDesk(desk);
  rmSync(folder, { recursive: true, force: true });
});

const place = () => path.join(folder, ASIDE_FOLDER);
const files = () => readdirSync(place()).map((name) => path.join(place(), name));
const take = (key = KEY) => takeAside(desk.desk.db, { folder, key }, desk.clock);
const deeds = () => deedsOf(desk.desk.db).slice(1);
const look = (aside: Aside, id: string) =>
  aside.keep({
    ...{ at: '2026-11-19T01:02:03.000Z', boot: 'before', mono: 7, actor: null, why: null, facts: {} },
    ...{ action: 'dossier.get', subject: { kind: 'dossier', id }, outcome: 'done' },
  });
function looks(...ids: string[]): void {
  const aside = openAside({ folder, key: KEY });
  for (const id of ids) expect(look(aside, id)).toBe(true);
  aside.close();
}
const of = (...ids: string[]) => ids.map((id) => `dossier.get ${id}`);

test('each start writes a file of its own; all are taken in, in their order, and go', () => {
  looks('a', 'b');
  looks('c');
  expect(files()).toHaveLength(2);
  take();
  expect(deeds()).toEqual(of('a', 'b', 'c'));
  expect(accessEntries(desk.desk.db)[1]).toMatchObject({
    at: '2026-11-19T01:02:03.000Z',
    boot: 'before',
    mono: 7,
  });
  expect(files()).toEqual([]);
  take();
  expect(deeds()).toEqual(of('a', 'b', 'c'));
});
test('a power cut after the commit and before the file went doubles nothing', () => {
  looks('a');
  looks('b');
  const kept = tempFolder('kept');
  cpSync(place(), kept, { recursive: true });
  take();
  cpSync(kept, place(), { recursive: true });
  looks('c');
  take();
  expect(deeds()).toEqual(of('a', 'b', 'c'));
  expect(files()).toEqual([]);
  rmSync(kept, { recursive: true });
});
test('a failure in the middle of taking in leaves the file, and nothing of it in the log', () => {
  looks('a', 'b');
  const { $client } = desk.desk.db;
  $client.exec(
    "CREATE TEMP TRIGGER stop BEFORE INSERT ON access WHEN new.subject_id = 'b' BEGIN SELECT raise(ABORT, 'cut'); END",
  );
  expect(() => take()).toThrow();
  expect(deedsOf(desk.desk.db)).toEqual([]);
  expect(files()).toHaveLength(1);
  $client.exec('DROP TRIGGER stop');
  take();
  expect(deeds()).toEqual(of('a', 'b'));
});
test('cut at every byte: whole entries come in, the half one was never answered', () => {
  looks('a', 'b');
  const [file = ''] = files();
  const bytes = readFileSync(file);
  const seen = new Set<number>();
  for (let length = bytes.length - 1; length >= 0; length -= 9) {
    rmSync(place(), { recursive: true });
    looks('x');
    const [other = ''] = files();
    writeFileSync(other, bytes);
    truncateSync(other, length);
    const before = accessEntries(desk.desk.db).length;
    take();
    const fresh = accessEntries(desk.desk.db).slice(before);
    expect(fresh.map((one) => one.action)).not.toContain('log.missed');
    seen.add(fresh.filter((one) => one.action === 'dossier.get').length);
    // The same file comes again with another length here; the log knows it by its salt.
    desk.desk.db.$client.exec("DELETE FROM machine_setting WHERE name = 'access_taken'");
  }
  expect([...seen].sort()).toEqual([0, 1]);
});

describe('what cannot be read is counted and kept aside', () => {
  const aside = () => readdirSync(path.join(folder, 'set-aside'));
  const missed = () => accessEntries(desk.desk.db).filter((one) => one.action === 'log.missed');

  test('a spoiled entry hides those after it', () => {
    looks('a', 'b', 'c');
    const [file = ''] = files();
    const bytes = readFileSync(file);
    const middle = Math.floor(bytes.length / 2);
    bytes[middle] = (bytes[middle] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    take();
    expect(deeds()).toEqual([...of('a'), 'log.missed']);
    expect(missed()[0]).toMatchObject({ facts: { count: 2 } });
    expect(aside()).toHaveLength(1);
    expect(files()).toEqual([]);
  });
  test('one of another store', () => {
    looks('a', 'b');
    take(OTHER);
    expect(missed()).toMatchObject([{ facts: { count: 2 } }]);
    expect(aside()).toHaveLength(1);
  });
  test('the log stays whole', () => {
    looks('a');
    take(OTHER);
    looks('b');
    take();
    expect(verifyLog(desk.desk.db, 'whole').found).toEqual([]);
  });
});

test('before enrolment there is no log to take them into: they stay', async () => {
  looks('a');
  const blank = openTestDesk({ enrolled: false });
  takeAside(blank.desk.db, { folder, key: KEY }, blank.clock);
  expect(files()).toHaveLength(1);
  await dropTestDesk(blank);
});
test('what waits in memory has an end: the oldest become a number', () => {
  writeFileSync(place(), 'in the way');
  const aside = openAside({ folder, key: KEY });
  for (let i = 0; i < 2_050; i++) expect(look(aside, `d${i}`)).toBe(false);
  expect(aside.waiting()).toBe(true);
  rmSync(place());
  expect(aside.ready()).toBe(true);
  expect(aside.waiting()).toBe(false);
  aside.close();
  take();
  const [, missed, first] = accessEntries(desk.desk.db);
  expect(missed).toMatchObject({ action: 'log.missed', facts: { count: 51 } });
  expect(first).toMatchObject({ subject: { id: 'd51' } });
  expect(deeds()).toHaveLength(2_000);
  expect(existsSync(path.join(folder, 'set-aside'))).toBe(false);
});
