/** Clusters of units by date: versions, ends, and no unit in two of them on any day. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countUnitsOn } from '../../../../shared/catalogue/units.ts';
import {
  type Clusters,
  type ClusterVersion,
  clusterKey,
  clusterProblem,
  clustersOn,
  withCluster,
} from '../../../../shared/domain/cluster.ts';
import { addDays } from '../../../../shared/lib/local-date.ts';

const wards = countUnitsOn('79', '2026-01-01').map((u) => u.key);
const [A = '', B = '', C = ''] = wards;
const version = (more: Partial<ClusterVersion> = {}): ClusterVersion => ({
  ...{ cluster: 'one', name: 'Cụm 1', units: [A, B], from: '2026-01-01', to: null },
  ...more,
});
const all = (...versions: ClusterVersion[]): Clusters => versions.reduce(withCluster, {});
const problem = (v: ClusterVersion, clusters: Clusters = {}) =>
  clusterProblem(v, { office: '79', clusters })?.code ?? null;
const names = (clusters: Clusters, date: string) => clustersOn(clusters, date).map((c) => c.name);

describe('versions', () => {
  test('renamed and with other members from a day on: earlier days keep what was', () => {
    const clusters = all(version(), version({ name: 'Cụm Bến Thành', units: [C], from: '2026-07-01' }));
    expect(clustersOn(clusters, '2025-12-31')).toEqual([]);
    expect(clustersOn(clusters, '2026-06-30')).toEqual([version()]);
    expect(names(clusters, '2026-07-01')).toEqual(['Cụm Bến Thành']);
  });
  test('the same first day again corrects the version; without units it is taken back', () => {
    const clusters = all(version(), version({ name: 'Cụm khác' }));
    expect(names(clusters, '2026-02-01')).toEqual(['Cụm khác']);
    expect(withCluster(clusters, version({ units: [] }))).toEqual({});
  });
  test('ended on its last day, whatever came before', () => {
    const clusters = all(version(), version({ from: '2026-03-01', to: '2026-03-31' }));
    expect([names(clusters, '2026-03-31'), names(clusters, '2026-04-01')]).toEqual([['Cụm 1'], []]);
  });
  test('stand by name as people count', () => {
    const clusters = all(...['Cụm 10', 'Cụm 2'].map((name) => version({ cluster: name, name })));
    expect(names(clusters, '2026-02-01')).toEqual(['Cụm 2', 'Cụm 10']);
  });
});

describe('refused', () => {
  test.each<[string, Partial<ClusterVersion>, string]>([
    ['no unit', { units: [] }, 'CLUSTER_EMPTY'],
    ['an end before the beginning', { to: '2025-12-31' }, 'WINDOW_REVERSED'],
    ['an unknown unit', { units: ['99999@2025-07-01'] }, 'UNIT_UNKNOWN'],
    ['a unit that is no more', { units: ['26740@2021-01-01'] }, 'UNIT_CLOSED'],
    ['the office itself', { units: ['79@2021-01-01'] }, 'UNIT_OUT_OF_SCOPE'],
  ])('%s', (_, more, code) => {
    expect(problem(version(more))).toBe(code);
  });
  test('a unit of another office', () => {
    expect(clusterProblem(version(), { office: '26743', clusters: {} })?.code).toBe('UNIT_OUT_OF_SCOPE');
  });
  const other = (more: Partial<ClusterVersion> = {}) => version({ cluster: 'two', name: 'Cụm 2', ...more });
  test.each<[string, Partial<ClusterVersion>, boolean]>([
    ['the same days', {}, true],
    ['one common day', { to: '2026-01-01' }, true],
    ['later days', { from: '2027-01-01' }, true],
    ['other units', { units: [C] }, false],
    ['days before', { from: '2025-08-01', to: '2025-12-31' }, false],
  ])('in two clusters: %s', (_, more, refused) => {
    const found = clusterProblem(other(more), { office: '79', clusters: all(version()) });
    expect(found?.code ?? null).toBe(refused ? 'CLUSTER_UNIT_TWICE' : null);
    if (refused) expect(found?.details).toMatchObject({ cluster: 'Cụm 1' });
  });
  test('after the other has let it go it is free', () => {
    const clusters = all(version(), version({ units: [B], from: '2026-07-01' }));
    expect(problem(other({ units: [A], from: '2026-07-01' }), clusters)).toBeNull();
    expect(problem(other({ units: [A], from: '2026-06-30' }), clusters)).toBe('CLUSTER_UNIT_TWICE');
  });
  test('taking a version back is refused where the one before it would meet another cluster', () => {
    const let_go = version({ units: [B], from: '2026-07-01' });
    const clusters = all(version(), let_go, other({ units: [A], from: '2026-07-01' }));
    expect(problem({ ...let_go, units: [] }, clusters)).toBe('CLUSTER_UNIT_TWICE');
  });
});

test('whatever is set and not refused: on no day is a unit in two clusters', () => {
  const day = fc.integer({ min: 0, max: 60 }).map((n) => addDays('2026-01-01', n));
  const wish = fc.record({
    cluster: fc.constantFrom('one', 'two', 'three'),
    name: fc.constant('Cụm'),
    units: fc.uniqueArray(fc.constantFrom(...wards.slice(0, 4)), { maxLength: 4 }),
    from: day,
    to: fc.option(day),
  });
  fc.assert(
    fc.property(fc.array(wish, { maxLength: 12 }), (wishes) => {
      let clusters: Clusters = {};
      for (const w of wishes)
        if (!clusterProblem(w, { office: '79', clusters })) clusters = withCluster(clusters, w);
      for (let n = 0; n <= 62; n++) {
        const held = clustersOn(clusters, addDays('2026-01-01', n)).flatMap((c) => c.units);
        expect(held.length).toBe(new Set(held).size);
      }
      expect(Object.keys(clusters)).toEqual(Object.values(clusters).map(clusterKey));
    }),
    { numRuns: 200 },
  );
});
