/** A sheet of counts: zero and blank are different things, and nothing is ever added up over dates. */
import { describe, expect, test } from 'vitest';
import { fold, project, touchedFields } from '../../../../shared/domain/project.ts';
import {
  allowedSheetVerbs,
  cellKey,
  changedCells,
  countBody,
  isKnownCell,
  isOpen,
  sheetId,
  sheetStatuses,
  sheetVerbs,
  standingOf,
} from '../../../../shared/domain/sheet.ts';
import { must } from '../../../../shared/lib/must.ts';
import { sheetStanding } from '../../../../shared/report/due-days.ts';
import { counted, event } from '../../../support/events.ts';
import { sheetStep } from '../../../support/judged.ts';

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
    subject: { kind: 'sheet', id: sheetId({ unit: '26743@2025-07-01', asOf: '2026-11-20' }) },
  });
  expect(project(blessed, before)?.state).toEqual({ ...before?.state, revision: 2 });
  expect(project(blessed, undefined)).toBeUndefined();
});
test('two machines that type the same unit and date meet in one sheet', () => {
  expect(sheetId({ unit: '26743@2025-07-01', asOf: '2026-11-20' })).toBe('26743@2025-07-01:2026-11-20');
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
  expect(isKnownCell(undefined, { category: 'hoi_nong_dan', measure: 'tong', value: 1 })).toBe(true);
  for (const [category, measure] of [
    ['hoi_ma', 'tong'],
    ['hoi_nong_dan', 'nam'],
    ['', ''],
    ['constructor', 'tong'],
  ] as const)
    expect(isKnownCell(undefined, { category, measure, value: 1 }), category).toBe(false);
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

describe('a sheet is locked, approved, given back and unlocked', () => {
  const open = fold([counted({ hoi_nong_dan: 5 })]);
  const state = (subject: typeof open) => {
    if (subject?.kind !== 'sheet') throw new Error('no sheet');
    return subject.state;
  };
  test('each step says where it stands, and why it came back', () => {
    const locked = project(sheetStep('sheet.lock', 1), open);
    expect(state(locked)).toMatchObject({ status: 'locked', sentOn: '2026-11-20', statusReason: '' });
    const back = project(sheetStep('sheet.return', 2, { reason: 'thiếu một ấp' }), locked);
    expect(state(back)).toMatchObject({ status: 'returned', statusReason: 'thiếu một ấp' });
    expect(state(project(sheetStep('sheet.lock', 3), back))).toMatchObject({
      status: 'locked',
      statusReason: '',
    });
    expect(state(project(sheetStep('sheet.approve', 2), locked)).status).toBe('approved');
    expect(state(project(sheetStep('sheet.unlock', 2, { reason: 'gõ nhầm' }), locked)).status).toBe('draft');
  });
  /** Steps with their days; the day of the sending that stands, and what a due day of 14/11 makes of it on 20/11. */
  const lives = [
    [['lock 10'], '10', 'on_time'],
    [['lock 10', 'approve 12'], '10', 'on_time'],
    [['lock 10', 'return 12'], null, 'missing'],
    [['lock 10', 'return 12', 'lock 13'], '13', 'on_time'],
    [['lock 10', 'return 12', 'lock 16'], '16', 'late'],
    [['lock 10', 'approve 11', 'return 15'], null, 'missing'],
    [['lock 10', 'unlock 16'], '10', 'on_time'],
    [['lock 10', 'unlock 16', 'lock 17'], '10', 'on_time'],
    [['lock 16', 'unlock 17', 'lock 18'], '16', 'late'],
    [['lock 10', 'unlock 12', 'lock 13', 'return 14', 'lock 15'], '15', 'late'],
    [[], null, 'missing'],
  ] as const;
  test.each(lives)('%j: sent on %s, %s', (steps, sentOn, standing) => {
    const sheet = steps.reduce((before, step, i) => {
      const [verb, day] = step.split(' ');
      const name = must(
        sheetVerbs.find((v) => v === `sheet.${verb}`),
        step,
      );
      const made = sheetStep(name, i + 1, { reason: 'lý do' });
      return project({ ...made, body: { ...made.body, on: `2026-11-${day}` } }, before);
    }, open);
    const days = sentOn === null ? null : `2026-11-${sentOn}`;
    expect(state(sheet).sentOn).toBe(days);
    expect(sheetStanding(state(sheet), '2026-11-14', '2026-11-20')).toBe(standing);
  });
  test('figures are typed into a draft, or into what was given back', () => {
    expect(sheetStatuses.map((status) => isOpen({ status }))).toEqual([true, false, false, true]);
    expect(isOpen(undefined)).toBe(true);
  });
  const steps = [
    ['clerk', true, false, 'draft', ['sheet.lock']],
    ['clerk', true, false, 'locked', []],
    ['head', true, false, 'locked', ['sheet.unlock']],
    ['head', true, false, 'approved', ['sheet.unlock']],
    ['officer', false, true, 'locked', ['sheet.approve', 'sheet.return', 'sheet.unlock']],
    ['officer', false, true, 'approved', ['sheet.return', 'sheet.unlock']],
    ['officer', false, true, 'returned', ['sheet.lock']],
    ['officer', false, false, 'locked', []],
    ['auditor', true, true, 'locked', []],
    ['technician', true, true, 'draft', []],
  ] as const;
  test.each(steps)('%s, own %s, above %s, %s: %j', (role, own, above, status, may) => {
    expect(allowedSheetVerbs({ status }, { role, own, above })).toEqual(may);
    expect(allowedSheetVerbs(undefined, { role, own, above })).toEqual([]);
  });
  test('an office stands to its own unit, to those below it, and the root above itself', () => {
    expect(standingOf('26743', '26743@2025-07-01')).toEqual({ own: true, above: false });
    expect(standingOf('79', '26743@2025-07-01')).toEqual({ own: false, above: true });
    expect(standingOf('79', '79@2021-01-01')).toEqual({ own: true, above: true });
  });
});

test('không thuộc địa bàn is neither 0 nor a blank', () => {
  const outside = { category: 'hoi_nong_dan', measure: 'tong', value: null, outside: true };
  const said = counted({ nguoi_co_cong: 0 });
  const subject = fold([said, { ...said, body: { ...said.body, cells: [outside] } }]);
  if (subject?.kind !== 'sheet') throw new Error('no sheet');
  expect(subject.state.cells).toEqual({ 'nguoi_co_cong/tong': 0 });
  expect(Object.keys(subject.state.notes).sort()).toEqual(['hoi_nong_dan/tong', 'nguoi_co_cong/tong']);
  expect(subject.state.notes['hoi_nong_dan/tong']).toMatchObject({ outside: true });
  expect(changedCells(subject.state, [outside])).toEqual([]);
  expect(changedCells(subject.state, [{ ...outside, outside: false }])).toHaveLength(1);
});

test('the scan behind a figure stands in its note until it is replaced or taken off', () => {
  const file = { sha256: 'a'.repeat(64), name: 'a.pdf', size: 9, type: 'application/pdf' } as const;
  const other = { ...file, sha256: 'b'.repeat(64) };
  const cell = { category: 'hoi_nong_dan', measure: 'tong', value: 5 };
  const said = counted({ hoi_nong_dan: 5 });
  const subject = fold([{ ...said, body: { ...said.body, cells: [{ ...cell, file }] } }]);
  if (subject?.kind !== 'sheet') throw new Error('no sheet');
  expect(subject.state.notes['hoi_nong_dan/tong']?.file).toEqual(file);
  expect(changedCells(subject.state, [cell, { ...cell, file }])).toEqual([]);
  expect(changedCells(subject.state, [{ ...cell, file: other }])).toHaveLength(1);
  expect(changedCells(subject.state, [{ ...cell, file: null }])).toHaveLength(1);
  const without = project({ ...said, body: { ...said.body, cells: [{ ...cell, file: null }] } }, subject);
  expect(without?.kind === 'sheet' && without.state.notes['hoi_nong_dan/tong']).not.toHaveProperty('file');
  if (without?.kind === 'sheet') expect(changedCells(without.state, [{ ...cell, file: null }])).toEqual([]);
});
