/** A backup of the city counts once it was opened again and found equal; anything else raises no mark and leaves no file. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { backupTo, checkRestored, markLine } from '../../../city/backup/backup-command.ts';
import { newestBackupMark } from '../../../city/backup/log-digest.ts';
import { verifyBackup } from '../../../city/backup/verify-backup.ts';
import type { CityDb } from '../../../city/db/handle.ts';
import { type OpenCityDb, openCityDb, openCopy } from '../../../city/db/open.ts';
import { readEpoch } from '../../../city/db/queries/epoch.ts';
import { startHub } from '../../../city/start.ts';
import { Problem } from '../../../shared/problem.ts';
import { enrolDesk, makeEvent, sendEvents } from '../../support/fake-desk.ts';
import { administer, engines, freshDatabase, startTestHub, testClock } from '../../support/hub.ts';
import { fillHubFolder } from '../../support/hub-template.ts';
import { correctDossier, receiveDossier } from '../../support/wire-events.ts';

const clock = testClock();
const folder = mkdtempSync(path.join(tmpdir(), 'smc-city-backup-'));
const place = { dataDir: path.join(folder, 'city'), databaseUrl: '', clock };
const file = (name: string) => path.join(folder, name);
const codeOf = (error: unknown) => (error instanceof Problem ? error.code : error);
const refusal = (work: Promise<unknown>) => work.then(() => 'OK', codeOf);

/** Two dossiers, one corrected, from one desk. */
async function work(): Promise<void> {
  const hub = await startHub({ dataDir: place.dataDir, clock });
  const desk = await enrolDesk(hub);
  const wish = receiveDossier();
  const events = [
    wish,
    receiveDossier(),
    correctDossier(wish.subject.id, 1, { 'child.birthPlace': 'Trạm y tế' }),
  ];
  await sendEvents(
    desk,
    events.map((e) => makeEvent(desk, e)),
  );
  await hub.close();
}

beforeAll(async () => {
  await fillHubFolder(place.dataDir);
  await work();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a backup of the embedded database', () => {
  test('is written, opened again, found equal and marked; the console says so', async () => {
    const mark = await backupTo(place, file('one.tgz'));
    expect(mark).toMatchObject({ events: 3, place: 'one.tgz', at: new Date(clock.now()) });
    expect(JSON.parse(markLine(mark))).toEqual({
      ...{ event: 'backup-verified', hub: mark.hub, events: 3, place: 'one.tgz' },
      at: new Date(clock.now()).toISOString(),
    });
    expect(readdirSync(folder).sort()).toEqual(['city', 'one.tgz']);
    const hub = await startHub({ dataDir: place.dataDir, clock });
    expect(await (await fetch(hub.url)).text()).toContain(`đến số ${mark.hub}/${mark.hub} (one.tgz)`);
    await hub.close();
  });
  test('becomes a city again: a hub on its content holds the same log', async () => {
    const copy = await openCopy(readFileSync(file('one.tgz')));
    expect((await readEpoch(copy.db))?.newest).toBeGreaterThan(2);
    await copy.close();
  });
  test('never takes the place of another file', async () => {
    const before = readFileSync(file('one.tgz'));
    expect(await refusal(backupTo(place, file('one.tgz')))).toBe('BACKUP_FILE_EXISTS');
    expect(readFileSync(file('one.tgz')).equals(before)).toBe(true);
  });
  test('waits for the hub to end', async () => {
    const hub = await startHub({ dataDir: place.dataDir, clock });
    expect(await refusal(backupTo(place, file('two.tgz')))).toBe('HUB_FOLDER_IN_USE');
    await hub.close();
    expect(existsSync(file('two.tgz'))).toBe(false);
  });
  it.each([
    [
      '--backup of PostgreSQL',
      () => backupTo({ ...place, databaseUrl: 'postgres://127.0.0.1:1/x' }, file('x.tgz')),
    ],
    ['--backup-verified of the embedded one', () => checkRestored(place, 'postgres://127.0.0.1:1/x')],
  ])('%s is refused in words', async (_, doing) => {
    expect(await refusal(doing())).toBe('BACKUP_BY_POSTGRES');
  });
  it.each([0, 100, 20_000])('cut after %d bytes does not open', async (bytes) => {
    await expect(openCopy(readFileSync(file('one.tgz')).subarray(0, bytes))).rejects.toThrow();
  });
});

