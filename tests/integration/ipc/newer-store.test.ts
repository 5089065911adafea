/** A store that a newer program made: read, searched, printed and taken out, never changed, healed, copied or sent; who looked is kept beside it. */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ASIDE_FOLDER } from '../../../db/access-aside.ts';
import { inTransaction } from '../../../db/handle.ts';
import { noOsWrap } from '../../../db/key-slots.ts';
import { readMigrations } from '../../../db/migrate.ts';
import { writeMachineSetting } from '../../../db/queries/machine.ts';
import { verifyLog } from '../../../db/verify-log.ts';
import { makeGate } from '../../../electron/data/gate.ts';
import { randomIds, startDesk } from '../../../electron/data/start-desk.ts';
import { whileReadOnly } from '../../../shared/contract/ipc/read-only-rules.ts';
import { ipc, type Method } from '../../../shared/contract/ipc/registry.ts';
import { readOnlyReasons } from '../../../shared/domain/read-only.ts';
import { accessEntries, deedsOf } from '../../support/access.ts';
import { testClock } from '../../support/clock.ts';
import { everybody, reception } from '../../support/forms.ts';
import { setStoreVersion } from '../../support/store-version.ts';
import {
  dropTestDesk,
  MIGRATIONS,
  openTestDesk,
  type TestDesk,
  tempFolder,
} from '../../support/temp-desk.ts';

const ID = '11111111-1111-4111-8111-111111111111';
const OTHER = '22222222-2222-4222-8222-222222222222';
const calls = Object.keys(ipc) as Method[];
let desk: TestDesk;
let before: Record<string, string>;

/** Every file of the data folder but the lock, what SQLite keeps while a file is open, and the accesses beside the store. */
function filesOf(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true }).map(String).sort();
  const kept = names.filter(
    (name) => statSync(path.join(folder, name)).isFile() && !/lock|-shm$|-wal$|^access-aside/.test(name),
  );
  const hash = (name: string) =>
    createHash('sha256')
      .update(readFileSync(path.join(folder, name)))
      .digest('hex');
  return Object.fromEntries(kept.map((name) => [name, hash(name)]));
}

/** As the newer program comes back: it knows these tables, and opens them to write. */
async function withTheNewerProgram(): Promise<TestDesk> {
  await desk.close();
  setVersion(desk.folder, readMigrations(MIGRATIONS).length);
  desk = openTestDesk({ folder: desk.folder });
  return desk;
}

function setVersion(folder: string, version: number): void {
  const { key, cipher } = JSON.parse(readFileSync(path.join(folder, 'desk.key'), 'utf8'));
  setStoreVersion(folder, { hex: key, cipher }, version);
}

beforeEach(async () => {
  const made = openTestDesk({ role: 'head' });
  await made.call('dossier.receive', reception(ID, 'birth'));
  await made.call('backup.make', {});
  const boxKey = await identityToRecipient(await generateIdentity());
  inTransaction(made.desk.db, (tx) => writeMachineSetting(tx, 'box_key', boxKey));
  await made.close();
  setVersion(made.folder, 99);
  before = filesOf(made.folder);
  desk = openTestDesk({ folder: made.folder });
});
afterEach(() => dropTestDesk(desk));

describe('is', () => {
  test('read and searched; nothing of it changes, and it opens again', async () => {
    expect(await desk.call('session.get', {})).toMatchObject({ readOnly: 'newer', unkept: false });
    expect(await desk.call('dossier.index', everybody)).toHaveLength(1);
    expect((await desk.call('dossier.get', { id: ID })).office).toBeDefined();
    expect(await desk.call('backup.state', {})).toMatchObject({ running: false });
    expect(await desk.call('update.state', {})).toMatchObject({ offered: null });
    await desk.close();
    expect(filesOf(desk.folder)).toEqual(before);
    desk = openTestDesk({ folder: desk.folder });
    expect((await desk.call('session.get', {})).readOnly).toBe('newer');
  });
  test('not written, sent, healed or copied by any call', async () => {
    const refused = calls.filter((call) => whileReadOnly(call, 'newer') === 'no');
    expect(refused.length).toBeGreaterThan(70);
    for (const call of refused.filter((one) => !ipc[one].kind.includes('gate'))) {
      const shell = ipc[call].kind === 'shell';
      const code = shell ? await desk.refusal(...may(call)) : await desk.refusal(call, {});
      expect(code, call).toBe('DB_NEWER_READ_ONLY');
    }
    expect(() => desk.desk.db.$client.exec('DELETE FROM event')).toThrow('readonly');
    await desk.close();
    expect(filesOf(desk.folder)).toEqual(before);
    desk = openTestDesk({ folder: desk.folder });
  });
  test('read with what a killed program left in its log, which stays as it is', async () => {
    await desk.close();
    const version = readMigrations(MIGRATIONS).length;
    setVersion(desk.folder, version);
    const alive = openTestDesk({ folder: desk.folder, role: 'head', seed: 'alive' });
    alive.desk.db.$client.pragma('user_version = 99');
    await alive.call('dossier.receive', reception(OTHER, 'death'));
    const killed = tempFolder('killed');
    cpSync(desk.folder, killed, { recursive: true });
    await alive.close();
    const parts = () => ['desk.db', 'desk.db-wal'].map((name) => readFileSync(path.join(killed, name)));
    const [file, log] = parts();
    expect(log?.length).toBeGreaterThan(0);
    desk = openTestDesk({ folder: killed });
    expect(await desk.call('dossier.index', everybody)).toHaveLength(2);
    await desk.close();
    expect(parts()).toEqual([file, log]);
    rmSync(alive.folder, { recursive: true });
    desk = openTestDesk({ folder: killed });
  });
  test('left alone by the clock: no backup is made or cleared away', async () => {
    desk.backups.schedule();
    desk.clock.advance(400 * 86_400_000);
    await desk.close();
    expect(filesOf(desk.folder)).toEqual(before);
    desk = openTestDesk({ folder: desk.folder });
  });
});

