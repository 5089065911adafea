/** The Word document of a report, read back from its XML: every figure and text, and the layout of NĐ 30/2020. */
import { describe, expect, test } from 'vitest';
import { reportFile } from '../../../electron/files/report-files.ts';
import type { Cell, Report } from '../../../shared/report/model.ts';
import { percentText } from '../../../shared/report/percent.ts';
import { readWord, type WordRow, wellFormed } from '../../support/read-back.ts';
import { cityAnnex, column, count, oddReports, row, sample, text } from '../../support/report-samples.ts';
import { unzipped } from '../../support/unzip.ts';

const file = async (report: Report) => (await reportFile(report, 'docx')).bytes;
const written = async (report: Report) => readWord(await file(report));

/** 149.699 */
const dotted = (n: number) => String(n).replace(/\B(?=(\d{3})+$)/g, '.');
function expected(cell: Cell | undefined): string {
  switch (cell?.kind) {
    case undefined:
      return '';
    case 'text':
      return cell.text;
    case 'count':
      return cell.value === null ? '–' : dotted(cell.value);
    case 'outside':
      return 'không thuộc địa bàn';
    case 'percent':
      return percentText(cell.part, cell.of) ?? '–';
    case 'date':
      return cell.date === null ? '–' : cell.date.split('-').reverse().join('/');
  }
}
/** The texts of a row with an empty place for each column that a cell spans. */
const spread = (line: WordRow) =>
  line.cells.flatMap((cell) => [cell.text, ...Array.from({ length: cell.columns - 1 }, () => '')]);

/** Tables of a report between heading and signature; one that was split across is put together again. */
async function readTable(report: Report, naming: number) {
  const { tables } = await written(report);
  const parts = tables.slice(1, -1);
  const pick = (heading: boolean) =>
    parts.map((part) => part.filter((line) => line.heading === heading).map(spread));
  const join = (all: readonly string[][][]) =>
    (all[0] ?? []).map((first, n) => [
      ...first,
      ...all.slice(1).flatMap((part) => (part[n] ?? []).slice(naming)),
    ]);
  return { head: join(pick(true)), body: join(pick(false)), parts: parts.length };
}

