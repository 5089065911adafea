/** Clusters through the window's own door: refused, done, recorded; and the reports that follow them. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyDesk } from '../../../db/rebuild.ts';
import { countUnitsOn } from '../../../shared/catalogue/units.ts';
import { type Role, roles } from '../../../shared/domain/verbs.ts';
import { CITY, dropTestDesk, openTestDesk, type TestDesk } from '../../support/temp-desk.ts';

const ID = '11111111-1111-4111-8111-111111111111';
const OTHER = '22222222-2222-4222-8222-222222222222';
const wards = countUnitsOn(CITY, '2026-11-01').map((u) => u.key);
const [A = '', B = '', C = ''] = wards;
const version = (more: object = {}) => ({
  ...{ cluster: ID, name: 'Cụm thi đua số 1', units: [A, B], from: '2026-01-01', to: null },
  ...more,
});
let desk: TestDesk;
beforeEach(() => {
  desk = openTestDesk({ role: 'officer', office: CITY });
});
afterEach(() => dropTestDesk(desk));
const events = () => verifyDesk(desk.desk.db).events;

describe('cluster.set', () => {
  test.each<Role>(roles.filter((r) => !['head', 'admin', 'officer'].includes(r)))(
    'is refused to the role %s',
    async (role) => {
      const stranger = openTestDesk({ role, office: CITY });
      expect(await stranger.refusal('cluster.set', version())).toBe('FORBIDDEN');
      expect(verifyDesk(stranger.desk.db).events).toBe(0);
      await dropTestDesk(stranger);
    },
  );
  test.each<Role>(['head', 'admin', 'officer'])('is done for the role %s and recorded once', async (role) => {
    const own = openTestDesk({ role, office: CITY });
    expect(await own.call('cluster.set', version({ name: '  Cụm  1 ' }))).toEqual({ revision: 1 });
    expect(await own.call('cluster.list', {})).toEqual([version({ name: 'Cụm 1' })]);
    expect(own.announced[0]).toEqual({ announcement: 'changed', body: ['setting', 'sync'] });
    expect(await own.call('cluster.set', version({ name: 'Cụm 1' }))).toEqual({ revision: 1 });
    expect(verifyDesk(own.desk.db)).toMatchObject({ events: 1, problems: [] });
    const { items } = await own.call('sync.items', { list: 'waiting', before: null });
    expect(items.map((i) => [i.verb, i.title])).toEqual([['cluster.set', 'Cụm 1']]);
    await dropTestDesk(own);
  });
  test.each<[string, object, string]>([
    ['no name', { name: ' ' }, 'FIELD_REQUIRED'],
    ['no units', { cluster: OTHER, units: [] }, 'CLUSTER_EMPTY'],
    ['a unit of the old tree', { units: ['26740@2021-01-01'] }, 'UNIT_CLOSED'],
    ['an unknown unit', { units: ['99999@2021-01-01'] }, 'UNIT_UNKNOWN'],
    ['an end before its beginning', { to: '2025-12-31' }, 'WINDOW_REVERSED'],
    ['a unit of another cluster', { cluster: OTHER, units: [C, B] }, 'CLUSTER_UNIT_TWICE'],
    ['no id', { cluster: 'x' }, 'INPUT_INVALID'],
    ['a name without end', { name: 'x'.repeat(121) }, 'INPUT_INVALID'],
  ])('%s is refused and leaves nothing', async (_, more, code) => {
    await desk.call('cluster.set', version());
    expect(await desk.refusal('cluster.set', version(more))).toBe(code);
    expect(events()).toBe(1);
  });
  test('without units takes the version of that day back, and the one before counts again', async () => {
    await desk.call('cluster.set', version());
    await desk.call('cluster.set', version({ name: 'Nhầm', from: '2026-06-01' }));
    await desk.call('cluster.set', version({ name: 'Nhầm', from: '2026-06-01', units: [] }));
    expect(await desk.call('cluster.list', {})).toEqual([version()]);
    expect(verifyDesk(desk.desk.db)).toMatchObject({ events: 3, problems: [] });
  });
  test('a ward has nothing to gather', async () => {
    const ward = openTestDesk({ role: 'head', office: '26743' });
    expect(await ward.refusal('cluster.set', version({ units: ['26743@2025-07-01'] }))).toBe(
      'UNIT_OUT_OF_SCOPE',
    );
    await dropTestDesk(ward);
  });
  test('stands beside corrections of the catalogue, and neither shows as the other', async () => {
    const head = openTestDesk({ role: 'head', office: CITY });
    const fact = { key: 'limit.K2', from: '2023-07-10', value: '5', source: 'Công văn thử' };
    await head.call('catalogue.correct', { corrections: [fact], reason: 'theo công văn' });
    expect(await head.call('cluster.set', version())).toEqual({ revision: 2 });
    expect((await head.call('catalogue.get', {})).corrections).toHaveLength(1);
    expect((await head.call('catalogue.history', {})).steps).toHaveLength(1);
    expect(await head.call('cluster.list', {})).toHaveLength(1);
    expect(verifyDesk(head.desk.db).problems).toEqual([]);
    await dropTestDesk(head);
  });
});

test('reports follow the clusters of the day of their tree; a unit that left is counted alone', async () => {
  const asOf = '2026-11-01';
  await desk.call('count.record', {
    ...{ asOf, form: null, from: null, source: 'typed' },
    units: [A, B, C].map((unit, i) => ({
      unit,
      cells: [{ category: 'hoi_nong_dan', measure: 'tong', value: 10 ** i }],
    })),
  });
  await desk.call('cluster.set', version());
  const figures = async (report: string) => {
    const made = await desk.call('report.make', {
      ...{ report, from: null, to: asOf, treeOn: null, compare: false },
    });
    const at = made.columns.findIndex((c) => c.key === 'hoi_nong_dan');
    return Object.fromEntries(
      made.rows.flatMap(({ key, cells }) => {
        const cell = cells[at];
        return cell?.kind === 'count' && cell.value !== null ? [[key, cell.value]] : [];
      }),
    );
  };
  expect(await figures('ngoai-nganh-cum')).toEqual({ [ID]: 11, [C]: 100, total: 111 });
  expect(await figures('ngoai-nganh-cum-don-vi')).toEqual({
    ...{ [ID]: 11, [A]: 1, [B]: 10 },
    ...{ no_cluster: 100, [C]: 100, total: 111 },
  });
  await desk.call('cluster.set', version({ units: [A], from: '2026-10-01' }));
  expect(await figures('ngoai-nganh-cum')).toEqual({ [ID]: 1, [B]: 10, [C]: 100, total: 111 });
});
