/** Cài đặt > Danh mục: the rows, their words, the filter; and what an admin types into a correction. */
import { describe, expect, test } from 'vitest';
import {
  type CatalogueRow,
  catalogueGroups,
  catalogueRows,
  correctedName,
  correctedValue,
  filterRows,
  groupsOf,
  openDays,
  periodWords,
} from '../../../renderer/screens/settings/catalogue-rows.ts';
import { plainValue, readSpan } from '../../../renderer/screens/settings/fact-input.ts';
import { vi } from '../../../renderer/text/vi.ts';
import { catalogue } from '../../../shared/catalogue/catalogue.ts';
import { type Fact, factUnits, reasonUses } from '../../../shared/catalogue/law.ts';
import { CALENDAR_DAY, checkCorrection, corrected, dayKinds } from '../../../shared/domain/corrected.ts';
import { must } from '../../../shared/lib/must.ts';
import { problemSentence } from '../../../shared/problem.ts';

const source = 'Quyết định giả định 99/QĐ-TTg';
const by = { office: '26743', officeName: 'Phường Bến Thành', source };
const K2 = must(
  catalogue.facts.find((f) => f.key === 'limit.K2'),
  'limit.K2',
);
const rowsUnder = (...corrections: { key: string; from: string; value: string }[]) => {
  const all = corrections.map((c) => ({ ...c, ...by }));
  return catalogueRows(corrected(catalogue, all), all);
};
const rows = rowsUnder();
const find = (list: readonly CatalogueRow[], id: string) =>
  must(
    list.find((row) => row.id.startsWith(id)),
    id,
  );

test('every row of the catalogue is there once, in a group that has words', () => {
  const { facts, days, regimes, requirements, reasons, funeralGroups, obstacles, outsideSystems } = catalogue;
  const lists = [facts, days, regimes, requirements, reasons, funeralGroups, obstacles, outsideSystems];
  const least = lists.reduce((n, list) => n + list.length, 0);
  expect(rows.length).toBeGreaterThan(least);
  expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
  expect(new Set(rows.map((row) => row.group))).toEqual(new Set(catalogueGroups));
  expect(rows.filter((row) => row.name.trim() === '' || row.source.trim() === '')).toEqual([]);
});

test.each([
  ...catalogueGroups.map((group) => `catalogue.group.${group}`),
  ...factUnits.map((unit) => `catalogue.unit.${unit}`),
  ...dayKinds.map((kind) => `dayKind.${kind}`),
  ...reasonUses.map((use) => `reasonUse.${use}`),
  ...['required', 'by_case'].map((weight) => `weight.${weight}`),
])('%s has words', (key) => {
  expect(Object.hasOwn(vi, key)).toBe(true);
});

test('values and periods are in words', () => {
  expect(find(rows, 'limit/limit.K2')).toMatchObject({ value: '3 ngày làm việc', verified: false });
  expect(periodWords(find(rows, 'limit/limit.K2'))).toBe('từ 10/07/2023');
  expect(find(rows, 'limit/limit.K4').value).toBe('chưa rõ');
  expect(find(rows, 'sum/sum.baseSalary').value).toMatch(/^[\d.]+ đồng$/);
  expect(find(rows, 'day/2027-02-10')).toMatchObject({ value: '10/02/2027 · nghỉ bù' });
  expect(periodWords(find(rows, 'day/2027-02-10'))).toBe('10/02/2027');
});

test('a corrected row tells whose correction is in force; the nearer office comes last and wins', () => {
  const city = { key: K2.key, from: K2.from, value: '4', source, office: '79', officeName: 'TP.HCM' };
  const ward = { ...city, value: '5', office: '26743', officeName: 'Phường Bến Thành' };
  const both = [city, ward];
  expect(find(catalogueRows(corrected(catalogue, both), both), 'limit/limit.K2')).toMatchObject({
    ...{ value: '5 ngày làm việc', source, verified: true, correctedBy: 'Phường Bến Thành' },
    fact: { key: 'limit.K2', unit: 'working_days', value: '5' },
  });
});

