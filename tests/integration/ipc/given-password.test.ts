/** A password that somebody else chose, as after a reset: it lets a person in as far as choosing another one. */
import { rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Gate } from '../../../electron/data/gate.ts';
import { ipc, type Method } from '../../../shared/contract/ipc/registry.ts';
import { must } from '../../../shared/lib/must.ts';
import { deedsOf } from '../../support/access.ts';
import { type TestClock, testClock } from '../../support/clock.ts';
import { callGate, codeOf, gateOn } from '../../support/gate-desk.ts';
import { cityNames as namedByCity } from '../../support/role-papers.ts';
import { openTestDesk } from '../../support/temp-desk.ts';

const FIRST = 'mây trắng trên đồi chè';
const OTHER = 'tàu thuỷ cập bến sớm';
const PIN = '274816';
const long = { id: '7d8f6c1e-4b2a-4f3c-9a51-2f6f1f0a9b11', name: 'Trần Văn Long', role: 'clerk' as const };
const others = (Object.keys(ipc) as Method[]).filter(
  (method) => !['gate', 'inner-gate', 'shell'].includes(ipc[method].kind),
);

let folder: string;
let clock: TestClock;
let me: string;
let open: Gate[];
beforeEach(async () => {
  clock = testClock();
  open = [];
  const desk = openTestDesk({ clock, role: 'head' });
  folder = desk.folder;
  me = must((await desk.call('session.get', {})).actor, 'actor').id;
  await desk.close();
});
afterEach(async () => {
  for (const gate of open) await gate.close();
  rmSync(folder, { recursive: true, force: true });
});

const machine = () => ({
  ...{ folder, clock },
  report: (ref: string, error: unknown) => {
    throw new Error(ref, { cause: error });
  },
});
function gateOf(): Gate {
  const gate = gateOn(machine());
  open = [gate];
  return gate;
}
async function restarted(gate: Gate): Promise<Gate> {
  await gate.close();
  return gateOf();
}
const phase = async (gate: Gate) => (await callGate(gate, 'account.state', {})).phase;
function cityNames(gate: Gate): void {
  const { desk } = must(gate.opened(), 'open store');
  namedByCity(desk, [{ id: me, name: 'Lê Thị Thử', role: 'head' }, long]);
}
async function withLong(): Promise<Gate> {
  const gate = gateOf();
  await callGate(gate, 'account.choose', { password: FIRST });
  cityNames(gate);
  await callGate(gate, 'account.add', { id: long.id, password: OTHER });
  return gate;
}

test('whose password the head has set anew chooses his own before anything else, offline; both are in the log', async () => {
  const given = 'gió mùa đông bắc về';
  const own = 'bờ tre xanh mát rượi';
  let gate = await withLong();
  await callGate(gate, 'account.set-pin', { pin: PIN });
  await callGate(gate, 'account.add', { id: long.id, password: given });
  await callGate(gate, 'account.lock', {});
  expect((await callGate(gate, 'account.sign-in', { id: long.id, password: given })).phase).toBe('renew');
  for (const method of others.filter((one) => one !== 'sync.run'))
    expect(await codeOf(gate, method, {}), method).toBe('PASSWORD_GIVEN');
  for (const [method, input] of [
    ['account.set-pin', { pin: PIN }],
    ['account.set-idle', { minutes: 5 }],
    ['account.new-recovery', { password: given }],
    ['account.add', { id: me, password: own }],
    ['account.remove', { id: me }],
  ] as const)
    expect(await codeOf(gate, method, input), method).toBe('PASSWORD_GIVEN');
  // Neither a lock nor a restart lets him off, nor the same password once more.
  await callGate(gate, 'account.lock', {});
  gate = await restarted(gate);
  expect((await callGate(gate, 'account.sign-in', { id: long.id, password: given })).phase).toBe('renew');
  expect(await codeOf(gate, 'account.change', { before: null, password: given })).toBe('PASSWORD_SAME');
  expect(await codeOf(gate, 'account.change', { before: null, password: 'ngắn' })).toBe('PASSWORD_WEAK');
  expect(await phase(gate)).toBe('renew');
  await callGate(gate, 'account.change', { before: null, password: own });
  expect(await phase(gate)).toBe('open');
  expect((await callGate(gate, 'session.get', {})).actor?.id).toBe(long.id);
  const { db } = must(gate.opened(), 'open store').desk;
  expect(deedsOf(db).filter((one) => /reset|change/.test(one))).toEqual([
    `account.reset ${long.id}`,
    `account.change ${long.id}`,
  ]);
  gate = await restarted(gate);
  expect(await codeOf(gate, 'account.sign-in', { id: long.id, password: given })).toBe('PASSWORD_WRONG');
  expect((await callGate(gate, 'account.sign-in', { id: long.id, password: own })).phase).toBe('open');
  expect(await codeOf(gate, 'account.change', { before: null, password: given })).toBe('PASSWORD_WRONG');
});

test('a run without a window does nothing by a password that somebody else has chosen', async () => {
  const before = await withLong();
  const given = 'gió mùa đông bắc về';
  await callGate(before, 'account.add', { id: long.id, password: given });
  await before.close();
  const gate = gateOn({ ...machine(), headless: true, given: { password: given, name: long.name } });
  open = [gate];
  await gate.signInGiven();
  expect(await codeOf(gate, 'sync.state', {})).toBe('PASSWORD_GIVEN');
});

test('whoever sets his own anew, or comes in by the printed code, is asked for nothing more', async () => {
  const first = gateOf();
  const { recovery } = await callGate(first, 'account.choose', { password: FIRST });
  cityNames(first);
  await callGate(first, 'account.add', { id: long.id, password: OTHER });
  await callGate(first, 'account.add', { id: me, password: OTHER });
  await callGate(first, 'account.add', { id: long.id, password: 'gió mùa đông bắc về' });
  const gate = await restarted(first);
  expect((await callGate(gate, 'account.sign-in', { id: me, password: OTHER })).phase).toBe('open');
  await callGate(gate, 'account.lock', {});
  await callGate(gate, 'account.recover', { code: recovery, id: long.id, password: FIRST });
  expect(await phase(gate)).toBe('open');
});
