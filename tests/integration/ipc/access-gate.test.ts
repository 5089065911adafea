/** What the access log notes of signing in, passwords and people. */
import { rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { noOsWrap } from '../../../db/key-slots.ts';
import { type Gate, makeGate } from '../../../electron/data/gate.ts';
import { randomIds, startDesk } from '../../../electron/data/start-desk.ts';
import type { Input, Method, Output } from '../../../shared/contract/ipc/registry.ts';
import { must } from '../../../shared/lib/must.ts';
import { accessEntries, deedsOf } from '../../support/access.ts';
import { type TestClock, testClock } from '../../support/clock.ts';
import { cityNames } from '../../support/role-papers.ts';
import { MIGRATIONS, openTestDesk } from '../../support/temp-desk.ts';

const FIRST = 'mây trắng trên đồi chè';
const OTHER = 'tàu thuỷ cập bến sớm';
const NEW = 'cánh đồng lúa chín vàng';
const PIN = '274816';
const long = { id: '7d8f6c1e-4b2a-4f3c-9a51-2f6f1f0a9b11', name: 'Trần Văn Long', role: 'clerk' as const };
let folder: string;
let clock: TestClock;
let me: string;
let gate: Gate;

beforeEach(async () => {
  clock = testClock();
  const desk = openTestDesk({ clock, role: 'head' });
  folder = desk.folder;
  me = must((await desk.call('session.get', {})).actor, 'actor').id;
  await desk.close();
  gate = openGate();
  await call('account.choose', { password: FIRST });
  cityNames({ db: db() }, [{ id: me, name: 'Lê Thị Thử', role: 'head' }, long]);
});
afterEach(async () => {
  await gate.close();
  rmSync(folder, { recursive: true, force: true });
});
const report = (ref: string, error: unknown) => {
  throw new Error(ref, { cause: error });
};
function openGate(): Gate {
  const shared = { folder, clock, report, announce: () => undefined };
  return makeGate({
    ...shared,
    ...{ os: noOsWrap, cost: { memoryKiB: 64, passes: 1 }, headless: false, given: null },
    start: (keys, who) =>
      startDesk({
        ...{ ...shared, keys, who, ids: randomIds, migrationsFolder: MIGRATIONS },
        ...{ version: '0', cityUrl: 'http://127.0.0.1:1', cityUrlForced: false, demo: false, program: [] },
      }),
  });
}
async function call<M extends Method>(method: M, input: Input<M>): Promise<Output<M>> {
  const reply = await gate.dispatch(method, input);
  if (!reply.ok) throw new Error(`${method}: ${reply.problem.code}`);
  return reply.value as Output<M>;
}
async function refusal(method: Method, input: unknown): Promise<string> {
  const reply = await gate.dispatch(method, input);
  return reply.ok ? 'OK' : reply.problem.code;
}
const db = () => must(gate.opened(), 'open store').desk.db;
const deeds = () => deedsOf(db());
const last = () => must(accessEntries(db()).at(-1), 'entry');
const actors = () => accessEntries(db()).map((entry) => entry.actor?.id ?? null);
async function restarted(): Promise<void> {
  await gate.close();
  gate = openGate();
}

test('the first password, signing in, locking', async () => {
  await call('account.lock', {});
  await call('account.lock', {});
  await call('account.sign-in', { id: me, password: FIRST });
  expect(deeds()).toEqual(['log.begin', `account.choose ${me}`, 'account.lock', `account.sign-in ${me}`]);
  expect(actors()).toEqual([null, me, me, me]);
});
test('wrong passwords at a closed store are said by the next one who comes in', async () => {
  await restarted();
  expect(await refusal('account.sign-in', { id: me, password: OTHER })).toBe('PASSWORD_WRONG');
  clock.advance(400_000);
  expect(await refusal('account.sign-in', { id: me, password: OTHER })).toBe('PASSWORD_WRONG');
  clock.advance(400_000);
  await call('account.sign-in', { id: me, password: FIRST });
  expect(last()).toMatchObject({ action: 'account.sign-in', outcome: 'done', facts: { wrong: 2 } });
});
test("a wrong password at an open store is noted at once, as nobody's", async () => {
  await call('account.lock', {});
  expect(await refusal('account.sign-in', { id: me, password: OTHER })).toBe('PASSWORD_WRONG');
  expect(last()).toMatchObject({
    ...{ action: 'account.sign-in', outcome: 'refused', actor: null, facts: { wrong: 1 } },
    subject: { kind: 'person', id: me },
  });
});
test('a PIN: chosen, used, wrong, taken off', async () => {
  await call('account.set-pin', { pin: PIN });
  await call('account.lock', {});
  expect(await refusal('account.sign-in-by-pin', { id: me, pin: '159357' })).toBe('PIN_WRONG');
  await call('account.sign-in-by-pin', { id: me, pin: PIN });
  await call('account.set-pin', { pin: null });
  expect(deeds().slice(2)).toEqual([
    `account.set-pin ${me}`,
    'account.lock',
    `!account.sign-in-by-pin ${me}`,
    `account.sign-in-by-pin ${me}`,
    `account.set-pin ${me}`,
  ]);
  expect(JSON.stringify(accessEntries(db()))).not.toMatch(/274816|159357/);
});
test('a person let in, given a new password, removed: by whom, and of whom', async () => {
  await call('account.add', { id: long.id, password: OTHER });
  await call('account.add', { id: long.id, password: NEW });
  await call('account.remove', { id: long.id });
  expect(deeds().slice(2)).toEqual([
    `account.add ${long.id}`,
    `account.reset ${long.id}`,
    `account.remove ${long.id}`,
  ]);
  expect(actors().slice(2)).toEqual([me, me, me]);
});
test('whose password was reset is told by whom at the next sign-in, and no longer at the one after; a try that was refused is not told', async () => {
  await call('account.add', { id: long.id, password: OTHER });
  await call('account.lock', {});
  await call('account.sign-in', { id: long.id, password: OTHER });
  expect(await refusal('account.add', { id: me, password: NEW })).toBe('FORBIDDEN');
  await call('account.lock', {});
  await call('account.sign-in', { id: me, password: FIRST });
  expect(await call('access.about-me', {})).toEqual([]);
  await call('account.add', { id: long.id, password: NEW });
  const told = [{ action: 'account.reset', by: 'Lê Thị Thử', why: null, at: expect.any(String) }];
  for (const [password, said] of [
    [NEW, told],
    [OTHER, []],
  ] as const) {
    await call('account.lock', {});
    await call('account.sign-in', { id: long.id, password });
    if (password === NEW) await call('account.change', { before: null, password: OTHER });
    expect(await call('access.about-me', {})).toEqual(said);
  }
});
test('a clerk who tries to give or take away a password is refused, and that is noted', async () => {
  await call('account.add', { id: long.id, password: OTHER });
  await call('account.lock', {});
  await call('account.sign-in', { id: long.id, password: OTHER });
  expect(await refusal('account.add', { id: me, password: NEW })).toBe('FORBIDDEN');
  expect(await refusal('account.remove', { id: me })).toBe('FORBIDDEN');
  expect(deeds().slice(-2)).toEqual([`!account.reset ${me}`, `!account.remove ${me}`]);
  expect(actors().slice(-2)).toEqual([long.id, long.id]);
});
test('a password changed, the printed code made anew and used', async () => {
  await call('account.change', { before: FIRST, password: NEW });
  expect(await refusal('account.change', { before: FIRST, password: OTHER })).toBe('PASSWORD_WRONG');
  clock.advance(400_000);
  const { recovery } = await call('account.new-recovery', { password: NEW });
  await restarted();
  await call('account.recover', { code: recovery, id: me, password: OTHER });
  expect(deeds().slice(2)).toEqual([
    `account.change ${me}`,
    `!account.change ${me}`,
    `account.new-recovery ${me}`,
    `account.recover ${me}`,
  ]);
  expect(last().actor).toBeNull();
  expect(JSON.stringify(accessEntries(db()))).not.toMatch(/\d{6}-\d{6}|lúa|thuỷ/);
});
test('the time until the lock is a setting of the machine', async () => {
  await call('account.set-idle', { minutes: 5 });
  expect(last()).toMatchObject({ action: 'account.set-idle', facts: { minutes: 5 } });
});