describe('what is compared', () => {
  let live: OpenCityDb;
  let archive: Uint8Array<ArrayBuffer>;
  beforeAll(async () => {
    live = await openCityDb(place);
    archive = new Uint8Array(await live.dump());
  });
  afterAll(() => live.close());
  const loose = (table: string, statement: string) =>
    `alter table ${table} disable trigger all; ${statement}; alter table ${table} enable trigger all`;
  async function spoiled(statements: string): Promise<{ db: CityDb; close: () => Promise<void> }> {
    const copy = await openCopy(archive);
    for (const one of statements.split('; ').filter(Boolean)) await copy.db.execute(sql.raw(one));
    return copy;
  }
  const marks = async () => (await newestBackupMark(live.db))?.place;
  const check = (restored: CityDb, name = 'thử') =>
    verifyBackup({ live: live.db, restored, place: name, now: new Date(clock.now()) });

  it.each([
    [
      'an event is gone',
      loose('event', 'delete from event where hub_seq = (select min(hub_seq) from event)'),
    ],
    [
      'the newest event is gone',
      loose('event', 'delete from event where hub_seq = (select max(hub_seq) from event)'),
    ],
    ['a letter of an event is another', loose('event', "update event set raw = replace(raw, 'Ánh', 'Anh')")],
    [
      'a verdict is another',
      loose('event', "update event set verdict_kind = 'merged' where verdict_kind = 'accepted'"),
    ],
    ['a receipt is gone', loose('receipt', 'delete from receipt')],
    ['a stream says more than it has', 'update stream set acked = acked + 1'],
    ['a head of a stream is another', `update stream set head = repeat('0', 64)`],
    ['a dossier is another than its events', `update dossier set channel = 'truc_tuyen'`],
    ['a dossier is gone', 'delete from component; delete from dossier'],
    ['there is no epoch', 'drop table epoch cascade'],
  ])('%s: no mark', async (_, statements) => {
    const before = await marks();
    const copy = await spoiled(statements);
    expect(await refusal(check(copy.db))).toBe('BACKUP_NOT_EQUAL');
    await copy.close();
    expect(await marks()).toBe(before);
  });
  test('an older one is marked up to where it reaches', async () => {
    const hubBefore = (await readEpoch(live.db))?.newest;
    await live.close();
    await work();
    live = await openCityDb(place);
    const copy = await openCopy(archive);
    const mark = await check(copy.db, 'hôm qua');
    await copy.close();
    expect([mark.hub, mark.events]).toEqual([hubBefore, 3]);
    expect((await readEpoch(live.db))?.newest).toBeGreaterThan(mark.hub);
    expect(await marks()).toBe('hôm qua');
  });
  it.each(["update backup_mark set place = ''", 'delete from backup_mark', 'truncate backup_mark'])(
    'a mark stands: %s',
    async (statement) => {
      await expect(live.db.execute(sql.raw(statement))).rejects.toThrow();
    },
  );
});

const onPostgres = engines().filter((engine) => engine === 'postgres');
describe.each(onPostgres)('a backup that the own tools of %s made', () => {
  const run = (tool: string, ...args: string[]) =>
    execFileSync(tool, args, { stdio: ['ignore', 'pipe', 'pipe'] });

  test('is restored into a database of its own, checked from the command line and marked; the hub runs meanwhile', async () => {
    const hub = await startTestHub('postgres');
    const desk = await enrolDesk(hub);
    await sendEvents(desk, [makeEvent(desk, receiveDossier()), makeEvent(desk, receiveDossier())]);
    const inUse = hub.databaseUrl;
    const [good, bad] = [await freshDatabase(), await freshDatabase()];
    const copy = file('city.dump');
    run('pg_dump', '--format=custom', `--file=${copy}`, inUse);
    for (const { url } of [good, bad]) run('pg_restore', '--exit-on-error', `--dbname=${url}`, copy);
    await administer(bad.url, 'update stream set acked = acked + 1');
    const check = (url: string) =>
      spawnSync(process.execPath, ['city/main.ts', '--backup-verified', url], {
        cwd: path.resolve(import.meta.dirname, '../../..'),
        env: { PATH: process.env.PATH, SMC_CITY_DATABASE_URL: inUse, SMC_CITY_DATA_DIR: hub.dataDir },
        encoding: 'utf8',
      });
    const marks = async () =>
      (await (await fetch(hub.url)).text()).includes(new URL(good.url).pathname.slice(1));
    const refused = check(bad.url);
    expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining('BACKUP_NOT_EQUAL')]);
    expect(await marks()).toBe(false);
    const same = check(inUse);
    expect([same.status, same.stderr]).toEqual([1, expect.stringContaining('BACKUP_IS_LIVE')]);
    // What came in after the copy does not count against it.
    await sendEvents(desk, [makeEvent(desk, receiveDossier())]);
    const done = check(good.url);
    expect([done.status, done.stderr]).toEqual([0, '']);
    expect(JSON.parse(done.stdout)).toMatchObject({ event: 'backup-verified', events: 2 });
    expect(await marks()).toBe(true);
    await hub.remove();
    await good.drop();
    await bad.drop();
  });
});
