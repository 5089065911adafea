/** CSV and clipboard of a report, read back: every figure and text; nothing that a spreadsheet would run. */
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { reportClipping } from '../../../electron/files/report-clipboard.ts';
import { reportFile } from '../../../electron/files/report-files.ts';
import type { Cell, Report } from '../../../shared/report/model.ts';
import { percentText } from '../../../shared/report/percent.ts';
import { wellFormed } from '../../support/read-back.ts';
import {
  cityAnnex,
  column,
  count,
  date,
  oddReports,
  outside,
  percent,
  row,
  sample,
  text,
  trickyNames,
} from '../../support/report-samples.ts';

const all = [['the annex of the city', cityAnnex()] as const, ...oddReports];
/** A leading apostrophe keeps a spreadsheet program from running the text. */
const guarded = (words: string) => (/^[=+\-@]/.test(words) ? `'${words}` : words);

async function readCsv(report: Report): Promise<Record<string, string>[]> {
  const { bytes } = await reportFile(report, 'csv');
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const { data, errors } = Papa.parse<Record<string, string>>(new TextDecoder().decode(bytes), {
    header: true,
    skipEmptyLines: true,
  });
  expect(errors.filter((e) => e.type !== 'Delimiter')).toEqual([]);
  return data;
}
function inCsv(cell: Cell | undefined): string {
  switch (cell?.kind) {
    case undefined:
      return '';
    case 'text':
      return guarded(cell.text);
    case 'count':
      return cell.value === null ? '' : String(cell.value);
    case 'outside':
      return 'không thuộc địa bàn';
    case 'percent':
      return cell.part === null || !cell.of ? '' : String(cell.part / cell.of);
    case 'date':
      return cell.date ?? '';
  }
}

describe.each(all)('csv: %s', (_, report) => {
  test('one row a line, raw figures under the keys of the columns', async () => {
    const lines = await readCsv(report);
    expect(lines.map((l) => [l.row_key, l.row_kind])).toEqual(report.rows.map((r) => [r.key, r.kind]));
    expect(lines.map((l) => report.columns.map((c) => l[c.key]))).toEqual(
      report.rows.map((r) => report.columns.map((_, i) => inCsv(r.cells[i]))),
    );
  });
});

test('csv gives a rate with both its whole numbers', async () => {
  const [line] = await readCsv(
    sample({ columns: [column('p', 'percent')], rows: [row('x', [percent(158_035, 158_038)])] }),
  );
  expect([line?.p_part, line?.p_of]).toEqual(['158035', '158038']);
  expect(Number(line?.p)).toBeCloseTo(158_035 / 158_038, 12);
});

interface Pasted {
  readonly text: string;
  readonly number: number | null;
  readonly asText: boolean;
}
/** The table of the pasted page as a spreadsheet program takes it. */
function readHtml(report: Report): Pasted[][] {
  const table = /<table.*<\/table>/s.exec(reportClipping(report).html)?.[0] ?? '';
  wellFormed(table);
  const marks: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' };
  return [...table.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, line = '']) =>
    [...line.matchAll(/<t[dh]([^>]*)>(.*?)<\/t[dh]>/gs)].flatMap(([, head = '', body = '']) => {
      const number = /x:num="([^"]*)"/.exec(head)?.[1];
      const spanned = Number(/ colspan=(\d+) align/.exec(head)?.[1] ?? 1);
      const cell = {
        text: body.replace(/<\/?b>/g, '').replace(/&(\w+);/g, (_, name: string) => marks[name] ?? ''),
        number: number === undefined ? null : Number(number),
        asText: /class=[th]/.test(head),
      };
      return [cell, ...Array.from({ length: spanned - 1 }, () => ({ text: '', number: null, asText: true }))];
    }),
  );
}
const dotted = (n: number) => String(n).replace(/\B(?=(\d{3})+$)/g, '.');
function inHtml(cell: Cell | undefined): Pasted {
  const words = (shown: string): Pasted => ({ text: shown, number: null, asText: true });
  switch (cell?.kind) {
    case undefined:
      return words('');
    case 'text':
      return words(cell.text === '- Trực tuyến' ? cell.text : guarded(cell.text));
    case 'count':
      return cell.value === null
        ? words('–')
        : { text: dotted(cell.value), number: cell.value, asText: false };
    case 'outside':
      return words('không thuộc địa bàn');
    case 'percent':
      return cell.part === null || !cell.of
        ? words('–')
        : { text: percentText(cell.part, cell.of) ?? '', number: cell.part / cell.of, asText: false };
    case 'date':
      return words(cell.date === null ? '–' : cell.date.split('-').reverse().join('/'));
  }
}

