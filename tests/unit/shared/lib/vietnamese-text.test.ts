/** Names as people really write them: every row of the tricky list, and what must hold for any text. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import {
  cleanText,
  compareVietnamese,
  neutraliseFormula,
  searchKey,
  textDamage,
} from '../../../../shared/lib/vietnamese-text.ts';

interface Row {
  readonly id: string;
  readonly raw_name: string;
  readonly raw_escaped: string;
  readonly expected_clean: string;
  readonly expected_search_key: string;
}
const file = path.resolve(import.meta.dirname, '../../../fixtures/tricky_names.csv');
const { data: rows } = Papa.parse<Row>(readFileSync(file, 'utf8'), { header: true, skipEmptyLines: true });
const row = (id: string) => rows.find((r) => r.id === id)?.raw_name ?? '';
const unescaped = (text: string) =>
  text.replace(/\\u([0-9a-f]{4})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));

describe('tricky names', () => {
  test('the list is whole: 64 rows, each with the code points that it promises', () => {
    expect(rows).toHaveLength(64);
    for (const r of rows) expect(unescaped(r.raw_escaped), r.id).toBe(r.raw_name);
  });
  test.each(rows)('$id "$raw_name" is stored and found as expected', (r) => {
    expect(cleanText(r.raw_name)).toBe(r.expected_clean);
    expect(searchKey(r.raw_name)).toBe(r.expected_search_key);
  });
  test('exactly the damaged rows ask the clerk to look', () => {
    const damaged = rows
      .filter((r) => textDamage(r.raw_name) !== null)
      .map((r) => [r.id, textDamage(r.raw_name)]);
    expect(damaged).toEqual([
      ['9', 'stray_mark'],
      ['15', 'joined_words'],
      ['63', 'stray_mark'],
      ['64', 'replacement_character'],
    ]);
  });
  test('a name that begins like a formula is neutralised on export and stays itself in the store', () => {
    expect(neutraliseFormula(row('62'))).toBe("'=Nguyễn Văn An");
    expect(cleanText(row('62'))).toBe('=Nguyễn Văn An');
  });
});

test.each(['=1+1', '+84 90', '-3', '@SUM(A1)', '\tx', '\rx'])('%j is neutralised', (text) => {
  expect(neutraliseFormula(text)).toBe(`'${text}`);
});
test.each(['Nguyễn', '', "'=1", ' =1', 'Huyện Nhà Bè'])('%j is exported as it is', (text) => {
  expect(neutraliseFormula(text)).toBe(text);
});

test.each([
  ['a mark after an invisible character joins its letter', 'Nguye\u200B\u0302n', 'Nguyên'],
  ['an invisible character inside a word goes', 'Ngu\u00ADyễn', 'Nguyễn'],
  ['Ð inside a word is not repaired', 'aÐb', 'aÐb'],
  ['Ð after a hyphen begins a word', 'An-Ðào', 'An-Đào'],
])('%s', (_, raw, clean) => {
  expect(cleanText(raw)).toBe(clean);
});

test('the three spellings of a tone and both forms of đ meet in one key', () => {
  expect(new Set(['Hòa Đỗ', 'Hoà ĐỖ', 'hoa do', 'HÒA  ÐỖ'].map(searchKey))).toEqual(new Set(['hoa do']));
});

test('names are sorted the Vietnamese way, numbers by value', () => {
  expect(['Đào', 'Dung', 'Ánh', 'An', 'Ơn', 'Oanh'].sort(compareVietnamese)).toEqual([
    'An',
    'Ánh',
    'Dung',
    'Đào',
    'Oanh',
    'Ơn',
  ]);
  expect(['Phường 10', 'Phường 2'].sort(compareVietnamese)).toEqual(['Phường 2', 'Phường 10']);
});

describe('for any text', () => {
  const letters = [..."aàảãáạăằẵâêôơưđĐÐƉ \u00a0\u200b\ufeff\u0300\u0302\u0323\u031b'’`-.0 9=Zç"];
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...letters) }));
  test('cleaning twice is cleaning once', () => {
    fc.assert(
      fc.property(text, (t) => cleanText(cleanText(t)) === cleanText(t)),
      { numRuns: 2000 },
    );
  });
  test('what is stored is NFC, trimmed, with single spaces', () => {
    fc.assert(
      fc.property(text, (t) => {
        const clean = cleanText(t);
        expect(clean).toBe(clean.normalize('NFC').trim().replace(/\s+/g, ' '));
      }),
      { numRuns: 2000 },
    );
  });
  test('a key is only a-z, 0-9 and single spaces, and is its own key', () => {
    fc.assert(
      fc.property(text, (t) => {
        expect(searchKey(t)).toMatch(/^([a-z0-9]+( [a-z0-9]+)*)?$/);
        expect(searchKey(searchKey(t))).toBe(searchKey(t));
      }),
      { numRuns: 2000 },
    );
  });
  test('composed and decomposed writing give the same key', () => {
    fc.assert(
      fc.property(text, (t) => searchKey(t.normalize('NFC')) === searchKey(t.normalize('NFD'))),
      { numRuns: 2000 },
    );
  });
  test('a name without its accents has the same key', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...rows.map((r) => r.expected_search_key)),
        (key) => searchKey(key.toUpperCase()) === key,
      ),
    );
  });
});

test.each(['\u0000', '\u0007', '\u001b', '\u007f', '\u0085\u0000'])(
  'control character %j never reaches the store',
  (control) => {
    expect(cleanText(`Nguyễn${control}Văn An`).replace(/\s/g, '')).toBe('NguyễnVănAn');
  },
);