test.each(readOnlyReasons)(
  '%s: no write verb is let through; the way out of a copy is for copies alone',
  (reason) => {
    const through = calls.filter((call) => whileReadOnly(call, reason) !== 'no');
    expect(through.filter((call) => ipc[call].kind === 'write')).toEqual([]);
    expect(through.includes('machine.begin-anew')).toBe(reason === 'hardware');
    // Where the log can be written as ever, files need not wait for it.
    expect(whileReadOnly('report.file', reason)).toBe(reason === 'hardware' ? 'yes' : 'kept');
  },
);

test('what goes on, written out a second time', () => {
  const through = calls.filter((call) => whileReadOnly(call, 'newer') !== 'no' && ipc[call].kind !== 'read');
  expect(through.sort()).toEqual(
    `access.file access.save account.ask-city account.choose account.hear-city account.lock account.read-answer
     account.recover account.sign-in account.sign-in-by-pin account.state account.write-request count.cancel-import
     count.file count.save courier.cancel courier.export courier.write export.log file.cancel-fetch file.log file.read file.save
     paper.log proof.print proof.save receipt.save register.print register.save report.clipping report.copy report.file
     report.paper report.save session.may slip.log slip.print slip.save sync.cancel sync.road target.file target.save`
      .split(/\s+/)
      .sort(),
  );
});

test('of a screen that this program cannot read it says so', async () => {
  await desk.close();
  setVersion(desk.folder, readMigrations(MIGRATIONS).length);
  desk = openTestDesk({ folder: desk.folder });
  const { $client } = desk.desk.db;
  $client.exec("ALTER TABLE dossier ADD COLUMN later TEXT NOT NULL DEFAULT 'x'");
  $client.exec('ALTER TABLE saved_filter RENAME COLUMN filter TO filters');
  $client.pragma('user_version = 99');
  await desk.close();
  desk = openTestDesk({ folder: desk.folder });
  expect(await desk.refusal('filter.list', {})).toBe('DB_NEWER_SCREEN');
  expect((await desk.call('dossier.get', { id: ID })).office).toBeDefined();
  expect(desk.reports).toEqual([]);
});

const may = (call: Method) => ['session.may', { call }] as const;
const annex = { report: 'ngoai-nganh', from: null, to: '2026-11-20', treeOn: null, compare: false };
async function work(): Promise<void> {
  await desk.call('dossier.get', { id: ID });
  desk.clock.advance(60_000);
  await desk.call('slip.get', { id: ID, kind: 'receipt' });
  await desk.call('slip.log', { id: ID, kind: 'receipt' });
  await desk.call('report.file', { source: annex, format: 'csv' });
  await desk.call('paper.log', { paper: 'register', about: '2026-11-01-2026-11-30', way: 'print' });
}
const worked = [`dossier.get ${ID}`, `slip.get ${ID}`, `slip.log ${ID}`, 'report.file', 'paper.log'];

