/**
 * The people of closed dossiers are taken off a desk only once the city proved that it holds them in a backup, and nothing brings them
 * back: no rebuild, no healing, no exchange, no city that was put back. Figures and the chain stay what they were.
 */
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addBackupMark } from '../../../city/backup/log-digest.ts';
import { readEpoch } from '../../../city/db/queries/epoch.ts';
import { openCopy } from '../../../db/backup/copy.ts';
import { backupFolder, listBackups } from '../../../db/backup/folder.ts';
import { readJournal } from '../../../db/journal/replay.ts';
import { fileKeyStore } from '../../../db/key-store.ts';
import { readMachineSetting } from '../../../db/queries/machine.ts';
import { rebuildDesk, verifyDesk } from '../../../db/rebuild.ts';
import { verifyLog } from '../../../db/verify-log.ts';
import { actingIdentity } from '../../../electron/context.ts';
import { purgeByItself } from '../../../electron/handlers/retention.ts';
import type { Output } from '../../../shared/contract/ipc/registry.ts';
import { must } from '../../../shared/lib/must.ts';
import { enrolledPair, type Pair } from '../../support/city-pair.ts';
import { testClock } from '../../support/clock.ts';
import { everything, reception } from '../../support/forms.ts';
import { type RestorableHub, startRestorableHub } from '../../support/restorable-hub.ts';
import { scanned } from '../../support/scan-road.ts';
import { dropTestDesk, openTestDesk, tempFolder } from '../../support/temp-desk.ts';

const NAME = 'Phan Hoàng Yến Canh Gác';
const DAY_MS = 86_400_000;

let hub: RestorableHub;
let pair: Pair;
const desk = () => pair.desk;
beforeEach(async () => {
  hub = await startRestorableHub('pglite');
  pair = await enrolledPair({ ...hub.now(), clock: hub.clock }, { role: 'head' });
});
afterEach(async () => {
  await pair.close();
  await hub.remove();
});

async function received(name = NAME): Promise<string> {
  const id = desk().desk.ids.uuid();
  const words = { 'child.fullName': name, 'requester.fullName': name };
  await desk().call('dossier.receive', reception(id, 'birth', words));
  return id;
}

async function closed(name = NAME): Promise<string> {
  const id = await received(name);
  await close(id);
  return id;
}
async function close(id: string): Promise<void> {
  const { components, revision } = await desk().call('dossier.get', { id });
  await desk().call('dossier.act', {
    ...{ id, base: revision },
    step: {
      ...{ action: 'withdraw', components: components.map((c) => c.code), on: null, time: null },
      reason: `${NAME} xin rút hồ sơ`,
    },
  });
}

/** Both clocks: the city signs roles anew, and days go by. */
function pass(days: number): void {
  hub.clock.move(days * DAY_MS);
  desk().clock.advance(days * DAY_MS);
}
async function backedUp(): Promise<void> {
  const { db } = hub.now();
  const { newest } = must(await readEpoch(db), 'epoch');
  const at = new Date(hub.clock.now());
  await addBackupMark(db, { hub: newest, events: 1, digest: '0'.repeat(64), place: 'thu.tgz', at });
}
async function exchanged(): Promise<void> {
  expect(await desk().call('sync.run', {})).toMatchObject({ lastError: null });
}
async function purged(): Promise<Output<'retention.purge'>> {
  return desk().call('retention.purge', { aside: false });
}
const sound = () => {
  const { db } = desk().desk;
  expect(verifyDesk(db).problems).toEqual([]);
  expect(verifyLog(db, 'whole').found).toEqual([]);
};
async function found(q: string) {
  const ns = await desk().call('dossier.index', { ...everything, q });
  return desk().call('dossier.rows', { ns: [...ns] });
}

