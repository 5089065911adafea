/** A sheet of counts: zero and blank are different things, and nothing is ever added up over dates. */
import { expect, test } from 'vitest';
import { fold, project, touchedFields } from '../../../../shared/domain/project.ts';
import { cellKey, changedCells, countBody, isKnownCell, sheetId } from '../../../../shared/domain/sheet.ts';
import { counted, event } from '../../../support/events.ts';

const cells = (...events: Parameters<typeof fold>[0]) => {
  const subject = fold(events);
  return subject?.kind === 'sheet' ? subject.state.cells : undefined;
};

test('zero is a figure, a blank is none', () => {
  expect(cells(counted({ hoi_nong_dan: 0 }))).toEqual({ 'hoi_nong_dan/tong': 0 });
  expect(cells(counted({ hoi_nong_dan: null }))).toEqual({});
});
test('a later figure replaces the earlier one and leaves the other cells alone', () => {
  expect(cells(counted({ hoi_nong_dan: 5, nguoi_co_cong: 2 }), counted({ hoi_nong_dan: 7 }))).toEqual({
    'hoi_nong_dan/tong': 7,
    'nguoi_co_cong/tong': 2,
  });
});
test('a figure can be taken back to "not reported"', () => {
  expect(cells(counted({ hoi_nong_dan: 5, nguoi_co_cong: 0 }), counted({ hoi_nong_dan: null }))).toEqual({
    'nguoi_co_cong/tong': 0,
  });
});
test('an unknown verb raises the revision only, and alone makes no sheet', () => {
  const before = fold([counted({ hoi_nong_dan: 5 })]);
  const blessed = event({
    verb: 'count.bless',
    subject: { kind: 'sheet', id: sheetId('26743@2025-07-01', '2026-11-20') },
  });
  expect(project(blessed, before)?.state).toEqual({ ...before?.state, revision: 2 });
  expect(project(blessed, undefined)).toBeUndefined();
});
test('two machines that type the same unit and date meet in one sheet', () => {
  expect(sheetId('26743@2025-07-01', '2026-11-20')).toBe('26743@2025-07-01:2026-11-20');
  expect(cellKey('hoi_nong_dan', 'tong')).toBe('hoi_nong_dan/tong');
});
test('only cells that say something new are kept', () => {
  const before = fold([counted({ hoi_nong_dan: 0, nguoi_co_cong: 2 })]);
  if (before?.kind !== 'sheet') throw new Error('no sheet');
  const cell = (category: string, value: number | null) => ({ category, measure: 'tong', value });
  const typed = [
    cell('hoi_nong_dan', 0),
    cell('nguoi_co_cong', 3),
    cell('an_sinh_xa_hoi', null),
    cell('hoi_chu_thap_do', 0),
  ];
  expect(changedCells(before.state, typed).map((c) => c.category)).toEqual([
    'nguoi_co_cong',
    'hoi_chu_thap_do',
  ]);
  expect(changedCells(before.state, [cell('hoi_nong_dan', null)])).toHaveLength(1);
  expect(changedCells(undefined, [cell('hoi_nong_dan', 0), cell('nguoi_co_cong', null)])).toHaveLength(1);
});
test('a cell needs a known category and measure', () => {
  expect(isKnownCell({ category: 'hoi_nong_dan', measure: 'tong', value: 1 })).toBe(true);
  for (const [category, measure] of [
    ['hoi_ma', 'tong'],
    ['hoi_nong_dan', 'nam'],
    ['', ''],
    ['constructor', 'tong'],
  ] as const)
    expect(isKnownCell({ category, measure, value: 1 }), category).toBe(false);
});
test('each cell is touched by its category and measure', () => {
  expect(touchedFields(counted({ hoi_nong_dan: 1, nguoi_co_cong: null }))).toEqual([
    'hoi_nong_dan/tong',
    'nguoi_co_cong/tong',
  ]);
});
test.each([-1, 1.5, 100_000_000, Number.NaN, '5', undefined])('%j is no count on the wire', (value) => {
  const body = {
    unit: '26743@2025-07-01',
    asOf: '2026-11-20',
    source: 'typed',
    cells: [{ category: 'hoi_nong_dan', measure: 'tong', value }],
  };
  expect(countBody.safeParse(body).success).toBe(false);
});