describe('who looked, printed and took out', () => {
  test('stands in the log of whoever opens the store to write, with the time of then, chained and signed', async () => {
    await work();
    await withTheNewerProgram();
    expect(deedsOf(desk.desk.db)).toEqual(['log.begin', ...worked]);
    expect(accessEntries(desk.desk.db)[1]).toMatchObject({
      actor: { name: 'Lê Thị Thử', role: 'head' },
      at: '2026-11-20T02:30:00.000Z',
      facts: { beside: 1 },
    });
    expect(verifyLog(desk.desk.db, 'whole').found).toEqual([]);
    expect(readdirSync(path.join(desk.folder, ASIDE_FOLDER))).toEqual([]);
    const { prints } = await desk.call('dossier.get', { id: ID });
    expect(prints.map((one) => one.at)).toEqual(['2026-11-20T02:31:00.000Z']);
  });
  test('a bundle for the city goes out to a stick, and is noted', async () => {
    const stick = tempFolder('stick');
    expect(await desk.call('courier.write', { place: stick })).toMatchObject({ events: 1 });
    expect(readdirSync(stick)).toHaveLength(1);
    rmSync(stick, { recursive: true });
    await withTheNewerProgram();
    expect(deedsOf(desk.desk.db).slice(1)).toEqual(['courier.write']);
  });
  test('is sealed: no word of it can be read beside the store', async () => {
    await work();
    const place = path.join(desk.folder, ASIDE_FOLDER);
    const text = readdirSync(place)
      .map((name) => readFileSync(path.join(place, name), 'latin1'))
      .join('');
    expect(text.length).toBeGreaterThan(500);
    for (const word of [ID, 'dossier.get', 'Thử', 'head']) expect(text).not.toContain(word);
  });
});

describe('where no file can be written either', () => {
  const place = () => path.join(desk.folder, ASIDE_FOLDER);
  beforeEach(() => writeFileSync(place(), 'in the way'));

  test('looking and printing a slip go on, the window is told, files wait', async () => {
    await desk.call('dossier.get', { id: ID });
    expect(await desk.call('session.get', {})).toMatchObject({ unkept: true });
    expect(desk.announced).toContainEqual({ announcement: 'changed', body: ['session'] });
    await desk.call('slip.log', { id: ID, kind: 'receipt' });
    expect(await desk.refusal('report.file', { source: annex, format: 'csv' })).toBe('ACCESS_NOT_KEPT');
    expect(await desk.refusal(...may('register.print'))).toBe('ACCESS_NOT_KEPT');
    expect(await desk.refusal(...may('slip.print'))).toBe('OK');
    rmSync(place());
    expect(await desk.refusal('report.file', { source: annex, format: 'csv' })).toBe('OK');
    expect(await desk.call('session.get', {})).toMatchObject({ unkept: false });
    await withTheNewerProgram();
    expect(deedsOf(desk.desk.db).slice(1)).toEqual([`dossier.get ${ID}`, `slip.log ${ID}`, 'report.file']);
  });
  test('what waits is written at the end, if that is when the disk takes it', async () => {
    await desk.call('dossier.get', { id: ID });
    rmSync(place());
    await withTheNewerProgram();
    expect(deedsOf(desk.desk.db).slice(1)).toEqual([`dossier.get ${ID}`]);
  });
});

test('opens by a password as always; what changes how people come in waits', async () => {
  const { folder } = desk;
  const { id } = (await desk.call('session.get', {})).actor ?? { id: '' };
  await desk.close();
  const shared = { folder, clock: testClock(), announce: () => undefined, report: () => undefined };
  const gate = makeGate({
    ...{ ...shared, os: noOsWrap, cost: { memoryKiB: 64, passes: 1 }, headless: false, given: null },
    start: (keys, who) =>
      startDesk({
        ...{ ...shared, keys, who, ids: randomIds, migrationsFolder: MIGRATIONS },
        ...{ version: '0', cityUrl: 'http://127.0.0.1:1', cityUrlForced: false, demo: false, program: [] },
      }),
  });
  const code = async (method: Method, input: unknown) => {
    const reply = await gate.dispatch(method, input);
    return reply.ok ? 'OK' : reply.problem.code;
  };
  const PASSWORD = 'mây trắng trên đồi chè';
  expect(await code('account.choose', { password: PASSWORD })).toBe('OK');
  expect(await code('account.lock', {})).toBe('OK');
  expect(await code('account.sign-in', { id, password: PASSWORD })).toBe('OK');
  const waits: [Method, unknown][] = [
    ['account.set-pin', { pin: '274816' }],
    ['account.set-idle', { minutes: 5 }],
    ['account.add', { id, password: PASSWORD }],
    ['account.remove', { id }],
    ['account.change', { before: PASSWORD, password: 'sông xanh chảy qua làng' }],
    ['account.new-recovery', { password: PASSWORD }],
  ];
  for (const [call, input] of waits) expect(await code(call, input), call).toBe('DB_NEWER_READ_ONLY');
  expect(await code('dossier.get', { id: ID })).toBe('OK');
  await gate.close();
  desk = openTestDesk();
  expect(existsSync(path.join(folder, ASIDE_FOLDER))).toBe(true);
  rmSync(folder, { recursive: true, force: true });
});
