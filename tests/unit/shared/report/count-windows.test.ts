/** Figures over time and targets by unit: flows are summed over a window, snapshots never. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { childrenOn } from '../../../../shared/catalogue/units.ts';
import { addDays } from '../../../../shared/lib/local-date.ts';
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
  test('in whatever order they come, flows make the same report, with days in common or without', () => {
    const flow = fc.record({ start: fc.nat(40), length: fc.nat(6), value: fc.nat(99) });
    const days = ({ start, length, value }: { start: number; length: number; value: number }) =>
      pc07(addDays('2023-07-25', start + length), value, addDays('2023-07-25', start));
    const same = (f: CountFigure) => `${f.from} ${f.asOf}`;
    const flows = fc.uniqueArray(flow.map(days), { selector: same, maxLength: 14 });
    const ordered = (list: readonly CountFigure[]) => list.toSorted((a, b) => (same(a) < same(b) ? -1 : 1));
    fc.assert(
      fc.property(flows, (counts) => {
        const [sum, codes] = received(counts);
        expect(received(ordered(counts))).toEqual([sum, codes]);
        // Those of a day each, one after another, are the sum that anybody would add up.
        const single = ordered(
          counts.map((f, i) => pc07(addDays('2023-08-01', i), Number(f.value), addDays('2023-08-01', i))),
        );
        const total = single.reduce((n, f) => n + Number(f.value), 0);
        expect(received(single)).toEqual([single.length > 0 ? total : null, []]);
      }),
      { numRuns: 60 },
    );
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
