/** The room of reports without a window: moves in the table, pieces of a chart, the address of the printed page. */
import { expect, test } from 'vitest';
import {
  chartHeight,
  chartOption,
  chartParts,
  hasFigures,
  mostOf,
} from '../../../renderer/screens/reports/chart-options.ts';
import { printReportPlace } from '../../../renderer/screens/reports/print-report-place.ts';
import { moved } from '../../../renderer/screens/reports/table-moves.ts';
import type { Chart } from '../../../shared/report/model.ts';

test.each([
  ['ArrowDown', { row: 0, column: 0 }, { row: 1, column: 0 }],
  ['ArrowUp', { row: 0, column: 0 }, { row: 0, column: 0 }],
  ['PageDown', { row: 3, column: 1 }, { row: 9, column: 1 }],
  ['End', { row: 3, column: 1 }, { row: 3, column: 4 }],
  ['Home', { row: 3, column: 4 }, { row: 3, column: 0 }],
  ['a', { row: 3, column: 4 }, null],
])('%s from %j leads to %j', (key, from, to) => {
  expect(moved(key, from, { rows: 10, columns: 5 })).toEqual(to);
});
test('in an empty table no key leads anywhere', () => {
  expect(moved('ArrowDown', { row: 0, column: 0 }, { rows: 0, columns: 5 })).toBeNull();
});

const stacked = (rows: number): Chart => ({
  kind: 'stacked',
  title: 'Số liệu',
  labels: Array.from({ length: rows }, (_, i) => `Phường ${i}`),
  series: [
    { name: 'a', values: Array.from({ length: rows }, (_, i) => i) },
    { name: 'b', values: Array.from({ length: rows }, () => null) },
  ],
});
test('168 units come in pieces that a page has room for, none lost, all to one scale', () => {
  const parts = chartParts(stacked(168));
  expect(parts.flatMap((p) => p.labels)).toEqual(stacked(168).labels);
  expect(parts.flatMap((p) => p.series[0]?.values)).toEqual(stacked(168).series[0]?.values);
  for (const part of parts) expect(chartHeight(part)).toBeLessThanOrEqual(620);
  expect(mostOf(stacked(168))).toBe(200);
});
test.each([
  ['no rows', stacked(0), false],
  ['only blanks', { ...stacked(2), series: [{ name: 'a', values: [null, null] }] }, false],
  ['a zero', { ...stacked(1), series: [{ name: 'a', values: [0] }] }, true],
])('%s: whether there is something to draw', (_, chart, there) => {
  expect(hasFigures(chart)).toBe(there);
  expect(mostOf(chart)).toBeGreaterThan(0);
});
test('a blank stays a blank in the picture', () => {
  const option = chartOption(stacked(2), { ink: '#000', line: '#ccc' }, 2) as {
    series: { data: unknown[] }[];
  };
  expect(option.series.map((s) => s.data)).toEqual([
    [0, 1],
    [null, null],
  ]);
});

test('the address of the printed page names report, window, tree and comparison', () => {
  expect(printReportPlace('#/print/report/lien-thong/2026-10-11/2026-11-10/2025-06-30/1')).toEqual({
    ...{ report: 'lien-thong', from: '2026-10-11', to: '2026-11-10', treeOn: '2025-06-30', compare: true },
  });
  expect(printReportPlace('#/print/report/ngoai-nganh/-/2023-09-19/-/0')).toMatchObject({
    from: null,
    treeOn: null,
  });
});
test('and that of a kept one its id', () => {
  const frozen = '0192a3b4-c5d6-4e7f-8a9b-0c1d2e3f4a5b';
  expect(printReportPlace(`#/print/kept/${frozen}`)).toEqual({ frozen });
});
test.each([
  '',
  '#/print/kept/',
  '#/print/kept/..',
  '#/print/kept/0192',
  '#/print/report/x/-/2023-13-40/-/0',
  '#/print/report/../-/2023-09-19/-/0',
  '#/print/slip/a/b/A4',
])('%j names no report', (hash) => {
  expect(printReportPlace(hash)).toBeNull();
});
