/** Counts through the changes of 01/01/2025 and 01/07/2025: what is whole goes over, what was split is asked about. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { successorsOn } from '../../../../shared/catalogue/successors.ts';
import { communesOn, isWithin, unitByKey, unitOn } from '../../../../shared/catalogue/units.ts';
import { must } from '../../../../shared/lib/must.ts';
import type { CountValue } from '../../../../shared/report/definition.ts';
import type { CountFigure } from '../../../../shared/report/figures.ts';
import type { PlannedRow } from '../../../../shared/report/plan-rows.ts';
import { rolledCounts } from '../../../../shared/report/rolled-counts.ts';
import { unitTree } from '../../../../shared/report/unit-tree.ts';
import { count, input, key, report, sentences, table2023 } from './report-input.ts';

const OLD = '2024-06-30';
const NEW = '2025-07-01';
const figure = (unit: string, value: number, asOf: string): CountFigure => ({
  unit,
  category: 'hoi_nong_dan',
  measure: 'tong',
  asOf,
  value,
});
const rolled = (counts: readonly CountFigure[], treeOn: string, id = 'ngoai-nganh', office = '79') =>
  report(id, { counts, treeOn, office, window: { from: null, to: counts[0]?.asOf ?? treeOn } });

const BEN_NGHE = key('26740', OLD);
const SAI_GON = key('26740', NEW);

describe('theo đơn vị mới', () => {
  test('a ward that went over whole is counted with its successor', () => {
    const made = rolled([figure(BEN_NGHE, 7, OLD)], NEW);
    expect(count(made, SAI_GON, 'hoi_nong_dan')).toBe(7);
    expect(count(made, 'total', 'hoi_nong_dan')).toBe(7);
    expect(made.findings).toEqual([]);
  });
  test('a split ward is not divided: listed, summed once, asked about', () => {
    const split = key('27016', OLD);
    const made = rolled([figure(split, 30, OLD), figure(BEN_NGHE, 7, OLD)], NEW);
    expect(count(made, 'unallocated', 'hoi_nong_dan')).toBe(30);
    expect(count(made, 'total', 'hoi_nong_dan')).toBe(37);
    expect(sentences(made, 'UNIT_SPLIT')).toEqual([
      'Phường Sơn Kỳ (Quận Tân Phú) nay thuộc Phường Tây Thạnh, Phường Tân Sơn Nhì, Phường Bình Hưng Hòa: không tự chia, số liệu để ở dòng "Chưa phân bổ". Hãy hỏi đơn vị.',
    ]);
  });
  test('districts of 2023 by the tree of 168 are all unallocated, and nothing is lost', () => {
    const made = report('ngoai-nganh', { counts: table2023, treeOn: NEW });
    expect(count(made, 'total', 'hoi_cuu_chien_binh')).toBe(33_370);
    expect(count(made, 'unallocated', 'hoi_cuu_chien_binh')).toBe(33_370);
    expect(sentences(made, 'UNIT_SPLIT')).toHaveLength(22);
  });
  test('a split ward that lies wholly in one cluster is no question there', () => {
    const split = key('27016', OLD);
    const units = successorsOn(split, NEW).map((u) => u.code);
    const made = report('ngoai-nganh-cum', {
      counts: [figure(split, 30, OLD)],
      treeOn: NEW,
      window: { from: null, to: OLD },
      clusters: [{ key: 'c', name: 'Cụm', units }],
    });
    expect(count(made, 'total', 'hoi_nong_dan')).toBe(30);
  });
  test('part of another office is told, not counted', () => {
    const split = key('27016', OLD);
    const office = successorsOn(split, NEW)[0]?.code ?? '';
    const made = rolled([figure(split, 30, OLD)], NEW, 'ngoai-nganh', office);
    expect(count(made, 'total', 'hoi_nong_dan')).toBeNull();
    expect(made.findings.map((f) => f.code)).toEqual(['UNIT_ELSEWHERE']);
  });
  test('an unknown key is told, not counted', () => {
    const made = rolled([figure('99999@2020-01-01', 30, OLD)], NEW);
    expect(made.findings.map((f) => f.code)).toEqual(['UNIT_ELSEWHERE']);
  });
});

describe('a ward that goes on under its key and takes in another (NQ 1278: Phường 14 into Phường 15, Quận 4)', () => {
  const goesOn = key('27295', OLD);
  const joined = key('27280', OLD);
  const LATER = '2025-01-15';
  test('what both said before is added: seed -2005190701, [[183,178,0],"2025-01-15"]', () => {
    const other = key('26734', OLD);
    const counts = [figure(goesOn, 184, OLD), figure(joined, 179, OLD), figure(other, 1, OLD)];
    const made = rolled(counts, LATER);
    expect(count(made, 'total', 'hoi_nong_dan')).toBe(364);
    expect(count(made, key('773', LATER), 'hoi_nong_dan')).toBe(363);
    expect(count(rolled(counts, LATER, 'ngoai-nganh-cap-xa'), goesOn, 'hoi_nong_dan')).toBe(363);
    expect(made.findings).toEqual([]);
  });
  test('what it says after includes the other, and is counted once', () => {
    const counts = [figure(goesOn, 363, LATER), figure(joined, 179, LATER)];
    expect(count(rolled(counts, LATER), 'total', 'hoi_nong_dan')).toBe(363);
    expect(count(rolled(counts, LATER, 'ngoai-nganh-cap-xa'), 'total', 'hoi_nong_dan')).toBe(363);
  });
});

describe('flows through a merger', () => {
  const merged = key('26890', '2025-01-01');
  const old = key('26893', OLD);
  const flow = (unit: string, value: number, from: string, asOf: string): CountFigure => ({
    ...{ unit, value, from, asOf },
    category: 'ho_so',
    measure: 'tong',
  });
  const roll = (counts: readonly CountFigure[]) =>
    rolledCounts(
      {
        input: input({ counts, treeOn: '2025-06-30', window: { from: '2024-07-01', to: '2025-06-30' } }),
        office: must(unitOn('79', '2025-06-30'), 'city'),
        tree: unitTree('2025-06-30'),
      },
      new Set([must(unitByKey(merged), merged).code]),
    );
  const row: PlannedRow = {
    ...{ key: merged, label: 'Phường 1', kind: 'data', dossiers: [], isUnitRow: true, counted: true },
    units: [must(unitByKey(merged), merged)],
  };
  const value: CountValue = { from: 'count', category: 'ho_so', measure: 'tong', kind: 'flow' };
  const before = flow(old, 40, '2024-07-01', '2024-12-31');

  test('what the old ward took in before is added to what the new one took in after', () => {
    const made = roll([before, flow(merged, 5, '2025-01-01', '2025-06-30')]);
    expect(made.at(row, value)).toBe(45);
    expect(made.findings()).toEqual([]);
  });
  test('days that the new one speaks for are counted once, and told', () => {
    const made = roll([before, flow(merged, 50, '2024-10-01', '2025-06-30')]);
    expect(made.at(row, value)).toBe(50);
    expect(made.findings().map((f) => f.sentence)).toEqual([
      expect.stringContaining('trùng ngày với kỳ do Phường 1'),
    ]);
  });
});

describe('theo đơn vị cũ', () => {
  test("a new ward made of wards of one district is that district's", () => {
    const made = rolled([figure(SAI_GON, 12, '2026-10-31')], OLD);
    expect(count(made, key('760', OLD), 'hoi_nong_dan')).toBe(12);
  });
  test('by communes it is not divided among the old ones', () => {
    const made = rolled([figure(SAI_GON, 12, '2026-10-31')], OLD, 'ngoai-nganh-cap-xa');
    expect(count(made, BEN_NGHE, 'hoi_nong_dan')).toBeNull();
    expect(count(made, 'unallocated', 'hoi_nong_dan')).toBe(12);
  });
});

describe('levels', () => {
  const district = key('760', OLD);
  test('wards below a district make its figure; its own differing one is told', () => {
    const wards = communesOn('760', OLD).map((u) => figure(u.key, 2, OLD));
    const made = rolled([...wards, figure(district, 25, OLD)], OLD);
    expect(count(made, district, 'hoi_nong_dan')).toBe(wards.length * 2);
    expect(sentences(made, 'OWN_DIFFERS')).toEqual([
      'Quận 1: cộng các đơn vị bên dưới = 20, đơn vị ghi 25: lệch 5',
    ]);
  });
  test("a district's figure is not divided among wards that are silent", () => {
    const made = rolled([figure(district, 25, OLD)], OLD, 'ngoai-nganh-cap-xa');
    expect(count(made, 'unallocated', 'hoi_nong_dan')).toBe(25);
    expect(made.findings.map((f) => f.code)).toEqual(['UNIT_NOT_DIVIDED']);
  });
  test("a split ward of a district that speaks for itself is in the district's figure, by either rows", () => {
    const counts = [figure(key('765', OLD), 100, OLD), figure(key('26932', OLD), 30, OLD)];
    for (const id of ['ngoai-nganh', 'ngoai-nganh-cap-xa'])
      expect(count(rolled(counts, '2025-01-15', id), 'total', 'hoi_nong_dan')).toBe(100);
  });
  test("a district's figure is not lost where its wards are marked outside", () => {
    const outside: CountFigure = { ...figure(key('26734', OLD), 0, OLD), value: 'outside' };
    for (const id of ['ngoai-nganh', 'ngoai-nganh-cap-xa'])
      expect(count(rolled([figure(district, 25, OLD), outside], OLD, id), 'total', 'hoi_nong_dan')).toBe(25);
  });
});

test('whatever communes report, a roll-up to either tree keeps the sum of what lies in the city', () => {
  const olds = communesOn('79', OLD);
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 0, max: olds.length - 1 }), { minLength: 1, maxLength: 12 }),
      fc.constantFrom(OLD, '2025-01-15', NEW, '2026-10-31'),
      (picks, treeOn) => {
        const counts = picks.flatMap((i) => {
          const unit = olds[i];
          return unit ? [figure(unit.key, i + 1, OLD)] : [];
        });
        const known = counts.filter((f) => {
          const heirs = successorsOn(f.unit, treeOn);
          return (
            heirs.every((u) => u.extent !== 'unverified_part') &&
            heirs.every((u) => isWithin(u.code, '79', treeOn))
          );
        });
        const made = rolled(counts, treeOn);
        const total = known.reduce((sum, f) => sum + Number(f.value), 0);
        expect(count(made, 'total', 'hoi_nong_dan') ?? 0).toBe(total);
      },
    ),
    { numRuns: 60 },
  );
});

describe('a ward that has grown, by the tree of before', () => {
  const grown = key('27295', OLD);
  const LATER = '2025-01-15';
  const made = (asOf: string, id: string) => rolled([figure(grown, 363, asOf)], OLD, id);
  test('what it said before is its own', () => {
    expect(count(made(OLD, 'ngoai-nganh-cap-xa'), grown, 'hoi_nong_dan')).toBe(363);
  });
  test('what it said after includes others: it is no row of before, and is asked about', () => {
    const cut = made(LATER, 'ngoai-nganh-cap-xa');
    expect(count(cut, grown, 'hoi_nong_dan')).toBeNull();
    expect(count(cut, 'unallocated', 'hoi_nong_dan')).toBe(363);
    expect(count(cut, 'total', 'hoi_nong_dan')).toBe(363);
    expect(sentences(cut, 'UNIT_GROWN')).toEqual([
      'Phường 15 (Quận 4) khi báo số ngày 15/01/2025 đã gồm cả Phường 14: không tự chia cho các đơn vị cũ, số liệu để ở dòng "Chưa phân bổ". Hãy hỏi đơn vị.',
    ]);
  });
  test("its district's row of before holds all of it", () => {
    expect(count(made(LATER, 'ngoai-nganh'), key('773', OLD), 'hoi_nong_dan')).toBe(363);
    expect(made(LATER, 'ngoai-nganh').findings).toEqual([]);
  });
});

describe('total by the old units = total by the new ones', () => {
  const DAYS = [OLD, '2025-01-15', NEW, '2026-10-31'] as const;
  const TREES = [OLD, NEW] as const;
  const unitsOf = new Map(DAYS.map((day) => [day, communesOn('79', day)]));
  const inCity = (unit: string, day: string) =>
    TREES.every((tree) => unitTree(tree).place(unit, day).path.has('79'));
  /** Communes that report on a day, with what they say. */
  const said = fc.tuple(
    fc.constantFrom(...DAYS),
    fc.uniqueArray(fc.nat(400), { minLength: 1, maxLength: 12 }),
  );
  const unitsAt = (day: (typeof DAYS)[number], picks: readonly number[]) => {
    const all = unitsOf.get(day) ?? [];
    const keys = new Set(picks.flatMap((n) => all[n % all.length]?.key ?? []));
    return [...keys].filter((unit) => inCity(unit, day));
  };

  test('of snapshots of a day; and no figure stands in two rows', () => {
    fc.assert(
      fc.property(said, ([day, picks]) => {
        const counts = unitsAt(day, picks).map((unit, i) => figure(unit, i + 1, day));
        const whole = counts.reduce((n, f) => n + Number(f.value), 0);
        for (const tree of TREES)
          for (const id of ['ngoai-nganh', 'ngoai-nganh-cap-xa']) {
            const made = report(id, { counts, treeOn: tree, office: '79', window: { from: null, to: day } });
            expect(count(made, 'total', 'hoi_nong_dan') ?? 0).toBe(whole);
            const rows = made.rows
              .filter((r) => r.key !== 'total')
              .map((r) => count(made, r.key, 'hoi_nong_dan'));
            expect(rows.reduce<number>((n, v) => n + (typeof v === 'number' ? v : 0), 0)).toBe(whole);
          }
      }),
      { numRuns: 40 },
    );
  });

  test('of flows over windows before and after the mergers', () => {
    const windows = [
      { day: OLD, from: '2024-06-01' },
      { day: '2025-01-15', from: '2025-01-01' },
      { day: NEW, from: NEW },
      { day: '2026-10-31', from: '2026-10-01' },
    ] as const;
    const picked = fc.tuple(...windows.map(() => fc.uniqueArray(fc.nat(400), { maxLength: 6 })));
    fc.assert(
      fc.property(picked, (picks) => {
        const counts = windows.flatMap(({ day, from }, w) =>
          unitsAt(day, picks[w] ?? []).map(
            (unit, i): CountFigure => ({
              ...{ unit, category: 'ho_so', measure: 'tong', from, asOf: day, value: i + 1 },
            }),
          ),
        );
        const whole = counts.reduce((n, f) => n + Number(f.value), 0);
        for (const tree of TREES) expect(totalFlow(counts, tree)).toBe(whole);
      }),
      { numRuns: 40 },
    );
  });

  /** Rows by communes of the tree, with what is not divided. */
  function totalFlow(counts: readonly CountFigure[], treeOn: string): number {
    const rows = communesOn('79', treeOn);
    const context = {
      input: input({ counts, treeOn, window: { from: '2024-01-01', to: '2026-12-31' } }),
      office: must(unitOn('79', treeOn), 'city'),
      tree: unitTree(treeOn),
    };
    const made = rolledCounts(context, new Set(rows.map((u) => u.code)));
    const value: CountValue = { from: 'count', category: 'ho_so', measure: 'tong', kind: 'flow' };
    const row = (rowKey: string, units: PlannedRow['units']): PlannedRow => ({
      ...{ key: rowKey, label: rowKey, kind: 'data', dossiers: [], isUnitRow: true, counted: true, units },
    });
    return [...rows.map((u) => row(u.key, [u])), row('unallocated', [])].reduce((n, r) => {
      const amount = made.at(r, value);
      return n + (typeof amount === 'number' ? amount : 0);
    }, 0);
  }
});