/** Every text cell of every table, and every row of the journal. */
function holdsName(folder: string, db = desk().desk.db): readonly string[] {
  const tables = db.$client
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")
    .pluck()
    .all() as string[];
  const inTables = tables.filter((table) =>
    JSON.stringify(db.$client.prepare(`SELECT * FROM "${table}"`).all()).includes(NAME),
  );
  const key = fileKeyStore(folder).open(true);
  const { segments } = readJournal(folder, key);
  const inJournal = segments.some((one) => [...one.entries()].some((e) => JSON.stringify(e).includes(NAME)));
  const copies = listBackups(backupFolder(folder)).filter(({ file }) => {
    const copy = must(openCopy(file, key), 'copy');
    const raws = copy.$client.prepare('SELECT raw FROM event').pluck().all() as string[];
    copy.$client.close();
    return raws.join().includes(NAME);
  });
  return [...inTables, ...(inJournal ? ['journal'] : []), ...copies.map((one) => one.name)];
}

async function figures() {
  const about = { from: '2026-11-01', to: '2026-11-30', treeOn: null, compare: false } as const;
  const made = await desk().call('report.make', { report: 'lien-thong', ...about });
  return JSON.stringify({ ...made, at: '' });
}

test('nothing goes before the city proved a backup, and why is said; then people go and everything else stays', async () => {
  const id = await closed();
  const other = await received('Lê Thị Còn Đây');
  const { code } = await desk().call('dossier.get', { id });
  await exchanged();
  expect(await desk().refusal('retention.purge', { aside: false })).toBe('PURGE_NOT_PROVEN');
  await backedUp();
  await exchanged();
  expect((await desk().call('retention.look', {})).kept).toMatchObject({ young: 1, open: 1, no_backup: 0 });
  expect(await purged()).toEqual({ dossiers: 0, copiesGone: true });
  pass(92);
  await desk().call('backup.make', {});
  await exchanged();
  expect(await desk().call('retention.look', {})).toMatchObject({ ready: 1, kept: { open: 1, young: 0 } });
  const before = await figures();
  expect(holdsName(desk().folder).length).toBeGreaterThan(2);

  expect(await purged()).toEqual({ dossiers: 1, copiesGone: true });

  expect(holdsName(desk().folder)).toEqual([]);
  sound();
  expect(await figures()).toBe(before);
  expect(await found('Canh Gác')).toEqual([]);
  expect(await found(code)).toMatchObject([{ id, subjectName: '', code, purgedOn: '2027-02-20' }]);
  expect((await found('Còn Đây'))[0]).toMatchObject({ id: other, purgedOn: null });
  for (const [method, input] of [
    ['dossier.get', { id }],
    ['slip.get', { id, kind: 'receipt' }],
    ['dossier.annotate', { id, changes: { 'code.official': '000.00.26.H29-261120-0001' } }],
  ] as const)
    expect(await desk().refusal(method, input)).toBe('DOSSIER_PURGED');
  const { raw } = desk()
    .desk.db.$client.prepare("SELECT raw FROM access WHERE action = 'retention.purge'")
    .get() as { raw: string };
  expect(JSON.parse(raw)).toMatchObject({ actor: { role: 'head' }, facts: { dossiers: 1, events: 2 } });
  expect(await purged()).toEqual({ dossiers: 0, copiesGone: true });
});

test('a rebuild, a restart, a lost file and the next exchanges bring nobody back', async () => {
  await closed();
  await exchanged();
  await backedUp();
  pass(92);
  await exchanged();
  await purged();
  rebuildDesk(desk().desk.db);
  sound();
  await received('Lê Thị Còn Đây');
  const { line } = pair;
  const { folder, clock } = desk();
  await desk().close();
  for (const name of readdirSync(folder)) if (name.startsWith('desk.db')) rmSync(path.join(folder, name));
  const healed = openTestDesk({ folder, clock, seed: 'healed', enrolled: false });
  pair = {
    ...pair,
    desk: healed,
    close: async () => {
      await dropTestDesk(healed);
      await line.close();
    },
  };
  expect((await healed.call('backup.state', {})).recovery).toMatchObject({ kind: 'rebuilt', lost: 0 });
  await exchanged();
  expect(holdsName(folder)).toEqual([]);
  sound();
  expect((await found('Còn Đây')).length).toBe(1);
});

