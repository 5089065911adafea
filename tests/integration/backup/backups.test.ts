/** Backups of an open desk: made, checked, turned over, copied to a second place, looked at and restored by a person. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeBackup } from '../../../db/backup/copy.ts';
import { backupFolder, listBackups } from '../../../db/backup/folder.ts';
import { segmentNumbers } from '../../../db/journal/segment.ts';
import { fileKeyStore } from '../../../db/key-store.ts';
import { closeDesk, openDesk } from '../../../db/open.ts';
import { currentStream } from '../../../db/queries/stream.ts';
import { verifyDesk } from '../../../db/rebuild.ts';
import { reception } from '../../support/forms.ts';
import {
  dropTestDesk,
  MIGRATIONS,
  openTestDesk,
  type TestDesk,
  tempFolder,
} from '../../support/temp-desk.ts';

let desk: TestDesk;
beforeEach(() => {
  desk = openTestDesk({ role: 'head' });
});
afterEach(() => dropTestDesk(desk));

const receive = () => desk.call('dossier.receive', reception(desk.desk.ids.uuid(), 'birth'));
const dossiers = () => desk.desk.db.$client.prepare('SELECT count(*) FROM dossier').pluck().get();
const here = () => listBackups(backupFolder(desk.folder));
const restart = async (seed: string) => {
  await desk.close();
  desk = openTestDesk({ folder: desk.folder, role: 'head', seed });
};
const newest = async () => {
  const [row] = await desk.call('backup.list', {});
  if (!row) throw new Error('no backup');
  return { where: row.where, name: row.name };
};

describe('a backup', () => {
  test('is one only when it was reopened and checked; nothing half made stays, no name can be read in it', async () => {
    expect(await desk.call('backup.state', {})).toMatchObject({
      newest: null,
      running: false,
      problem: null,
    });
    await desk.call(
      'dossier.receive',
      reception(desk.desk.ids.uuid(), 'birth', { 'child.fullName': 'Quỳnh Canary' }),
    );
    const state = await desk.call('backup.make', {});
    expect(state.newest).not.toBeNull();
    expect(readdirSync(backupFolder(desk.folder)).filter((name) => !name.endsWith('-asked.db'))).toEqual([]);
    const bytes = readFileSync(here()[0]?.file ?? '');
    for (const word of ['Canary', 'quynh', 'SQLite format 3']) expect(bytes.includes(word)).toBe(false);
    const journal = readdirSync(path.join(desk.folder, 'journal')).map((n) =>
      readFileSync(path.join(desk.folder, 'journal', n)),
    );
    expect(journal.some((part) => part.includes('Canary') || part.includes('dossier'))).toBe(false);
  });
  test('while it runs the desk takes in dossiers, and a second one is told to wait', async () => {
    const made = desk.call('backup.make', {});
    expect(await desk.refusal('backup.make', {})).toBe('BACKUP_RUNNING');
    await receive();
    await made;
    await receive();
    expect(await desk.call('backup.state', {})).toMatchObject({ running: false, journalWhole: true });
  });
  test('that is not sound is not kept, and the good one before it stays', async () => {
    await receive();
    await desk.call('backup.make', {});
    const { key } = { key: fileKeyStore(desk.folder).open(true) };
    const tampered = desk.desk.db;
    tampered.$client.exec('DROP TRIGGER event_no_update');
    tampered.$client.exec("UPDATE event SET raw = replace(raw, 'birth', 'brith')");
    const wish = {
      place: backupFolder(desk.folder),
      key,
      ...{ at: desk.clock.now() + 1, reason: 'night' as const },
    };
    expect(() => makeBackup(tampered.$client, wish)).toThrow('BACKUP_FAILED');
    expect(here().length).toBe(1);
    expect(readdirSync(backupFolder(desk.folder)).length).toBe(1);
  });
  test('days, weeks and months turn over; the journal keeps what the three newest need', async () => {
    for (let day = 3; day <= 12; day++) {
      desk.clock.set(`2026-12-${String(day).padStart(2, '0')}T10:00:00Z`);
      await receive();
      await desk.call('backup.make', {});
    }
    expect(here().map((one) => new Date(one.at).getUTCDate())).toEqual([12, 11, 10, 9, 8, 7, 6]);
    // Nothing was written after the newest backup yet, so what follows the third newest stands in two segments.
    expect(segmentNumbers(desk.folder).length).toBe(2);
    await desk.close();
    for (const { file } of here().slice(0, 2)) rmSync(file);
    rmSync(path.join(desk.folder, 'desk.db'));
    desk = openTestDesk({ folder: desk.folder, role: 'head', seed: 'third', clock: desk.clock });
    expect(dossiers()).toBe(10);
    // Two dossiers, and how far time was seen to go when the desk was closed.
    expect(await desk.call('backup.state', {})).toMatchObject({
      recovery: { kind: 'rebuilt', replayed: 3, lost: 0 },
    });
  });
  test('is made before the tables change', async () => {
    const folder = tempFolder('before-update');
    const old = tempFolder('old-migrations');
    for (const name of readdirSync(MIGRATIONS).filter((n) => n < '0013'))
      cpSync(path.join(MIGRATIONS, name), path.join(old, name));
    closeDesk(openDesk({ folder, migrationsFolder: old, keys: fileKeyStore(folder) }));
    const updated = openTestDesk({ folder });
    expect(listBackups(backupFolder(folder)).map((one) => one.reason)).toEqual(['update']);
    await dropTestDesk(updated);
    rmSync(old, { recursive: true });
  });
});

describe('the second place', () => {
  let second: string;
  beforeEach(() => {
    second = tempFolder('second');
  });
  afterEach(() => rmSync(second, { recursive: true, force: true }));
  const choose = async () => {
    await desk.call('backup.set-place', { place: second });
    await expect
      .poll(async () => (await desk.call('backup.state', {})).running, { timeout: 30_000 })
      .toBe(false);
  };

  test('holds the same bytes, and turns over as well', async () => {
    await choose();
    await desk.call('backup.make', {});
    const [own = ''] = readdirSync(second);
    const [copy] = listBackups(path.join(second, own));
    expect(readFileSync(copy?.file ?? '').equals(readFileSync(here()[0]?.file ?? ''))).toBe(true);
    expect((await desk.call('backup.list', {})).map((row) => row.where).sort()).toEqual(['here', 'second']);
    expect(await desk.call('backup.state', {})).toMatchObject({
      second: { there: true, newest: expect.any(String) },
    });
  });
  test('that is not plugged in is told, is not made anew, and the backup here counts', async () => {
    await choose();
    renameSync(second, `${second}-away`);
    expect(await desk.call('backup.make', {})).toMatchObject({
      newest: expect.any(String),
      second: { there: false },
      problem: { code: 'BACKUP_PLACE_MISSING' },
    });
    expect(existsSync(second)).toBe(false);
    renameSync(`${second}-away`, second);
    desk.clock.advance(1000);
    expect(await desk.call('backup.make', {})).toMatchObject({ problem: null });
  });
  test('cannot be the data folder itself, and is given up again', async () => {
    for (const place of [
      desk.folder,
      path.join(desk.folder, 'backups'),
      `${desk.folder}/../${path.basename(desk.folder)}`,
    ])
      expect(await desk.refusal('backup.set-place', { place })).toBe('BACKUP_PLACE_SAME');
    await choose();
    expect(await desk.call('backup.forget-place', {})).toMatchObject({ second: null });
  });
});

describe('a restore by a person', () => {
  test('shows what it brings and what would be missing, keeps the file that was used, and begins another stream', async () => {
    await receive();
    await desk.call('backup.make', {});
    const ref = await newest();
    expect((await desk.call('backup.look', ref)).missing).toMatchObject({
      events: 0,
      drafts: 0,
      dossiers: 0,
    });
    await receive();
    await receive();
    await desk.call('draft.save', {
      id: desk.desk.ids.uuid(),
      chain: 'death',
      values: { 'deceased.fullName': 'Nháp' },
    });
    const look = await desk.call('backup.look', ref);
    expect(look).toMatchObject({
      brings: { dossiers: 1, drafts: 0 },
      missing: { events: 2, unsent: 2, dossiers: 2, sheets: 0, drafts: 1, first: expect.any(String) },
    });
    const stream = currentStream(desk.desk.db);
    expect(dossiers()).toBe(3);
    await desk.call('backup.restore', ref);
    await restart('restored');
    expect(dossiers()).toBe(1);
    expect(currentStream(desk.desk.db)).not.toBe(stream);
    expect(verifyDesk(desk.desk.db).problems).toEqual([]);
    const { recovery } = await desk.call('backup.state', {});
    expect(recovery).toMatchObject({ kind: 'chosen', aside: expect.stringContaining('set-aside') });
    expect(existsSync(path.join(desk.folder, recovery?.aside ?? ''))).toBe(true);
    expect((await desk.call('backup.read-recovery', {})).recovery).toBeNull();
    // What is written from here on comes back from here on, not from the history that was left.
    await receive();
    await desk.close();
    rmSync(path.join(desk.folder, 'desk.db'));
    desk = openTestDesk({ folder: desk.folder, role: 'head', seed: 'after' });
    expect(dossiers()).toBe(2);
    expect(await desk.call('backup.state', {})).toMatchObject({ recovery: { kind: 'rebuilt', lost: 0 } });
  });
  test.each<[string, (file: string) => void, string]>([
    ['damaged', (file) => truncateSync(file, 20_000), 'BACKUP_DAMAGED'],
    ['no backup at all', (file) => writeFileSync(file, 'x'.repeat(9000)), 'BACKUP_DAMAGED'],
    ['empty', (file) => truncateSync(file, 0), 'BACKUP_DAMAGED'],
    ['gone', (file) => rmSync(file), 'BACKUP_NOT_FOUND'],
  ])('one that is %s is refused, by the preview and by the act', async (_, spoilIt, code) => {
    await desk.call('backup.make', {});
    const ref = await newest();
    spoilIt(here()[0]?.file ?? '');
    expect(await desk.refusal('backup.look', ref)).toBe(code);
    expect(await desk.refusal('backup.restore', ref)).toBe(code);
    expect(existsSync(path.join(desk.folder, 'restore.json'))).toBe(false);
  });
  test('one of another machine is told as such, counts for nothing and is left alone', async () => {
    const other = openTestDesk({ role: 'head', seed: 'other' });
    await other.call('backup.make', {});
    const [foreign] = listBackups(backupFolder(other.folder));
    mkdirSync(backupFolder(desk.folder), { recursive: true });
    const laid = path.join(backupFolder(desk.folder), foreign?.name ?? '');
    cpSync(foreign?.file ?? '', laid);
    await dropTestDesk(other);
    expect((await desk.call('backup.state', {})).newest).toBeNull();
    const ref = await newest();
    expect(await desk.refusal('backup.look', ref)).toBe('BACKUP_OTHER_MACHINE');
    expect(await desk.refusal('backup.restore', ref)).toBe('BACKUP_OTHER_MACHINE');
    // Of the same day, and older: only one of this machine may take its place.
    desk.clock.advance(3_600_000);
    await desk.call('backup.make', {});
    expect(existsSync(laid)).toBe(true);
    expect(existsSync(path.join(desk.folder, 'restore.json'))).toBe(false);
  });
  test('one of a copied disk that was enrolled by itself is of another machine, key or no key', async () => {
    const bare = openTestDesk({ enrolled: false });
    await bare.close();
    const [one, two] = [bare.folder, tempFolder('copied-disk')];
    cpSync(one, two, { recursive: true });
    const copied = openTestDesk({ folder: two, role: 'head', seed: 'copied' });
    await copied.call('backup.make', {});
    await dropTestDesk(desk);
    desk = openTestDesk({ folder: one, role: 'head' });
    cpSync(backupFolder(two), backupFolder(one), { recursive: true });
    await dropTestDesk(copied);
    expect(await desk.refusal('backup.restore', await newest())).toBe('BACKUP_OTHER_MACHINE');
  });
  test('names that leave the folder are unknown', async () => {
    for (const name of ['../desk.db', '..\\desk.key', '', 'desk.db'])
      expect(await desk.refusal('backup.look', { where: 'here', name })).toBe('BACKUP_NOT_FOUND');
  });
  test('a clerk makes and looks, and may neither restore nor carry the data away', async () => {
    const clerk = openTestDesk({ role: 'clerk' });
    await clerk.call('backup.make', {});
    const [row] = await clerk.call('backup.list', {});
    const ref = { where: 'here', name: row?.name ?? '' };
    await clerk.call('backup.look', { where: 'here', name: ref.name });
    expect(await clerk.refusal('backup.restore', ref)).toBe('FORBIDDEN');
    expect(await clerk.refusal('backup.set-place', { place: '/tmp' })).toBe('FORBIDDEN');
    expect(await clerk.refusal('backup.forget-place', {})).toBe('FORBIDDEN');
    await dropTestDesk(clerk);
  });
});

describe('a start', () => {
  test('finds no store and nothing to make one from, and says so instead of beginning anew', async () => {
    await receive();
    await desk.close();
    const lost = tempFolder('lost');
    cpSync(desk.folder, lost, { recursive: true });
    rmSync(path.join(lost, 'desk.db'));
    for (const name of readdirSync(path.join(lost, 'journal')).filter((n) => n.endsWith('.journal')))
      truncateSync(path.join(lost, 'journal', name), 10);
    expect(() => openTestDesk({ folder: lost })).toThrow('DB_GONE');
    expect(existsSync(path.join(lost, 'desk.db'))).toBe(false);
    rmSync(lost, { recursive: true });
    desk = openTestDesk({ folder: desk.folder, role: 'head', seed: 'again' });
  });
  test('with another key heals nothing and touches nothing, also of a newer program', async () => {
    await receive();
    await desk.call('backup.make', {});
    desk.desk.db.$client.pragma('user_version = 99');
    await desk.close();
    const before = readFileSync(path.join(desk.folder, 'desk.db'));
    const keyFile = path.join(desk.folder, 'desk.key');
    const key = readFileSync(keyFile, 'utf8');
    writeFileSync(
      keyFile,
      key.replace(/"key":"(.)/, (_, d: string) => `"key":"${d === '0' ? '1' : '0'}`),
    );
    expect(() => openTestDesk({ folder: desk.folder })).toThrow('DB_KEY_WRONG');
    rmSync(keyFile);
    expect(() => openTestDesk({ folder: desk.folder })).toThrow('DB_KEY_MISSING');
    expect(readFileSync(path.join(desk.folder, 'desk.db')).equals(before)).toBe(true);
    expect(existsSync(path.join(desk.folder, 'set-aside'))).toBe(false);
    writeFileSync(keyFile, key);
    mkdirSync(path.join(desk.folder, 'x'), { recursive: true });
    desk = openTestDesk({ role: 'head' });
  });
  test('a journal that cannot be written does not stop a save, and is told', async () => {
    await desk.call('backup.make', {});
    rmSync(path.join(desk.folder, 'journal'), { recursive: true });
    await receive();
    expect(dossiers()).toBe(1);
    expect(await desk.call('backup.state', {})).toMatchObject({ journalWhole: false });
    mkdirSync(path.join(desk.folder, 'journal'));
    desk.clock.advance(1000);
    expect(await desk.call('backup.make', {})).toMatchObject({ journalWhole: true });
  });
  test('a hole is known after any number of starts, until a backup stands', async () => {
    await desk.call('backup.make', {});
    rmSync(path.join(desk.folder, 'journal'), { recursive: true });
    await receive();
    mkdirSync(path.join(desk.folder, 'journal'));
    for (let start = 0; start < 3; start++) {
      await desk.close();
      desk = openTestDesk({ folder: desk.folder, clock: desk.clock, enrolled: false, seed: `hole-${start}` });
      expect(await desk.call('backup.state', {})).toMatchObject({ journalWhole: false });
      await receive();
      expect(await desk.call('backup.state', {})).toMatchObject({ journalWhole: false });
    }
    desk.clock.advance(1000);
    expect(await desk.call('backup.make', {})).toMatchObject({ journalWhole: true });
    await desk.close();
    desk = openTestDesk({ folder: desk.folder, clock: desk.clock, enrolled: false, seed: 'whole' });
    expect(await desk.call('backup.state', {})).toMatchObject({ journalWhole: true });
  });
});
