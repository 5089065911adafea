/** A release from a stick: taken or refused in words, backed up first, put off, who may, and how the version that starts afterwards says it ended. */
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { backupFolder, listBackups } from '../../../db/backup/folder.ts';
import { fileKeyStore, storeId } from '../../../db/key-store.ts';
import { backupFileName } from '../../../shared/domain/backup-rules.ts';
import { UPDATE_FILE } from '../../../shared/domain/update.ts';
import { must } from '../../../shared/lib/must.ts';
import {
  installerOf,
  manifestOf,
  PLATFORM,
  type ReleaseKey,
  releaseKey,
  signManifest,
  writeRelease,
} from '../../support/release.ts';
import { dropTestDesk, openTestDesk, type TestDesk, tempFolder } from '../../support/temp-desk.ts';

const VERSION = '0.4.0';
const nameOf = (version: string) => `so-mot-cua_${version}_amd64.deb`;

describe('a desk with a release from a stick', () => {
  let key: ReleaseKey;
  let desk: TestDesk;
  const waiting = tempFolder('updates');
  const stick = tempFolder('stick');
  const options = (version = VERSION) => ({
    ...({ role: 'admin', version } as const),
    updates: { keys: [key.trusted], folder: waiting, platform: PLATFORM },
  });
  beforeAll(async () => {
    key = await releaseKey();
  });
  beforeEach(() => {
    for (const folder of [waiting, stick]) {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder);
    }
    desk = openTestDesk(options());
  });
  afterEach(() => dropTestDesk(desk));
  afterAll(() => {
    for (const folder of [waiting, stick]) rmSync(folder, { recursive: true, force: true });
  });
  const take = () => desk.refusal('update.take', { place: stick });
  const release = (version = '0.5.0') => writeRelease(stick, { key, version });
  const backups = () => listBackups(backupFolder(desk.folder)).map((one) => one.reason);
  async function ready() {
    await release();
    expect(await desk.call('update.take', { place: stick })).toMatchObject({
      offered: { version: '0.5.0', ready: true, from: 'stick' },
    });
  }

  test('is copied and checked; the store is backed up and the backup is good before the installer gets it', async () => {
    await ready();
    const { file } = await desk.call('update.prepare', {});
    expect(readFileSync(file).equals(installerOf('0.5.0'))).toBe(true);
    expect(backups()).toEqual(['update']);
    const [row] = await desk.call('backup.list', {});
    const { where, name } = must(row, 'backup');
    expect(await desk.call('backup.look', { where, name })).toMatchObject({ missing: { events: 0 } });
  });

  test.each<[string, () => void, string]>([
    ['an empty stick', () => rmSync(path.join(stick, UPDATE_FILE)), 'UPDATE_NONE'],
    ['a stick that was pulled out', () => rmSync(stick, { recursive: true }), 'UPDATE_NONE'],
    [
      'no installer beside the manifest',
      () => rmSync(path.join(stick, nameOf('0.5.0'))),
      'UPDATE_FILE_MISSING',
    ],
    ['a longer installer', () => appendFileSync(path.join(stick, nameOf('0.5.0')), 'x'), 'UPDATE_FILE_WRONG'],
    ['a shorter installer', () => truncateSync(path.join(stick, nameOf('0.5.0')), 5), 'UPDATE_FILE_WRONG'],
    [
      'another installer',
      () => writeFileSync(path.join(stick, nameOf('0.5.0')), installerOf('9.9.9')),
      'UPDATE_FILE_WRONG',
    ],
    ['an empty installer', () => writeFileSync(path.join(stick, nameOf('0.5.0')), ''), 'UPDATE_FILE_WRONG'],
    ['an empty manifest', () => writeFileSync(path.join(stick, UPDATE_FILE), ''), 'UPDATE_UNREADABLE'],
    [
      'a huge manifest',
      () => writeFileSync(path.join(stick, UPDATE_FILE), 'A'.repeat(70_000)),
      'UPDATE_UNREADABLE',
    ],
    ['a bent manifest', () => appendFileSync(path.join(stick, UPDATE_FILE), 'xx'), 'UPDATE_SIGNATURE'],
  ])('%s: refused, nothing ready, and the good stick after it is taken', async (_name, spoil, code) => {
    await release();
    spoil();
    expect(await take()).toBe(code);
    expect((await desk.call('update.state', {})).offered?.ready ?? false).toBe(false);
    expect(await desk.refusal('update.prepare', {})).toBe('UPDATE_NOT_READY');
    await release();
    expect(await take()).toBe('OK');
  });

  test.each(['0.4.0', '0.3.0'])('version %s is not newer and is refused', async (version) => {
    await release(version);
    expect(await take()).toBe('UPDATE_NOT_NEWER');
  });

  test('an installer that was changed after it was checked is not handed over', async () => {
    await ready();
    writeFileSync(path.join(waiting, '0.5.0', nameOf('0.5.0')), installerOf('6.6.6'));
    expect(await desk.refusal('update.prepare', {})).toBe('UPDATE_FILE_WRONG');
    expect(existsSync(path.join(waiting, 'installing.json'))).toBe(false);
  });

  test('somebody has just typed: it waits; two minutes later it does not', async () => {
    await ready();
    await desk.call('draft.save', {
      id: desk.desk.ids.uuid(),
      chain: 'birth',
      values: { 'child.fullName': 'Mẫu' },
    });
    expect(await desk.refusal('update.prepare', {})).toBe('UPDATE_FORM_OPEN');
    expect(backups()).toEqual([]);
    desk.clock.set(new Date(desk.clock.now() + 121_000).toISOString());
    expect(await desk.refusal('update.prepare', {})).toBe('OK');
  });

  test('a backup that runs is waited for; one that fails stops the update', async () => {
    await ready();
    const making = desk.call('backup.make', {});
    expect(await desk.refusal('update.prepare', {})).toBe('BACKUP_RUNNING');
    await making;
    const store = storeId(fileKeyStore(desk.folder).open(true));
    const name = backupFileName({ at: desk.clock.now(), reason: 'update', store });
    const inTheWay = path.join(backupFolder(desk.folder), `${name}.new`);
    mkdirSync(inTheWay);
    expect(await desk.refusal('update.prepare', {})).toBe('UPDATE_BACKUP');
    expect(existsSync(path.join(waiting, 'installing.json'))).toBe(false);
    rmSync(inTheWay, { recursive: true });
    expect(await desk.refusal('update.prepare', {})).toBe('OK');
  });

  test('put off until the day’s end or tomorrow by anybody; it is due again then', async () => {
    await ready();
    desk.clock.set('2026-11-20T02:00:00Z');
    expect(await desk.call('update.later', { until: 'day_end' })).toMatchObject({
      due: false,
      laterUntil: '2026-11-20T09:45:00.000Z',
    });
    desk.clock.set('2026-11-20T09:45:00Z');
    expect(await desk.call('update.state', {})).toMatchObject({ due: true });
    // After the day's end there is only tomorrow.
    expect(await desk.call('update.later', { until: 'day_end' })).toMatchObject({
      laterUntil: '2026-11-20T17:00:00.000Z',
    });
    expect(await desk.call('update.later', { until: 'tomorrow' })).toMatchObject({ due: false });
  });

  test.each(['clerk', 'officer', 'auditor'] as const)(
    'a %s may look and put off, not install and not bring a stick',
    async (role) => {
      await ready();
      const other = openTestDesk({ ...options(), role });
      await expect.poll(() => other.desk.updates.state().offered).toMatchObject({ ready: true });
      expect(await other.call('update.state', {})).toMatchObject({ mayInstall: false });
      for (const call of ['update.prepare', 'update.take'] as const)
        expect(await other.refusal(call, call === 'update.take' ? { place: stick } : {})).toBe('FORBIDDEN');
      expect(await other.refusal('update.later', { until: 'tomorrow' })).toBe('OK');
      await dropTestDesk(other);
    },
  );

  test('the version that starts afterwards says how it ended, and keeps the one before for going back', async () => {
    await ready();
    await desk.call('update.prepare', {});
    const { folder } = desk;
    const restart = async (version: string) => {
      await desk.close();
      desk = openTestDesk({ ...options(version), folder, seed: version });
    };
    await restart(VERSION);
    expect(await desk.call('update.state', {})).toMatchObject({ outcome: { version: '0.5.0', ok: false } });
    await restart('0.5.0');
    expect(await desk.call('update.read-outcome', {})).toMatchObject({ outcome: null });
    await writeRelease(stick, { key, version: '0.6.0' });
    await desk.call('update.take', { place: stick });
    await desk.call('update.prepare', {});
    await restart('0.6.0');
    await expect
      .poll(() => desk.desk.updates.state().previous)
      .toMatchObject({ version: '0.5.0', sameTables: false });
    expect(await desk.call('update.state', {})).toMatchObject({
      outcome: { version: '0.6.0', ok: true },
      offered: null,
    });
    expect(
      readdirSync(waiting)
        .filter((name) => name.startsWith('0.'))
        .sort(),
    ).toEqual(['0.5.0', '0.6.0']);
  });

  test('a build without keys takes nothing, from nowhere', async () => {
    const bare = openTestDesk({ version: VERSION, role: 'admin' });
    expect(await bare.call('update.state', {})).toMatchObject({ taken: false, offered: null });
    await release();
    for (const [call, input] of [
      ['update.check', {}],
      ['update.take', { place: stick }],
      ['update.load', {}],
      ['update.prepare', {}],
    ] as const)
      expect(await bare.refusal(call, input)).toBe('UPDATE_NOT_TAKEN');
    await dropTestDesk(bare);
  });

  test('what lies in the update folder and was not signed is not offered after a start', async () => {
    await ready();
    const file = path.join(waiting, '0.5.0', UPDATE_FILE);
    writeFileSync(file, await signManifest(manifestOf('0.5.0', installerOf('0.5.0')), await releaseKey()));
    cpSync(path.join(waiting, '0.5.0'), path.join(waiting, '9.9.9'), { recursive: true });
    const { folder } = desk;
    await desk.close();
    desk = openTestDesk({ ...options(), folder, seed: 'again' });
    await expect.poll(() => readdirSync(waiting).filter((name) => name !== 'stick.txt')).toEqual([]);
    expect((await desk.call('update.state', {})).offered).toBeNull();
  });
});