test('an event that waits keeps a dossier', async () => {
  const id = await received();
  await exchanged();
  await backedUp();
  await close(id);
  pass(92);
  expect((await desk().call('retention.look', {})).kept.unsent).toBe(1);
});

test('a half typed correction keeps a dossier', async () => {
  const id = await closed();
  await exchanged();
  await desk().call('draft.save', { id, chain: 'birth', values: { 'child.fullName': 'Đang sửa' } });
  await backedUp();
  pass(92);
  await exchanged();
  expect((await desk().call('retention.look', {})).kept.typing).toBe(1);
  expect(await purged()).toMatchObject({ dossiers: 0 });
});

test('what the backup does not reach stays, whatever its neighbours do', async () => {
  await closed();
  await exchanged();
  await backedUp();
  await closed('Lê Thị Về Sau');
  await exchanged();
  pass(92);
  await exchanged();
  expect(await desk().call('retention.look', {})).toMatchObject({ ready: 1, kept: { no_backup: 1 } });
  expect(await purged()).toMatchObject({ dossiers: 1 });
  expect((await found('Về Sau')).length).toBe(1);
  sound();
});

test('scans go with it once the city holds them whole', async () => {
  const { id } = await scanned(desk(), 40_000);
  await close(id);
  const contents = () =>
    readdirSync(`${desk().folder}/files`, { recursive: true, withFileTypes: true }).filter((e) => e.isFile());
  await exchanged();
  await backedUp();
  pass(92);
  await exchanged();
  expect(contents().length).toBe(1);
  expect(await purged()).toMatchObject({ dossiers: 1 });
  expect(contents()).toEqual([]);
  sound();
});

test('a city that is put back to the proven backup goes on; one that is put back to before it is told', async () => {
  await hub.backup();
  await closed();
  await exchanged();
  await backedUp();
  await exchanged();
  pass(92);
  await exchanged();
  await purged();
  await received('Lê Thị Còn Đây');
  await exchanged();
  expect((await desk().call('retention.state', {})).doubtAt).toBeNull();
  await hub.restore('lost');
  await exchanged();
  await exchanged();
  expect((await desk().call('retention.state', {})).doubtAt).not.toBeNull();
  expect(readMachineSetting(desk().desk.db, 'purge_doubt')).toContain('"hub":2');
  sound();
  // What this machine still holds is at the city again; what it does not hold was never sent as something else.
  const raws = await hub.now().db.execute('select raw from event');
  const texts = JSON.stringify(raws);
  expect(texts).toContain('Lê Thị Còn Đây');
  expect(texts).not.toContain('đã xóa khỏi máy');
});

test('by itself, once a month at the end of the day, where a head chose it', async () => {
  await closed();
  await exchanged();
  await backedUp();
  pass(92);
  await exchanged();
  expect(await desk().call('retention.set-auto', { on: true })).toMatchObject({
    auto: true,
    days: 90,
    verified: false,
  });
  expect(await desk().call('retention.state', {})).toMatchObject({
    backupAt: expect.any(String),
    lastAt: null,
  });
  const place = { desk: desk().desk, db: desk().desk.db, identity: actingIdentity(desk().desk) };
  expect(await purgeByItself(place)).toBe(true);
  expect(holdsName(desk().folder)).toEqual([]);
  await closed();
  await exchanged();
  await backedUp();
  pass(20);
  expect(await purgeByItself(place)).toBe(false);
  expect(await desk().call('retention.set-auto', { on: false })).toMatchObject({ auto: false });
  sound();
});

test('a clerk neither looks nor takes away', async () => {
  const other = openTestDesk({ folder: tempFolder('clerk'), clock: testClock(), role: 'clerk' });
  for (const method of ['retention.state', 'retention.look'] as const)
    expect(await other.refusal(method, {})).toBe('FORBIDDEN');
  expect(await other.refusal('retention.purge', { aside: false })).toBe('FORBIDDEN');
  expect(await other.refusal('retention.set-auto', { on: true })).toBe('FORBIDDEN');
  await other.close();
});
