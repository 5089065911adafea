/** "Ghi bằng chữ": the wording of examples, and an independent reader that gets every number and date back. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { amountInWords, dateInWords, numberInWords } from '../../../../shared/lib/date-words.ts';

test.each([
  ['2026-03-15', 'Ngày mười lăm tháng ba năm hai nghìn hai mươi sáu'],
  ['2026-11-15', 'Ngày mười lăm tháng mười một năm hai nghìn hai mươi sáu'],
  ['2000-01-01', 'Ngày mùng một tháng một năm hai nghìn'],
  ['2005-04-04', 'Ngày mùng bốn tháng tư năm hai nghìn không trăm linh năm'],
  ['2009-09-10', 'Ngày mùng mười tháng chín năm hai nghìn không trăm linh chín'],
  ['2010-10-11', 'Ngày mười một tháng mười năm hai nghìn mười'],
  ['2015-12-14', 'Ngày mười bốn tháng mười hai năm hai nghìn mười lăm'],
  ['2021-05-21', 'Ngày hai mươi mốt tháng năm năm hai nghìn hai mươi mốt'],
  ['2024-02-29', 'Ngày hai mươi chín tháng hai năm hai nghìn hai mươi tư'],
  ['2025-08-24', 'Ngày hai mươi tư tháng tám năm hai nghìn hai mươi lăm'],
  ['1975-04-30', 'Ngày ba mươi tháng tư năm một nghìn chín trăm bảy mươi lăm'],
  ['1991-07-31', 'Ngày ba mươi mốt tháng bảy năm một nghìn chín trăm chín mươi mốt'],
  ['1954-06-25', 'Ngày hai mươi lăm tháng sáu năm một nghìn chín trăm năm mươi tư'],
  ['1904-01-20', 'Ngày hai mươi tháng một năm một nghìn chín trăm linh bốn'],
  ['1900-01-05', 'Ngày mùng năm tháng một năm một nghìn chín trăm'],
  ['1886-02-02', 'Ngày mùng hai tháng hai năm một nghìn tám trăm tám mươi sáu'],
  ['2100-01-15', 'Ngày mười lăm tháng một năm hai nghìn một trăm'],
  ['1950', 'Năm một nghìn chín trăm năm mươi'],
  ['2026', 'Năm hai nghìn hai mươi sáu'],
  ['1950-04', 'Tháng tư năm một nghìn chín trăm năm mươi'],
  ['2001-12', 'Tháng mười hai năm hai nghìn không trăm linh một'],
])('%s: %s', (date, words) => {
  expect(dateInWords(date)).toBe(words);
});

test.each(['', '2026-02-30', '2026-13', '2026-00', '15/03/2026', '26', '0950', '2026-03-15T00:00', 'năm'])(
  '%j is no date and has no words',
  (text) => {
    expect(dateInWords(text)).toBe('');
  },
);

test.each([
  [0, 'không'],
  [1, 'một'],
  [10, 'mười'],
  [11, 'mười một'],
  [14, 'mười bốn'],
  [15, 'mười lăm'],
  [20, 'hai mươi'],
  [21, 'hai mươi mốt'],
  [24, 'hai mươi tư'],
  [55, 'năm mươi lăm'],
  [100, 'một trăm'],
  [101, 'một trăm linh một'],
  [104, 'một trăm linh bốn'],
  [105, 'một trăm linh năm'],
  [110, 'một trăm mười'],
  [121, 'một trăm hai mươi mốt'],
  [999, 'chín trăm chín mươi chín'],
  [1000, 'một nghìn'],
  [1005, 'một nghìn không trăm linh năm'],
  [1015, 'một nghìn không trăm mười lăm'],
  [10_000, 'mười nghìn'],
  [1_000_005, 'một triệu không trăm linh năm'],
  [1_005_000, 'một triệu không trăm linh năm nghìn'],
  [2_530_000, 'hai triệu năm trăm ba mươi nghìn'],
  [25_300_000, 'hai mươi lăm triệu ba trăm nghìn'],
  [1_000_000_000, 'một tỷ'],
  [3_000_000_001, 'ba tỷ không trăm linh một'],
  [999_000_000_000, 'chín trăm chín mươi chín tỷ'],
])('%i: %s', (n, words) => {
  expect(numberInWords(n)).toBe(words);
});

test.each([
  [25_300_000, 'Hai mươi lăm triệu ba trăm nghìn đồng'],
  [0, 'Không đồng'],
  [8_000, 'Tám nghìn đồng'],
])('%i đồng: %s', (dong, words) => {
  expect(amountInWords(dong)).toBe(words);
});

test.each([-1, 0.5, 1_000_000_000_000, Number.NaN, Number.POSITIVE_INFINITY])(
  '%d is a bug and throws',
  (n) => {
    expect(() => numberInWords(n)).toThrow(/whole number/);
    expect(() => amountInWords(n)).toThrow(/whole number/);
  },
);

/** Reads words left to right with a running value: another method than the one that wrote them. */
const UNITS: Readonly<Record<string, number>> = {
  không: 0,
  một: 1,
  mốt: 1,
  hai: 2,
  ba: 3,
  bốn: 4,
  tư: 4,
  năm: 5,
  lăm: 5,
  sáu: 6,
  bảy: 7,
  tám: 8,
  chín: 9,
};
const SCALES: Readonly<Record<string, number>> = { nghìn: 1e3, triệu: 1e6, tỷ: 1e9 };
function read(words: string): number {
  let [total, group, unit] = [0, 0, 0];
  for (const word of words.split(' ')) {
    const scale = SCALES[word];
    if (scale) [total, group, unit] = [total + (group + unit) * scale, 0, 0];
    else if (word === 'trăm') [group, unit] = [unit * 100, 0];
    else if (word === 'mươi') [group, unit] = [group + unit * 10, 0];
    else if (word === 'mười') group += 10;
    else if (word !== 'linh') unit = UNITS[word] ?? Number.NaN;
  }
  return total + group + unit;
}

test('every number up to 2.000 and any up to 999 tỷ is read back', () => {
  for (let n = 0; n <= 2000; n++) expect(read(numberInWords(n)), numberInWords(n)).toBe(n);
  const any = fc.oneof(
    fc.integer({ min: 0, max: 999_999_999_999 }),
    fc.nat(99_999).map((n) => n * 1_000_000),
  );
  fc.assert(fc.property(any, (n) => read(numberInWords(n)) === n));
});

test('every day from 1900 to 2099 is read back', () => {
  const first = Date.UTC(1900, 0, 1);
  const last = Date.UTC(2099, 11, 31);
  for (let ms = first; ms <= last; ms += 86_400_000) {
    const date = new Date(ms).toISOString().slice(0, 10);
    const words = dateInWords(date);
    const match = /^Ngày (?:mùng )?(.+) tháng (.+?) năm ((?:một|hai) nghìn.*)$/.exec(words);
    const numbers = [match?.[3], match?.[2], match?.[1]].map((part) => read(part ?? ''));
    expect(numbers, words).toEqual(date.split('-').map(Number));
    expect(words.startsWith('Ngày mùng '), words).toBe(Number(date.slice(8)) <= 10);
  }
});

test('no wording that Vietnamese does not have', () => {
  const any = fc.integer({ min: 0, max: 999_999_999_999 });
  fc.assert(
    fc.property(any, (n) => {
      expect(numberInWords(n)).not.toMatch(
        /mươi (một|bốn|năm)\b|mười (mốt|tư|năm)(?!\p{L})|linh (mốt|tư|lăm)| {2}|^ | $/u,
      );
    }),
  );
});
