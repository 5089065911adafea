/** Dates as typed, Vietnam's clock, and independence from the machine's time zone. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  daysBetween,
  isAfter,
  isLocalDate,
  isPartialDate,
  localTime,
  readDate,
  showDate,
  weekday,
} from '../../../../shared/lib/local-date.ts';

const anyDate = fc.integer({ min: 0, max: 80_000 }).map((n) => addDays('1850-01-01', n));

describe('reading what a clerk types', () => {
  test.each([
    ['15112026', '2026-11-15'],
    ['15/11/2026', '2026-11-15'],
    ['5/1/2026', '2026-01-05'],
    ['05.01.2026', '2026-01-05'],
    ['5-1-2026', '2026-01-05'],
    ['5 1 2026', '2026-01-05'],
    [' 5 / 1 / 2026 ', '2026-01-05'],
    ['2026-01-05', '2026-01-05'],
    ['29022024', '2024-02-29'],
    ['29/02/2000', '2000-02-29'],
    ['31121899', '1899-12-31'],
  ])('%j is %s', (typed, value) => {
    expect(readDate(typed, false)).toEqual({ ok: true, value });
  });

  test.each([
    ['', 'DATE_UNREADABLE'],
    ['hôm qua', 'DATE_UNREADABLE'],
    ['1511206', 'DATE_UNREADABLE'],
    ['151120266', 'DATE_UNREADABLE'],
    ['15/11/26', 'DATE_UNREADABLE'],
    ['15/11', 'DATE_UNREADABLE'],
    ['11/2026', 'DATE_UNREADABLE'],
    ['2026/11/15', 'DATE_UNREADABLE'],
    ['2026-1-5', 'DATE_UNREADABLE'],
    ['١٥١١٢٠٢٦', 'DATE_UNREADABLE'],
    ['-15112026', 'DATE_UNREADABLE'],
    ['15/11/2026 08:00', 'DATE_UNREADABLE'],
    ['31/02/2026', 'DATE_NOT_IN_CALENDAR'],
    ['30022024', 'DATE_NOT_IN_CALENDAR'],
    ['29/02/2023', 'DATE_NOT_IN_CALENDAR'],
    ['29/02/1900', 'DATE_NOT_IN_CALENDAR'],
    ['31/04/2026', 'DATE_NOT_IN_CALENDAR'],
    ['00/01/2026', 'DATE_NOT_IN_CALENDAR'],
    ['32/01/2026', 'DATE_NOT_IN_CALENDAR'],
    ['11/15/2026', 'DATE_NOT_IN_CALENDAR'],
    ['01/00/2026', 'DATE_NOT_IN_CALENDAR'],
    ['2026-02-30', 'DATE_NOT_IN_CALENDAR'],
    ['1950', 'DATE_YEAR_ONLY'],
  ])('%j is refused as %s', (typed, code) => {
    expect(readDate(typed, false)).toEqual({ ok: false, code });
  });

  test('a bare year stands only where the law allows it', () => {
    expect(readDate(' 1950 ', true)).toEqual({ ok: true, value: '1950' });
    expect(readDate('950', true)).toEqual({ ok: false, code: 'DATE_UNREADABLE' });
    expect(readDate('3000', true)).toEqual({ ok: false, code: 'DATE_UNREADABLE' });
  });

  test('whatever is shown can be typed back', () => {
    fc.assert(
      fc.property(anyDate, fc.constantFrom('/', '.', '-', ' ', ''), (date, mark) => {
        const typed = showDate(date).replaceAll('/', mark);
        expect(readDate(typed, false)).toEqual({ ok: true, value: date });
      }),
    );
  });
  test('no text makes the reader throw, and what it accepts is in the calendar', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789/.- ') });
    fc.assert(
      fc.property(fc.oneof(fc.string(), digits), fc.boolean(), (typed, year) => {
        const reading = readDate(typed, year);
        expect(!reading.ok || isPartialDate(reading.value)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('counting days', () => {
  test.each([
    ['2026-02-28', 1, '2026-03-01'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2026-03-01', -1, '2026-02-28'],
    ['1969-12-31', 1, '1970-01-01'],
  ])('%s + %i = %s', (date, days, expected) => {
    expect(addDays(date, days)).toBe(expected);
  });
  test('adding and counting are inverse, and seven days keep the weekday', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -9000, max: 9000 }), (date, days) => {
        expect(daysBetween(date, addDays(date, days))).toBe(days);
        expect(weekday(addDays(date, 7 * days))).toBe(weekday(date));
      }),
    );
  });
  test.each([
    ['2026-11-20', 5],
    ['2026-11-22', 0],
    ['1969-12-31', 3],
    ['1900-01-01', 1],
  ])('%s is weekday %i', (date, day) => {
    expect(weekday(date)).toBe(day);
  });
});

test.each([
  ['2026', '2025-12-31', true],
  ['2026', '2026-01-01', false],
  ['2026-01-02', '2026', false],
  ['2027-01-01', '2026', true],
  ['2026-02-01', '2026-01-31', true],
  ['2026-01-31', '2026-01-31', false],
])('%s certainly after %s: %s', (a, b, after) => {
  expect(isAfter(a, b)).toBe(after);
});

test.each(['2026-2-3', '2026-02-30', '20260203', '2026-02-03T00:00:00Z', 'x', '', '26-02-03'])(
  '%j is no local date',
  (text) => {
    expect(isLocalDate(text)).toBe(false);
  },
);
test('a half-typed date is shown as it stands', () => {
  expect(showDate('15/1')).toBe('15/1');
  expect(showDate('1950')).toBe('1950');
});

describe("Vietnam's clock", () => {
  test.each([
    ['2026-11-20T16:59:59.999Z', '2026-11-20', '23:59'],
    ['2026-11-20T17:00:00Z', '2026-11-21', '00:00'],
    ['2026-12-31T17:00:00Z', '2027-01-01', '00:00'],
    ['2024-02-28T17:30:00Z', '2024-02-29', '00:30'],
    ['2026-11-20T08:00:00Z', '2026-11-20', '15:00'],
  ])('%s is %s %s', (utc, date, time) => {
    expect(localTime(Date.parse(utc))).toEqual({ date, time });
  });
  test.each(['UTC', 'Asia/Ho_Chi_Minh', 'America/Los_Angeles', 'Pacific/Kiritimati', 'Europe/Berlin'])(
    'a machine set to %s reckons the same',
    (zone) => {
      const source = path.resolve(import.meta.dirname, '../../../../shared/lib/local-date.ts');
      const script = `const d = await import(${JSON.stringify(source)});
        console.log(JSON.stringify([new Date(0).getTimezoneOffset(), d.localTime(Date.parse('2026-03-29T17:00:00Z')), d.addDays('2026-03-28', 1), d.weekday('2026-10-25'), d.readDate('29032026', false), d.daysBetween('2026-03-01', '2026-11-01')]));`;
      const text = execFileSync(
        process.execPath,
        ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script],
        {
          env: { ...process.env, TZ: zone },
          encoding: 'utf8',
        },
      );
      const [offset, ...facts] = JSON.parse(text) as unknown[];
      expect(offset === 0).toBe(zone === 'UTC');
      expect(facts).toEqual([
        { date: '2026-03-30', time: '00:00' },
        '2026-03-29',
        0,
        { ok: true, value: '2026-03-29' },
        245,
      ]);
    },
  );
});
