/** Every password and the printed code lost: a machine is opened by the city, from files alone; and every way in which that must not work. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { revokeDevice } from '../../../city/db/queries/place.ts';
import { openRequest } from '../../../city/unlock/open-request.ts';
import { signAnswer } from '../../../city/unlock/sign-answer.ts';
import { recoveryPair } from '../../../city/unlock/unlock-place.ts';
import { noOsWrap } from '../../../db/key-slots.ts';
import { sha256 } from '../../../db/write.ts';
import { type Gate, makeGate } from '../../../electron/data/gate.ts';
import { randomIds, startDesk } from '../../../electron/data/start-desk.ts';
import type { Input, Method, Output } from '../../../shared/contract/ipc/registry.ts';
import { signedAnswer, UNLOCK_FILES, UNLOCK_LIFE_MS } from '../../../shared/contract/sync/unlock.ts';
import { checkedText } from '../../../shared/courier/checked-text.ts';
import { must } from '../../../shared/lib/must.ts';
import { Problem } from '../../../shared/problem.ts';
import { type TestClock, testClock } from '../../support/clock.ts';
import { startTestHub, type TestHub } from '../../support/hub.ts';
import { MIGRATIONS } from '../../support/temp-desk.ts';

const FIRST = 'mây trắng trên đồi chè';
const NEW = 'gió mùa đông bắc về';
const cost = { memoryKiB: 64, passes: 1 };
let hub: TestHub;
let safe: Awaited<ReturnType<typeof recoveryPair>>;
beforeAll(async () => {
  safe = await recoveryPair();
  hub = await startTestHub('pglite', { recoveryKey: safe.recipient });
});
afterAll(() => hub.remove());

let clock: TestClock;
let root: string;
let open: Gate[];
beforeEach(() => {
  clock = testClock();
  root = mkdtempSync(path.join(tmpdir(), 'smc-unlock-'));
  open = [];
});
afterEach(async () => {
  for (const gate of open) await gate.close();
  rmSync(root, { recursive: true, force: true });
});
const report = (ref: string, error: unknown) => {
  throw new Error(ref, { cause: error });
};
function gateOf(name: string): Gate {
  const folder = path.join(root, name);
  const shared = { folder, clock, announce: () => undefined, report };
  const gate = makeGate({
    ...{ ...shared, os: noOsWrap, cost, headless: false, given: null },
    start: (keys, who) =>
      startDesk({
        ...{ ...shared, keys, who, ids: randomIds, migrationsFolder: MIGRATIONS },
        ...{ version: '0', cityUrl: hub.url, cityUrlForced: false, demo: false, program: [] },
      }),
  });
  open.push(gate);
  return gate;
}
async function again(gate: Gate, name = 'desk'): Promise<Gate> {
  await gate.close();
  open = open.filter((one) => one !== gate);
  return gateOf(name);
}
async function call<M extends Method>(gate: Gate, method: M, input: Input<M>): Promise<Output<M>> {
  const reply = await gate.dispatch(method, input);
  if (!reply.ok) throw new Error(`${method}: ${reply.problem.code}`);
  return reply.value as Output<M>;
}
async function refusal(gate: Gate, method: Method, input: unknown): Promise<string> {
  const reply = await gate.dispatch(method, input);
  return reply.ok ? 'OK' : reply.problem.code;
}
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'OK',
    (error: unknown) => (error instanceof Problem ? error.code : String(error)),
  );

/** A machine of that name, enrolled, greeted, shut, and nobody remembers anything. */
async function forgotten(name = 'desk'): Promise<Gate> {
  const gate = gateOf(name);
  const code = await hub.createEnrolCode({ unit: '26743', name: 'Lê Thị Hạnh', role: 'head' });
  await call(gate, 'device.enrol', { url: hub.url, code, deviceName: name });
  await call(gate, 'account.choose', { password: FIRST });
  await call(gate, 'sync.run', {});
  await call(gate, 'draft.save', { id: '0b0f3c52-5b1e-4b9e-8a55-6f2f0f7d1c01', chain: 'birth', values: {} });
  const shut = await again(gate, name);
  expect((await call(shut, 'account.state', {})).citySlot).toBe(true);
  return shut;
}
async function requested(gate: Gate): Promise<string> {
  const { file } = await call(gate, 'account.write-request', { place: root });
  return readFileSync(path.join(root, file), 'utf8');
}
const opened = async (request: string, identity = safe.identity) =>
  checkedText(await openRequest(request, identity), sha256);
