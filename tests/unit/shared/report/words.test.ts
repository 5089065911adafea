/** Words of the monthly reports. */
import { expect, test } from 'vitest';
import { unitOn } from '../../../../shared/catalogue/units.ts';
import { must } from '../../../../shared/lib/must.ts';
import {
  cellInText,
  changeInText,
  communesInText,
  countInText,
  dateInText,
  sinceInText,
  windowInText,
} from '../../../../shared/report/words.ts';

test.each([
  ['2023-08-11', '11/8/2023'],
  ['2024-02-01', '01/02/2024'],
  ['2023-10-04', '04/10/2023'],
])('%s is written %s', (date, words) => {
  expect(dateInText(date)).toBe(words);
});

test('windows', () => {
  expect(windowInText({ from: null, to: '2023-09-19' })).toBe('Tính đến ngày 19/9/2023');
  expect(windowInText({ from: '2023-08-11', to: '2023-09-10' })).toBe('Từ ngày 11/8/2023 đến ngày 10/9/2023');
});

test.each([
  [0, '0'],
  [3, '03'],
  [10, '10'],
  [1320, '1.320'],
])('%i in text is %s', (value, words) => {
  expect(countInText(value)).toBe(words);
});

test.each([
  [194, 80, 'tăng hơn gấp đôi'],
  [160, 80, 'tăng gấp đôi'],
  [60, 20, 'tăng gấp 3 lần'],
  [59, 19, 'tăng hơn gấp 3 lần'],
  [300, 20, 'tăng gấp 15 lần'],
  [4638, 4184, 'tăng 454 hồ sơ'],
  [5, 0, 'tăng 05 hồ sơ'],
  [80, 92, 'giảm 12 hồ sơ'],
  [0, 0, 'không thay đổi'],
])('%i after %i: %s', (now, before, words) => {
  expect(changeInText(now, before)).toBe(words);
});

const september = { from: '2023-08-11', to: '2023-09-10' };
test.each([
  [{ from: '2023-07-11', to: '2023-08-10' }, 'so với tháng 8'],
  [{ from: '2023-08-01', to: '2023-08-10' }, 'so với kỳ trước'],
  [{ from: null, to: '2023-08-10' }, 'so với kỳ trước'],
  [{ from: '2023-08-11', to: '2023-09-10' }, 'so với kỳ trước'],
])('since %j: %s', (before, words) => {
  expect(sinceInText(september, before)).toBe(words);
});

test.each([
  ['79', '2023-09-10', 'Ủy ban nhân dân phường, xã, thị trấn'],
  ['79', '2025-07-01', 'Ủy ban nhân dân phường, xã, đặc khu'],
  ['760', '2023-09-10', 'Ủy ban nhân dân phường'],
  ['26740', '2025-07-01', 'Ủy ban nhân dân phường Sài Gòn'],
])('who received, %s on %s', (code, on, words) => {
  expect(communesInText(must(unitOn(code, on), code), on)).toBe(words);
});

test('cells in text: what is not known has no words', () => {
  expect(cellInText({ kind: 'count', value: null })).toBeNull();
  expect(cellInText({ kind: 'outside' })).toBeNull();
  expect(cellInText({ kind: 'percent', part: 1, of: null })).toBeNull();
  expect(cellInText({ kind: 'date', date: null })).toBeNull();
  expect(cellInText({ kind: 'date', date: '2023-09-19' })).toBe('19/09/2023');
  expect(cellInText({ kind: 'text', text: 'a' })).toBe('a');
});
