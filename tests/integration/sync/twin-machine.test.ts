/** A disk that was copied to another PC: the copy is read alone, what waits in it leaves by stick, enrolled anew it is a machine of its own. */
import { cpSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { rowsOf } from '../../../city/db/handle.ts';
import { finishTaking, TAKEN_FILE } from '../../../db/backup/take.ts';
import { readMachineSetting } from '../../../db/queries/machine.ts';
import { chooseRestore } from '../../../db/self-heal.ts';
import type { HardwareParts } from '../../../shared/domain/hardware.ts';
import { deedsOf } from '../../support/access.ts';
import { testClock } from '../../support/clock.ts';
import { everybody, reception } from '../../support/forms.ts';
import { startTestHub, type TestHub } from '../../support/hub.ts';
import { type Line, startLine } from '../../support/line.ts';
import { carry, newStick, type Stick } from '../../support/stick.ts';
import { openTestDesk, type TestDesk, tempFolder } from '../../support/temp-desk.ts';

const HERE: HardwareParts = { board: ['UUIDHERE'], disk: ['DISKHERE'] };
const THERE: HardwareParts = { board: ['UUIDTHERE'], disk: ['DISKTHERE'] };
const SILENT: HardwareParts = { board: [], disk: [] };
const id = (n: number) => `${n}1111111-1111-4111-8111-111111111111`;

let hub: TestHub;
let line: Line;
let first: string;
let copy: string;
let stick: Stick;
let open: TestDesk[];
beforeEach(async () => {
  hub = await startTestHub('pglite');
  line = await startLine(hub.url);
  open = [];
  [first, copy] = [tempFolder('first'), tempFolder('copy')];
  stick = newStick();
});
afterEach(async () => {
  for (const desk of open) await desk.close();
  for (const folder of [first, copy]) rmSync(folder, { recursive: true, force: true });
  stick.remove();
  await line.close();
  await hub.remove();
});

let runs = 0;
function start(folder: string, hardware: HardwareParts | null): TestDesk {
  const clock = testClock(new Date(hub.clock.now()).toISOString());
  const desk = openTestDesk({
    ...{ folder, clock, cityUrl: line.url, enrolled: false, seed: `twin-${++runs}` },
    ...(hardware && { hardware: async () => hardware }),
  });
  open.push(desk);
  return desk;
}
async function stop(desk: TestDesk): Promise<void> {
  await desk.close();
  open = open.filter((one) => one !== desk);
}
async function enrol(desk: TestDesk): Promise<void> {
  const code = await hub.createEnrolCode({ unit: '26743', role: 'head', name: 'Lê Thị Thử', demo: false });
  await desk.call('device.enrol', { url: line.url, code, deviceName: 'Máy thử' });
}
/** The first machine, with one dossier at the city and one that waits; then its folder on another disk. */
async function copied(): Promise<TestDesk> {
  const desk = start(first, HERE);
  await enrol(desk);
  await desk.call('dossier.receive', reception(id(1), 'birth'));
  await desk.call('sync.run', {});
  await desk.call('dossier.receive', reception(id(2), 'death'));
  await stop(desk);
  cpSync(first, copy, { recursive: true });
  return start(first, HERE);
}
const readOnly = async (desk: TestDesk) => (await desk.call('session.get', {})).readOnly;
const becomes = (desk: TestDesk, reason: 'hardware' | null) => expect.poll(() => readOnly(desk)).toBe(reason);
/** The judgement of this start stands. */
const judged = (desk: TestDesk) =>
  expect.poll(() => readMachineSetting(desk.desk.db, 'hardware')).not.toBeNull();
const receive = (desk: TestDesk, n: number) => desk.refusal('dossier.receive', reception(id(n), 'birth'));
const eventsAtCity = () =>
  rowsOf(hub.db, sql`select count(distinct id)::int as n from event`, z.object({ n: z.int() }));

test('the copy is read alone and says so; the first machine works on', async () => {
  const one = await copied();
  const two = start(copy, THERE);
  await becomes(two, 'hardware');
  expect(two.announced).toContainEqual({ announcement: 'changed', body: ['session'] });
  expect(await receive(two, 3)).toBe('DB_OTHER_MACHINE');
  expect(await two.refusal('sync.run', {})).toBe('DB_OTHER_MACHINE');
  expect(await two.refusal('device.enrol', { url: line.url, code: 'AAAA-AAAA', deviceName: 'x' })).toBe(
    'DB_OTHER_MACHINE',
  );
  expect(await two.call('dossier.index', everybody)).toHaveLength(2);
  await two.call('dossier.get', { id: id(1) });
  expect(deedsOf(two.desk.db)).toContain(`dossier.get ${id(1)}`);
  await judged(one);
  expect(await readOnly(one)).toBeNull();
  expect(await receive(one, 3)).toBe('OK');
});
test('what waits in the copy goes out by stick, and the city takes it', async () => {
  await copied();
  const two = start(copy, THERE);
  await becomes(two, 'hardware');
  expect(await two.call('courier.write', { place: stick.folder })).toMatchObject({ events: 1 });
  await carry(hub, stick);
  expect(await eventsAtCity()).toEqual([{ n: 2 }]);
});
test('it stays so at the next start, before anything is read; back on its own machine all is well', async () => {
  await copied();
  const two = start(copy, THERE);
  await becomes(two, 'hardware');
  await stop(two);
  const again = start(copy, null);
  expect(await readOnly(again)).toBe('hardware');
  await stop(again);
  const home = start(copy, HERE);
  await becomes(home, null);
});

describe('enrolled anew', () => {
  async function begun(two: TestDesk): Promise<TestDesk> {
    await two.call('machine.begin-anew', {});
    await stop(two);
    finishTaking(copy, 'set-aside/twin');
    const fresh = start(copy, THERE);
    await enrol(fresh);
    return fresh;
  }

  test('it is a machine of its own, has what the office has, and writes; both histories are at the city', async () => {
    const one = await copied();
    expect(await receive(one, 3)).toBe('OK');
    await one.call('sync.run', {});
    const two = start(copy, THERE);
    await becomes(two, 'hardware');
    const fresh = await begun(two);
    expect(await fresh.call('session.get', {})).toMatchObject({ enrolled: true, readOnly: null });
    await fresh.call('sync.run', {});
    expect(await fresh.call('dossier.index', everybody)).toHaveLength(3);
    expect(await receive(fresh, 4)).toBe('OK');
    for (const desk of [fresh, one])
      expect(await desk.call('sync.run', {})).toMatchObject({ lastError: null, waiting: 0, attention: 0 });
    expect(await one.call('dossier.index', everybody)).toHaveLength(4);
    const devices = await Promise.all([one, fresh].map((desk) => desk.call('session.get', {})));
    expect(new Set(devices.map((session) => session.device?.id)).size).toBe(2);
    // Nothing was deleted.
    expect(readdirSync(path.join(copy, 'set-aside/twin'))).toContain('desk.db');
    await judged(fresh);
    await stop(fresh);
    const later = start(copy, THERE);
    await judged(later);
    expect(await readOnly(later)).toBeNull();
  });
  test('what the copy alone holds reaches the city first, also where both wrote in the same place', async () => {
    const one = await copied();
    // Before its machine was known: as with a program of before this version.
    const two = start(copy, SILENT);
    expect(await receive(two, 5)).toBe('OK');
    await stop(two);
    expect(await receive(one, 3)).toBe('OK');
    await one.call('sync.run', {});
    const later = start(copy, THERE);
    await becomes(later, 'hardware');
    const fresh = await begun(later);
    await fresh.call('sync.run', {});
    expect(await fresh.call('dossier.index', everybody)).toHaveLength(4);
  });
  test('without a line it waits, unless all of it left by stick', async () => {
    await copied();
    const two = start(copy, THERE);
    await becomes(two, 'hardware');
    line.down();
    expect(await two.refusal('machine.begin-anew', {})).toBe('MACHINE_UNSENT');
    expect(existsSync(path.join(copy, 'taking-step'))).toBe(false);
    await two.call('courier.write', { place: stick.folder });
    expect(await two.refusal('machine.begin-anew', {})).toBe('OK');
    line.up();
    expect(deedsOf(two.desk.db).at(-1)).toBe('machine.begin-anew');
  });
  test('a machine on its own data is told that it need not', async () => {
    const one = await copied();
    await judged(one);
    expect(await one.refusal('machine.begin-anew', {})).toBe('MACHINE_SAME');
  });
});

describe('never locked', () => {
  test.each<[string, HardwareParts]>([
    ['a machine that says nothing', SILENT],
    ['one disk replaced', { ...HERE, disk: ['NEWDISK'] }],
    ['the board replaced', { ...HERE, board: ['NEWBOARD'] }],
    ['another board, and no word of the disk', { board: ['NEWBOARD'], disk: [] }],
  ])('%s', async (_, parts) => {
    await copied();
    let asked = false;
    const clock = testClock(new Date(hub.clock.now()).toISOString());
    const two = openTestDesk({
      ...{ folder: copy, clock, cityUrl: line.url, enrolled: false, seed: `twin-${++runs}` },
      hardware: async () => {
        asked = true;
        return parts;
      },
    });
    open.push(two);
    await expect.poll(() => asked).toBe(true);
    expect(await receive(two, 3)).toBe('OK');
    expect(await readOnly(two)).toBeNull();
  });
  test('a machine that is repaired piece by piece', async () => {
    await copied();
    for (const parts of [
      { ...HERE, disk: ['NEWDISK'] },
      { board: ['NEWBOARD'], disk: ['NEWDISK'] },
    ]) {
      const before = start(copy, parts);
      const text = readMachineSetting(before.desk.db, 'hardware');
      await expect.poll(() => readMachineSetting(before.desk.db, 'hardware')).not.toBe(text);
      expect(await readOnly(before)).toBeNull();
      await stop(before);
    }
  });
  test('the first start after the update remembers silently, whatever the machine', async () => {
    const desk = start(first, null);
    await enrol(desk);
    expect(readMachineSetting(desk.desk.db, 'hardware')).toBeNull();
    await stop(desk);
    const updated = start(first, THERE);
    await judged(updated);
    expect(await readOnly(updated)).toBeNull();
    const kept = readMachineSetting(updated.desk.db, 'hardware') ?? '';
    expect(kept).not.toContain('THERE');
    expect(JSON.parse(kept)).toMatchObject({
      elsewhere: null,
      board: [expect.stringMatching(/^[0-9a-f]{32}$/)],
    });
  });
  test('a disk that is copied before enrolment is nobody’s twin', async () => {
    const blank = start(first, HERE);
    await new Promise((done) => setTimeout(done, 50));
    await stop(blank);
    cpSync(first, copy, { recursive: true });
    const two = start(copy, THERE);
    await enrol(two);
    await judged(two);
    expect(await readOnly(two)).toBeNull();
    expect(await receive(two, 3)).toBe('OK');
  });
  test('a new PC that took over with the printed code, or whose keeper chose a backup, is the machine from then on', async () => {
    await copied();
    writeFileSync(path.join(copy, TAKEN_FILE), '');
    const two = start(copy, THERE);
    expect(await readOnly(two)).toBeNull();
    expect(await receive(two, 3)).toBe('OK');
    await expect.poll(() => readMachineSetting(two.desk.db, 'hardware')).not.toBeNull();
    await two.call('backup.make', {});
    const [backup] = (await two.call('backup.list', {})).filter((one) => one.where === 'here');
    await stop(two);
    const again = start(copy, THERE);
    await judged(again);
    expect(await readOnly(again)).toBeNull();
    await stop(again);
    const file = path.join(copy, 'backups', backup?.name ?? '');
    chooseRestore(copy, { file, at: backup?.at ?? '', by: null });
    const restored = start(copy, HERE);
    expect(await readOnly(restored)).toBeNull();
    expect(await receive(restored, 6)).toBe('OK');
  });
});
