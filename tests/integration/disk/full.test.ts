/** A disk without room: a file system of its own, filled to the last byte under a desk that is in use, and before its start. */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Gate } from '../../../electron/data/gate.ts';
import { randomIds } from '../../../electron/data/start-desk.ts';
import { openUpdateFolder } from '../../../electron/update/update-folder.ts';
import type { Method } from '../../../shared/contract/ipc/registry.ts';
import { waitAfter } from '../../../shared/domain/sign-in.ts';
import { must } from '../../../shared/lib/must.ts';
import { type TestClock, testClock } from '../../support/clock.ts';
import { reception } from '../../support/forms.ts';
import { callGate, codeOf, gateOn } from '../../support/gate-desk.ts';
import { installerOf, manifestOf, releaseKey, writeRelease } from '../../support/release.ts';
import { type SmallDisk, smallDisk } from '../../support/small-disk.ts';
import { dropTestDesk, openTestDesk, tempFolder } from '../../support/temp-desk.ts';

const PASSWORD = 'mây trắng trên đồi chè';
const OTHER = 'tàu thuỷ cập bến sớm';

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
});
afterEach(async () => {
  await open?.close();
  disk?.remove();
});

const there = () => must(disk, 'disk');
function start(): Gate {
  open = gateOn({ folder, clock, report: () => undefined });
  return open;
}
async function end(gate: Gate): Promise<void> {
  open = null;
  await gate.close();
}
const signIn = (gate: Gate, password = PASSWORD) => codeOf(gate, 'account.sign-in', { id: me, password });
const birth = () => reception(randomIds.uuid(), 'birth');
const typed = (id: string, text: string) =>
  ({ id, chain: 'birth', values: { 'child.fullName': text } }) as const;
const truth = async (gate: Gate) => ({
  drafts: (await callGate(gate, 'draft.list', {})).length,
  ...(await callGate(gate, 'data.verify', {})),
});

/** Signed in, one dossier and one draft in the book. */
async function worked(): Promise<{ gate: Gate; draft: string }> {
  const gate = start();
  await callGate(gate, 'account.choose', { password: PASSWORD });
  await callGate(gate, 'dossier.receive', birth());
  const draft = randomIds.uuid();
  await callGate(gate, 'draft.save', typed(draft, 'Bé'));
  return { gate, draft };
}

describe.each([0, 4_096, 20_000, 60_000, 200_000])('with %i bytes left', (spare) => {
  test('a save is whole or refused by its code; reading goes on; with room again everything is as it was', async () => {
    const { gate, draft } = await worked();
    there().fill(spare);
    const before = await truth(gate);
    const works: [Method, () => unknown, 'draft' | 'event'][] = [
      ['draft.save', () => typed(randomIds.uuid(), 'Bé'.repeat(500)), 'draft'],
      ['dossier.receive', birth, 'event'],
      ['dossier.receive', () => reception(randomIds.uuid(), 'death'), 'event'],
    ];
    const done = { draft: 0, event: 0 };
    for (const [method, input, kind] of works)
      for (let n = 0; n < 200; n++) {
        const code = await codeOf(gate, method, input());
        expect(['OK', 'DB_FULL'], method).toContain(code);
        if (code === 'DB_FULL') break;
        done[kind]++;
      }
    expect(await codeOf(gate, 'dossier.receive', birth())).toBe('DB_FULL');
    expect(await codeOf(gate, 'backup.make', {})).toBe('DB_FULL');
    const kept = await truth(gate);
    expect(kept).toMatchObject({ ok: true, problems: [], drafts: before.drafts + done.draft });
    expect(kept.events).toBe(before.events + done.event);
    expect((await callGate(gate, 'draft.get', { id: draft }))?.values).toEqual({ 'child.fullName': 'Bé' });
    there().free();
    expect(await codeOf(gate, 'draft.save', typed(draft, 'Bé An'))).toBe('OK');
    clock.advance(1_000);
    expect(await callGate(gate, 'backup.make', {})).toMatchObject({ journalWhole: true, problem: null });
    await end(gate);
    const again = start();
    expect(await signIn(again)).toBe('OK');
    expect(await truth(again)).toEqual(kept);
    expect((await callGate(again, 'draft.get', { id: draft }))?.values).toEqual({
      'child.fullName': 'Bé An',
    });
    expect((await callGate(again, 'backup.state', {})).recovery).toBeNull();
  });

  test('the program ends, starts and lets people in; a wrong password counts all the same', async () => {
    const { gate } = await worked();
    there().fill(spare);
    await callGate(gate, 'account.lock', {});
    expect(await signIn(gate, OTHER)).toBe('PASSWORD_WRONG');
    expect(await signIn(gate)).toBe('OK');
    const kept = await truth(gate);
    await end(gate);
    let again = start();
    for (let wrong = 1; wrong <= 4; wrong++) {
      clock.advance(waitAfter(wrong - 1) * 1_000);
      expect(await signIn(again, OTHER)).toBe('PASSWORD_WRONG');
    }
    await end(again);
    // Neither the full disk nor the restart forgot them.
    again = start();
    expect(await signIn(again)).toBe('PASSWORD_WAIT');
    clock.advance(waitAfter(4) * 1_000);
    expect(await signIn(again)).toBe('OK');
    expect(await truth(again)).toEqual(kept);
  });

  test('a password is changed whole or not at all', async () => {
    const { gate } = await worked();
    there().fill(spare);
    const code = await codeOf(gate, 'account.change', { before: PASSWORD, password: OTHER });
    expect(['OK', 'DB_FULL']).toContain(code);
    await end(gate);
    const [right, wrong] = code === 'OK' ? [OTHER, PASSWORD] : [PASSWORD, OTHER];
    const again = start();
    expect(await signIn(again, wrong)).toBe('PASSWORD_WRONG');
    expect(await signIn(again, right)).toBe('OK');
    expect(readdirSync(path.join(folder, 'keys')).filter((name) => name.endsWith('.new'))).toEqual([]);
  });
});

