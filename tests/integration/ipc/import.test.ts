/** Import of a count table: a dry run that imports nothing, every problem by row, and any bytes at all without a crash. */
import { randomBytes } from 'node:crypto';
import Excel from 'exceljs';
import { describe, expect, test } from 'vitest';
import { verifyDesk } from '../../../db/rebuild.ts';
import {
  CITY_TABLE,
  check,
  desk,
  eachWithADesk,
  events,
  file,
  HEADER,
  load,
} from '../../support/import-desk.ts';
import { CITY, dropTestDesk, openTestDesk } from '../../support/temp-desk.ts';

eachWithADesk();
const codes = async (bytes: Uint8Array | string) =>
  (await check(bytes)).problems.map((p) => [p.row, p.problem.code]);

describe("the city's table of 19/09/2023", () => {
  test('is checked without importing anything', async () => {
    const result = await check(CITY_TABLE);
    expect(result).toMatchObject({
      rows: 176,
      units: 22,
      changes: 176,
      overwrites: 0,
      problems: [],
      stops: 0,
      warnings: 0,
    });
    expect(result.sums.map((s) => [s.sum, s.printed])).toEqual(
      [33370, 26770, 159006, 12719, 50871, 29183, 8190, 1408].map((n) => [n, n]),
    );
    expect([events(), desk.announced]).toEqual([0, []]);
  });
  test('is imported as one sheet a district; a repeat changes nothing', async () => {
    expect(await load(CITY_TABLE)).toMatchObject({ changed: 176, units: 22 });
    expect(events()).toBe(22);
    expect(desk.announced.filter((a) => a.announcement === 'changed')).toEqual([
      { announcement: 'changed', body: ['sheet', 'sync'] },
    ]);
    expect(await load(CITY_TABLE)).toMatchObject({ changed: 0, units: 22 });
    expect(await check(CITY_TABLE)).toMatchObject({ rows: 176, changes: 0, overwrites: 0 });
    expect(verifyDesk(desk.desk.db)).toMatchObject({ events: 22, problems: [] });
  });
  test('says what it would overwrite', async () => {
    await load(`${HEADER}\n760,Quận 1,hoi_nong_dan,9\n`);
    expect(await check(CITY_TABLE)).toMatchObject({ changes: 176, overwrites: 1 });
  });
});

test('wrong rows are listed by row, stop the import, and may be skipped', async () => {
  const text = `${HEADER}\n760,Quận 1,hoi_nong_dan,5\n999,?,hoi_nong_dan,5\n770,Quận 3,hoi_nong_dan,-1\n773,Quận 5,hoi_nong_dan,4\n`;
  const result = await check(text);
  expect(result.problems.map((p) => [p.row, p.column, p.weight, p.found, p.problem.code])).toEqual([
    [3, 'unit_code', 'stop', '999', 'UNIT_UNKNOWN'],
    [4, 'count', 'stop', '-1', 'COUNT_NEGATIVE'],
    [5, 'unit_name', 'warn', 'Quận 5', 'ROW_UNIT_NAME'],
  ]);
  expect([result.stops, result.warnings, result.rows]).toEqual([2, 1, 2]);
  expect(await desk.refusal('count.import', { ...file(text), skipWrong: false })).toBe('IMPORT_HAS_PROBLEMS');
  expect(events()).toBe(0);
  expect(await load(text, true)).toMatchObject({ changed: 2, units: 2 });
});
test('a file of wrong rows only cannot be imported even by skipping', async () => {
  const text = `${HEADER}\n999,?,hoi_nong_dan,5\n`;
  expect(await desk.refusal('count.import', { ...file(text), skipWrong: true })).toBe('IMPORT_HAS_PROBLEMS');
});
test('of thousands of problems the first 500 are shown and all are counted', async () => {
  const result = await check(`${HEADER}\n${'999,?,x,y\n'.repeat(2000)}`);
  expect([result.problems.length, result.stops]).toEqual([500, 6000]);
});
test('a date to come is refused before anything is read', async () => {
  for (const method of ['count.check-import', 'count.import'] as const)
    expect(
      await desk.refusal(method, {
        ...file(CITY_TABLE, '2026-11-21'),
        ...(method === 'count.import' && { skipWrong: true }),
      }),
    ).toBe('ASOF_IN_FUTURE');
});
test('a stranger cannot import, neither new figures nor the same again', async () => {
  const stranger = openTestDesk({ role: 'auditor', office: CITY });
  for (const skipWrong of [true, false])
    expect(await stranger.refusal('count.import', { ...file(CITY_TABLE), skipWrong })).toBe('FORBIDDEN');
  expect(await stranger.refusal('count.import', { ...file(''), skipWrong: true })).toBe('FORBIDDEN');
  await dropTestDesk(stranger);
});