describe.each([['the annex of the city', cityAnnex()] as const, ...oddReports])('%s', (_, report) => {
  const naming = 2;
  test('every figure and text stands in its cell', async () => {
    const { body } = await readTable(report, naming);
    expect(body).toEqual(report.rows.map((line) => report.columns.map((_, i) => expected(line.cells[i]))));
  });

  test('every title stands over its column', async () => {
    const { head } = await readTable(report, naming);
    const grouped = report.columns.some((c) => c.group);
    const titles = report.columns.map((c) => c.title);
    if (grouped) expect(head[1]).toEqual(report.columns.map((c) => (c.group ? c.title : '')));
    const over = head[0] ?? [];
    for (const [i, c] of report.columns.entries())
      if (!c.group) expect(over[i]).toBe(titles[i]);
      else if (report.columns[i - 1]?.group !== c.group) expect(over[i]).toBe(c.group);
    if (report.columns.some((c) => c.no)) expect(head.at(-1)).toEqual(report.columns.map((c) => c.no ?? ''));
  });

  test('title, subtitle, paragraphs, notes and findings are all there, in this order', async () => {
    const { lines } = await written(report);
    const wanted = [
      ...(report.form ? [report.form] : []),
      report.title.toUpperCase(),
      report.subtitle,
      ...report.paragraphs,
      ...report.notes.map((n) => `- ${n}`),
      ...report.findings.map((f) => `- ${f.sentence}`),
    ];
    expect(lines.filter((line) => wanted.includes(line))).toEqual(wanted);
  });

  test('widths of the cells add up to the page between its margins', async () => {
    const { xml } = await written(report);
    for (const [, grid = ''] of xml.matchAll(/<w:tblGrid>(.*?)<\/w:tblGrid>/gs)) {
      const widths = [...grid.matchAll(/w:w="(\d+)"/g)].map((m) => Number(m[1]));
      const room = (report.landscape ? 16_838 : 11_906) - 1701 - 850;
      expect(widths.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(room + 2);
      expect(Math.min(...widths)).toBeGreaterThan(0);
    }
  });
});

test('forty columns go on in further tables, each with number and name in front', async () => {
  const forty = oddReports.find(([name]) => name.startsWith('forty'))?.[1] ?? sample({});
  const { tables, lines } = await written(forty);
  const parts = tables.slice(1, -1);
  expect(parts.length).toBeGreaterThan(1);
  for (const part of parts)
    expect(part[0]?.cells.slice(0, 2).map((c) => c.text)).toEqual(['STT', 'Cột unit']);
  expect(lines.filter((line) => line === '(tiếp theo)')).toHaveLength(parts.length - 1);
});

test('the head: office, state, motto, place and date in Vietnam', async () => {
  const { tables } = await written(sample({ office: 'Ủy ban nhân dân Thành phố Mẫu\nSở Mẫu' }));
  const [left, right] = tables[0]?.[0]?.cells ?? [];
  expect(left?.text).toBe('ỦY BAN NHÂN DÂN THÀNH PHỐ MẪUSỞ MẪUSố: ……/BC-……');
  // Made at 18:30 UTC: already the next day here.
  expect(right?.text).toBe(
    'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAMĐộc lập - Tự do - Hạnh phúcPhường Mẫu, ngày 20 tháng 9 năm 2023',
  );
});

test.each([
  ['2024-02-05T01:00:00.000Z', 'ngày 05 tháng 02 năm 2024'],
  ['2024-03-15T01:00:00.000Z', 'ngày 15 tháng 3 năm 2024'],
  ['2024-12-31T20:00:00.000Z', 'ngày 01 tháng 01 năm 2025'],
])('a report made at %s bears "%s"', async (at, words) => {
  const base = sample({});
  const { tables } = await written({ ...base, made: { ...base.made, at } });
  expect(tables[0]?.[0]?.cells[1]?.text).toContain(words);
});

test.each([
  [true, 'w:w="16838" w:h="11906" w:orient="landscape"'],
  [false, 'w:w="11906" w:h="16838" w:orient="portrait"'],
])('A4, across: %s, margins 20/15/20/30 mm, page number only from page 2', async (landscape, size) => {
  const bytes = await file(sample({ landscape, columns: [column('n', 'count')] }));
  const { xml } = readWord(bytes);
  expect(xml).toContain(size);
  expect(xml).toMatch(/<w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="1701"/);
  expect(xml).toContain('<w:titlePg/>');
  const headers = [1, 2].map((n) => wellFormed(unzipped(bytes, `word/header${n}.xml`)));
  expect(headers.filter((h) => h.includes('PAGE'))).toHaveLength(1);
  expect(wellFormed(unzipped(bytes, 'word/styles.xml'))).toContain('Times New Roman');
});

test('total and group rows are bold, data rows are not', async () => {
  const report = sample({
    columns: [column('t', 'text'), column('n', 'count')],
    rows: [
      row('g', [text('I. Khai sinh')], 'group'),
      row('a', [text('Đỗ Văn A'), count(1)]),
      row('t', [text('Tổng'), count(1)], 'total'),
    ],
  });
  const body = (await written(report)).tables[1]?.filter((line) => !line.heading);
  expect(body?.map((line) => line.cells.map((c) => c.bold))).toEqual([[true], [false, false], [true, true]]);
  expect(body?.[0]?.cells[0]?.columns).toBe(2);
});

test('a register of 20.000 rows keeps them all', async () => {
  const register = sample({
    columns: [column('name', 'text'), ...Array.from({ length: 13 }, (_, i) => column(`c${i}`, 'count'))],
    rows: Array.from({ length: 20_000 }, (_, n) =>
      row(String(n), [text(`Nguyễn Văn ${n}`), ...Array.from({ length: 13 }, (_, i) => count(n * i))]),
    ),
  });
  const { body } = await readTable({ ...register, landscape: true }, 1);
  expect(body).toHaveLength(20_000);
  expect(body.at(-1)).toEqual([
    'Nguyễn Văn 19999',
    ...Array.from({ length: 13 }, (_, i) => dotted(19_999 * i)),
  ]);
});
