/**
 * The table of a report in Word. The library draws the heading; the rows below it are written as text, because its objects
 * for 20.000 rows of 14 cells take gigabytes and hold up the desk for half a minute.
 */
import { setImmediate } from 'node:timers/promises';
import { inflateRawSync } from 'node:zlib';
import { assert, must } from '../../shared/lib/must.ts';
import type { Report, Row } from '../../shared/report/model.ts';
import {
  alignOf,
  cellsOf,
  cellText,
  headRows,
  type Need,
  namingColumns,
  needs,
  runsOf,
} from '../../shared/report/report-cells.ts';

type Docx = typeof import('docx');

export interface Grid {
  /** Twips. */
  readonly widths: readonly number[];
  /** Half-points. */
  readonly size: number;
}

/** Half-points tried from the largest: the first at which no word is broken. */
const SIZES = [24, 22, 20, 18];
const SMALLEST = 16;
/** Room at both sides of the text in a cell, twips. */
const SIDE = 60;

/** Each column gets the room of its longest word, and what is left goes to those whose texts would break. */
export function gridOf(report: Report, room: number): Grid {
  const asked = needs(report);
  const size = SIZES.find((s) => sum(asked.map((n) => least(n, s))) <= room) ?? SMALLEST;
  const spare = Math.max(0, room - sum(asked.map((n) => least(n, size))));
  const more = (n: Need) => 20 + (n.text - n.word) * letterWidth(size);
  const all = sum(asked.map(more));
  return { size, widths: asked.map((n) => Math.floor(least(n, size) + (spare * more(n)) / all)) };
}

/** A table too wide for the page goes on as another one under it, with the columns that name the row in front again. */
export function splitAcross(report: Report, room: number): Report[] {
  const asked = needs(report).map((n) => least(n, SMALLEST));
  if (sum(asked) <= room) return [report];
  const naming = Array.from({ length: namingColumns(report.columns) }, (_, i) => i);
  const before = sum(asked.slice(0, naming.length));
  const parts: number[][] = [];
  let left = 0;
  for (const [i, width] of asked.entries()) {
    if (i < naming.length) continue;
    const part = parts.at(-1);
    if (part && width <= left) part.push(i);
    else parts.push([...naming, i]);
    left = (part && width <= left ? left : room - before) - width;
  }
  return parts.map((part) => only(report, part));
}
function only(report: Report, kept: readonly number[]): Report {
  const rows = report.rows.map((row) => {
    const cells = cellsOf(row, report.columns);
    return { ...row, cells: kept.map((i) => must(cells[i], 'cell')) };
  });
  return { ...report, columns: kept.map((i) => must(report.columns[i], 'column')), rows };
}
const least = (need: Need, size: number) => Math.ceil(need.word * letterWidth(size)) + 2 * SIDE + 20;
/** Twips of a letter of Times New Roman: a little over half its height, capitals included. */
const letterWidth = (size: number) => size * 10 * 0.56;
const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

/** Marks the row that stands where the others will be: no other row has a height, and no text holds an open bracket. */
const PLACE = '<w:trHeight ';

export function headTable(docx: Docx, report: Report, { widths, size }: Grid) {
  const { Paragraph, Table, TableCell, TableRow, TextRun } = docx;
  const rows = headRows(report.columns).map(
    (cells) =>
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: cells.map(
          ({ text, at, columns, rows: deep }) =>
            new TableCell({
              columnSpan: columns,
              rowSpan: deep,
              verticalAlign: 'center',
              width: { size: sum(widths.slice(at, at + columns)), type: 'dxa' },
              children: [
                new Paragraph({
                  alignment: 'center',
                  children: [new TextRun({ text, bold: true, size })],
                }),
              ],
            }),
        ),
      }),
  );
  const place = new TableRow({
    height: { value: 1, rule: 'exact' },
    children: [new TableCell({ children: [new Paragraph('')] })],
  });
  return new Table({
    layout: 'fixed',
    columnWidths: [...widths],
    width: { size: sum(widths), type: 'dxa' },
    margins: { left: SIDE, right: SIDE, marginUnitType: 'dxa' },
    rows: [...rows, place],
  });
}

/** Rows between two breaths: saving must not hold up the desk's other work. */
const BREATH = 500;

export async function bodyRows(report: Report, grid: Grid): Promise<string> {
  const rows: string[] = [];
  for (const [n, row] of report.rows.entries()) {
    rows.push(bodyRow(row, report, grid));
    if (n % BREATH === BREATH - 1) await setImmediate();
  }
  return rows.join('');
}

function bodyRow(row: Row, { columns }: Report, { widths, size }: Grid): string {
  const cells = runsOf(row, columns).map((run) => {
    const width = sum(widths.slice(run.at, run.at + run.columns));
    const align = alignOf(run.cell, must(columns[run.at], 'column'));
    const span = run.columns > 1 ? `<w:gridSpan w:val="${run.columns}"/>` : '';
    return (
      `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/>${span}<w:vAlign w:val="center"/></w:tcPr>` +
      `<w:p><w:pPr><w:jc w:val="${align}"/></w:pPr>${textRun(cellText(run.cell), size, row.kind !== 'data')}</w:p></w:tc>`
    );
  });
  return `<w:tr><w:trPr><w:cantSplit/></w:trPr>${cells.join('')}</w:tr>`;
}
const textRun = (text: string, size: number, bold: boolean) =>
  `<w:r><w:rPr>${bold ? '<w:b/>' : ''}<w:sz w:val="${size}"/></w:rPr>` +
  `<w:t xml:space="preserve">${escaped(text)}</w:t></w:r>`;
const MARKS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escaped = (text: string) => text.replace(/[&<>]/g, (mark) => MARKS[mark] ?? mark);

/** The document part of a packed file with the rows of each table in their place. */
export function withRows(packed: Uint8Array, tables: readonly string[]): string {
  const parts: string[] = [];
  const xml = documentPart(Buffer.from(packed));
  let done = 0;
  for (const rows of tables) {
    const place = xml.indexOf(PLACE, done);
    const start = xml.lastIndexOf('<w:tr>', place);
    assert(place >= 0 && start >= done, 'place of the rows');
    parts.push(xml.slice(done, start), rows);
    done = xml.indexOf('</w:tr>', place) + '</w:tr>'.length;
  }
  return parts.join('') + xml.slice(done);
}

/** `word/document.xml` of a zip, found by its central directory (PKWARE APPNOTE 4.3.12). */
function documentPart(zip: Buffer): string {
  for (let at = zip.indexOf(DIRECTORY); at >= 0; at = zip.indexOf(DIRECTORY, at + 4)) {
    const name = zip.toString('utf8', at + 46, at + 46 + zip.readUInt16LE(at + 28));
    if (name !== 'word/document.xml') continue;
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const data = zip.subarray(start, start + zip.readUInt32LE(at + 20));
    return (zip.readUInt16LE(at + 10) === 8 ? inflateRawSync(data) : data).toString('utf8');
  }
  throw new Error('missing: word/document.xml');
}
const DIRECTORY = Buffer.from('PK\x01\x02', 'latin1');