const answered = async (request: string, person = 'Lê Thị Hạnh') =>
  checkedText((await signAnswer(hub, await opened(request), person)).file, sha256);
const answerFile = () => path.join(root, `x${UNLOCK_FILES.answer}`);
const put = (text: string) => writeFileSync(answerFile(), text);
const read = (gate: Gate) => refusal(gate, 'account.read-answer', { place: root });

test('from files alone: request, safe, hub, answer, a new password, the same data', async () => {
  const gate = await forgotten();
  const request = await requested(gate);
  const names = readdirSync(root).filter((name) => name.endsWith(UNLOCK_FILES.request));
  expect(names).toEqual([expect.stringMatching(/^[0-9a-f]{8}\.xin-mo-khoa$/)]);
  put(await answered(request));
  const later = await again(gate);
  clock.advance(86_400_000);
  expect(await call(later, 'account.read-answer', { place: root })).toMatchObject({ name: 'Lê Thị Hạnh' });
  expect(await refusal(later, 'session.get', {})).toBe('SIGN_IN_NEEDED');
  expect(await refusal(later, 'account.recover-by-city', { password: 'ngắn' })).toBe('PASSWORD_WEAK');
  const { recovery } = await call(later, 'account.recover-by-city', { password: NEW });
  expect(recovery).toMatch(/^(\d{6}-){7}\d{6}$/);
  expect(await call(later, 'draft.list', {})).toHaveLength(1);
  expect((await call(later, 'session.get', {})).roleStanding).toBe('current');
  expect(existsSync(path.join(root, 'desk', 'keys', 'city-request.json'))).toBe(false);
  const next = await again(later);
  const { id } = must((await call(next, 'account.state', {})).people[0], 'person');
  expect(await refusal(next, 'account.sign-in', { id, password: FIRST })).toBe('PASSWORD_WRONG');
  expect(await refusal(next, 'account.sign-in', { id, password: NEW })).toBe('OK');
});

test('an answer opens once: not again, not with the request file put back', async () => {
  const gate = await forgotten();
  const kept = path.join(root, 'desk', 'keys', 'city-request.json');
  put(await answered(await requested(gate)));
  const asked = readFileSync(kept);
  await call(gate, 'account.read-answer', { place: root });
  await call(gate, 'account.recover-by-city', { password: NEW });
  const next = await again(gate);
  expect(await read(next)).toBe('UNLOCK_NOT_ASKED');
  writeFileSync(kept, asked);
  expect(await read(next)).toBe('OK');
  expect(await refusal(next, 'account.recover-by-city', { password: FIRST })).toBe('UNLOCK_NOT_ASKED');
  expect(await refusal(next, 'session.get', {})).toBe('SIGN_IN_NEEDED');
});

test('an answer is seven days good, by the time that the machine has seen', async () => {
  const gate = await forgotten();
  put(await answered(await requested(gate)));
  clock.advance(UNLOCK_LIFE_MS + 60_000_000);
  expect(await read(gate)).toBe('UNLOCK_EXPIRED');
  // The clock is set back: the gate cannot know, the store does.
  clock.set(new Date(clock.now() - 2 * UNLOCK_LIFE_MS).toISOString());
  expect(await read(gate)).toBe('OK');
  expect(await refusal(gate, 'account.recover-by-city', { password: NEW })).toBe('UNLOCK_EXPIRED');
  expect(await refusal(gate, 'session.get', {})).toBe('SIGN_IN_NEEDED');
  put(await answered(await requested(gate)));
  expect(await read(gate)).toBe('OK');
});

test('a newer request takes the place of an older one; an answer to another machine is none', async () => {
  const gate = await forgotten();
  const old = await answered(await requested(gate));
  const fresh = await answered(await requested(gate));
  put(old);
  expect(await read(gate)).toBe('UNLOCK_NOT_ASKED');
  put(fresh);
  expect(await read(gate)).toBe('OK');
  const other = await forgotten('other');
  await requested(other);
  expect(await read(other)).toBe('UNLOCK_OTHER_DEVICE');
});

