/** The disk or the whole PC is gone: what lies at the second place, and the printed code, are all that is left. */
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { finishTaking } from '../../../db/backup/take.ts';
import { noOsWrap } from '../../../db/key-slots.ts';
import { currentStream } from '../../../db/queries/stream.ts';
import { verifyDesk } from '../../../db/rebuild.ts';
import { type Gate, makeGate } from '../../../electron/data/gate.ts';
import { randomIds, startDesk } from '../../../electron/data/start-desk.ts';
import type { Input, Method, Output } from '../../../shared/contract/ipc/registry.ts';
import { must } from '../../../shared/lib/must.ts';
import { type TestClock, testClock } from '../../support/clock.ts';
import { reception } from '../../support/forms.ts';
import { MIGRATIONS, openTestDesk, tempFolder } from '../../support/temp-desk.ts';

const PASSWORD = 'mây trắng trên đồi chè';
const cost = { memoryKiB: 64, passes: 1 };

let clock: TestClock;
let old: string;
let disk: string;
let fresh: string;
let open: Gate[];
beforeEach(async () => {
  clock = testClock();
  open = [];
  [disk, fresh] = [tempFolder('disk'), tempFolder('fresh')];
  const desk = openTestDesk({ clock, role: 'head' });
  old = desk.folder;
  await desk.close();
});
afterEach(async () => {
  for (const gate of open) await gate.close();
  for (const folder of [old, disk, fresh]) rmSync(folder, { recursive: true, force: true });
});

function machine(folder: string): Gate {
  const shared = { folder, clock, announce: () => undefined, report };
  const gate = makeGate({
    ...{ ...shared, os: noOsWrap, cost, headless: false, given: null },
    start: (keys, who) =>
      startDesk({
        ...{ ...shared, keys, who, ids: randomIds, migrationsFolder: MIGRATIONS },
        // Each folder stands for a PC of its own.
        hardware: async () => ({ board: [`board of ${folder}`], disk: [`disk of ${folder}`] }),
        ...{ version: '0', cityUrl: 'http://127.0.0.1:1', cityUrlForced: false, demo: false, program: [] },
      }),
  });
  open.push(gate);
  return gate;
}
const report = (ref: string, error: unknown) => {
  throw new Error(ref, { cause: error });
};
async function call<M extends Method>(gate: Gate, method: M, input: Input<M>): Promise<Output<M>> {
  const reply = await gate.dispatch(method, input);
  if (!reply.ok) throw new Error(`${method}: ${reply.problem.code}`);
  return reply.value as Output<M>;
}
async function refusal(gate: Gate, method: Method, input: unknown): Promise<string> {
  const reply = await gate.dispatch(method, input);
  return reply.ok ? 'OK' : reply.problem.code;
}
const dbOf = (gate: Gate) => must(gate.opened(), 'open store').desk.db;
const dossiers = (gate: Gate) => dbOf(gate).$client.prepare('SELECT count(*) FROM dossier').pluck().get();
const receive = (gate: Gate) =>
  call(gate, 'dossier.receive', reception(randomIds.uuid(), 'birth', { 'child.fullName': 'Quỳnh Canary' }));
const carried = (gate: Gate) =>
  expect
    .poll(async () => (await call(gate, 'backup.state', {})).second, { timeout: 20_000 })
    .toMatchObject({ behind: false, journal: expect.any(String) });
const idle = (gate: Gate) =>
  expect.poll(async () => (await call(gate, 'backup.state', {})).running, { timeout: 30_000 }).toBe(false);
const own = () => path.join(disk, readdirSync(disk).find((name) => name.startsWith('so-mot-cua-may-')) ?? '');

