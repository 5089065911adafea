/** What the access log notes of the work at a desk, when, and what it never holds. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inTransaction } from '../../../db/handle.ts';
import { accessHash } from '../../../shared/domain/access.ts';
import { GENESIS } from '../../../shared/domain/event.ts';
import { accessEntries, deedsOf } from '../../support/access.ts';
import { sha256 } from '../../support/fake-desk.ts';
import { reception } from '../../support/forms.ts';
import { dropTestDesk, openTestDesk, type TestDesk } from '../../support/temp-desk.ts';

const ID = '11111111-1111-4111-8111-111111111111';
const OTHER = '22222222-2222-4222-8222-222222222222';
let desk: TestDesk;
beforeEach(async () => {
  desk = openTestDesk({ role: 'head' });
  await desk.call('dossier.receive', reception(ID, 'birth'));
  await desk.call('dossier.receive', reception(OTHER, 'death'));
});
afterEach(() => dropTestDesk(desk));
const deeds = () => deedsOf(desk.desk.db);
const rows = () => accessEntries(desk.desk.db);

test('a change is an event and no entry; a closed log begins with the first look', async () => {
  expect(deeds()).toEqual([]);
  await desk.call('dossier.get', { id: ID });
  expect(deeds()).toEqual(['log.begin', `dossier.get ${ID}`]);
});
test('an entry names who, when, which and how far the events went, and is chained', async () => {
  await desk.call('dossier.get', { id: ID });
  const [begin, look] = rows();
  expect(begin).toMatchObject({ seq: 1, prev: GENESIS, actor: null, events: 2 });
  expect(look).toMatchObject({
    seq: 2,
    actor: { name: 'Lê Thị Thử', role: 'head' },
    at: '2026-11-20T02:30:00.000Z',
    boot: 'test-boot',
    subject: { kind: 'dossier', id: ID },
    outcome: 'done',
    why: null,
    events: 2,
  });
  expect(look?.prev).toBe(begin && accessHash(begin, sha256));
});
test('a dossier kept open is one entry, however often the window reads it; after ten minutes away it is another', async () => {
  for (let i = 0; i < 20; i++) {
    await desk.call('dossier.get', { id: ID });
    desk.clock.advance(5 * 60_000);
  }
  expect(deeds().slice(1)).toEqual([`dossier.get ${ID}`]);
  desk.clock.advance(5 * 60_000);
  await desk.call('dossier.get', { id: ID });
  expect(deeds().slice(1)).toEqual([`dossier.get ${ID}`, `dossier.get ${ID}`]);
});
test('another dossier, and another person at the same one, are entries of their own', async () => {
  await desk.call('dossier.get', { id: ID });
  await desk.call('dossier.get', { id: OTHER });
  desk.desk.db.$client.prepare('UPDATE desk_account SET id = ?').run('7d8f6c1e-4b2a-4f3c-9a51-2f6f1f0a9b11');
  desk.desk.db.$client
    .prepare('UPDATE device_state SET account = ?')
    .run(JSON.stringify({ id: '7d8f6c1e-4b2a-4f3c-9a51-2f6f1f0a9b11', name: 'Ai đó', role: 'clerk' }));
  await desk.call('dossier.get', { id: ID });
  expect(rows().map((r) => [r.actor?.name, r.subject?.id])).toEqual([
    [undefined, undefined],
    ['Lê Thị Thử', ID],
    ['Lê Thị Thử', OTHER],
    ['Lê Thị Thử', ID],
  ]);
  expect(new Set(rows().map((r) => r.actor?.id)).size).toBe(3);
});
test('lists, searches and refreshes leave no entry', async () => {
  await desk.call('today.get', {});
  await desk.call('session.get', {});
  await desk.call('draft.list', {});
  expect(deeds()).toEqual([]);
});

describe('what leaves the machine, and its settings', () => {
  const annex = { report: 'ngoai-nganh', from: null, to: '2026-11-01', treeOn: null, compare: false };
  const window = { from: '2026-11-01', to: '2026-11-30' };
  test.each([
    ['slip.get', { id: ID, kind: 'receipt' }, `slip.get ${ID}`],
    ['slip.log', { id: ID, kind: 'receipt' }, `slip.log ${ID}`],
    ['register.get', window, 'register.get'],
    ['paper.log', { paper: 'register', about: '2026-11-01-2026-11-30', way: 'print' }, 'paper.log'],
    ['report.file', { source: annex, format: 'xlsx' }, 'report.file'],
    ['report.clipping', { source: annex }, 'report.clipping'],
    ['target.file', { format: 'csv' }, 'target.file'],
    ['sync.set-day-end', { time: '16:30' }, 'sync.set-day-end'],
    ['sync.set-ca', { pem: null }, 'sync.set-ca'],
    ['backup.forget-place', {}, 'backup.forget-place'],
  ] as const)('%s', async (method, input, deed) => {
    await desk.call(method, input as never);
    expect(deeds().slice(1)).toEqual([deed]);
    await desk.call(method, input as never);
    // A look at the same is one entry, an act counts each time.
    expect(deeds().length).toBe(method === 'slip.get' || method === 'register.get' ? 2 : 3);
  });
  describe('a file with personal data', () => {
    const file = { what: 'slip', about: 'receipt', owner: ID } as const;
    const noted = () => rows().filter(({ action }) => action === 'export.log');

    test('in plain without a reason: refused, and nothing noted', async () => {
      for (const why of ['', '  ', '\u200b\t'])
        expect(await desk.refusal('export.log', { ...file, guard: { way: 'plain', why } })).toBe(
          'REASON_REQUIRED',
        );
      expect(noted()).toEqual([]);
    });
    test('in plain: noted with its dossier and the reason', async () => {
      await desk.call('export.log', { ...file, guard: { way: 'plain', why: ' Dân  xin bản mềm ' } });
      expect(noted()).toMatchObject([
        {
          ...{ subject: { kind: 'dossier', id: ID }, why: 'Dân xin bản mềm', outcome: 'done' },
          facts: { paper: 'slip', about: 'receipt', guard: 'plain' },
        },
      ]);
    });
    test('with a password: noted, and nothing of the password could be', async () => {
      await desk.call('export.log', { ...file, owner: null, guard: { way: 'password' } });
      expect(noted()).toMatchObject([{ subject: null, why: null, facts: { guard: 'password' } }]);
      expect(
        await desk.refusal('export.log', { ...file, guard: { way: 'password', password: '1' } as never }),
      ).toBe('INPUT_INVALID');
    });
    test('where the log takes nothing the call fails, so that no file is written', async () => {
      desk.desk.db.$client.exec(
        "CREATE TRIGGER full BEFORE INSERT ON access BEGIN SELECT RAISE(ABORT, 'full'); END",
      );
      await expect(desk.call('export.log', { ...file, guard: { way: 'plain', why: 'x' } })).rejects.toThrow();
    });
  });
  test('a list with names is noted, figures are not', async () => {
    await desk.call('report.make', { ...annex });
    expect(deeds()).toEqual([]);
    await desk.call('report.make', { ...annex, report: 'so-theo-doi', ...window });
    expect(deeds().slice(1)).toEqual(['report.make']);
  });
  test('no entry holds what a form holds', async () => {
    await desk.call('dossier.get', { id: ID });
    await desk.call('slip.get', { id: ID, kind: 'receipt' });
    const text = JSON.stringify(rows());
    const { values } = reception(ID, 'birth');
    for (const value of Object.values(values).filter((v) => v.length > 5)) expect(text).not.toContain(value);
  });
});

test('somebody who may not is refused, and that is noted', async () => {
  await dropTestDesk(desk);
  desk = openTestDesk({ role: 'clerk' });
  expect(await desk.refusal('sync.set-ca', { pem: null })).toBe('FORBIDDEN');
  expect(await desk.refusal('backup.restore', { where: 'here', name: 'x' })).toBe('FORBIDDEN');
  expect(deeds().slice(1)).toEqual(['!sync.set-ca', '!backup.restore']);
});
test('what fails is no deed', async () => {
  expect(await desk.refusal('dossier.get', { id: '33333333-3333-4333-8333-333333333333' })).toBe(
    'DOSSIER_NOT_FOUND',
  );
  expect(deeds()).toEqual([]);
});
test('a setting that is rolled back leaves no entry either', () => {
  const { db, access } = desk.desk;
  expect(() =>
    inTransaction(db, (tx) => {
      access.within(tx, { action: 'sync.set-day-end' });
      throw new Error('power');
    }),
  ).toThrow('power');
  expect(deeds()).toEqual([]);
});
test('where the disk takes nothing reading goes on, and the next entry says how many are missing', async () => {
  const { $client } = desk.desk.db;
  await desk.call('dossier.get', { id: ID });
  $client.pragma('query_only = ON');
  await desk.call('dossier.get', { id: OTHER });
  await desk.call('register.get', { from: '2026-11-01', to: '2026-11-30' });
  $client.pragma('query_only = OFF');
  await desk.call('report.clipping', {
    source: { report: 'ngoai-nganh', from: null, to: '2026-11-01', treeOn: null, compare: false },
  });
  expect(deeds().slice(2)).toEqual(['log.missed', 'report.clipping']);
  expect(rows()[2]).toMatchObject({ actor: null, facts: { count: 2 } });
});
test('the log is not changed and not shortened by the program', () => {
  const { $client, db } = { $client: desk.desk.db.$client, db: desk.desk.db };
  inTransaction(db, (tx) => desk.desk.access.within(tx, { action: 'account.lock' }));
  expect(() => $client.exec("UPDATE access SET action = 'x'")).toThrow('append-only');
  expect(() => $client.exec('DELETE FROM access')).toThrow('append-only');
});
