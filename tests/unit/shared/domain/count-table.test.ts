/** A count table is read row by row; what is wrong is named by row, nothing is guessed. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { categories } from '../../../../shared/catalogue/categories.ts';
import { clipboardBlock, MAX_ROWS, readCountTable } from '../../../../shared/domain/count-table.ts';

const HEADER = ['unit_code', 'unit_name', 'category_code', 'count'];
const city = { office: '79', asOf: '2023-09-19' };
const good = ['760', 'Quận 1', 'hoi_nong_dan', '5'];
const read = (rows: string[][], context = city) => readCountTable([HEADER, ...rows], context);
const found = (rows: string[][], context = city) =>
  read(rows, context).problems.map((p) => [p.row, p.column, p.code, p.weight]);

describe("the city's table of 19/09/2023", () => {
  const file = path.resolve(import.meta.dirname, '../../../fixtures/seeds-ngoai-nganh-2023-09-19.csv');
  const table = readCountTable(Papa.parse<string[]>(readFileSync(file, 'utf8').trim()).data, city);
  test('has 176 rows of 22 districts and no problems', () => {
    expect(table.problems).toEqual([]);
    expect(table.rows).toHaveLength(176);
    expect(new Set(table.rows.map((r) => r.unit)).size).toBe(22);
  });
  test('its eight sums equal the printed totals, 321.517 in all', () => {
    const sums = categories.map((c) =>
      table.rows.filter((r) => r.category === c.code).reduce((n, r) => n + (r.value ?? 0), 0),
    );
    expect(sums).toEqual([33370, 26770, 159006, 12719, 50871, 29183, 8190, 1408]);
    expect(categories.map((c) => table.totals[`${c.code}/tong`])).toEqual(sums);
    expect(sums.reduce((a, b) => a + b)).toBe(321517);
  });
  test('its zeros are kept as figures', () => {
    expect(table.rows.filter((r) => r.value === 0).length).toBeGreaterThan(20);
  });
});

test('a good row is taken, with the unit of that day', () => {
  expect(read([good]).rows).toEqual([
    { row: 2, unit: '760@2021-01-01', category: 'hoi_nong_dan', measure: 'tong', value: 5 },
  ]);
});

test.each<[string, string[], [string, string]]>([
  ['an unknown unit', ['99999', 'x', 'hoi_nong_dan', '5'], ['unit_code', 'UNIT_UNKNOWN']],
  ['no unit', ['', 'x', 'hoi_nong_dan', '5'], ['unit_code', 'UNIT_UNKNOWN']],
  ['a unit by a wrong name', ['Quận 99', 'x', 'hoi_nong_dan', '5'], ['unit_code', 'UNIT_UNKNOWN']],
  ['an unknown category', ['760', 'Quận 1', 'hoi_ma', '5'], ['category_code', 'CATEGORY_UNKNOWN']],
  ['a category by a wrong name', ['760', 'Quận 1', 'Hội Chim', '5'], ['category_code', 'CATEGORY_UNKNOWN']],
  ['a dash', ['760', 'Quận 1', 'hoi_nong_dan', '–'], ['count', 'COUNT_BLANK']],
  ['Arabic digits', ['760', 'Quận 1', 'hoi_nong_dan', '١٢'], ['count', 'COUNT_NOT_A_NUMBER']],
  ['a negative count', ['760', 'Quận 1', 'hoi_nong_dan', '-5'], ['count', 'COUNT_NEGATIVE']],
  ['a decimal count', ['760', 'Quận 1', 'hoi_nong_dan', '1,5'], ['count', 'COUNT_NOT_WHOLE']],
  ['a text', ['760', 'Quận 1', 'hoi_nong_dan', 'năm'], ['count', 'COUNT_NOT_A_NUMBER']],
  ['a formula', ['760', 'Quận 1', 'hoi_nong_dan', '=SUM(D3:D9)'], ['count', 'COUNT_FORMULA']],
  ['a huge count', ['760', 'Quận 1', 'hoi_nong_dan', '100000000'], ['count', 'COUNT_TOO_LARGE']],
  ['a blank count', ['760', 'Quận 1', 'hoi_nong_dan', ' '], ['count', 'COUNT_BLANK']],
  ['a short row', ['760', 'Quận 1', 'hoi_nong_dan'], ['count', 'COUNT_BLANK']],
])('%s stops its row and only its row', (_, row, [column, code]) => {
  expect(found([good, row])).toEqual([[3, column, code, 'stop']]);
  expect(read([good, row]).rows).toHaveLength(1);
});

test('every wrong cell of a row is named, with what stands in it, cut short', () => {
  const { problems } = read([['99999', 'x', 'hoi_ma', 'y'.repeat(100)]]);
  expect(problems.map((p) => [p.code, p.found.length])).toEqual([
    ['UNIT_UNKNOWN', 5],
    ['CATEGORY_UNKNOWN', 6],
    ['COUNT_NOT_A_NUMBER', 60],
  ]);
});

test.each([
  ['district 1 in 2026', { office: '79', asOf: '2026-11-20' }, '760', 'UNIT_CLOSED'],
  [
    'a ward below a district, in the city’s table',
    { office: '79', asOf: '2023-09-19' },
    '26743',
    'UNIT_NO_ROW',
  ],
  ['the same ward in its district’s table', { office: '760', asOf: '2023-09-19' }, '26743', 'OK'],
  ['the city’s own row that is no total', { office: '79', asOf: '2023-09-19' }, '79', 'UNIT_NO_ROW'],
  ['a ward in its own table', { office: '26743', asOf: '2026-11-20' }, '26743', 'OK'],
  ['another ward', { office: '26743', asOf: '2026-11-20' }, '26740', 'UNIT_OUT_OF_SCOPE'],
  ['the city from a ward', { office: '26743', asOf: '2026-11-20' }, '79', 'UNIT_OUT_OF_SCOPE'],
  ['a neighbour province before the merger', { office: '79', asOf: '2023-09-19' }, '74', 'UNIT_OUT_OF_SCOPE'],
])('%s', (_, context, code, expected) => {
  const codes = readCountTable([HEADER, [code, '', 'hoi_nong_dan', '1']], context).problems.map(
    (p) => p.code,
  );
  expect(codes).toEqual(expected === 'OK' ? [] : [expected]);
});

test.each([
  ['1.320', 1320],
  ['1 320', 1320],
  ['0', 0],
  ['１２', 12],
])('the count %j is %i', (typed, value) => {
  expect(read([['760', 'Quận 1', 'hoi_nong_dan', typed]]).rows[0]?.value).toBe(value);
});

test('the same unit and category twice: the second row is refused and points to the first', () => {
  const table = read([good, ['760', 'Quận 1', 'hoi_nong_dan', '6']]);
  expect(table.rows.map((r) => r.value)).toEqual([5]);
  expect(table.problems).toMatchObject([{ row: 3, code: 'ROW_DUPLICATE', details: { row: 2 } }]);
});

test('a row called Tổng or Cộng of the office itself is kept as a printed total, not as data', () => {
  for (const name of ['Tổng', 'TỔNG CỘNG', 'Cộng', 'Tổng số']) {
    const table = read([good, ['79', name, 'hoi_nong_dan', '5']]);
    expect([table.rows.length, table.totals, table.problems]).toEqual([1, { 'hoi_nong_dan/tong': 5 }, []]);
  }
  expect(read([good, ['79', 'Tổng', 'hoi_nong_dan', 'x']]).totals).toEqual({});
});

describe('a wide table as an office keeps it in Excel', () => {
  const wide = (...rows: string[][]) =>
    readCountTable(
      [['STT', 'Đơn vị', 'Hội Nông dân', 'Hội Người cao tuổi'], ['1', 'Quận 1', '5', '7'], ...rows],
      {
        office: '79',
        asOf: '2023-09-19',
      },
    );
  test.each([
    ['a total of formulas', ['', 'Tổng', '=SUM(C2:C2)', '=SUM(D2:D2)'], {}],
    [
      'a total of which one figure is a formula',
      ['', 'Tổng cộng', '5', '=SUM(D2:D2)'],
      { 'hoi_nong_dan/tong': 5 },
    ],
    ['the place and the date below it', ['', '', '', 'TP. Hồ Chí Minh, ngày 19 tháng 9 năm 2023'], {}],
    ['who signs', ['', '', 'NGƯỜI LẬP BIỂU', 'CHỦ TỊCH'], {}],
  ])('%s stops nothing', (_, row, totals) => {
    const table = wide(row);
    expect([table.rows.length, table.problems, table.totals]).toEqual([2, [], totals]);
  });
  test('a word in the row of a unit is still a wrong figure', () => {
    expect(wide(['2', 'Quận 3', 'năm', '=1+1']).problems.map((p) => [p.row, p.code])).toEqual([
      [3, 'COUNT_NOT_A_NUMBER'],
      [3, 'COUNT_FORMULA'],
    ]);
  });
  test('a total row whose code is left blank is a total', () => {
    const table = readCountTable(
      [
        ['unit_code', 'unit_name', 'Hội Nông dân'],
        ['760', 'Quận 1', '5'],
        ['', 'Tổng', '5'],
      ],
      { office: '79', asOf: '2023-09-19' },
    );
    expect([table.problems, table.totals]).toEqual([[], { 'hoi_nong_dan/tong': 5 }]);
  });
});

test.each([
  [
    'a heading with a line break in its cell',
    '"Quận\nBình Tân"\t5\n"Quận 1"\t6',
    [
      ['Quận Bình Tân', '5'],
      ['Quận 1', '6'],
    ],
  ],
  ['a quotation mark and a tab inside a cell', '"phường ""Mẫu""\t1"\t7', [['phường "Mẫu" 1', '7']]],
  ['a quotation mark that closes nothing', '"5\t6', [['"5', '6']]],
  ['blank cells and lines', '\t\n\n1\t', [['', ''], [''], ['1', '']]],
])('copied from Excel: %s', (_, text, block) => {
  expect(clipboardBlock(text)).toEqual(block);
});

test('another name of the unit is a warning and the row is taken; accents and case do not matter', () => {
  expect(found([['760', 'Quận 3', 'hoi_nong_dan', '5']])).toEqual([
    [2, 'unit_name', 'ROW_UNIT_NAME', 'warn'],
  ]);
  expect(read([['760', 'Quận 3', 'hoi_nong_dan', '5']]).rows).toHaveLength(1);
  for (const name of ['QUAN 1', ' Quận  1 ', ''])
    expect(found([['760', name, 'hoi_nong_dan', '5']]), name).toEqual([]);
});

describe('the header', () => {
  test('may have its columns in any order and case, with a byte order mark, and others beside them', () => {
    const table = readCountTable(
      [
        ['\uFEFFCOUNT ', 'note', 'Category_Code', 'unit_code'],
        ['5', '', 'hoi_nong_dan', '760'],
      ],
      city,
    );
    expect([table.rows.length, table.problems]).toEqual([1, []]);
  });
  test.each([
    [[], 'unit_code, category_code, count'],
    [['unit_code', 'category_code'], 'count'],
    [['Đơn vị', 'Loại'], 'count'],
    [['Tên', 'Nhóm gì', 'Bao nhiêu'], 'unit_code, category_code, count'],
  ])('%j lacks columns: one problem and no rows', (header, missing) => {
    const table = readCountTable([header, good], city);
    expect(table.rows).toEqual([]);
    expect(table.problems).toMatchObject([{ row: 1, code: 'FILE_HEADER', details: { missing } }]);
  });
  test('no table at all lacks them too', () => {
    expect(readCountTable([], city).problems.map((p) => p.code)).toEqual(['FILE_HEADER']);
  });
});

test('a table without rows says so; blank lines are passed over and keep their numbers', () => {
  expect(found([])).toEqual([[2, '', 'FILE_EMPTY', 'stop']]);
  expect(found([[''], ['', ' ', '', '']])).toEqual([[2, '', 'FILE_EMPTY', 'stop']]);
  expect(read([[''], good]).rows.map((r) => r.row)).toEqual([3]);
});

test('a file that cannot be a count table is refused by its length', () => {
  const rows = Array.from({ length: MAX_ROWS + 1 }, () => good);
  expect(read(rows)).toMatchObject({
    rows: [],
    problems: [{ code: 'FILE_TOO_MANY_ROWS', details: { max: MAX_ROWS } }],
  });
  expect(read(rows.slice(1)).problems.every((p) => p.code === 'ROW_DUPLICATE')).toBe(true);
});

test.each([
  [
    '1\t2\r\n3\t4\r\n',
    [
      ['1', '2'],
      ['3', '4'],
    ],
  ],
  ['1\t\t2', [['1', '', '2']]],
  ['"1.320"\t 5 ', [['1.320', '5']]],
  ['1\r2', [['1'], ['2']]],
  ['1\n\n2\n', [['1'], [''], ['2']]],
  ['', [['']]],
])('the clipboard %j is %j', (text, block) => {
  expect(clipboardBlock(text)).toEqual(block);
});

describe('a wide table', () => {
  const wide = (rows: string[][], mapping?: string[]) =>
    readCountTable(rows, { ...city, ...(mapping && { mapping }) });
  const figures = (rows: string[][], mapping?: string[]) =>
    wide(rows, mapping).rows.map((r) => [r.row, r.unit.slice(0, 3), r.measure, r.outside ? 'x' : r.value]);
  test('is read by names, passes over titles, blanks and signatures, and keeps its total apart', () => {
    const table = wide([
      ['THỐNG KÊ THU THẬP THÔNG TIN NGOẠI NGÀNH'],
      [''],
      ['STT', 'Đơn vị', 'HỘI NÔNG DÂN', 'Chữ thập đỏ'],
      ['1', 'Quận 1', '1.320', '–'],
      ['2', 'UBND Quận 3', '0', 'x'],
      ['', 'Tổng', '1.320', '0'],
      ['', 'NGƯỜI LẬP BIỂU', '', ''],
    ]);
    expect(table.problems).toEqual([]);
    expect(table.rows.map((r) => [r.unit, r.category, r.outside ? 'x' : r.value])).toEqual([
      ['760@2021-01-01', 'hoi_nong_dan', 1320],
      ['770@2021-01-01', 'hoi_nong_dan', 0],
      ['770@2021-01-01', 'hoi_chu_thap_do', 'x'],
    ]);
    expect(table.totals).toEqual({ 'hoi_nong_dan/tong': 1320, 'hoi_chu_thap_do/tong': 0 });
  });
  test.each([
    ['blank', ''],
    ['repeated', 'Hội Chữ thập đỏ'],
  ])('joins a header of two rows whose merged cells are %s, and says so', (_, rest) => {
    const rows = [
      ['Đơn vị', 'Hội Chữ thập đỏ', rest, rest],
      ['', 'Tổng', 'Hội viên', 'Tình nguyện viên'],
      ['Quận 1', '3', '1', '2'],
    ];
    expect(figures(rows)).toEqual([
      [3, '760', 'tong', 3],
      [3, '760', 'hoi_vien', 1],
      [3, '760', 'tinh_nguyen_vien', 2],
    ]);
    expect(wide(rows).problems.map((p) => [p.code, p.weight])).toEqual([['FILE_MERGED_HEADER', 'warn']]);
  });
  test('one wrong cell stops that cell only; a unit of nobody stops its row', () => {
    const table = wide([
      ['Đơn vị', 'Nông dân', 'Thuê nhà'],
      ['Quận 1', '-1', '2'],
      ['Quận 99', '1', '2'],
    ]);
    expect(table.rows.map((r) => r.value)).toEqual([2]);
    expect(table.problems.map((p) => [p.row, p.column, p.code])).toEqual([
      [2, 'Nông dân', 'COUNT_NEGATIVE'],
      [3, 'unit_code', 'UNIT_UNKNOWN'],
    ]);
  });
  test('two columns of one figure: the first counts, the second is named', () => {
    const table = wide([
      ['Đơn vị', 'Nông dân', 'Hội Nông dân'],
      ['Quận 1', '1', '2'],
    ]);
    expect(table.rows.map((r) => r.value)).toEqual([1]);
    expect(table.problems).toMatchObject([{ code: 'COLUMN_TWICE', column: 'Hội Nông dân', weight: 'warn' }]);
  });
  test('columns mean what somebody said', () => {
    const rows = [
      ['Nơi', 'Người già', 'Ghi chú'],
      ['Quận 1', '5', 'đã xem'],
    ];
    expect(wide(rows).problems.map((p) => p.code)).toEqual(['FILE_HEADER']);
    expect(figures(rows, ['unit', 'hoi_nguoi_cao_tuoi/tong', ''])).toEqual([[2, '760', 'tong', 5]]);
  });
});

test.each([
  ['19/09/2023', []],
  ['2023-09-19', []],
  ['20/09/2023', ['ROW_OTHER_DATE']],
  ['hôm qua', ['ROW_OTHER_DATE']],
])('a row dated %s', (date, expected) => {
  const table = readCountTable(
    [
      [...HEADER, 'as_of'],
      [...good, date],
    ],
    city,
  );
  expect(table.problems.map((p) => p.code)).toEqual(expected);
  expect(table.rows).toHaveLength(expected.length === 0 ? 1 : 0);
});