/** A machine with a second place, a backup there, and work after it; answers with its printed code. */
async function worked(): Promise<{ gate: Gate; code: string }> {
  const gate = machine(old);
  const { recovery: code } = await call(gate, 'account.choose', { password: PASSWORD });
  await receive(gate);
  await call(gate, 'backup.set-place', { place: disk });
  await idle(gate);
  await call(gate, 'backup.make', {});
  await receive(gate);
  await call(gate, 'draft.save', {
    id: randomIds.uuid(),
    chain: 'birth',
    values: { 'child.fullName': 'Nháp' },
  });
  await carried(gate);
  return { gate, code };
}
/** The new machine as the window finds it after the copies were chosen. */
async function takenOver(): Promise<Gate> {
  const before = machine(fresh);
  const [found] = await call(before, 'backup.find-old', { place: disk });
  await call(before, 'backup.take-old', { name: must(found, 'copies').name });
  await before.close();
  open = open.filter((one) => one !== before);
  return machine(fresh);
}

test('while somebody works, every commit reaches the second place a moment later; nothing there can be read', async () => {
  await worked();
  const at = own();
  expect(readdirSync(at).sort()).toEqual(
    expect.arrayContaining(['desk.key-check', 'journal', 'keys', expect.stringMatching(/-asked\.db$/)]),
  );
  expect(readdirSync(path.join(at, 'keys'))).toEqual(['recovery.slot']);
  for (const name of readdirSync(path.join(at, 'journal')))
    expect(readFileSync(path.join(at, 'journal', name), 'hex'), name).toBe(
      readFileSync(path.join(old, 'journal', name), 'hex'),
    );
  for (const name of readdirSync(at, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()))
    expect(readFileSync(path.join(name.parentPath, name.name)).includes('Canary')).toBe(false);
});

test('a stick that was pulled out and comes back gets what it missed', async () => {
  const { gate } = await worked();
  renameSync(disk, `${disk}-out`);
  await receive(gate);
  expect(await call(gate, 'backup.make', {})).toMatchObject({ problem: { code: 'BACKUP_PLACE_MISSING' } });
  renameSync(`${disk}-out`, disk);
  await call(gate, 'backup.set-place', { place: disk });
  await idle(gate);
  await carried(gate);
  const names = readdirSync(path.join(own(), 'journal')).filter((name) => name.endsWith('.journal'));
  expect(names).toEqual(readdirSync(path.join(old, 'journal')).filter((name) => name.endsWith('.journal')));
  expect((await call(gate, 'backup.state', {})).second?.newest).toBe(
    (await call(gate, 'backup.state', {})).newest,
  );
});

test('two machines share one stick and keep out of each other’s copies', async () => {
  const { gate } = await worked();
  const other = machine(fresh);
  await call(other, 'backup.set-place', { place: disk });
  await idle(other);
  await call(other, 'backup.make', {});
  expect(readdirSync(disk)).toHaveLength(2);
  expect((await call(gate, 'backup.list', {})).filter((row) => row.where === 'second')).toHaveLength(1);
  expect((await call(other, 'backup.list', {})).filter((row) => row.where === 'second')).toHaveLength(1);
});

const ASIDE = path.join('set-aside', 'thử');
function countSteps(staged: string): number {
  const copy = `${staged}-counted`;
  cpSync(staged, copy, { recursive: true });
  let steps = 0;
  finishTaking(copy, ASIDE, () => void steps++);
  rmSync(copy, { recursive: true });
  return steps;
}
function cutAt(folder: string, cut: number): void {
  let steps = 0;
  const power = () => {
    if (steps++ === cut) throw new Error('power cut');
  };
  expect(() => finishTaking(folder, ASIDE, power)).toThrow('power cut');
}

