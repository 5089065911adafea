/** Figures over time and targets by unit: flows are summed over a window, snapshots never. */
import { describe, expect, test } from 'vitest';
import { childrenOn } from '../../../../shared/catalogue/units.ts';
import type { CountFigure } from '../../../../shared/report/figures.ts';
import { count, key, report } from './report-input.ts';

describe('snapshots and flows', () => {
  const unit = key('760', '2023-09-19');
  const pc07 = (asOf: string, value: number, from?: string): CountFigure => ({
    unit,
    category: 'pl9',
    measure: 'nhan_tong',
    asOf,
    value,
    ...(from !== undefined && { from }),
  });
  const window = { from: '2023-08-01', to: '2023-08-31' };
  const received = (counts: readonly CountFigure[]) => {
    const made = report('phu-luc-9', { counts, window });
    return [count(made, unit, 'in_all'), made.findings.map((f) => f.code)];
  };
  test('flows of a window are summed', () => {
    expect(received([pc07('2023-08-15', 10, '2023-08-01'), pc07('2023-08-31', 5, '2023-08-16')])).toEqual([
      15,
      [],
    ]);
  });
  test('overlapping flows are not summed twice: the longer is taken, the other told', () => {
    expect(received([pc07('2023-08-31', 20, '2023-08-01'), pc07('2023-08-15', 10, '2023-08-01')])).toEqual([
      20,
      ['FLOW_OVERLAP'],
    ]);
  });
  test('a flow across the border of the window is not divided', () => {
    expect(received([pc07('2023-09-05', 7, '2023-08-20')])).toEqual([null, ['FLOW_STRADDLES']]);
  });
  test('a flow of another month, and a snapshot, are not part of it', () => {
    expect(received([pc07('2023-07-31', 7, '2023-07-01'), pc07('2023-08-31', 9)])).toEqual([null, []]);
  });
  test('snapshots are never summed over dates: the newest day of the window stands', () => {
    const counts = ['2023-08-10', '2023-08-20', '2023-08-31'].map((asOf, i) => ({
      ...pc07(asOf, 100 + i),
      category: 'vneid',
      measure: 'cap',
    }));
    expect(count(report('tai-khoan-vneid', { counts, window }), unit, 'issued')).toBe(102);
  });
});

describe('targets by unit', () => {
  const target = (unit: string, value: number) => ({
    unit,
    category: 'an_sinh_xa_hoi',
    measure: 'ra_soat',
    value,
    from: '2023-01-01',
    to: null,
    source: 'thử',
    verified: true,
  });
  const districts = childrenOn('79', '2023-09-19').map((u) => u.code);
  const totals = (codes: readonly string[]) =>
    count(report('chi-tra-asxh', { targets: codes.map((c) => target(c, 10)) }), 'total', 'target');
  test('the city has a target when all its rows have one', () => {
    expect(totals(districts)).toBe(220);
    expect(totals(districts.slice(1))).toBeNull();
    expect(totals(['79', ...districts.slice(1)])).toBe(10);
  });
});
