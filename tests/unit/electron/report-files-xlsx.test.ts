/** The workbook of a report, read back from its XML: every figure, text, date and merge. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reportFile } from '../../../electron/files/report-files.ts';
import type { Cell, Column, Report } from '../../../shared/report/model.ts';
import { percentText } from '../../../shared/report/percent.ts';
import { type ReadSheet, readSheets } from '../../support/read-back.ts';
import {
  cityAnnex,
  column,
  count,
  oddReports,
  outside,
  percent,
  row,
  sample,
  text,
} from '../../support/report-samples.ts';

const titleLines = ({ form, office, title, subtitle }: Report) =>
  [form, office, title, subtitle].filter(Boolean).length;

async function written(report: Report): Promise<ReadSheet[]> {
  return readSheets((await reportFile(report, 'xlsx')).bytes);
}
function letters(index: number): string {
  return index < 26
    ? String.fromCharCode(65 + index)
    : letters(Math.floor(index / 26) - 1) + letters(index % 26);
}
const headHeight = (columns: readonly Column[]) =>
  1 + Number(columns.some((c) => c.group)) + Number(columns.some((c) => c.no));

/** Excel's day numbers count from 30/12/1899. */
const serial = (date: string) => (Date.parse(date) - Date.UTC(1899, 11, 30)) / 86_400_000;

function expected(cell: Cell | undefined): string | number {
  switch (cell?.kind) {
    case undefined:
      return '';
    case 'text':
      return cell.text;
    case 'count':
      return cell.value ?? '–';
    case 'outside':
      return 'không thuộc địa bàn';
    case 'percent':
      return cell.part === null || !cell.of ? '–' : cell.part / cell.of;
    case 'date':
      return cell.date === null ? '–' : serial(cell.date);
  }
}
function compare(report: Report, sheet: ReadSheet | undefined) {
  const top = titleLines(report) + headHeight(report.columns) + 1;
  const merged = new Set(sheet?.merges.flatMap(slaves));
  for (const [n, line] of report.rows.entries())
    for (const i of report.columns.keys()) {
      const at = `${letters(i)}${top + n}`;
      if (merged.has(at)) continue;
      expect([at, sheet?.cells.get(at)?.value]).toEqual([at, expected(line.cells[i])]);
      if (line.kind !== 'data') expect(sheet?.cells.get(at)?.bold).toBe(true);
    }
}
/** Cells of a merge in one row, but the first. */
function slaves(merge: string): string[] {
  const [, from = '', line, to = '', last] = /^([A-Z]+)(\d+):([A-Z]+)(\d+)$/.exec(merge) ?? [];
  if (line !== last) return [];
  const all = Array.from({ length: 60 }, (_, i) => letters(i));
  return all.slice(all.indexOf(from) + 1, all.indexOf(to) + 1).map((letter) => letter + line);
}

describe.each([['the annex of the city', cityAnnex()] as const, ...oddReports])('%s', (_, report) => {
  test('every figure, text and date stands in its cell', async () => {
    compare(report, (await written(report))[0]);
  });

  test('every title stands over its column, every group over its columns', async () => {
    const [sheet] = await written(report);
    const top = titleLines(report) + 1;
    const grouped = report.columns.some((c) => c.group);
    for (const [i, { title, group, no }] of report.columns.entries()) {
      const at = (line: number) => sheet?.cells.get(`${letters(i)}${line}`)?.value;
      expect(at(grouped && group ? top + 1 : top)).toBe(title);
      if (no) expect(at(top + headHeight(report.columns) - 1)).toBe(no);
      if (grouped && !group) expect(sheet?.merges).toContain(`${letters(i)}${top}:${letters(i)}${top + 1}`);
      if (group && report.columns[i - 1]?.group !== group) expect(at(top)).toBe(group);
    }
  });

  test('the other sheets hold findings, notes and paragraphs', async () => {
    const [, notes, said] = await written(report);
    const texts = (sheet: ReadSheet | undefined) => [...(sheet?.cells.values() ?? [])].map((c) => c.value);
    expect(notes?.name).toBe('Ghi chú số liệu');
    expect(texts(notes)).toEqual(
      expect.arrayContaining([...report.findings.map((f) => f.sentence), ...report.notes]),
    );
    expect(texts(said)).toEqual(report.paragraphs);
  });
});

test('the sums of the printed annex come out of the file', async () => {
  const [sheet] = await written(cityAnnex());
  const last = 3 + 1 + 23;
  expect(
    ['C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K'].map((letter) => sheet?.cells.get(letter + last)?.value),
  ).toEqual([33_370, 26_770, 159_006, 12_719, 50_871, 29_183, 8190, 1408, 321_517]);
});

