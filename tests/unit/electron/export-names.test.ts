/** Difficult names through the exporters: letter for letter, and never as a formula. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import Excel from 'exceljs';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { annexFile } from '../../../electron/files/annex-files.ts';
import type { Annex } from '../../../shared/contract/ipc/report.ts';
import { cleanText } from '../../../shared/lib/vietnamese-text.ts';
import { unzipped } from '../../support/unzip.ts';

const fixture = path.resolve(import.meta.dirname, '../../fixtures/tricky_names.csv');
const names = Papa.parse<{ raw_name: string }>(readFileSync(fixture, 'utf8'), {
  header: true,
  skipEmptyLines: true,
}).data.map((row) => cleanText(row.raw_name));

const annex: Annex = {
  asOf: '2026-11-20',
  officeName: 'Đơn vị',
  columns: [{ code: 'hoi_nong_dan', name: 'Hội Nông dân', short: 'Nông dân' }],
  rows: names.map((name, i) => ({ name, code: String(i), cells: [i], total: i })),
  sums: [names.reduce((sum, _, i) => sum + i, 0)],
  grand: names.reduce((sum, _, i) => sum + i, 0),
  missing: 0,
};
/** A leading apostrophe keeps a spreadsheet program from running the text. */
const exported = (name: string) => (/^[=+\-@]/.test(name) ? `'${name}` : name);

test('CSV keeps every name, quotes and commas included, and neutralises the formula', async () => {
  const text = new TextDecoder().decode(await annexFile(annex, 'csv'));
  const rows = Papa.parse<Record<string, string>>(text.replace(/^\uFEFF/, ''), {
    header: true,
    skipEmptyLines: true,
  }).data;
  expect(rows.map((r) => r.unit_name)).toEqual(names.map(exported));
  expect(rows.map((r) => Number(r.count))).toEqual(names.map((_, i) => i));
});

test('xlsx holds every name as text, none as a formula, and numbers as numbers', async () => {
  const book = new Excel.Workbook();
  await book.xlsx.load((await annexFile(annex, 'xlsx')).slice().buffer as ArrayBuffer);
  const sheet = book.worksheets[0];
  const cell = (row: number, column: number) => sheet?.getRow(row).getCell(column);
  expect(names.map((_, i) => cell(i + 2, 3)?.value)).toEqual(names.map(exported));
  expect(names.map((_, i) => cell(i + 2, 3)?.type)).toEqual(names.map(() => Excel.ValueType.String));
  expect(names.map((_, i) => cell(i + 2, 4)?.value)).toEqual(names.map((_, i) => i));
});

test('Word holds every name', async () => {
  const text = unzipped(await annexFile(annex, 'docx'), 'word/document.xml')
    .replace(/<[^>]+>/g, '\n')
    .replace(/&quot;/g, '"')
    .replace(/&apos;/g, "'")
    .replace(/&amp;/g, '&');
  for (const name of names) expect(text).toContain(name);
});
