/** The eight categories of the city's table and their one measure. */
import { expect, test } from 'vitest';
import {
  categories,
  countColumns,
  findCategory,
  isMeasure,
  TOTAL,
} from '../../../../shared/catalogue/categories.ts';
import { specialDays } from '../../../../shared/catalogue/holidays.ts';
import { isLocalDate, weekday } from '../../../../shared/lib/local-date.ts';

test('the categories stand in the order of the table of 19/09/2023', () => {
  expect(categories.map((c) => c.code)).toEqual([
    'hoi_cuu_chien_binh',
    'hoi_nong_dan',
    'hoi_nguoi_cao_tuoi',
    'hoi_chu_thap_do',
    'nguoi_lao_dong',
    'ho_tro_tien_thue_nha',
    'nguoi_co_cong',
    'an_sinh_xa_hoi',
  ]);
  for (const c of categories)
    expect(
      [c.name, c.short, c.source].every((t) => t.length > 0),
      c.code,
    ).toBe(true);
});

test('each category has its total first; what is split names the parts that make it', () => {
  for (const c of categories) {
    expect(c.measures[0], c.code).toEqual(TOTAL);
    expect(new Set(c.measures.map((m) => m.code)).size, c.code).toBe(c.measures.length);
    for (const part of c.parts) expect(isMeasure(c.code, part), `${c.code}/${part}`).toBe(true);
  }
  expect(findCategory('hoi_chu_thap_do')?.parts).toEqual(['hoi_vien', 'tinh_nguyen_vien']);
  expect(countColumns.map(({ category, measure }) => `${category.code}/${measure.code}`)).toHaveLength(15);
});
test.each(['', 'HOI_NONG_DAN', 'hoi_nong_dan ', 'constructor', '__proto__'])('%j is no category', (code) => {
  expect([findCategory(code), isMeasure(code, 'tong')]).toEqual([undefined, false]);
});

test('special days are real dates with a name and a source; a worked day in lieu is a Saturday or Sunday', () => {
  for (const day of specialDays.values()) {
    expect(isLocalDate(day.date) && day.name !== '' && day.source !== '', day.date).toBe(true);
    if (day.kind === 'swapped_workday') expect([0, 6], day.date).toContain(weekday(day.date));
    if (day.kind === 'compensatory_off') expect([1, 2, 3, 4, 5], day.date).toContain(weekday(day.date));
  }
});
test('what no decision confirms yet is marked: 31/08/2026, 24/11 and Tết 2027', () => {
  for (const date of ['2026-08-31', '2026-08-22', '2026-11-24', '2027-02-06'])
    expect(specialDays.get(date)?.verified, date).toBe(false);
  for (const date of ['2026-02-17', '2026-09-02', '2025-04-26'])
    expect(specialDays.get(date)?.verified, date).toBe(true);
});
