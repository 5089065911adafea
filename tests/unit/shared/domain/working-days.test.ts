/** Working days by the catalogue's calendar: the vectors of the law's limits, and what must hold on any day. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { specialDays } from '../../../../shared/catalogue/holidays.ts';
import {
  addWorkingDays,
  endOfCalendarLimit,
  isWorkingDay,
  nextWorkingDay,
  specialDaysBetween,
  workingDaysBetween,
} from '../../../../shared/domain/working-days.ts';
import { addDays } from '../../../../shared/lib/local-date.ts';

test.each([
  ['2026-11-16', 3, '2026-11-19', 'plain'],
  ['2026-11-20', 3, '2026-11-26', 'Tuesday 24/11 is a holiday'],
  ['2026-11-21', 3, '2026-11-26', 'received at the Saturday desk'],
  ['2026-02-12', 3, '2026-02-24', 'Tết 14-22/02'],
  ['2026-12-30', 3, '2027-01-05', 'New Year on a Friday'],
  ['2025-04-24', 3, '2025-04-28', 'Saturday 26/04 worked'],
  ['2025-12-31', 3, '2026-01-07', '02/01 swapped off'],
  ['2026-01-09', 2, '2026-01-12', 'Saturday 10/01 worked'],
  ['2026-01-09', 3, '2026-01-13', 'Saturday 10/01 worked'],
  ['2026-08-27', 3, '2026-09-04', '31/08 off by the catalogue'],
  ['2026-11-13', 7, '2026-11-25', 'supplement, 24/11 off'],
  ['2027-11-23', 1, '2027-11-25', '24/11 of the next year'],
  ['2024-05-03', 1, '2024-05-04', 'Saturday 04/05/2024 worked'],
  ['2026-11-22', 0, '2026-11-22', 'no days at all'],
])('%s and %i working days end on %s (%s)', (from, days, due) => {
  expect(addWorkingDays(from, days, specialDays)).toBe(due);
});

test.each([
  ['2026-09-25', 60, '2026-11-25', 'the 60th day is 24/11, a holiday'],
  ['2026-09-24', 60, '2026-11-23', 'a plain Monday'],
  ['2026-11-06', 15, '2026-11-23', 'the 15th day is a Saturday'],
  ['2025-04-11', 15, '2025-04-26', 'the 15th day is a worked Saturday'],
])('%s and %i calendar days end on %s (%s)', (from, days, end) => {
  expect(endOfCalendarLimit(from, days, specialDays)).toBe(end);
});

test.each([
  ['2026-11-20', true],
  ['2026-11-21', false],
  ['2026-11-22', false],
  ['2026-11-24', false],
  ['2026-01-10', true],
  ['2026-04-26', false],
  ['2026-04-27', false],
  ['2025-04-26', true],
  ['2026-08-22', true],
])('%s is a working day: %s', (date, works) => {
  expect(isWorkingDay(date, specialDays)).toBe(works);
});

test.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('%d working days is a bug and crashes', (days) => {
  expect(() => addWorkingDays('2026-11-20', days, specialDays)).toThrow('working days');
});

test('the days that moved a limit can be named', () => {
  expect(specialDaysBetween('2026-11-20', '2026-11-26', specialDays).map((d) => d.name)).toEqual([
    'Ngày Văn hóa Việt Nam',
  ]);
  expect(specialDaysBetween('2026-11-24', '2026-11-26', specialDays)).toEqual([]);
});

describe('on any day from 2023 to 2027', () => {
  const day = fc.integer({ min: 0, max: 1825 }).map((n) => addDays('2023-01-01', n));
  const days = fc.integer({ min: 0, max: 40 });
  test('the next working day is later, working, and none is skipped', () => {
    fc.assert(
      fc.property(day, (date) => {
        const next = nextWorkingDay(date, specialDays);
        expect(next > date && isWorkingDay(next, specialDays)).toBe(true);
        for (let d = addDays(date, 1); d < next; d = addDays(d, 1))
          expect(isWorkingDay(d, specialDays), d).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
  test('more days never end earlier, a later start never ends earlier', () => {
    fc.assert(
      fc.property(day, fc.nat(30), days, (date, later, n) => {
        expect(addWorkingDays(date, n + 1, specialDays) > addWorkingDays(date, n, specialDays)).toBe(true);
        expect(
          addWorkingDays(addDays(date, later), n, specialDays) >= addWorkingDays(date, n, specialDays),
        ).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
  test('counting back gives the number of days, with the sign of the direction', () => {
    fc.assert(
      fc.property(day, days, (date, n) => {
        const end = addWorkingDays(date, n, specialDays);
        expect(workingDaysBetween(date, end, specialDays)).toBe(n);
        expect(Math.abs(workingDaysBetween(end, date, specialDays))).toBe(n);
      }),
      { numRuns: 500 },
    );
  });
  test('two spans add up to one', () => {
    fc.assert(
      fc.property(day, days, days, (date, a, b) => {
        expect(addWorkingDays(addWorkingDays(date, a, specialDays), b, specialDays)).toBe(
          addWorkingDays(date, a + b, specialDays),
        );
      }),
      { numRuns: 500 },
    );
  });
});
