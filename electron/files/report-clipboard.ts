/**
 * A report for pasting: a table for Word and Excel, plain text for everything else, and the paragraphs alone.
 * "1.320" is one and three tenths to a machine set to English: beside each written figure stands its number for Excel
 * (`x:num`) and LibreOffice (`sdval`), and the plain text has figures without separators.
 */
import { must } from '../../shared/lib/must.ts';
import { neutraliseFormula } from '../../shared/lib/vietnamese-text.ts';
import type { Cell, Report } from '../../shared/report/model.ts';
import {
  type Align,
  alignOf,
  cellsOf,
  cellText,
  headRows,
  type Run,
  rateOf,
  runsOf,
} from '../../shared/report/report-cells.ts';

export interface Clipping {
  readonly html: string;
  /** Tab-separated. */
  readonly text: string;
  /** The paragraphs of the monthly report, one a line. */
  readonly paragraph: string;
}

export function reportClipping(report: Report): Clipping {
  return { html: html(report), text: plain(report), paragraph: report.paragraphs.join('\n') };
}

function plain({ columns, rows }: Report): string {
  const lines = [
    columns.map((c) => harmless(c.group ? `${c.group}: ${c.title}` : c.title)),
    ...rows.map((row) => cellsOf(row, columns).map(plainCell)),
  ];
  return lines.map((texts) => texts.join('\t')).join('\r\n');
}
const plainCell = (cell: Cell) =>
  cell.kind === 'count' && cell.value !== null
    ? String(cell.value)
    : cell.kind === 'text'
      ? harmless(cellText(cell))
      : oneLine(cellText(cell));
const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();
/** Trimmed first: a blank before a formula would go, and the formula would stay. */
const harmless = (text: string) => neutraliseFormula(oneLine(text));

const FONT = 'font-family:"Times New Roman",serif;font-size:12pt';
const BOX = 'border:.5pt solid black;padding:1pt 4pt;vertical-align:middle';
/** Excel takes what stands in such a cell as text, whatever it looks like. */
const AS_TEXT = "mso-number-format:'\\@'";

function html({ columns, rows }: Report): string {
  const head = headRows(columns).map(
    (cells) =>
      `<tr>${cells.map((c) => `<th colspan=${c.columns} rowspan=${c.rows} class=h>${escaped(pasteable(c.text))}</th>`).join('')}</tr>`,
  );
  const body = rows.map((row) => {
    const cells = runsOf(row, columns).map((run) => {
      const column = must(columns[run.at], 'column');
      return htmlCell(run, alignOf(run.cell, column), row.kind !== 'data');
    });
    return `<tr>${cells.join('')}</tr>`;
  });
  return [
    '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8">',
    `<style>table{border-collapse:collapse;${FONT}} th,td{${BOX}} .h,.t{${AS_TEXT}}</style></head><body>`,
    `<table border=1 cellspacing=0 style='border-collapse:collapse;${FONT}'>`,
    `<thead>${head.join('\n')}</thead><tbody>${body.join('\n')}</tbody></table></body></html>`,
  ].join('\n');
}

function htmlCell({ cell, columns }: Run, align: Align, bold: boolean): string {
  const span = columns > 1 ? ` colspan=${columns}` : '';
  const number = numberOf(cell);
  const text = escaped(cell.kind === 'text' ? pasteable(cellText(cell)) : cellText(cell));
  const attributes = number
    ? `x:num="${number.value}" sdval="${number.value}" sdnum="1033;0;${number.format}" style="mso-number-format:'${escapedFormat(number.format)}'"`
    : `class=t`;
  return `<td${span} align=${align} ${attributes}>${bold ? `<b>${text}</b>` : text}</td>`;
}

function numberOf(cell: Cell): { value: number; format: string } | null {
  if (cell.kind === 'count') return cell.value === null ? null : { value: cell.value, format: '#,##0' };
  if (cell.kind !== 'percent') return null;
  const rate = rateOf(cell);
  return rate && { value: rate.ratio, format: rate.format };
}
/** Office's dialect of CSS wants a backslash before each mark of a number format. */
const escapedFormat = (format: string) => format.replace(/[#,.%]/g, '\\$&');

/**
 * "- Trực tuyến" is how forms write a part of the row above: in Word an apostrophe before it would be wrong, and without
 * a call or a bar it can run nothing. Everything else that begins like a formula gets the apostrophe.
 */
const pasteable = (text: string) => (/^[-+] \p{L}[^(|!]*$/u.test(text) ? text : neutraliseFormula(text));

const MARKS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replace(/[&<>"]/g, (mark) => MARKS[mark] ?? mark);