describe('writings of one table', () => {
  const rows = '760,Quận 1,hoi_nong_dan,5\n770,Quận 3,hoi_nong_dan,1.320\n';
  const text = `${HEADER}\n${rows}`;
  test.each<[string, Uint8Array]>([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${text}`)],
    ['Windows line ends', Buffer.from(text.replaceAll('\n', '\r\n'))],
    ['semicolons', Buffer.from(text.replaceAll(',', ';'))],
    ['tabs', Buffer.from(text.replaceAll(',', '\t'))],
    ['UTF-16 as Excel writes it', Buffer.from(`\uFEFF${text.replaceAll(',', '\t')}`, 'utf16le')],
    ['decomposed letters', Buffer.from(text.normalize('NFD'))],
    ['quotes', Buffer.from(text.replaceAll('Quận 1', '"Quận 1"'))],
    ['no last line end', Buffer.from(text.trimEnd())],
    ['blank lines', Buffer.from(text.replaceAll('\n', '\n\n'))],
  ])('%s', async (_, bytes) => {
    expect(await check(bytes)).toMatchObject({ rows: 2, problems: [] });
    expect(await load(bytes)).toMatchObject({ changed: 2, units: 2 });
    const grid = await desk.call('count.grid', { asOf: '2023-09-19', form: null, from: null });
    expect(grid.rows.flatMap((r) => Object.values(r.cells))).toEqual([5, 1320]);
  });
});

describe('files that are no table', () => {
  const garbage = randomBytes(10 * 1024 * 1024);
  const windows1258 = Buffer.concat([
    Buffer.from(`${HEADER}\n760,Qu`),
    Buffer.from([0xe2, 0xf2, 0x6e]),
    Buffer.from(' 1,hoi_nong_dan,5\n'),
  ]);
  test.each<[string, Uint8Array | string, string]>([
    ['an empty file', '', 'FILE_EMPTY'],
    ['another encoding', windows1258, 'FILE_ENCODING'],
    ['ten megabytes of noise', Buffer.concat([Buffer.from([0x80]), garbage]), 'FILE_ENCODING'],
    [
      'ten megabytes that begin like a zip',
      Buffer.concat([Buffer.from('PK\u0003\u0004'), garbage]),
      'FILE_UNREADABLE',
    ],
    ['two letters of a zip', 'PK', 'FILE_UNREADABLE'],
    ['text with zero bytes', 'unit_code\0,category_code,count', 'FILE_UNREADABLE'],
    ['UTF-16 without its mark', Buffer.from(HEADER, 'utf16le'), 'FILE_UNREADABLE'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'FILE_ENCODING'],
    ['more than the limit', new Uint8Array(20 * 1024 * 1024 + 1), 'FILE_TOO_LARGE'],
  ])('%s is one problem', async (_, bytes, code) => {
    expect(await desk.refusal('count.check-import', file(bytes))).toBe(code);
    expect(await desk.refusal('count.import', { ...file(bytes), skipWrong: true })).toBe(code);
    expect([events(), desk.reports]).toEqual([0, []]);
  });
  test.each<[string, string, string]>([
    ['ten megabytes of words', 'lorem ipsum '.repeat(900_000), 'FILE_HEADER'],
    ['ten megabytes of short lines', 'a,b,c\n'.repeat(1_700_000), 'FILE_HEADER'],
    [
      'a million good rows',
      `${HEADER}\n${'760,Quận 1,hoi_nong_dan,5\n'.repeat(300_000)}`,
      'FILE_TOO_MANY_ROWS',
    ],
    [
      'an open quote',
      `${HEADER}\n"760,Quận 1,hoi_nong_dan,5\n`.replace('unit_code', '"unit_code'),
      'FILE_HEADER',
    ],
    ['a header alone', `${HEADER}\n`, 'FILE_EMPTY'],
    ['spaces', '   ', 'FILE_HEADER'],
  ])('%s is one problem in the list', async (_, text, code) => {
    expect((await codes(text)).map(([, c]) => c)).toEqual([code]);
    expect(await desk.refusal('count.import', { ...file(text), skipWrong: true })).toBe(
      'IMPORT_HAS_PROBLEMS',
    );
  });
  test('bytes that are no bytes are refused at the door', async () => {
    for (const bytes of ['x', [1, 2], null, { 0: 1 }])
      expect(
        await desk.refusal('count.check-import', {
          asOf: '2023-09-19',
          form: null,
          from: null,
          fileName: 'x',
          bytes,
        }),
      ).toBe('INPUT_INVALID');
  });
});

