/** A disk that lets nothing be written, root neither: the store opens for reading alone, every write says why, and nothing on it changes. */
import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Gate } from '../../../electron/data/gate.ts';
import { randomIds } from '../../../electron/data/start-desk.ts';
import { whileReadOnly } from '../../../shared/contract/ipc/read-only-rules.ts';
import { ipc, type Method } from '../../../shared/contract/ipc/registry.ts';
import { must } from '../../../shared/lib/must.ts';
import { type TestClock, testClock } from '../../support/clock.ts';
import { everybody, reception } from '../../support/forms.ts';
import { callGate, codeOf, gateOn } from '../../support/gate-desk.ts';
import { type SmallDisk, smallDisk } from '../../support/small-disk.ts';
import { openTestDesk } from '../../support/temp-desk.ts';

const PASSWORD = 'mây trắng trên đồi chè';
const OTHER = 'tàu thuỷ cập bến sớm';
const ID = '11111111-1111-4111-8111-111111111111';

let disk: SmallDisk | null;
let folder: string;
let clock: TestClock;
let me: string;
let open: Gate | null;

beforeEach(async (context) => {
  open = null;
  disk = smallDisk(12);
  if (!disk) return context.skip('this user may not mount');
  folder = path.join(disk.folder, 'desk');
  clock = testClock();
  const desk = openTestDesk({ clock, role: 'head', folder });
  me = must((await desk.call('session.get', {})).actor, 'actor').id;
  await desk.close();
  const gate = start();
  await callGate(gate, 'account.choose', { password: PASSWORD });
  await callGate(gate, 'dossier.receive', reception(ID, 'birth', { 'child.fullName': 'Trần Bảo An' }));
});
afterEach(async () => {
  await open?.close();
  disk?.remove();
});

const there = () => must(disk, 'disk');
function start(): Gate {
  open = gateOn({ folder, clock, report: (ref, error) => fail(ref, error) });
  return open;
}
const fail = (ref: string, error: unknown): never => {
  throw new Error(ref, { cause: error });
};
async function end(): Promise<void> {
  await open?.close();
  open = null;
}
const signIn = (gate: Gate, password = PASSWORD) => codeOf(gate, 'account.sign-in', { id: me, password });
const hashes = () =>
  (readdirSync(folder, { recursive: true }) as string[])
    .filter((name) => statSync(path.join(folder, name)).isFile())
    .map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(path.join(folder, name)))
        .digest('hex'),
    ]);
const copies = () => readdirSync(tmpdir()).filter((name) => name.startsWith('so-mot-cua-xem-'));

async function locked(): Promise<Gate> {
  await end();
  there().lock();
  return start();
}

test('it is read and searched, and says why it is not written', async () => {
  const gate = await locked();
  expect(await signIn(gate)).toBe('OK');
  expect((await callGate(gate, 'session.get', {})).readOnly).toBe('disk');
  expect((await callGate(gate, 'dossier.get', { id: ID })).code).toMatch(/\w/);
  expect(await callGate(gate, 'dossier.index', { ...everybody, q: 'tran bao an' })).toHaveLength(1);
  expect(await codeOf(gate, 'dossier.receive', reception(randomIds.uuid(), 'birth'))).toBe('DB_READ_ONLY');
  expect(await codeOf(gate, 'draft.save', { id: randomIds.uuid(), chain: 'birth', values: {} })).toBe(
    'DB_READ_ONLY',
  );
});

test('every call that would write is refused with the same reason, whatever it carries', async () => {
  const gate = await locked();
  await signIn(gate);
  const refused = (Object.keys(ipc) as Method[]).filter(
    (method) => whileReadOnly(method, 'disk') === 'no' && !['shell', 'inner-gate'].includes(ipc[method].kind),
  );
  expect(refused.length).toBeGreaterThan(40);
  const answers = await Promise.all(refused.map(async (method) => [method, await codeOf(gate, method, {})]));
  expect(answers.filter(([, code]) => code !== 'DB_READ_ONLY' && code !== 'INPUT_INVALID')).toEqual([]);
});

test('papers of one case and the batch for the city go out; bulk exports wait, because nobody could know of them later', async () => {
  const gate = await locked();
  await signIn(gate);
  for (const call of ['slip.save', 'receipt.save', 'courier.export'])
    expect(await codeOf(gate, 'session.may', { call }), call).toBe('OK');
  expect(await codeOf(gate, 'slip.log', { id: ID, kind: 'receipt' })).toBe('OK');
  for (const call of ['report.save', 'register.save', 'access.save'])
    expect(await codeOf(gate, 'session.may', { call }), call).toBe('ACCESS_NOT_KEPT');
  expect((await callGate(gate, 'session.get', {})).unkept).toBe(true);
});

test('nothing on the disk changes, nothing is left beside it, and it is written again once it may be', async () => {
  await end();
  const before = hashes();
  const gate = await locked();
  expect(await signIn(gate, OTHER)).toBe('PASSWORD_WRONG');
  expect(await signIn(gate)).toBe('OK');
  expect(copies()).toHaveLength(1);
  await end();
  expect(hashes()).toEqual(before);
  expect(copies()).toEqual([]);
  there().unlock();
  const again = start();
  expect(await signIn(again)).toBe('OK');
  expect((await callGate(again, 'session.get', {})).readOnly).toBeNull();
  expect(await codeOf(again, 'dossier.receive', reception(randomIds.uuid(), 'birth'))).toBe('OK');
});

test('a copy that a killed program left goes at the next start, whatever the disk takes then', async () => {
  await signIn(await locked());
  const copy = path.join(tmpdir(), must(copies()[0], 'copy'));
  cpSync(copy, `${copy}left`, { recursive: true });
  await end();
  expect(copies()).toHaveLength(1);
  there().unlock();
  expect(await signIn(start())).toBe('OK');
  expect(copies()).toEqual([]);
});

test('what a killed program left in its log is read as well', async () => {
  const gate = must(open, 'gate');
  const later = randomIds.uuid();
  await callGate(gate, 'dossier.receive', reception(later, 'death'));
  const killed = path.join(there().folder, 'killed');
  cpSync(folder, killed, { recursive: true });
  rmSync(path.join(killed, 'desk.db-shm'));
  await end();
  folder = killed;
  const read = await locked();
  expect(await signIn(read)).toBe('OK');
  expect((await callGate(read, 'dossier.get', { id: later })).id).toBe(later);
});

test('a damaged store on it is told as damage, and stays as it is', async () => {
  await end();
  truncateSync(path.join(folder, 'desk.db'), 20_000);
  const before = hashes();
  const gate = await locked();
  expect(await signIn(gate)).toBe('DB_DAMAGED');
  await end();
  expect(hashes()).toEqual(before);
});

test('a wrong password waits here too, as long as the program runs', async () => {
  const gate = await locked();
  for (let wrong = 0; wrong < 3; wrong++) expect(await signIn(gate, OTHER)).toBe('PASSWORD_WRONG');
  expect(await signIn(gate)).toBe('PASSWORD_WAIT');
});

test('a folder without a store that takes no writes is told, and nothing is begun', async () => {
  await end();
  folder = path.join(there().folder, 'new');
  there().lock();
  expect(() => start()).toThrow('DB_READ_ONLY');
});