describe.each(all)('clipboard: %s', (_, report) => {
  const head = 1 + Number(report.columns.some((c) => c.group)) + Number(report.columns.some((c) => c.no));

  test('the table shows what a person reads and carries the number behind it', () => {
    expect(readHtml(report).slice(head)).toEqual(
      report.rows.map((r) => report.columns.map((_, i) => inHtml(r.cells[i]))),
    );
  });

  test('the plain text has one line a row, one tab a column, figures without separators', () => {
    const lines = reportClipping(report).text.split('\r\n').slice(1);
    const plain = (cell: Cell | undefined) =>
      cell?.kind === 'count' && cell.value !== null
        ? String(cell.value)
        : cell?.kind === 'text'
          ? guarded(cell.text).trim()
          : inHtml(cell).text;
    expect(lines).toEqual(report.rows.map((r) => report.columns.map((_, i) => plain(r.cells[i])).join('\t')));
  });

  test('the paragraphs come alone', () => {
    expect(reportClipping(report).paragraph).toBe(report.paragraphs.join('\n'));
  });
});

test('pasted text cannot break out of its cell, tabs and line ends included', () => {
  const report = sample({
    columns: [column('a', 'text', { title: 'A\tB', group: 'Nhóm\n1' }), column('b', 'text')],
    rows: [row('x', [text('một\thai\nba'), text('</td><td>=1+1')])],
  });
  expect(reportClipping(report).text).toBe('Nhóm 1: A B\tCột b\r\nmột hai ba\t</td><td>=1+1');
  expect(
    readHtml(report)
      .at(-1)
      ?.map((c) => c.text),
  ).toEqual(['một\thai\nba', '</td><td>=1+1']);
});

test.each(['=1+1', '@SUM(1)', "- x|'/c calc'!A1", '+ HYPERLINK("a")', '-2+3', '\t=1'])(
  'the pasted table disarms %s',
  (words) => {
    const [, [cell] = []] = readHtml(
      sample({ columns: [column('a', 'text')], rows: [row('x', [text(words)])] }),
    );
    expect(cell?.text).toBe(`'${words}`);
  },
);

test('titles of columns are disarmed as well', () => {
  const report = sample({ columns: [column('a', 'text', { title: '=1+1' })] });
  expect(reportClipping(report).text).toBe("'=1+1");
  expect(readHtml(report)[0]?.[0]?.text).toBe("'=1+1");
});

test('csv disarms every text cell, keys of rows too', async () => {
  const [line] = await readCsv(
    sample({
      columns: [column('a', 'text'), column('b', 'count')],
      rows: [row('=key', [text('=1+1'), count(-5)])],
    }),
  );
  expect(line).toEqual({ row_key: "'=key", row_kind: 'data', a: "'=1+1", b: '-5' });
});

test('control characters and halves of a character are left out of every format', async () => {
  const broken = sample({
    columns: [column('a', 'text')],
    rows: [row('x', [text('Đỗ\u0000 Văn\u000B \uD800Đức\uFFFF')])],
  });
  expect((await readCsv(broken))[0]?.a).toBe('Đỗ Văn Đức');
  expect(readHtml(broken)[1]?.[0]?.text).toBe('Đỗ Văn Đức');
});

test('names of every people come through letter for letter', async () => {
  const names = trickyNames();
  const report = sample({
    columns: [column('a', 'text')],
    rows: names.map((n, i) => row(String(i), [text(n)])),
  });
  expect(names.length).toBeGreaterThan(40);
  expect((await readCsv(report)).map((l) => l.a)).toEqual(names.map(guarded));
});

test('a date and a word for "outside" in every text format', async () => {
  const report = sample({
    columns: [column('d', 'date'), column('n', 'count')],
    rows: [row('x', [date('2023-09-19'), outside])],
  });
  expect((await readCsv(report))[0]).toMatchObject({ d: '2023-09-19', n: 'không thuộc địa bàn' });
  expect(reportClipping(report).text.split('\r\n')[1]).toBe('19/09/2023\tkhông thuộc địa bàn');
});
