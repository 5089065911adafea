/** The door of the window: anything may come in, only listed calls with fitting input go on, and no failure tells too much. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ipc, type Method } from '../../../shared/contract/ipc/registry.ts';
import { everybody, reception } from '../../support/forms.ts';
import { dropTestDesk, openTestDesk, type TestDesk } from '../../support/temp-desk.ts';

const ID = '11111111-1111-4111-8111-111111111111';
let desk: TestDesk;
beforeEach(() => {
  desk = openTestDesk({ role: 'head' });
});
afterEach(() => dropTestDesk(desk));
const problemOf = async (method: unknown, input: unknown) => {
  const reply = await desk.dispatch(method, input);
  if (reply.ok) throw new Error('it was answered');
  return reply.problem;
};

describe('what is no call', () => {
  test.each([
    ['an unknown name', 'dossier.delete'],
    ['nothing', ''],
    ['a name of Object', 'constructor'],
    ['its prototype', '__proto__'],
    ['a number', 7],
    ['null', null],
    ['undefined', undefined],
    ['a list with a good name', ['session.get']],
    ['an object that cannot be text', { toString: 1, valueOf: 1 }],
    ['an object without a prototype', Object.create(null)],
    ['a symbol', Symbol('session.get')],
    ['a very long name', 'x'.repeat(100_000)],
  ])('%s is refused', async (_, method) => {
    const problem = await problemOf(method, {});
    expect(problem.code).toBe('INPUT_INVALID');
    expect(problem.sentence.length).toBeLessThan(400);
    expect(desk.reports).toEqual([]);
  });
});

const own = (Object.keys(ipc) as Method[]).filter((m) => ipc[m].kind !== 'shell');
test.each(own)('%s refuses input of another shape and names the place, not the content', async (method) => {
  for (const input of [
    null,
    undefined,
    'Nguyễn Văn Bí Mật',
    7,
    [],
    { bímật: 'Nguyễn Văn Bí Mật' },
    { id: { $ne: 1 } },
  ]) {
    const problem = await problemOf(method, input);
    expect([problem.code, problem.details.where]).toEqual(['INPUT_INVALID', method]);
    expect(JSON.stringify(problem)).not.toContain('Bí Mật');
  }
});
test.each((Object.keys(ipc) as Method[]).filter((m) => ipc[m].kind === 'shell'))(
  '%s belongs to the window and is refused by the data process',
  async (method) => {
    const input = method === 'receipt.save' ? { id: 'x' } : { asOf: '2026-11-01', format: 'csv' };
    expect((await problemOf(method, input)).code).toBe('INPUT_INVALID');
  },
);

describe('a machine that is not enrolled', () => {
  test('tells who it is not, and refuses what needs an office', async () => {
    const fresh = openTestDesk({ enrolled: false });
    expect(await fresh.call('session.get', {})).toMatchObject({
      enrolled: false,
      office: null,
      device: null,
      actor: null,
      today: '2026-11-20',
      cityUrl: 'http://127.0.0.1:1',
    });
    expect(await fresh.call('sync.state', {})).toMatchObject({ waiting: 0, received: 0, line: 'unknown' });
    const annex = { report: 'ngoai-nganh', from: null, to: '2026-11-01', treeOn: null, compare: false };
    const inputs: [Method, unknown][] = [
      ['draft.list', {}],
      ['dossier.index', everybody],
      ['count.grid', { asOf: '2026-11-01', form: null, from: null }],
      ['sync.items', { list: 'waiting', before: null }],
      ['receipt.list', {}],
      ['today.get', {}],
      ['report.make', annex],
      ['report.file', { source: annex, format: 'csv' }],
      ['office.communes', { on: '2026-11-01' }],
    ];
    for (const [method, input] of inputs)
      expect(await fresh.refusal(method, input), method).toBe('NOT_ENROLLED');
    await dropTestDesk(fresh);
  });
});

test('the session tells office, person and store', async () => {
  expect(await desk.call('session.get', {})).toMatchObject({
    enrolled: true,
    office: { code: '26743', name: 'Phường Bến Thành', kind: 'phuong', isCommune: true },
    device: { no: 7 },
    actor: { name: 'Lê Thị Thử', role: 'head' },
    storage: { cipher: expect.stringMatching(/^(aegis|chacha20)$/) },
  });
  expect((await desk.call('office.communes', { on: '2026-11-20' })).map((u) => u.key)).toEqual([
    '26743@2025-07-01',
  ]);
  // The wards of that day whose territory this office has taken over since: an old paper may be typed in here.
  expect((await desk.call('office.communes', { on: '2023-09-19' })).map((u) => u.key).sort()).toEqual([
    '26743@2021-01-01',
    '26746@2021-01-01',
    '26749@2021-01-01',
    '26752@2021-01-01',
  ]);
});

describe('a failure that nobody expected', () => {
  test('is told with a reference and nothing of itself, and reported under that reference', async () => {
    await desk.call('dossier.receive', reception(ID, 'birth', { 'child.fullName': 'Nguyễn Văn Bí Mật' }));
    desk.desk.db.$client.exec(
      'DROP TRIGGER event_no_update; UPDATE event SET raw = replace(raw, \'"verb":"dossier.receive"\', \'"verb":7\')',
    );
    const problem = await problemOf('dossier.get', { id: ID });
    expect(problem).toMatchObject({
      code: 'INTERNAL',
      details: { where: 'dossier.get', ref: expect.stringMatching(/^[0-9a-f]{8}$/) },
    });
    expect(Object.keys(problem.details).sort()).toEqual(['ref', 'where']);
    expect(JSON.stringify(problem)).not.toMatch(/Bí Mật|raw|verb|SELECT|at .*\.ts/);
    expect(desk.reports).toHaveLength(1);
  });
  test('in one call leaves the next one working', async () => {
    await desk.call('dossier.receive', reception(ID, 'birth'));
    desk.desk.db.$client.exec("DROP TRIGGER event_no_update; UPDATE event SET raw = 'x'");
    expect(await desk.refusal('dossier.get', { id: ID })).toBe('INTERNAL');
    expect(await desk.refusal('dossier.correct', { id: ID, base: 1, values: {}, reason: 'x' })).toBe(
      'INTERNAL',
    );
    await desk.call('dossier.receive', reception('22222222-2222-4222-8222-222222222222', 'birth'));
  });
  test('of the store keeps its name', async () => {
    desk.desk.db.$client.exec('DROP TABLE draft');
    expect(await desk.refusal('draft.list', {})).toBe('DB_FAILED');
    expect(desk.reports).toEqual([]);
  });
  test('for want of space or leave to write keeps nothing half, and the desk goes on afterwards', async () => {
    desk.desk.db.$client.pragma('query_only = ON');
    expect(await desk.refusal('dossier.receive', reception(ID, 'birth'))).toBe('DB_READ_ONLY');
    desk.desk.db.$client.pragma('query_only = OFF');
    const pages = desk.desk.db.$client.pragma('page_count', { simple: true }) as number;
    desk.desk.db.$client.pragma(`max_page_count = ${pages}`);
    let refusal = 'OK';
    for (let i = 0; i < 200 && refusal === 'OK'; i++)
      refusal = await desk.refusal('dossier.receive', reception(desk.desk.ids.uuid(), 'birth'));
    expect(refusal).toBe('DB_FULL');
    desk.desk.db.$client.pragma('max_page_count = 1000000');
    expect(await desk.refusal('dossier.receive', reception(desk.desk.ids.uuid(), 'birth'))).toBe('OK');
    expect((await desk.call('data.verify', {})).problems).toEqual([]);
  });
});