test('zero is a number; blank and outside are words', async () => {
  const [sheet] = await written(
    sample({
      columns: [column('n', 'count')],
      rows: [count(0), count(null), outside].map((c) => row('x', [c])),
    }),
  );
  expect([5, 6, 7].map((n) => sheet?.cells.get(`A${n}`))).toMatchObject([
    { kind: 'number', value: 0 },
    { kind: 'text', value: '–' },
    { kind: 'text', value: 'không thuộc địa bàn' },
  ]);
});

/** What a spreadsheet shows for a number under "#,##0.000%", in Vietnamese. */
function shown(ratio: number, format: string): string {
  const digits = /\.(0+)%$/.exec(format)?.[1]?.length ?? 0;
  return `${(ratio * 100).toLocaleString('vi-VN', { minimumFractionDigits: digits, maximumFractionDigits: digits })}%`;
}
test.each([
  [149_699, 194_197, '77,1%'],
  [13_701, 24_934, '54,9%'],
  [158_035, 158_038, '99,998%'],
  [8013, 7724, '103,7%'],
  [50_000, 3, '1.666.666,7%'],
])('%i/%i is a number that the sheet shows as %s', async (part, of, written_) => {
  const [sheet] = await written(
    sample({ columns: [column('p', 'percent')], rows: [row('x', [percent(part, of)])] }),
  );
  const cell = sheet?.cells.get('A5');
  expect(cell).toMatchObject({ kind: 'number', value: part / of });
  expect(shown(Number(cell?.value), cell?.format ?? '')).toBe(written_);
});

test('any rate gets as many decimals as its written text has', async () => {
  const rates = fc.array(fc.tuple(fc.nat(99_999_999), fc.integer({ min: 1, max: 99_999_999 })), {
    minLength: 1,
    maxLength: 40,
  });
  await fc.assert(
    fc.asyncProperty(rates, async (pairs) => {
      const rows = pairs.map(([part, of], i) => row(String(i), [percent(part, of)]));
      const [sheet] = await written(sample({ columns: [column('p', 'percent')], rows }));
      const formats = pairs.map((_, i) => sheet?.cells.get(`A${5 + i}`)?.format);
      const decimals = pairs.map(([part, of]) => /,(\d+)%/.exec(percentText(part, of) ?? '')?.[1] ?? '');
      expect(formats).toEqual(decimals.map((d) => `#,##0.${'0'.repeat(d.length)}%`));
    }),
    { numRuns: 20 },
  );
});

test('a text that looks like a formula is a text, letter for letter, and stays one when edited', async () => {
  const [sheet] = await written(
    sample({
      title: '=1+1',
      columns: [column('t', 'text', { title: '=2+2' })],
      rows: [row('x', [text('=3+3')])],
      paragraphs: ['=4+4'],
    }),
  );
  expect(['A2', 'A4', 'A5'].map((at) => sheet?.cells.get(at))).toMatchObject([
    { kind: 'text', value: '=1+1', format: '@' },
    { kind: 'text', value: '=2+2', format: '@' },
    { kind: 'text', value: '=3+3', format: '@' },
  ]);
});

test('the page: A4 across, heading frozen and repeated, page number from page 2', async () => {
  const [sheet] = await written(cityAnnex());
  expect(sheet?.xml).toMatch(
    /<pageSetup [^>]*paperSize="9"[^>]*orientation="landscape"|<pageSetup [^>]*orientation="landscape"[^>]*paperSize="9"/,
  );
  expect(sheet?.xml).toMatch(/<pane [^>]*xSplit="2"[^>]*ySplit="4"[^>]*state="frozen"/);
  expect(sheet?.xml).toContain('differentFirst="1"');
  expect(sheet?.xml).toContain('&amp;P');
});

test('a register of 20.000 rows keeps them all', async () => {
  const register = sample({
    columns: [column('name', 'text'), ...Array.from({ length: 13 }, (_, i) => column(`c${i}`, 'count'))],
    rows: Array.from({ length: 20_000 }, (_, n) =>
      row(String(n), [text(`Nguyễn Văn ${n}`), ...Array.from({ length: 13 }, (_, i) => count(n * i))]),
    ),
  });
  const [sheet] = await written(register);
  expect(sheet?.cells.size).toBe(3 + 14 + 20_000 * 14);
  expect(sheet?.cells.get('A20004')?.value).toBe('Nguyễn Văn 19999');
  expect(sheet?.cells.get('N20004')?.value).toBe(19_999 * 12);
});