describe('a new PC', () => {
  test('goes on with all that was written, after the printed code and a new password, in a stream of its own', async () => {
    const { gate, code } = await worked();
    const stream = currentStream(dbOf(gate));
    // The disk is gone with what lay on it: nobody closed anything.
    rmSync(path.join(old, 'desk.db'));
    const next = await takenOver();
    expect((await call(next, 'account.state', {})).phase).toBe('signIn');
    expect(await refusal(next, 'session.get', {})).toBe('SIGN_IN_NEEDED');
    expect(
      await refusal(next, 'account.recover', { code: '1'.repeat(48), id: null, password: PASSWORD }),
    ).not.toBe('OK');
    await call(next, 'account.recover', { code, id: null, password: 'tàu thuỷ cập bến sớm' });
    expect(dossiers(next)).toBe(2);
    expect((await call(next, 'draft.list', {})).length).toBe(1);
    expect((await call(next, 'backup.state', {})).recovery).toMatchObject({ kind: 'rebuilt', lost: 0 });
    expect(currentStream(dbOf(next))).not.toBe(stream);
    expect(verifyDesk(dbOf(next)).problems).toEqual([]);
    await receive(next);
    expect(dossiers(next)).toBe(3);
    // What that machine had of its own is kept aside.
    expect(readdirSync(path.join(fresh, 'set-aside')).length).toBeGreaterThan(0);
  });
  test('says how much is missing where the last moments never reached the other disk', async () => {
    const { code } = await worked();
    const journal = path.join(own(), 'journal');
    const last = must(
      readdirSync(journal)
        .filter((name) => name.endsWith('.journal'))
        .sort()
        .at(-1),
      'segment',
    );
    const bytes = readFileSync(path.join(journal, last));
    rmSync(path.join(journal, last));
    appendFileSync(path.join(journal, last), bytes.subarray(0, bytes.length - 40));
    const next = await takenOver();
    await call(next, 'account.recover', { code, id: null, password: PASSWORD });
    expect((await call(next, 'backup.state', {})).recovery).toMatchObject({ kind: 'rebuilt', lost: 1 });
    expect(dossiers(next)).toBe(2);
  });
  test('that has data of its own, a folder without copies, copies without the code: refused, nothing changes', async () => {
    const { gate } = await worked();
    expect(await refusal(gate, 'backup.find-old', { place: disk })).toBe('OLD_STORE_NOT_EMPTY');
    expect(await refusal(gate, 'backup.take-old', { name: '' })).toBe('OLD_STORE_NOT_EMPTY');
    const next = machine(fresh);
    expect(await call(next, 'backup.find-old', { place: fresh })).toMatchObject([
      { backups: 0, reachesTo: null, code: false },
    ]);
    expect(await refusal(next, 'backup.take-old', { name: '../elsewhere' })).toBe('OLD_STORE_EMPTY');
    const empty = path.join(disk, 'trống');
    mkdirSync(empty);
    expect(await call(next, 'backup.find-old', { place: empty })).toEqual([]);
    rmSync(path.join(own(), 'keys'), { recursive: true });
    const [found] = await call(next, 'backup.find-old', { place: disk });
    expect(found).toMatchObject({ code: false });
    expect(await refusal(next, 'backup.take-old', { name: must(found, 'copies').name })).toBe(
      'OLD_STORE_NO_CODE',
    );
    expect((await call(next, 'account.state', {})).phase).toBe('unenrolled');
    expect(statSync(path.join(fresh, 'desk.db')).size).toBeGreaterThan(0);
  });
  test('whose exchange is cut at any step ends with the same data', async () => {
    const { gate, code } = await worked();
    await gate.close();
    open = [];
    const before = machine(fresh);
    const [found] = await call(before, 'backup.find-old', { place: disk });
    await call(before, 'backup.take-old', { name: must(found, 'copies').name });
    await before.close();
    open = [];
    const staged = `${fresh}-staged`;
    renameSync(fresh, staged);
    const steps = countSteps(staged);
    expect(steps).toBeGreaterThan(8);
    for (let cut = 0; cut < steps; cut++) {
      rmSync(fresh, { recursive: true, force: true });
      cpSync(staged, fresh, { recursive: true });
      cutAt(fresh, cut);
      const next = machine(fresh);
      await call(next, 'account.recover', { code, id: null, password: PASSWORD });
      expect(dossiers(next), `cut at step ${cut}`).toBe(2);
      await next.close();
      open = [];
    }
    rmSync(staged, { recursive: true });
  });
});
