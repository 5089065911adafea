/** Lists of dossiers: every filter, every order, search words, what is stuck, the register, duplicates; and how the index answers. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTransaction, type ReadDb } from '../../../db/handle.ts';
import { readIdentity } from '../../../db/queries/device.ts';
import { dossierIndex, dossierRecords, dueRecords, indexQuery } from '../../../db/queries/dossier.ts';
import { duplicateCandidates } from '../../../db/queries/duplicate.ts';
import { registerRows } from '../../../db/queries/register.ts';
import { type Wait, waitingComponents, waitingCount } from '../../../db/queries/waiting.ts';
import { write } from '../../../db/write.ts';
import { authorOf } from '../../../electron/context.ts';
import { type DossierFilter, listOrders, listStates } from '../../../shared/contract/ipc/dossier.ts';
import type { ActBody } from '../../../shared/domain/dossier.ts';
import { duplicateLookups } from '../../../shared/domain/duplicate.ts';
import { bodyOf, type Event } from '../../../shared/domain/event.ts';
import { must } from '../../../shared/lib/must.ts';
import { EMPTY_FORM_RECEIVE } from '../../support/events.ts';
import { everybody } from '../../support/forms.ts';
import { dropTestDesk, openTestDesk, type TestDesk } from '../../support/temp-desk.ts';

let desk: TestDesk;
let db: ReadDb;
const ids: Record<string, string> = {};
const TODAY = '2026-11-23';
const marks = () => ({
  stream: must(readIdentity(db), 'identity').stream,
  acked: 0,
  today: TODAY,
  soon: '2026-11-24',
  away: [],
});

function record(
  verb: 'dossier.receive' | 'dossier.act' | 'dossier.annotate',
  name: string,
  body: Event['body'],
): void {
  const id = ids[name] ?? desk.desk.ids.uuid();
  ids[name] = id;
  const author = authorOf(desk.desk, must(readIdentity(db), 'identity'));
  write(author, (w) => w.record({ verb, subject: { kind: 'dossier', id }, base: 0, body }));
}
let serial = 0;
function receive(name: string, form: Record<string, string>, more: object = {}): void {
  const code = `T-7-261120-${String(++serial).padStart(3, '0')}`;
  record('dossier.receive', name, {
    ...EMPTY_FORM_RECEIVE,
    ...more,
    code,
    form: { ...(name && { 'child.fullName': name }), ...form },
  });
}
function act(name: string, step: Partial<ActBody> & Pick<ActBody, 'action' | 'components'>): void {
  record('dossier.act', name, bodyOf({ on: '2026-11-21', time: '10:00', dues: [], ...step }));
}
const birth = (day: string, mother: string) => ({ 'child.birth': day, 'mother.fullName': mother });

beforeAll(() => {
  desk = openTestDesk();
  db = desk.desk.db;
  receive('An', {
    ...birth('2026-11-10', 'Lê Thị Út'),
    'requester.residence': '12 Nguyễn Trãi',
    'requester.phone': '0199123456',
  });
  receive('Đạt', {
    ...birth('2026-11-11', 'Đỗ Thị Na'),
    'paper.ks_to_khai': 'missing',
    'paper.ks_giay_chung_sinh': 'missing',
    'paper.ks_cam_doan': 'original',
  });
  act('Đạt', { action: 'ask_supplement', components: ['K1', 'K2', 'K3'], items: ['Tờ khai'] });
  receive('Bé', { ...birth('2026-11-12', 'Võ Thị Ba'), 'residence.headOfHousehold': 'Nguyễn Thái Lai' });
  act('Bé', { action: 'result_received', components: ['K1'], dues: [{ code: 'K2', due: '2026-11-27' }] });
  act('Bé', { action: 'forward', components: ['K2'], to: 'Công an' });
  receive('Cúc', birth('2026-11-13', 'Lê Thị Út'));
  act('Cúc', { action: 'report_obstacle', components: ['K2'], obstacle: 'ky_thuat' });
  receive('Em', { ...birth('2026-11-14', 'Hồ Thị Sáu'), 'paper.ks_to_khai': 'missing' });
  act('Em', { action: 'refuse', components: ['K1', 'K2', 'K3'], reason: 'không đủ' });
  const death = {
    chain: 'death',
    components: [{ code: 'T1', due: null, waitsFor: null }],
    due: null,
    receivedOn: '2026-11-22',
  };
  receive(
    '',
    {
      'deceased.fullName': "H'Hen Niê",
      'deceased.birth': '1950',
      'request.funeral': '1',
      'funeral.receiver': 'Ksor Bích',
    },
    death,
  );
  record('dossier.annotate', '', {
    changes: { 'code.official': '000.00.12.H29-261120-0007', 'code.T1': 'TLKT.2026/33' },
  });
});
afterAll(() => dropTestDesk(desk));

const index = (filter: Partial<DossierFilter>) => {
  const ns = [...dossierIndex(db, { ...everybody, ...filter }, marks())];
  return dossierRecords(db, ns).map((r) => r.subjectName);
};

describe('a list', () => {
  const all = ["H'Hen Niê", 'Em', 'Cúc', 'Bé', 'Đạt', 'An'];
  test.each<[Partial<DossierFilter>, string[]]>([
    [{}, all],
    // Đạt waits for the citizen and Em has ended: neither is late.
    [{ state: 'overdue' }, ['Cúc', 'An']],
    [{ state: 'due' }, ['Cúc', 'An']],
    [{ state: 'supplement' }, ['Đạt']],
    [{ state: 'elsewhere' }, ['Bé']],
    [{ state: 'obstacle' }, ['Cúc']],
    [{ state: 'to_give' }, ['Bé']],
    [{ state: 'missing' }, ['Đạt']],
    [{ missing: 'ks_to_khai' }, ['Em', 'Đạt']],
    [{ missing: 'ks_giay_chung_sinh' }, ['Đạt']],
    [{ missing: 'ks_cam_doan' }, []],
    [{ missing: 'ks_to_khai', state: 'ended' }, ['Em']],
    [{ state: 'under_way' }, ["H'Hen Niê", 'Cúc', 'Bé', 'Đạt', 'An']],
    [{ state: 'ended' }, ['Em']],
    [{ state: 'waiting' }, all],
    [{ state: 'returned' }, []],
    [{ chain: 'death' }, ["H'Hen Niê"]],
    [{ chain: 'birth', state: 'ended' }, ['Em']],
    [{ order: 'name' }, ['An', 'Bé', 'Cúc', 'Đạt', 'Em', "H'Hen Niê"]],
    [{ order: 'due' }, ['An', 'Cúc', 'Bé', 'Đạt', 'Em', "H'Hen Niê"]],
    [{ order: 'name', state: 'overdue' }, ['An', 'Cúc']],
    [{ q: 'le thi ut', order: 'name' }, ['An', 'Cúc']],
    [{ q: 'le thi ut', state: 'obstacle' }, ['Cúc']],
  ])('of %j', (filter, expected) => {
    expect(index(filter)).toEqual(expected);
  });

  test.each<[string, string[]]>([
    ['000.00.12.H29-261120-0007', ["H'Hen Niê"]],
    ['h29', ["H'Hen Niê"]],
    ['0007', ["H'Hen Niê"]],
    ['261120-0007', ["H'Hen Niê"]],
    ['TLKT.2026/33', ["H'Hen Niê"]],
    ['tlkt', ["H'Hen Niê"]],
    ['ksor bich', ["H'Hen Niê"]],
    ['hhen nie', ["H'Hen Niê"]],
    ['thai lai', ['Bé']],
    ['do thi na', ['Đạt']],
    ['0199 123 456', ['An']],
    ['3456', ['An']],
    ['nguyen trai', ['An']],
    ['T-7-261120-002', ['Đạt']],
    ['zzz', []],
  ])('is searched for %s', (q, expected) => {
    expect(index({ q })).toEqual(expected);
  });

  test('shows state, papers and code, and no column that only sorts', () => {
    const [n] = dossierIndex(db, { ...everybody, q: 'dat' }, marks());
    expect(dossierRecords(db, [n ?? 0])[0]).toMatchObject({
      state: 'supplement',
      missing: 2,
      officialCode: '',
      nextDue: null,
    });
    const dead = dossierRecords(db, [...dossierIndex(db, { ...everybody, chain: 'death' }, marks())])[0];
    expect(dead).toMatchObject({
      officialCode: '000.00.12.H29-261120-0007',
      state: 'processing',
      missing: 0,
    });
    expect(Object.keys(dead ?? {})).not.toContain('sortName');
  });

  test('of what is due on Hôm nay leaves out what waits for the citizen', () => {
    expect(dueRecords(db, '2026-12-31', { away: [], limit: 10 }).map((r) => r.subjectName)).toEqual([
      'An',
      'Cúc',
      'Bé',
    ]);
  });
});

test('what waits is listed component by component, longest first', () => {
  const who = (n: number) => dossierRecords(db, [n])[0]?.subjectName;
  const waiting = (wait: Wait, limit = 10) =>
    waitingComponents(db, wait, { away: [], limit }).map((c) => [who(c.n), c.component, c.at, c.askedOn]);
  expect(waiting('supplement')).toEqual([
    ['Đạt', 'K1', '', '2026-11-21'],
    ['Đạt', 'K2', '', '2026-11-21'],
    ['Đạt', 'K3', '', '2026-11-21'],
  ]);
  expect(waiting('elsewhere')).toEqual([['Bé', 'K2', 'Công an', '']]);
  expect(waiting('to_give')).toEqual([['Bé', 'K1', '', '']]);
  expect(waiting('supplement', 1)).toHaveLength(1);
  expect([waitingCount(db, 'supplement', []), waitingCount(db, 'to_give', [])]).toEqual([1, 1]);
});

test('the register of a window has every dossier received in it, in order, with its components', () => {
  const rows = registerRows(db, '2026-11-20', '2026-11-21');
  expect(rows.map((r) => r.subjectName)).toEqual(['An', 'Đạt', 'Bé', 'Cúc', 'Em']);
  expect(rows[0]).toMatchObject({ requesterAddress: '12 Nguyễn Trãi', requesterPhone: '0199123456' });
  expect(rows[2]?.components.map((c) => [c.code, c.state, c.endedOn])).toEqual([
    ['K1', 'done', '2026-11-21'],
    ['K2', 'elsewhere', null],
    ['K3', 'processing', null],
  ]);
  expect(registerRows(db, '2026-11-22', '2026-11-22').map((r) => r.subjectName)).toEqual(["H'Hen Niê"]);
  expect(registerRows(db, '2026-11-23', '2026-11-30')).toEqual([]);
});

describe('candidates for a duplicate', () => {
  const person = { chain: 'birth', name: 'Ân', date: '2026-11-10', relative: 'Le Thi Ut' } as const;
  test('are found by key, with all that the comparison needs, but for the dossier that asks', () => {
    expect(duplicateCandidates(db, duplicateLookups(person), 'draft')).toContainEqual({
      ...{ id: ids['An'], code: 'T-7-261120-001', chain: 'birth', name: 'An', date: '2026-11-10' },
      ...{ relative: 'Lê Thị Út', receivedOn: '2026-11-20' },
    });
    const others = duplicateCandidates(db, duplicateLookups(person), ids['An'] ?? '');
    expect(others.map((c) => c.name)).not.toContain('An');
    expect(duplicateCandidates(db, [], 'draft')).toEqual([]);
  });
  test('follow a correction of the name', () => {
    const renamed = { ...person, name: 'Hoàng Gia Bảo', date: '2024' };
    const found = () => duplicateCandidates(db, duplicateLookups(renamed), 'draft').map((c) => c.name);
    expect(found()).toEqual([]);
    const { n } = inTransaction(db, () =>
      db.$client.prepare('SELECT count(*) AS n FROM duplicate_key').get(),
    ) as { n: number };
    receive('Minh', birth('2024-03-01', 'Lê Thị Năm'));
    const author = authorOf(desk.desk, must(readIdentity(db), 'identity'));
    const correct = (name: string) =>
      write(author, (w) =>
        w.record({
          verb: 'dossier.correct',
          subject: { kind: 'dossier', id: ids['Minh'] ?? '' },
          base: 0,
          body: { changes: { 'child.fullName': name }, reason: 'sai tên' },
        }),
      );
    correct('Hoàng Gia Bảo');
    expect(found()).toEqual(['Hoàng Gia Bảo']);
    correct('');
    expect(found()).toEqual([]);
    expect(db.$client.prepare('SELECT count(*) FROM duplicate_key').pluck().get()).toBe(n);
  });
});

describe('with 100,000 dossiers', () => {
  beforeAll(() => {
    // Only the statistics and sizes that the planner sees matter here: rows of many states, names and days.
    inTransaction(db, (tx) => {
      tx.$client.exec(`
        WITH RECURSIVE i (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM i WHERE i < 100000)
        INSERT INTO dossier SELECT 1000 + i, 'x' || i, 1, 'T-9-' || i, '', iif(i % 3, 'birth', 'death'), 'r', 'o', 'c', 'truc_tiep', date('2025-07-01', (i / 200) || ' days'),
          '09:00', NULL, iif(i % 50, NULL, '2026-11-' || (10 + i % 20)), 'processing', iif(i % 50, 'whole', 'under_way'), 0, 'n' || i, '', 'n' || (i * 7919 % 100000), '', '', '', '', '', 1, NULL FROM i;
        INSERT INTO component SELECT id, 'K' || k, NULL, NULL, NULL, iif(n % 50, 'given', 'processing'), received_on, NULL, NULL, '', '', 0, '' FROM dossier, (SELECT 1 AS k UNION SELECT 2 UNION SELECT 3) WHERE n > 1000;
        INSERT INTO dossier_mark SELECT n, 'supplement' FROM dossier WHERE n > 1000 AND n % 50 = 0;
        INSERT INTO duplicate_key SELECT 'birth:full:2026:' || (n % 5000), n FROM dossier WHERE n > 1000;
        INSERT INTO dossier_search (rowid, words, place) SELECT n, subject_name, '' FROM dossier WHERE n > 1000;`);
    });
    db.$client.pragma('optimize=0x10002');
  });

  const plan = (text: string, values: object) =>
    (db.$client.prepare(`EXPLAIN QUERY PLAN ${text}`).all(values) as { detail: string }[]).map(
      (r) => r.detail,
    );
  const filters = listStates.flatMap((state) =>
    listOrders.flatMap((order) =>
      ([null, 'birth'] as const).map((chain): DossierFilter => ({ ...everybody, state, order, chain })),
    ),
  );
  test.each(filters)('$state by $order of $chain asks an index', (filter) => {
    for (const more of [{}, { missing: 'ks_to_khai' }]) {
      const { text, values } = indexQuery({ ...filter, ...more }, marks(), null);
      const details = plan(text, values);
      for (const detail of details) expect(detail).not.toMatch(/^SCAN (component|delivery|dossier_mark)$/);
      // The rows themselves are read only where they are the list, in its order: all, newest first.
      const whole = text === 'SELECT n FROM dossier  ORDER BY n DESC';
      if (!whole) expect(details).not.toContain('SCAN dossier');
      if (['all', 'ended'].includes(filter.state) && Object.keys(more).length === 0)
        expect(details.join('\n')).not.toContain('TEMP B-TREE');
    }
  });
  test.each(listOrders)('a search by %s starts from its words', (order) => {
    const { text, values } = indexQuery({ ...everybody, order }, marks(), '{words} : ("n77"*)');
    expect(plan(text, values).join('\n')).toMatch(/dossier_search VIRTUAL TABLE INDEX/);
  });
  const probe = (run: () => unknown): string[] => {
    const seen: string[] = [];
    const { prepare } = db.$client;
    db.$client.prepare = ((text: string) => {
      seen.push(text);
      return prepare.call(db.$client, text);
    }) as typeof prepare;
    run();
    db.$client.prepare = prepare;
    return seen;
  };
  test.each<[string, () => unknown]>([
    ['the register of a week', () => registerRows(db, '2026-11-20', '2026-11-26')],
    ['what waits', () => waitingComponents(db, 'supplement', { away: [], limit: 100 })],
    ['what is due', () => dueRecords(db, TODAY, { away: [], limit: 50 })],
  ])('%s reads no whole table', (_, run) => {
    const texts = probe(run);
    expect(texts.length).toBeGreaterThan(0);
    for (const text of texts) {
      const slots = text.split('?').length - 1;
      const details = (
        db.$client.prepare(`EXPLAIN QUERY PLAN ${text}`).all(...Array(slots).fill('')) as { detail: string }[]
      ).map((r) => r.detail);
      for (const detail of details)
        expect(detail, text).not.toMatch(/^SCAN (dossier|component|dossier_mark)/);
    }
  });
  test('candidates for a duplicate are asked by key', () => {
    const text = `SELECT id FROM dossier WHERE n IN (SELECT dossier_n FROM duplicate_key WHERE key IN (SELECT value FROM json_each(?))) AND id <> ? ORDER BY n DESC`;
    const details = (
      db.$client.prepare(`EXPLAIN QUERY PLAN ${text}`).all('[]', '') as { detail: string }[]
    ).map((r) => r.detail);
    expect(details.join('\n')).toContain('SEARCH duplicate_key USING PRIMARY KEY (key=?)');
    expect(details.join('\n')).not.toMatch(/SCAN (dossier|duplicate_key)/);
  });
});
