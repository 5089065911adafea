/** The annex of counts: on the screen and as files that other programs open. */
import Excel from 'exceljs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CITY, dropTestDesk, openTestDesk, type TestDesk } from '../../support/temp-desk.ts';
import { unzipped } from '../../support/unzip.ts';

const ASOF = '2023-09-19';
const codes = ['hoi_cuu_chien_binh', 'hoi_nong_dan', 'nguoi_co_cong'];
let desk: TestDesk;
beforeEach(async () => {
  desk = openTestDesk({ role: 'officer', office: CITY });
  const units = ['760', '770', '784'].map((code, u) => ({
    unit: `${code}@2021-01-01`,
    cells: codes.map((category, c) => ({ category, measure: 'tong', value: u * 1000 + c })),
  }));
  await desk.call('count.record', { asOf: ASOF, source: 'typed', units });
});
afterEach(() => dropTestDesk(desk));
const exported = (format: 'csv' | 'xlsx' | 'docx') => desk.call('annex.file', { asOf: ASOF, format });

test('has a row a district, null where nothing was reported, and sums that leave nothing out', async () => {
  const annex = await desk.call('annex.get', { asOf: ASOF });
  expect(annex).toMatchObject({ officeName: 'Thành phố Hồ Chí Minh', missing: 22 * 8 - 9, grand: 9009 });
  expect(annex.rows).toHaveLength(22);
  expect(annex.rows.find((r) => r.code === '760')).toMatchObject({
    name: 'Quận 1',
    cells: [0, 1, null, null, null, null, 2, null],
    total: 3,
  });
  // A sum of nothing is not 0.
  expect(annex.sums).toEqual([3000, 3003, null, null, null, null, 3006, null]);
});
test('of a day without figures is all blank', async () => {
  expect(await desk.call('annex.get', { asOf: '2026-11-20' })).toMatchObject({
    missing: 168 * 8,
    grand: null,
  });
});

describe('as CSV', () => {
  test('comes back through the import as it went out', async () => {
    const { name, bytes } = await exported('csv');
    expect(name).toBe('ngoai-nganh-2023-09-19.csv');
    expect(await desk.call('count.check-import', { asOf: ASOF, fileName: name, bytes })).toMatchObject({
      rows: 9,
      changes: 0,
      problems: [],
    });
    const fresh = openTestDesk({ role: 'officer', office: CITY });
    expect(await fresh.call('count.import', { asOf: ASOF, fileName: name, bytes, skipWrong: false })).toEqual(
      { changed: 9, units: 3 },
    );
    expect(await fresh.call('annex.get', { asOf: ASOF })).toEqual(
      await desk.call('annex.get', { asOf: ASOF }),
    );
    expect((await fresh.call('annex.file', { asOf: ASOF, format: 'csv' })).bytes).toEqual(bytes);
    await dropTestDesk(fresh);
  });
  test('begins with a byte order mark and its header, ends its lines as Windows does, and has no row for a blank', async () => {
    const text = Buffer.from((await exported('csv')).bytes).toString('utf8');
    expect(
      text.startsWith('\uFEFFunit_code,unit_name,category_code,count\r\n760,Quận 1,hoi_cuu_chien_binh,0\r\n'),
    ).toBe(true);
    expect(text.trimEnd().split('\r\n')).toHaveLength(10);
    expect(text.replaceAll('\r\n', '')).not.toContain('\n');
  });
});

test('as xlsx opens, holds numbers that can be summed, a dash for a blank, and the same totals', async () => {
  const { bytes } = await exported('xlsx');
  const book = new Excel.Workbook();
  await book.xlsx.load(Buffer.from(bytes).buffer as ArrayBuffer);
  const sheet = book.worksheets[0];
  if (!sheet) throw new Error('no sheet');
  const row = (n: number) => Array.from({ length: 12 }, (_, i) => sheet.getRow(n).getCell(i + 1).value);
  expect(sheet.rowCount).toBe(24);
  expect(row(1).slice(0, 4)).toEqual(['STT', 'Mã', 'Đơn vị', 'Hội Cựu chiến binh']);
  const lines = Array.from({ length: 22 }, (_, i) => row(i + 2));
  expect(lines.find((l) => l[1] === '760')?.slice(2)).toEqual([
    'Quận 1',
    0,
    1,
    '–',
    '–',
    '–',
    '–',
    2,
    '–',
    3,
  ]);
  const columnSum = (c: number) => {
    const figures = lines.map((l) => l[c]).filter((v) => typeof v === 'number');
    return figures.length === 0 ? '–' : figures.reduce((sum, v) => sum + v, 0);
  };
  expect(row(24).slice(2)).toEqual(['Tổng', ...Array.from({ length: 9 }, (_, i) => columnSum(i + 3))]);
  expect(row(24)[11]).toBe(9009);
});

test('as docx is a Word file with the heading of NĐ 30/2020, the title, the date and every figure', async () => {
  const text = unzipped((await exported('docx')).bytes, 'word/document.xml')
    .replace(/<[^>]+>/g, '\n')
    .replace(/\n+/g, '\n');
  for (const line of [
    'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
    'Độc lập - Tự do - Hạnh phúc',
    'THÀNH PHỐ HỒ CHÍ MINH',
    'THỐNG KÊ THU THẬP THÔNG TIN NGOẠI NGÀNH',
    '(Tính đến ngày 19/09/2023)',
    'Quận 1',
    'Hội Cựu chiến binh',
    '2.002',
    '9.009',
    '–',
  ])
    expect(text.split('\n'), line).toContain(line);
});

test.each(['pdf', 'exe', '', null])('the format %j is not made here', async (format) => {
  expect(await desk.refusal('annex.file', { asOf: ASOF, format })).toBe('INPUT_INVALID');
});