test('days that were added stand in order, and days that were taken back stay in sight', () => {
  const law = rowsUnder(
    { key: CALENDAR_DAY, from: '2027-02-12', value: 'holiday' },
    { key: CALENDAR_DAY, from: '2027-02-10', value: 'ordinary' },
  );
  const days = law.filter((row) => row.group === 'day').map((row) => row.from);
  expect(days).toEqual(days.toSorted());
  expect(find(law, 'day/2027-02-12')).toMatchObject({ name: source, correctedBy: 'Phường Bến Thành' });
  expect(find(law, 'day/2027-02-10')).toMatchObject({
    name: 'Nghỉ bù Tết Nguyên đán Đinh Mùi',
    value: '10/02/2027 · ngày thường',
    fact: { value: 'ordinary' },
  });
});

test('the years of the calendar from this one on, with their open days', () => {
  const open = (year: string) => catalogue.days.filter((d) => d.date.startsWith(year) && !d.verified).length;
  expect(openDays(catalogue, '2026-11-20')).toEqual([
    { year: '2026', n: open('2026') },
    { year: '2027', n: open('2027') },
  ]);
  const all = catalogue.days.map((d) => ({ key: CALENDAR_DAY, from: d.date, value: d.kind, source }));
  expect(openDays(corrected(catalogue, all), '2027-01-01')).toEqual([{ year: '2027', n: 0 }]);
});

describe('the filter', () => {
  const shown = (more: object) => filterRows(rows, { group: 'all', q: '', openOnly: false, ...more });
  test('keeps all, or one group, or what is open', () => {
    expect(shown({})).toEqual(rows);
    expect(new Set(shown({ group: 'slip' }).map((r) => r.group))).toEqual(new Set(['slip']));
    expect(shown({ openOnly: true }).every((r) => !r.verified)).toBe(true);
    expect(shown({ openOnly: true }).length).toBe(rows.filter((r) => !r.verified).length);
  });
  test.each(['thường trú', 'THUONG TRU', '  truong   thuong tru  ', 'tru thuong'])('finds "%s"', (q) => {
    const names = shown({ q: q.replace('truong', '') }).map((r) => r.name);
    expect(names).toContain(K2.name);
  });
  test.each(['không có mục nào như thế', '2099', 'x'.repeat(500)])('finds nothing for "%s"', (q) => {
    expect(shown({ q })).toEqual([]);
  });
  test('finds a day by its date and a row by its source', () => {
    expect(shown({ q: '10/02/2027' }).map((r) => r.from)).toEqual(['2027-02-10']);
    expect(shown({ q: 'TTLT 05/2015' }).length).toBeGreaterThan(0);
  });
  test('groups keep the order of the list and drop none of the rows', () => {
    const groups = groupsOf(rows);
    expect(groups.map((g) => g.group)).toEqual(catalogueGroups);
    expect(groups.flatMap((g) => g.ofGroup).length).toBe(rows.length);
    expect(groupsOf([])).toEqual([]);
  });
});

test('a step of the history is told in the words of its row', () => {
  const step = { key: K2.key, from: K2.from, value: '5', source };
  expect([correctedName(catalogue, step), correctedValue(catalogue, step, '5')]).toEqual([
    K2.name,
    '5 ngày làm việc',
  ]);
  const day = { key: CALENDAR_DAY, from: '2027-02-12', value: 'holiday', source };
  expect([correctedName(catalogue, day), correctedValue(catalogue, day, 'ordinary')]).toEqual([
    'Ngày 12/02/2027',
    'ngày thường',
  ]);
  const strange = { key: 'limit.K99', from: '2027-01-01', value: 'x', source };
  expect([correctedName(catalogue, strange), correctedValue(catalogue, strange, 'x')]).toEqual([
    'limit.K99',
    'x',
  ]);
});

