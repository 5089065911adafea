// The sheet as rows and columns; which rows are drawn; which unit a few letters mean; which units an office took over from.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rowNamed } from '../../../renderer/screens/counts/finder-match.ts';
import {
  type GridModel,
  gridModel,
  historyOf,
  type ModelPlace,
  storedFigure,
} from '../../../renderer/screens/counts/grid-model.ts';
import { tookOverFrom } from '../../../renderer/screens/counts/took-over.ts';
import { stretches } from '../../../renderer/screens/counts/visible-rows.ts';
import type { Grid, GridRow } from '../../../shared/contract/ipc/count.ts';

const row = (code: string, name: string, more: Partial<GridRow> = {}): GridRow => ({
  unit: { key: `${code}@2025-07-01`, code, name },
  ...{ cells: {}, notes: {}, previous: null, history: {}, status: 'draft', statusReason: '' },
  ...{ sentOn: null, may: [], delivery: null },
  ...more,
});
const grid = (rows: GridRow[], form: string | null = null): Grid => ({
  ...{ asOf: '2026-11-01', form, from: null, rows },
  targets: [
    {
      ...{ unit: '79', category: 'hoi_nong_dan', measure: 'tong', value: 10 },
      ...{ from: '2026-01-01', to: null, source: 'KH' },
    },
  ],
});
const place: ModelPlace = {
  ...{ officeCode: '79', part: 'units', mayRecord: true, nowLabel: 'Kỳ này' },
  ...{ due: '2026-11-14', today: '2026-11-20' },
};
const shape = ({ layout, rows, columns }: GridModel) => [layout, rows.length, columns.length];

describe('the model', () => {
  test('of a ward is a list of its figures, of an office above units x figures', () => {
    expect(shape(gridModel(grid([row('26743', 'a')]), { ...place, officeCode: '26743' }))).toEqual([
      ...['list', 15, 1],
    ]);
    expect(shape(gridModel(grid([row('1', 'a'), row('2', 'b')]), place))).toEqual(['units', 2, 15]);
  });
  test('of an annex keeps the headings over its columns: received and returned each have their own total', () => {
    const { columns } = gridModel(grid([row('1', 'a'), row('2', 'b')], 'phu-luc-9'), place);
    const totals = columns.filter((c) => c.label === 'Tổng cộng');
    expect(totals.map((c) => [c.group, c.title])).toEqual([
      ['Nhận hồ sơ', 'Nhận hồ sơ - Tổng cộng'],
      ['Trả kết quả', 'Trả kết quả - Tổng cộng'],
    ]);
  });
  test('of an annex has the figures of the office by themselves', () => {
    const rows = [row('1', 'a'), row('79', 'TP')];
    expect(shape(gridModel(grid(rows, 'phu-luc-9'), place)).slice(0, 2)).toEqual(['units', 1]);
    expect(gridModel(grid(rows, 'phu-luc-9'), { ...place, part: 'office' }).layout).toBe('list');
    expect(gridModel(grid(rows, 'phu-luc-8'), place).flow).toBe(true);
  });
  test('tells figures, outside and blank apart, and knows the last figure of each cell', () => {
    const unit = row('1', 'a', {
      cells: { 'hoi_cuu_chien_binh/tong': 0 },
      notes: { 'hoi_nong_dan/tong': { outside: true, by: '', at: '' } },
      history: { 'hoi_cuu_chien_binh/tong': [{ asOf: '2026-10-01', value: 7 }] },
    });
    const [first] = gridModel(grid([unit, row('2', 'b')]), place).rows;
    if (!first) throw new Error('no row');
    expect([0, 1, 2].map((c) => storedFigure(first, c))).toEqual([0, 'outside', null]);
    expect(historyOf(first, 0)).toEqual([{ asOf: '2026-10-01', value: 7 }]);
  });
  test.each([
    ['draft', null, true, 'missing'],
    ['locked', '2026-11-14', false, 'on_time'],
    ['approved', '2026-11-15', false, 'late'],
    ['returned', '2026-11-10', true, 'on_time'],
  ] as const)('a sheet that is %s, sent on %s, is open: %s, and %s', (status, sentOn, open, standing) => {
    const [first] = gridModel(grid([row('1', 'a', { status, sentOn }), row('2', 'b')]), place).rows;
    expect(first).toMatchObject({ open, standing });
  });
});

test('every row is drawn or in a gap, the cursor row always drawn', () => {
  const n = fc.nat({ max: 300 });
  fc.assert(
    fc.property(n, n, n, n, (rows, first, length, always) => {
      const all = stretches(rows, { first, last: first + length }, always);
      expect(all.reduce((sum, s) => sum + ('gap' in s ? s.gap : 1), 0)).toBe(rows);
      const drawn = all.flatMap((s) => ('row' in s ? [s.row] : []));
      expect(drawn).toEqual(drawn.toSorted((a, b) => a - b));
      if (always < rows) expect(drawn).toContain(always);
    }),
  );
});

test.each([
  ['s', 1],
  ['sai gon', 1],
  ['phuong ben', 0],
  ['bến', 0],
  ['con dao', 2],
  ['zzz', -1],
  ['', -1],
])('%j finds row %i', (text, expected) => {
  expect(rowNamed(['Phường Bến Thành', 'Phường Sài Gòn', 'Đặc khu Côn Đảo'], text)).toBe(expected);
});

test('a ward of today took over from wards of the old tree, wholly or in part; nobody took over from a district', () => {
  const from = tookOverFrom('26743@2025-07-01', '2026-11-20');
  expect(from.find((u) => u.name === 'Phường Bến Thành')?.extent).toBe('whole');
  expect(from.some((u) => u.extent === 'part')).toBe(true);
  expect(tookOverFrom('760@2021-01-01', '2023-09-19')).toEqual([]);
  expect(tookOverFrom('nowhere', '2026-11-20')).toEqual([]);
});
