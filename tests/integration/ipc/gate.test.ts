/** The gate before a real store: sign-in, delays, lock, switching, recovery, and who acts afterwards. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { noOsWrap } from '../../../db/key-slots.ts';
import { type Gate, makeGate } from '../../../electron/data/gate.ts';
import { randomIds, type StartedDesk, startDesk } from '../../../electron/data/start-desk.ts';
import type { AccountState } from '../../../shared/contract/ipc/account.ts';
import type { Input, Method, Output } from '../../../shared/contract/ipc/registry.ts';
import { ipc } from '../../../shared/contract/ipc/registry.ts';
import { PASSWORD_TRIES, PIN_TRIES, waitAfter } from '../../../shared/domain/sign-in.ts';
import { roles } from '../../../shared/domain/verbs.ts';
import { must } from '../../../shared/lib/must.ts';
import { type TestClock, testClock } from '../../support/clock.ts';
import { type Holder, cityNames as namedByCity } from '../../support/role-papers.ts';
import { MIGRATIONS, openTestDesk } from '../../support/temp-desk.ts';

const FIRST = 'mây trắng trên đồi chè';
const OTHER = 'tàu thuỷ cập bến sớm';
const PIN = '274816';
const cost = { memoryKiB: 64, passes: 1 };

let folder: string;
let clock: TestClock;
let me: string;
let open: Gate[];
/** A machine that is enrolled and has no password yet, as the enrolment or an older program leaves it. */
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