describe('what is typed into the dialog', () => {
  const row: Readonly<Record<string, readonly [key: string, from: string]>> = {
    days: ['limit.duty.birth', '2023-07-10'],
    working_days: ['limit.K2', K2.from],
    times: ['reception.extensions', '2023-07-10'],
    dong: ['sum.baseSalary', '2026-07-01'],
    hours: ['reception.sameDayUntil', '2023-07-10'],
    text: ['agency.idCard', '2026-09-01'],
  };
  const outcome = (unit: Fact['unit'], typed: string, given = source) => {
    const [key, from] = must(row[unit], unit);
    return checkCorrection(catalogue, { key, from, value: plainValue(unit, typed), source: given });
  };

  test.each<[Fact['unit'], string, string]>([
    ['working_days', ' 5 ', '5'],
    ['dong', '2.530.000', '2530000'],
    ['dong', '2 530 000 đồng', '2530000'],
    ['dong', '2.530.000đ', '2530000'],
    ['dong', '2530000', '2530000'],
    ['dong', '0', '0'],
    ['hours', '15:00', '15:00'],
    ['hours', '1530', '15:30'],
    ['hours', '9h05', '09:05'],
    ['hours', '9.30', '09:30'],
    ['text', '  Công an cấp xã ', 'Công an cấp xã'],
  ])('%s "%s" is taken as "%s"', (unit, typed, value) => {
    expect(plainValue(unit, typed)).toBe(value);
    expect(outcome(unit, typed)).toBeNull();
  });

  test.each<[Fact['unit'], string, string]>([
    ['working_days', '', 'Số ngày phải là số nguyên từ 1 đến 999. Hãy gõ lại.'],
    ['working_days', 'ba ngày', 'Số ngày phải là số nguyên từ 1 đến 999. Hãy gõ lại.'],
    ['working_days', '3 ngày', 'Số ngày phải là số nguyên từ 1 đến 999. Hãy gõ lại.'],
    ['days', '0', 'Số ngày phải là số nguyên từ 1 đến 999. Hãy gõ lại.'],
    ['days', '1,5', 'Số ngày phải là số nguyên từ 1 đến 999. Hãy gõ lại.'],
    ['times', '-1', 'Số lần phải là số nguyên từ 1 đến 999. Hãy gõ lại.'],
    ['dong', '2.5', 'Số tiền phải là số đồng nguyên, chỉ gõ chữ số, ví dụ 2530000. Hãy gõ lại.'],
    ['dong', '2,5 triệu', 'Số tiền phải là số đồng nguyên, chỉ gõ chữ số, ví dụ 2530000. Hãy gõ lại.'],
    ['dong', '12.34.56', 'Số tiền phải là số đồng nguyên, chỉ gõ chữ số, ví dụ 2530000. Hãy gõ lại.'],
    ['hours', '25:00', 'Giờ có dạng giờ:phút, ví dụ 15:00. Hãy gõ lại.'],
    ['hours', '15h', 'Giờ có dạng giờ:phút, ví dụ 15:00. Hãy gõ lại.'],
    ['hours', '15:60', 'Giờ có dạng giờ:phút, ví dụ 15:00. Hãy gõ lại.'],
    ['text', '   ', 'Nội dung để trống hoặc dài quá 300 ký tự. Hãy sửa lại.'],
  ])('%s "%s" is refused: %s', (unit, typed, sentence) => {
    expect(problemSentence(must(outcome(unit, typed), 'problem'))).toBe(sentence);
  });

  test.each(['', '   '])('a blank source ("%s") is refused', (given) => {
    expect(outcome('days', '5', given)).toBe('FACT_SOURCE');
  });
});

describe('days typed into the calendar', () => {
  test.each([
    ['12022027', '', ['2027-02-12']],
    [' 12/2/2027 ', '12/02/2027', ['2027-02-12']],
    ['2027-02-27', '1-3-2027', ['2027-02-27', '2027-02-28', '2027-03-01']],
  ])('"%s" to "%s"', (first, last, days) => {
    expect(readSpan(first, last)).toEqual({ ok: true, days });
  });
  test('31 days are the most', () => {
    expect(readSpan('01/01/2027', '31/01/2027')).toMatchObject({ ok: true, days: { length: 31 } });
    expect(readSpan('01/01/2027', '01/02/2027')).toEqual({ ok: false, code: 'FACT_DAY_SPAN', field: 'last' });
  });
  test.each([
    ['', '', 'DATE_UNREADABLE', 'first'],
    ['mai', '', 'DATE_UNREADABLE', 'first'],
    ['2027', '', 'DATE_YEAR_ONLY', 'first'],
    ['30/02/2027', '', 'DATE_NOT_IN_CALENDAR', 'first'],
    ['12/02/2027', '2027', 'DATE_YEAR_ONLY', 'last'],
    ['12/02/2027', '32/02/2027', 'DATE_NOT_IN_CALENDAR', 'last'],
    ['12/02/2027', '11/02/2027', 'FACT_DAY_SPAN', 'last'],
    ['12/02/2027', '12/02/2072', 'FACT_DAY_SPAN', 'last'],
  ])('"%s" to "%s" is refused as %s', (first, last, code, field) => {
    expect(readSpan(first, last)).toEqual({ ok: false, code, field });
  });
});