test('filled while the program was closed: it says so before anything is opened, and opens with room again', async () => {
  const { gate } = await worked();
  const kept = await truth(gate);
  await end(gate);
  there().fill();
  const shut = start();
  const code = await signIn(shut);
  await end(shut);
  there().free();
  const again = start();
  expect({ code, again: await signIn(again) }).toEqual({ code: 'DB_FULL', again: 'OK' });
  expect(await truth(again)).toEqual(kept);
});

describe('an update', () => {
  const stick = tempFolder('stick');
  afterEach(() => rmSync(stick, { recursive: true, force: true }));

  test.each([
    ['the room for the program is wanting', 1_000_000],
    ['not a byte is left', 0],
  ])('is not begun where %s, and says how much is wanting', async (_what, spare) => {
    const key = await releaseKey();
    await writeRelease(stick, { key, version: '0.5.0' });
    const updates = {
      keys: [key.trusted],
      folder: path.join(there().folder, 'updates'),
      platform: 'linux-x64',
    };
    const desk = openTestDesk({ role: 'admin', version: '0.4.0', updates });
    there().fill(spare);
    expect(await desk.refusal('update.take', { place: stick })).toBe('UPDATE_NO_ROOM');
    const { problem } = await desk.call('update.state', {});
    expect(problem?.sentence).toMatch(/cần thêm \d+ MB/);
    await dropTestDesk(desk);
  });

  const VERSION = '0.5.0';
  const bytes = installerOf(VERSION, 3_000_000);
  const installer = must(manifestOf(VERSION, bytes).files[0], 'installer');
  async function* pieces(from: number) {
    for (let at = from; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
  }
  test('that meets the end of the disk says how much is wanting, and goes on from there with room again', async () => {
    const folder = path.join(there().folder, 'updates');
    const waiting = openUpdateFolder(folder, 0);
    waiting.keep(VERSION, installer, 'jws');
    there().fill(1_000_000);
    const refused = await waiting.add(VERSION, installer, pieces(0)).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'UPDATE_NO_ROOM', details: { mb: 2 } });
    const here = waiting.received(VERSION, installer);
    expect(here).toBeGreaterThan(900_000);
    there().free();
    await waiting.add(VERSION, installer, pieces(here));
    await waiting.finish(VERSION, installer);
    expect(readFileSync(waiting.fileOf(VERSION, installer)).equals(bytes)).toBe(true);
  });
});
