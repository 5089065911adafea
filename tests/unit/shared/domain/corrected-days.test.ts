/** Days of the calendar under corrections: added, changed, taken back; what a day cannot be is refused by name. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../../../shared/catalogue/catalogue.ts';
import {
  CALENDAR_DAY,
  calendarSpan,
  checkCorrection,
  corrected,
  dayKinds,
} from '../../../../shared/domain/corrected.ts';
import { calendarOf, isWorkingDay } from '../../../../shared/domain/working-days.ts';
import { addDays, weekday } from '../../../../shared/lib/local-date.ts';

const source = 'Quyết định giả định 99/QĐ-TTg';
const day = (from: string, value: string) => ({ key: CALENDAR_DAY, from, value, source });
const works = (date: string, ...corrections: ReturnType<typeof day>[]) =>
  isWorkingDay(date, calendarOf(corrected(catalogue, corrections)));

test.each([
  ['a Friday becomes a holiday', '2027-02-12', 'holiday', false],
  ['a Friday becomes a day in lieu', '2027-02-12', 'compensatory_off', false],
  ['a Saturday is worked off', '2027-02-20', 'swapped_workday', true],
  ['a Sunday is worked off', '2027-02-21', 'swapped_workday', true],
  ['a Saturday that is a holiday stays free', '2027-02-20', 'holiday', false],
  ['a shipped holiday is taken back', '2027-02-10', 'ordinary', true],
  ['a shipped holiday on a Saturday that is taken back is a plain Saturday', '2027-02-06', 'ordinary', false],
])('%s', (_, date, kind, expected) => {
  expect(checkCorrection(catalogue, day(date, kind))).toBeNull();
  expect(works(date, day(date, kind))).toBe(expected);
});

test('a day that was added can be taken back, and one taken back can be set again', () => {
  const friday = '2027-02-12';
  expect(works(friday, day(friday, 'holiday'), day(friday, 'ordinary'))).toBe(true);
  expect(works('2027-02-10', day('2027-02-10', 'ordinary'), day('2027-02-10', 'holiday'))).toBe(false);
});

test('a new day is named by its source, a known one keeps its name; both count as confirmed and stand in order', () => {
  const law = corrected(catalogue, [day('2027-02-12', 'holiday'), day('2027-02-10', 'holiday')]);
  const find = (date: string) => law.days.find((d) => d.date === date);
  expect(find('2027-02-12')).toEqual({
    date: '2027-02-12',
    name: source,
    kind: 'holiday',
    source,
    verified: true,
  });
  expect(find('2027-02-10')).toMatchObject({ name: 'Nghỉ bù Tết Nguyên đán Đinh Mùi', verified: true });
  expect(law.days.map((d) => d.date)).toEqual(law.days.map((d) => d.date).toSorted());
  expect(law.facts).toEqual(catalogue.facts);
});

describe.each([
  ['FACT_NOT_DAY_KIND', ['', 'Holiday', 'nghỉ lễ', 'swapped', 'constructor', ' holiday']],
] as const)('%s', (code, kinds) => {
  test.each(kinds)('refuses the kind "%s"', (kind) => {
    expect(checkCorrection(catalogue, day('2027-02-12', kind))).toBe(code);
  });
});

test.each([
  ['2027-02-12', 'swapped_workday', 'FACT_DAY_WORKS'],
  ['2027-02-08', 'swapped_workday', 'FACT_DAY_WORKS'],
  ['2027-02-20', 'compensatory_off', 'FACT_DAY_RESTS'],
  ['2027-02-21', 'compensatory_off', 'FACT_DAY_RESTS'],
])('%s cannot be %s', (date, kind, code) => {
  expect(checkCorrection(catalogue, day(date, kind))).toBe(code);
});

test.each(['', '   ', 'x'.repeat(301)])('a day without a readable source is refused ("%s")', (given) => {
  expect(checkCorrection(catalogue, { ...day('2027-02-12', 'holiday'), source: given })).toBe('FACT_SOURCE');
});

test('the shipped calendar obeys the same rules', () => {
  expect(catalogue.days.filter((d) => checkCorrection(catalogue, day(d.date, d.kind)) !== null)).toEqual([]);
});

test('the calendar can be corrected from the first regime to the end of the year after next', () => {
  expect(calendarSpan(catalogue, '2026-11-20')).toEqual({ from: '2023-07-10', to: '2028-12-31' });
});

test('whatever is taken, only that day changes, and it works as its kind says', () => {
  const dates = fc.nat({ max: 1800 }).map((n) => addDays('2024-01-01', n));
  fc.assert(
    fc.property(dates, fc.constantFrom(...dayKinds), (date, kind) => {
      const correction = day(date, kind);
      if (checkCorrection(catalogue, correction) !== null) return;
      const after = corrected(catalogue, [correction]);
      expect(after.days.filter((d) => d.date !== date)).toEqual(
        catalogue.days.filter((d) => d.date !== date),
      );
      const weekend = [0, 6].includes(weekday(date));
      const expected = kind === 'ordinary' ? !weekend : kind === 'swapped_workday';
      expect(isWorkingDay(date, calendarOf(after))).toBe(expected);
    }),
  );
});
