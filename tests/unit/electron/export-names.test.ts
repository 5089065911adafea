/** Difficult names through the exporters: letter for letter, and never as a formula. */
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { reportFile } from '../../../electron/files/report-files.ts';
import { readSheets, readWord } from '../../support/read-back.ts';
import { column, count, row, sample, text, trickyNames } from '../../support/report-samples.ts';

const names = trickyNames();
const report = sample({
  columns: [column('unit', 'text'), column('n', 'count')],
  rows: names.map((name, i) => row(String(i), [text(name), count(i)])),
});
/** A leading apostrophe keeps a spreadsheet program from running the text. */
const exported = (name: string) => (/^[=+\-@]/.test(name) ? `'${name}` : name);

test('CSV keeps every name, quotes and commas included, and neutralises the formula', async () => {
  const { bytes } = await reportFile(report, 'csv');
  const { data } = Papa.parse<Record<string, string>>(new TextDecoder().decode(bytes), {
    header: true,
    skipEmptyLines: true,
  });
  expect(data.map((r) => r.unit)).toEqual(names.map(exported));
  expect(data.map((r) => Number(r.n))).toEqual(names.map((_, i) => i));
});

test('xlsx holds every name as text, none as a formula, and numbers as numbers', async () => {
  const [sheet] = readSheets((await reportFile(report, 'xlsx')).bytes);
  const cells = [...(sheet?.cells.values() ?? [])];
  const texts = new Set(cells.filter((c) => c.kind === 'text').map((c) => c.value));
  for (const name of names) expect(texts.has(name) || texts.has(exported(name)), name).toBe(true);
  const numbers = new Set(cells.filter((c) => c.kind === 'number').map((c) => c.value));
  for (const [i] of names.entries()) expect(numbers.has(i)).toBe(true);
});

test('Word holds every name', async () => {
  const { tables } = readWord((await reportFile(report, 'docx')).bytes);
  const texts = tables.flatMap((rows) => rows.flatMap((r) => r.cells.map((c) => c.text)));
  for (const name of names) expect(texts).toContain(name);
});