describe('an Excel workbook', () => {
  const book = async (rows: unknown[][], more: (sheet: Excel.Worksheet) => void = () => undefined) => {
    const workbook = new Excel.Workbook();
    const sheet = workbook.addWorksheet('Bảng');
    sheet.addRows([HEADER.split(','), ...rows]);
    more(sheet);
    return new Uint8Array(await workbook.xlsx.writeBuffer());
  };
  test('gives numbers, texts, dates and formulas as they are', async () => {
    const bytes = await book([
      [760, 'Quận 1', 'hoi_nong_dan', 5],
      ['770', { richText: [{ text: 'Quận ' }, { text: '3' }] }, 'hoi_nong_dan', '1.320'],
      ['773', 'Quận 4', 'hoi_nong_dan', 12.345],
      ['774', 'Quận 5', 'hoi_nong_dan', { formula: 'SUM(D2:D3)', result: 9 }],
      ['775', 'Quận 6', 'hoi_nong_dan', new Date('2023-01-01')],
      ['776', 'Quận 8', 'hoi_nong_dan', { error: '#N/A' }],
      ['778', 'Quận 7', 'hoi_nong_dan', null],
      ['771', 'Quận 10', 'hoi_nong_dan', true],
      ['772', 'Quận 11', 'hoi_nong_dan', -1.5],
      ['761', 'Quận 12', 'hoi_nong_dan', 0],
    ]);
    expect(await codes(bytes)).toEqual([
      [4, 'COUNT_NOT_WHOLE'],
      [5, 'COUNT_FORMULA'],
      [6, 'COUNT_NOT_A_NUMBER'],
      [7, 'COUNT_NOT_A_NUMBER'],
      [8, 'COUNT_BLANK'],
      [9, 'COUNT_NOT_A_NUMBER'],
      [10, 'COUNT_NEGATIVE'],
    ]);
    expect(await load(bytes, true)).toMatchObject({ changed: 3, units: 3 });
    const { rows } = await desk.call('count.grid', { asOf: '2023-09-19', form: null, from: null });
    expect(
      rows
        .filter((r) => Object.keys(r.cells).length > 0)
        .map((r) => [r.unit.code, r.cells['hoi_nong_dan/tong']]),
    ).toEqual(
      expect.arrayContaining([
        ['760', 5],
        ['770', 1320],
        ['761', 0],
      ]),
    );
  });
  test('with stray cells at the far edge reads as without them', async () => {
    const rows = Array.from({ length: 1500 }, () => [null, null, null, null]);
    const bytes = await book([[760, 'Quận 1', 'hoi_nong_dan', 5], ...rows], (sheet) => {
      for (let row = 2; row < 1500; row++) sheet.getCell(row, 16_384).value = '.';
      sheet.getCell(1_048_576, 1).value = '.';
    });
    const { problems } = await check(bytes);
    expect(problems.map((p) => p.problem.code)).toEqual(['FILE_TOO_MANY_ROWS']);
    const wide = await book([[760, 'Quận 1', 'hoi_nong_dan', 5]], (sheet) => {
      for (let row = 1; row < 1500; row++) sheet.getCell(row, 16_384).value = '.';
    });
    expect(await check(wide)).toMatchObject({ rows: 1, problems: [] });
  });
  test('without sheets or rows is empty', async () => {
    const none = new Excel.Workbook();
    none.addWorksheet('Trống');
    expect(await codes(new Uint8Array(await none.xlsx.writeBuffer()))).toEqual([[1, 'FILE_HEADER']]);
  });
});

test('what somebody said about columns is kept for files with the same headings, by annex', async () => {
  const text = 'Nơi,Người già\nQuận 1,5\n';
  const mapping = ['unit', 'hoi_nguoi_cao_tuoi/tong'];
  await desk.call('count.import', { ...file(text), mapping, skipWrong: false });
  expect((await check(text)).columns.map((c) => c.role)).toEqual(mapping);
  expect(await load('Nơi,Người già\nQuận 3,6\n')).toMatchObject({ changed: 1 });
  // Said anew, the newer counts; other headings and other annexes know nothing of it.
  await desk.call('count.import', {
    ...file(text),
    mapping: ['unit', 'hoi_nong_dan/tong'],
    skipWrong: false,
  });
  expect((await check(text)).columns.map((c) => c.role)).toEqual(['unit', 'hoi_nong_dan/tong']);
  expect((await check('Nơi,Người trẻ\nQuận 1,5\n')).columns.map((c) => c.role)).toEqual(['', '']);
  const other = await desk.call('count.check-import', { ...file(text), form: 'phu-luc-10' });
  expect(other.columns.map((c) => c.role)).toEqual(['', '']);
});

test('columns mean what somebody said, and come back as they were understood', async () => {
  const text = 'Nơi,Người già,Ghi chú\nQuận 1,5,đã xem\n';
  expect(await codes(text)).toEqual([[1, 'FILE_HEADER']]);
  const mapping = ['unit', 'hoi_nguoi_cao_tuoi/tong', ''];
  const result = await desk.call('count.check-import', { ...file(text), mapping });
  expect([result.rows, result.columns]).toEqual([
    1,
    [
      { label: 'Nơi', role: 'unit' },
      { label: 'Người già', role: 'hoi_nguoi_cao_tuoi/tong' },
      { label: 'Ghi chú', role: '' },
    ],
  ]);
  expect(await desk.call('count.import', { ...file(text), mapping, skipWrong: false })).toMatchObject({
    changed: 1,
  });
});
