/** A thousand hostile texts through every format of a report: text stays text, letter for letter, and no program would run it. */
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { reportClipping } from '../../../electron/files/report-clipboard.ts';
import { reportFile } from '../../../electron/files/report-files.ts';
import { writable } from '../../../shared/report/report-cells.ts';
import { HOSTILE_TEXTS } from '../../support/hostile-texts.ts';
import { readSheets, readWord } from '../../support/read-back.ts';
import { column, count, row, sample, text } from '../../support/report-samples.ts';

/** In every place of a report where somebody's words can stand. */
const report = sample({
  columns: [column('unit', 'text', { title: '=1+1<script>' }), column('n', 'count')],
  rows: HOSTILE_TEXTS.map((words, i) => row(words, [text(words), count(i)])),
  paragraphs: HOSTILE_TEXTS,
  notes: HOSTILE_TEXTS,
});
const runs = /^[=+\-@\t\r\n＝＋－＠]/;

test('there are a thousand of them', () => expect(HOSTILE_TEXTS.length).toBeGreaterThan(1_000));

describe('a report', () => {
  test('as CSV: each text in its own cell, none begins like a formula', async () => {
    const { bytes } = await reportFile(report, 'csv');
    const { data } = Papa.parse<string[]>(new TextDecoder().decode(bytes), { newline: '\r\n' });
    const lines = data.slice(1, -1);
    expect(lines.map((line) => line.length)).toEqual(HOSTILE_TEXTS.map(() => 4));
    expect(lines.map(([, , , n]) => Number(n))).toEqual(HOSTILE_TEXTS.map((_, i) => i));
    for (const [i, words] of HOSTILE_TEXTS.entries()) {
      const [key = '', , cell = ''] = lines[i] ?? [];
      expect([key, cell].filter((one) => runs.test(one))).toEqual([]);
      expect([words, `'${words}`]).toContain(key);
      expect([writable(words), `'${writable(words)}`]).toContain(cell);
    }
  });
  test('as a workbook: text cells, no formula, no link', async () => {
    const { bytes } = await reportFile(report, 'xlsx');
    const sheets = readSheets(bytes);
    for (const { xml } of sheets) expect(xml).not.toMatch(/<f[ >]|<hyperlink|<externalLink|<oleObject/);
    const shown = new Set(
      sheets.flatMap(({ cells }) => [...cells.values()].filter((c) => c.kind === 'text').map((c) => c.value)),
    );
    const missing = HOSTILE_TEXTS.filter((words) => !shown.has(writable(words)));
    expect(missing).toEqual([]);
  });
  test('as a Word file: runs of text, no field, no link, nothing from elsewhere', async () => {
    const { bytes } = await reportFile(report, 'docx');
    const { xml, tables } = readWord(bytes);
    expect(xml).not.toMatch(
      /<w:fldSimple|<w:instrText|<w:hyperlink|<w:object|<w:altChunk|TargetMode="External"/,
    );
    const shown = new Set(tables.flatMap((rows) => rows.flatMap((r) => r.cells.map((c) => c.text))));
    expect(HOSTILE_TEXTS.filter((words) => !shown.has(writable(words)))).toEqual([]);
  });
  test('on the clipboard: a table of escaped text, and lines of cells that run nothing', () => {
    const { html, text: plain } = reportClipping(report);
    const tags = [...html.matchAll(/<\/?([a-z!]+)/gi)].map(([, tag]) => tag?.toLowerCase());
    expect([...new Set(tags)].sort()).toEqual([
      ...['body', 'head', 'html', 'meta', 'style', 'table', 'tbody', 'td', 'th', 'thead', 'tr'],
    ]);
    const lines = plain.split('\r\n');
    expect(lines.length).toBe(HOSTILE_TEXTS.length + 1);
    const cells = lines.flatMap((line) => line.split('\t'));
    expect(cells.length).toBe(lines.length * 2);
    expect(cells.filter((cell) => runs.test(cell))).toEqual([]);
  });
});
