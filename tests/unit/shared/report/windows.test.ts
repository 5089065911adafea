/** Windows of reports: any day of the month may begin one. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, daysBetween } from '../../../../shared/lib/local-date.ts';
import { shiftWindow, windowNames, windowOf } from '../../../../shared/report/windows.ts';

test.each([
  ['month', '2026-11-20', '2026-11-01', '2026-11-30'],
  ['from11', '2026-11-20', '2026-11-11', '2026-12-10'],
  ['from11', '2026-11-10', '2026-10-11', '2026-11-10'],
  ['from15', '2026-01-14', '2025-12-15', '2026-01-14'],
  ['quarter', '2026-11-20', '2026-10-01', '2026-12-31'],
  ['year', '2024-02-29', '2024-01-01', '2024-12-31'],
] as const)('%s around %s is %s to %s', (name, on, from, to) => {
  expect(windowOf(name, on)).toEqual({ from, to });
});

test.each([
  ['2026-08-11', '2026-09-10', -1, '2026-07-11', '2026-08-10'],
  ['2026-03-01', '2026-03-31', -1, '2026-02-01', '2026-02-28'],
  ['2026-07-01', '2026-09-30', -1, '2026-04-01', '2026-06-30'],
  ['2026-01-01', '2026-12-31', 1, '2027-01-01', '2027-12-31'],
  ['2026-11-02', '2026-11-08', -1, '2026-10-26', '2026-11-01'],
  ['2026-11-20', '2026-11-20', 1, '2026-11-21', '2026-11-21'],
])('%s to %s, %i on, is %s to %s', (from, to, by, first, last) => {
  expect(shiftWindow({ from, to }, by)).toEqual({ from: first, to: last });
});

const day = fc.integer({ min: 0, max: 20_000 }).map((n) => addDays('2000-01-01', n));
test('a named window holds its day, and its neighbours touch it without a gap', () => {
  fc.assert(
    fc.property(day, fc.constantFrom(...windowNames), (on, name) => {
      const window = windowOf(name, on);
      expect(window.from <= on && on <= window.to).toBe(true);
      expect(addDays(shiftWindow(window, -1).to, 1)).toBe(window.from);
      expect(daysBetween(window.to, shiftWindow(window, 1).from)).toBe(1);
      expect(shiftWindow(shiftWindow(window, -1), 1)).toEqual(window);
    }),
  );
});