const announced: unknown[] = [];
function gateOf(extra: { headless?: boolean; given?: { password: string; name: string | null } } = {}): Gate {
  const shared = { folder, clock, announce: (_: unknown, body: unknown) => announced.push(body), report };
  const gate = makeGate({
    ...shared,
    ...{ os: noOsWrap, cost, headless: extra.headless ?? false, given: extra.given ?? null },
    start: (keys, who): StartedDesk =>
      startDesk({
        ...{ ...shared, keys, who, ids: randomIds, migrationsFolder: MIGRATIONS },
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
const phase = async (gate: Gate): Promise<AccountState['phase']> =>
  (await call(gate, 'account.state', {})).phase;
async function again(gate: Gate): Promise<Gate> {
  await gate.close();
  open = open.filter((one) => one !== gate);
  return gateOf();
}
const long = { id: '7d8f6c1e-4b2a-4f3c-9a51-2f6f1f0a9b11', name: 'Trần Văn Long', role: 'clerk' as const };
/** What the next greeting of the city brings. */
function cityNames(gate: Gate, ...people: readonly Holder[]): void {
  const { desk } = must(gate.opened(), 'open store');
  namedByCity(desk, [{ id: me, name: 'Lê Thị Thử', role: 'head' }, ...people]);
}
async function chosen(): Promise<Gate> {
  const gate = gateOf();
  await call(gate, 'account.choose', { password: FIRST });
  return gate;
}
async function withLong(): Promise<Gate> {
  const gate = await chosen();
  cityNames(gate, long);
  await call(gate, 'account.add', { id: long.id, password: OTHER });
  return gate;
}

test('before the first password nothing but choosing it is open; afterwards the plain key file is gone', async () => {
  const gate = gateOf();
  expect(await phase(gate)).toBe('choose');
  expect(await refusal(gate, 'session.get', {})).toBe('SIGN_IN_NEEDED');
  expect(existsSync(path.join(folder, 'desk.key'))).toBe(true);
  expect(await refusal(gate, 'account.choose', { password: 'ngắn quá' })).toBe('PASSWORD_WEAK');
  const { recovery } = await call(gate, 'account.choose', { password: FIRST });
  expect(recovery).toMatch(/^(\d{6}-){7}\d{6}$/);
  expect(await phase(gate)).toBe('open');
  expect(existsSync(path.join(folder, 'desk.key'))).toBe(false);
  expect(await refusal(gate, 'account.choose', { password: OTHER })).toBe('PASSWORD_SET');
});

const others = (Object.keys(ipc) as Method[]).filter(
  (method) => !['gate', 'inner-gate', 'shell'].includes(ipc[method].kind),
);
test('a closed store and a locked desk answer nothing to any call; only sending goes on behind the lock', async () => {
  const before = await chosen();
  await call(before, 'account.lock', {});
  expect(await phase(before)).toBe('locked');
  for (const method of others.filter((one) => one !== 'sync.run'))
    expect(await refusal(before, method, {}), method).toBe('SIGN_IN_NEEDED');
  expect(await refusal(before, 'sync.run', {})).toBe('OK');
  const gate = await again(before);
  expect(await phase(gate)).toBe('signIn');
  for (const method of others) expect(await refusal(gate, method, {}), method).toBe('SIGN_IN_NEEDED');
});

test('sign-in opens the same data; a wrong password says so and nothing else', async () => {
  const before = await chosen();
  await call(before, 'draft.save', { id: draftId, chain: 'birth', values: { 'child.fullName': 'Bé' } });
  const gate = await again(before);
  expect(await refusal(gate, 'account.sign-in', { id: me, password: OTHER })).toBe('PASSWORD_WRONG');
  const state = await call(gate, 'account.sign-in', { id: me, password: FIRST });
  expect(state.actor).toEqual({ id: me, name: 'Lê Thị Thử' });
  expect(await call(gate, 'draft.list', {})).toHaveLength(1);
});
const draftId = '0b0f3c52-5b1e-4b9e-8a55-6f2f0f7d1c01';

test('each further wrong password costs a longer wait, which neither a restart nor a clock shortens', async () => {
  let gate = await again(await chosen());
  for (let wrong = 1; wrong <= 5; wrong++) {
    clock.advance(waitAfter(wrong - 1) * 1_000);
    expect(await refusal(gate, 'account.sign-in', { id: me, password: OTHER }), `${wrong}`).toBe(
      'PASSWORD_WRONG',
    );
  }
  expect(waitAfter(5)).toBe(4);
  expect(await refusal(gate, 'account.sign-in', { id: me, password: FIRST })).toBe('PASSWORD_WAIT');
  // Only the wall clock moves: ten years on, then back.
  clock.set('2036-11-20T02:30:00Z');
  expect(await refusal(gate, 'account.sign-in', { id: me, password: FIRST })).toBe('PASSWORD_WAIT');
  clock.set('2016-11-20T02:30:00Z');
  gate = await again(gate);
  expect((await call(gate, 'account.state', {})).people[0]?.waitS).toBe(4);
  expect(await refusal(gate, 'account.sign-in', { id: me, password: FIRST })).toBe('PASSWORD_WAIT');
  clock.advance(4_000);
  expect(await refusal(gate, 'account.sign-in', { id: me, password: FIRST })).toBe('OK');
});

test.each([
  ['taken away', (file: string) => rmSync(file)],
  ['half written', (file: string) => writeFileSync(file, readFileSync(file, 'utf8').slice(0, 9))],
  ['set to less than nothing', (file: string) => writeFileSync(file, '{"v":1,"failures":{"x":-5}}')],
])('a count of wrong passwords that was %s is the longest wait', async (_how, bend) => {
  const before = await chosen();
  await before.close();
  open = [];
  bend(path.join(folder, 'keys', 'tries.json'));
  const gate = gateOf();
  expect((await call(gate, 'account.state', {})).people[0]).toMatchObject({ waitS: 300, locked: false });
  expect(await refusal(gate, 'account.sign-in', { id: me, password: FIRST })).toBe('PASSWORD_WAIT');
  clock.advance(300_000);
  expect(await refusal(gate, 'account.sign-in', { id: me, password: FIRST })).toBe('OK');
});

test('after twenty wrong passwords only the head or the printed code opens the account; the colleague is not locked out', async () => {
  const gate = await again(await withLong());
  for (let wrong = 0; wrong < PASSWORD_TRIES; wrong++) {
    clock.advance(300_000);
    await refusal(gate, 'account.sign-in', { id: long.id, password: FIRST });
  }
  clock.advance(300_000);
  expect(await refusal(gate, 'account.sign-in', { id: long.id, password: OTHER })).toBe('PASSWORD_LOCKED');
  expect(await refusal(gate, 'account.sign-in', { id: me, password: FIRST })).toBe('OK');
  const fresh = 'gió mùa đông bắc về';
  expect(await refusal(gate, 'account.add', { id: long.id, password: fresh })).toBe('OK');
  expect(await refusal(gate, 'account.sign-in', { id: long.id, password: fresh })).toBe('OK');
});

test('whoever signs in acts: his name stands in what he writes, his drafts are his, his role decides', async () => {
  const gate = await withLong();
  await call(gate, 'draft.save', { id: draftId, chain: 'birth', values: { 'child.fullName': 'Bé' } });
  await call(gate, 'account.lock', {});
  await call(gate, 'account.sign-in', { id: long.id, password: OTHER });
  expect((await call(gate, 'session.get', {})).actor).toEqual(long);
  expect(await call(gate, 'draft.list', {})).toEqual([]);
  expect(await call(gate, 'draft.get', { id: draftId })).toBeNull();
  const correct = { kind: 'holiday', key: '2026-12-24', value: null, reason: 'x' };
  expect(await refusal(gate, 'catalogue.correct', correct)).not.toBe('OK');
  const target = { source: 'x', from: '2026-01-01' };
  expect(await refusal(gate, 'target.set', target)).not.toBe('OK');
  expect(await refusal(gate, 'account.remove', { id: me })).toBe('FORBIDDEN');
  expect(await refusal(gate, 'account.add', { id: me, password: 'gió mùa đông bắc về' })).toBe('FORBIDDEN');
});

test('somebody whom the city does not name any more reads, and writes nothing', async () => {
  const gate = await withLong();
  cityNames(gate);
  await call(gate, 'account.lock', {});
  await call(gate, 'account.sign-in', { id: long.id, password: OTHER });
  expect((await call(gate, 'session.get', {})).actor?.name).toBe('Trần Văn Long');
  expect(await refusal(gate, 'day.close', { day: '2026-11-20', notes: [] })).not.toBe('OK');
  expect((await call(gate, 'sync.state', {})).accountKnown).toBe(false);
});

test('a PIN switches after the password of the day, and not before it, after midnight, after five slips or a restart', async () => {
  let gate = await withLong();
  for (const weak of ['12345', '111111', '123456', '654321', '123123', 'abcdef', '１２３４５６'])
    expect(await refusal(gate, 'account.set-pin', { pin: weak }), weak).toBe('PIN_WEAK');
  await call(gate, 'account.set-pin', { pin: PIN });
  await call(gate, 'account.lock', {});
  expect(await refusal(gate, 'account.sign-in-by-pin', { id: long.id, pin: PIN })).toBe('PIN_NOT_NOW');
  await call(gate, 'account.sign-in-by-pin', { id: me, pin: PIN });
  expect(await phase(gate)).toBe('open');

  await call(gate, 'account.lock', {});
  for (let slip = 1; slip <= PIN_TRIES; slip++)
    expect(await refusal(gate, 'account.sign-in-by-pin', { id: me, pin: '000000' })).toBe('PIN_WRONG');
  expect(await refusal(gate, 'account.sign-in-by-pin', { id: me, pin: PIN })).toBe('PIN_NOT_NOW');
  await call(gate, 'account.sign-in', { id: me, password: FIRST });
  await call(gate, 'account.lock', {});
  clock.advance(86_400_000);
  expect(await refusal(gate, 'account.sign-in-by-pin', { id: me, pin: PIN })).toBe('PIN_NOT_NOW');

  gate = await again(gate);
  expect(await refusal(gate, 'account.sign-in-by-pin', { id: me, pin: PIN })).toBe('SIGN_IN_NEEDED');
});

test('a password changes without a network: the old one opens no more, the others open as before', async () => {
  const changed = await withLong();
  const fresh = 'gió mùa đông bắc về';
  expect(await refusal(changed, 'account.change', { before: OTHER, password: fresh })).toBe('PASSWORD_WRONG');
  expect(await refusal(changed, 'account.change', { before: FIRST, password: 'Lê Thị Thử' })).toBe(
    'PASSWORD_WEAK',
  );
  await call(changed, 'account.change', { before: FIRST, password: fresh });
  const gate = await again(changed);
  expect(await refusal(gate, 'account.sign-in', { id: me, password: FIRST })).toBe('PASSWORD_WRONG');
  expect(await refusal(gate, 'account.sign-in', { id: long.id, password: OTHER })).toBe('OK');
  expect(await refusal(gate, 'account.sign-in', { id: me, password: fresh })).toBe('OK');
});

test('the printed code opens once, gives a new password and a new code; a slip in it names its group', async () => {
  const first = gateOf();
  const { recovery } = await call(first, 'account.choose', { password: FIRST });
  const gate = await again(first);
  const slip = `${recovery.slice(0, 7)}${recovery[7] === '1' ? '2' : '1'}${recovery.slice(8)}`;
  expect(await refusal(gate, 'account.recover', { code: slip, id: me, password: OTHER })).toBe(
    'RECOVERY_CODE_TYPO',
  );
  const renewed = await call(gate, 'account.recover', { code: recovery, id: me, password: OTHER });
  expect((await call(gate, 'session.get', {})).actor?.id).toBe(me);
  const later = await again(gate);
  expect(await refusal(later, 'account.recover', { code: recovery, id: me, password: FIRST })).toBe(
    'RECOVERY_CODE_WRONG',
  );
  expect(await refusal(later, 'account.sign-in', { id: me, password: OTHER })).toBe('OK');
  await call(later, 'account.lock', {});
  expect(await refusal(later, 'account.recover', { code: renewed.recovery, id: me, password: FIRST })).toBe(
    'OK',
  );
});

test('with every slot file gone the printed code still opens the data', async () => {
  const first = gateOf();
  const { recovery } = await call(first, 'account.choose', { password: FIRST });
  await first.close();
  rmSync(path.join(folder, 'keys', `${me}.slot`));
  open = [];
  const gate = gateOf();
  expect(await call(gate, 'account.state', {})).toMatchObject({
    phase: 'signIn',
    people: [],
    recovery: true,
  });
  await call(gate, 'account.recover', { code: recovery, id: null, password: OTHER });
  expect((await call(gate, 'session.get', {})).actor?.id).toBe(me);
});

test('whoever leaves opens nothing any more; the last one cannot be taken away', async () => {
  const before = await withLong();
  await call(before, 'account.remove', { id: long.id });
  expect(await refusal(before, 'account.remove', { id: me })).toBe('ACCOUNT_LAST');
  const gate = await again(before);
  expect(await refusal(gate, 'account.sign-in', { id: long.id, password: OTHER })).toBe('ACCOUNT_NOT_HERE');
  expect(await refusal(gate, 'account.sign-in', { id: me, password: FIRST })).toBe('OK');
});

test('a run without a window: free before the first password, then only with one from outside', async () => {
  expect(await refusal(gateOf({ headless: true }), 'sync.state', {})).toBe('OK');
  await open.pop()?.close();
  const before = await chosen();
  await before.close();
  const without = gateOf({ headless: true });
  await without.signInGiven();
  expect(await refusal(without, 'sync.run', {})).toBe('SIGN_IN_NEEDED');
  await without.close();
  const wrong = gateOf({ headless: true, given: { password: OTHER, name: null } });
  await wrong.signInGiven();
  expect(await refusal(wrong, 'sync.run', {})).toBe('PASSWORD_WRONG');
  await wrong.close();
  const given = gateOf({ headless: true, given: { password: FIRST, name: null } });
  await given.signInGiven();
  expect(await refusal(given, 'sync.state', {})).toBe('OK');
  open = [given];
});

test('a kill between the first slot and the end of the plain key file: sign-in is asked for, and ends it', async () => {
  const plain = readFileSync(path.join(folder, 'desk.key'));
  const before = await chosen();
  await before.close();
  open = [];
  writeFileSync(path.join(folder, 'desk.key'), plain);
  const gate = gateOf();
  expect(await phase(gate)).toBe('signIn');
  await call(gate, 'account.sign-in', { id: me, password: FIRST });
  expect(existsSync(path.join(folder, 'desk.key'))).toBe(false);
});

test.each([
  ...roles.map((role) => ({ role, until: '2100-01-01T00:00:00.000Z', code: '' })),
  { role: 'head' as const, until: '2026-11-20T02:29:59.000Z', code: 'ROLE_EXPIRED' },
])(
  'a colleague comes and goes by a head or an admin whose role is proven: $role until $until',
  async ({ role, until, code }) => {
    const gate = await withLong();
    const { desk } = must(gate.opened(), 'open store');
    namedByCity(desk, [long, { id: me, name: 'Lê Thị Thử', role }], { until });
    const expected = code || (['head', 'admin'].includes(role) ? 'OK' : 'FORBIDDEN');
    expect(await refusal(gate, 'account.add', { id: long.id, password: 'gió mùa đông bắc về' })).toBe(
      expected,
    );
    expect(await refusal(gate, 'account.remove', { id: long.id })).toBe(expected);
    expect(await refusal(gate, 'account.set-idle', { minutes: 5 })).toBe('OK');
  },
);

test('a newcomer whom only the table names gets no password', async () => {
  const gate = await chosen();
  const { desk } = must(gate.opened(), 'open store');
  desk.db.$client.prepare("INSERT INTO desk_account VALUES (?, 'Ai Đó', 'head', 1, NULL, NULL)").run(long.id);
  expect(await refusal(gate, 'account.add', { id: long.id, password: OTHER })).toBe('ACCOUNT_UNKNOWN');
});