test('whom the city does not name, and a revoked machine, get no answer', async () => {
  const request = await requested(await forgotten());
  expect(await codeOf(answered(request, 'Ai Đó'))).toBe('ACCOUNT_UNKNOWN');
  const { device } = await openRequest(request, safe.identity);
  await revokeDevice(hub.db, device, new Date());
  expect(await codeOf(answered(request))).toBe('DEVICE_REVOKED');
});

test('another key than that of the safe opens no request; a slot of another machine is found out', async () => {
  const request = await requested(await forgotten());
  expect(await codeOf(openRequest(request, (await recoveryPair()).identity))).toBe('UNLOCK_KEY_WRONG');
  expect(await codeOf(openRequest(request, 'AGE-SECRET-KEY-1'))).toBe('UNLOCK_KEY_WRONG');
  const two = JSON.parse(await requested(await forgotten('other'))).body;
  const { body } = JSON.parse(request);
  const mixed = { ...body, slot: { ...body.slot, sealed: two.slot.sealed } };
  expect(await codeOf(openRequest(checkedText(mixed, sha256), safe.identity))).toBe('UNLOCK_OTHER_DEVICE');
});

const bends: readonly (readonly [string, (text: string) => string])[] = [
  ['half written', (text) => text.slice(0, text.length / 2)],
  ['empty', () => ''],
  ['with one letter changed', (text) => text.replace(/[a-f](?=[^a-f]*$)/, 'g')],
  ['of another kind', () => checkedText({ v: 1 }, sha256)],
  ['no JSON', () => 'xin chào'],
];
test.each(bends)('a request that is %s is refused at the safe', async (_, bend) => {
  const request = await requested(await forgotten());
  expect(await codeOf(openRequest(bend(request), safe.identity))).toBe('UNLOCK_FILE_BROKEN');
  expect(await codeOf(signAnswer(hub, bend(await opened(request)), 'Lê Thị Hạnh'))).toBe(
    'UNLOCK_FILE_BROKEN',
  );
});
test('an answer that is bent, forged, too long or not there is refused, and nothing opens', async () => {
  const gate = await forgotten();
  expect(await read(gate)).toBe('UNLOCK_NONE');
  const answer = await answered(await requested(gate));
  for (const [how, bend] of bends) {
    put(bend(answer));
    expect(await read(gate), how).toBe('UNLOCK_FILE_BROKEN');
  }
  put('x'.repeat(200_000));
  expect(await read(gate)).toBe('UNLOCK_FILE_BROKEN');
  const { answer: jws } = signedAnswer.parse(JSON.parse(answer).body);
  const [head, body = '', signature] = jws.split('.');
  const payload = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
  const forged = { ...payload, account: { ...payload.account, name: 'Kẻ Khác' } };
  const text = [head, Buffer.from(JSON.stringify(forged)).toString('base64url'), signature].join('.');
  put(checkedText({ v: 1, answer: text }, sha256));
  expect(await read(gate)).toBe('CITY_SIGNATURE');
  expect(await refusal(gate, 'account.recover-by-city', { password: NEW })).toBe('UNLOCK_NOT_ASKED');
  expect((await call(gate, 'account.state', {})).phase).toBe('signIn');
});

test('a machine without a slot for the city, and one that is open, ask nobody', async () => {
  const gate = await forgotten();
  rmSync(path.join(root, 'desk', 'keys', 'city.sealed'));
  expect(await refusal(gate, 'account.write-request', { place: root })).toBe('UNLOCK_NO_SLOT');
  const { id } = must((await call(gate, 'account.state', {})).people[0], 'person');
  await call(gate, 'account.sign-in', { id, password: FIRST });
  expect((await call(gate, 'account.state', {})).citySlot).toBe(true);
  expect(await refusal(gate, 'account.write-request', { place: root })).toBe('PASSWORD_SET');
  expect(await refusal(gate, 'account.recover-by-city', { password: NEW })).toBe('PASSWORD_SET');
});
