/**
 * A report as a workbook: the table, then "Ghi chú số liệu" (findings, notes, what it was made from), then "Lời văn".
 * Figures are numbers and dates are dates, so that the next office can go on counting; separators follow its machine.
 * Rows are written as a stream: a register of 20.000 rows never stands in memory as cells.
 */
import { Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { Alignment, Cell as SheetCell, Style, stream } from 'exceljs';
import { showDate } from '../../shared/lib/local-date.ts';
import type { Cell, Column, Report, Row } from '../../shared/report/model.ts';
import {
  type Align,
  alignOf,
  BLANK,
  cellsOf,
  cellText,
  headRows,
  namingColumns,
  needs,
  rateOf,
  roomOf,
  runsOf,
  writable,
} from '../../shared/report/report-cells.ts';

type Sheet = ReturnType<stream.xlsx.WorkbookWriter['addWorksheet']>;

const FONT = 'Times New Roman';
const MM = 1 / 25.4;
/** NĐ 30/2020, phụ lục I: lề trên và dưới 20 mm, trái 30 mm, phải 15 mm. */
const MARGINS = {
  top: 20 * MM,
  right: 15 * MM,
  bottom: 20 * MM,
  left: 30 * MM,
  header: 10 * MM,
  footer: 10 * MM,
};
/** Rows between two breaths: saving must not hold up the desk's other work. */
const BREATH = 500;
/** Points; a sheet allows no more. */
const MAX_HEIGHT = 409;
/** Characters across a sheet of sentences. */
const TEXT_WIDTH = 100;
/** More columns than this are not squeezed onto one page across. */
const COLUMNS_ACROSS = 18;

export async function reportXlsx(report: Report): Promise<Uint8Array> {
  const { default: Excel } = await import('exceljs');
  const chunks: Buffer[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _, done) {
      chunks.push(Buffer.from(chunk));
      done();
    },
  });
  const book = new Excel.stream.xlsx.WorkbookWriter({
    stream: sink,
    useStyles: true,
    useSharedStrings: true,
  });
  await tableSheet(book, report);
  textSheet(book, 'Ghi chú số liệu', report, notes(report));
  if (report.paragraphs.length > 0)
    textSheet(
      book,
      'Lời văn',
      report,
      report.paragraphs.map((text) => ({ text })),
    );
  await book.commit();
  return new Uint8Array(Buffer.concat(chunks));
}

async function tableSheet(book: stream.xlsx.WorkbookWriter, report: Report): Promise<void> {
  const widths = needs(report).map((need) =>
    Math.min(Math.max(need.word + 2, Math.min(need.text, 40) + 2, 7), 44),
  );
  const lines = titles(report);
  const top = lines.length + 1;
  const head = headRows(report.columns);
  const naming = namingColumns(report.columns);
  const sheet = book.addWorksheet('Báo cáo', {
    views: [{ state: 'frozen', xSplit: naming, ySplit: top + head.length - 1 }],
    pageSetup: {
      paperSize: 9,
      orientation: report.landscape ? 'landscape' : 'portrait',
      margins: MARGINS,
      horizontalCentered: true,
      fitToPage: true,
      fitToWidth: pagesAcross(report),
      fitToHeight: 0,
      printTitlesRow: `${top}:${top + head.length - 1}`,
      ...(naming > 0 ? { printTitlesColumn: `A:${letter(naming)}` } : {}),
    },
    headerFooter: { differentFirst: true, oddHeader: `&C&"${FONT},Regular"&13&P` },
  });
  sheet.columns = widths.map((width) => ({ width }));
  const across = Math.ceil(widths.length / pagesAcross(report));
  titleLines(sheet, lines, widths.slice(0, across));
  headLines(sheet, report, top, widths);
  await bodyLines(sheet, report, top + head.length, widths);
}

interface Title {
  readonly text: string;
  readonly style: Partial<Style>;
}
const titles = ({ form, office, title, subtitle }: Report): Title[] =>
  [
    { text: writable(form), style: LINE_LEFT },
    { text: writable(office), style: LINE_LEFT },
    { text: writable(title.toLocaleUpperCase('vi')), style: LINE_TITLE },
    { text: writable(subtitle), style: LINE_CENTER },
  ].filter(({ text }) => text !== '');

/** Merged cells do not grow by themselves: their height is reckoned from the widths. */
function titleLines(sheet: Sheet, lines: readonly Title[], widths: readonly number[]): void {
  const room = Math.max(
    widths.reduce((a, b) => a + b, 0),
    20,
  );
  for (const [i, { text, style }] of lines.entries()) {
    const cell = sheet.getCell(i + 1, 1);
    cell.value = text;
    cell.style = style;
    guard(cell, text);
    const broken = text.split('\n').map((part) => Math.max(1, Math.ceil((part.length * 1.3) / room)));
    sheet.getRow(i + 1).height = Math.min(20 * broken.reduce((a, b) => a + b), MAX_HEIGHT);
    if (widths.length > 1) sheet.mergeCells(i + 1, 1, i + 1, widths.length);
  }
}

function headLines(sheet: Sheet, report: Report, top: number, widths: readonly number[]): void {
  const rows = headRows(report.columns);
  for (const [i, cells] of rows.entries()) {
    let height = 1;
    for (const { text, at, columns, rows: deep } of cells) {
      for (let down = 0; down < deep; down++)
        for (let across = 0; across < columns; across++)
          sheet.getCell(top + i + down, at + across + 1).style = HEAD;
      const cell = sheet.getCell(top + i, at + 1);
      cell.value = text;
      guard(cell, text);
      if (columns > 1 || deep > 1) sheet.mergeCells(top + i, at + 1, top + i + deep - 1, at + columns);
      const room = widths.slice(at, at + columns).reduce((a, b) => a + b, 0) * 0.8;
      height = Math.max(height, Math.ceil(Math.ceil(text.length / room) / deep));
    }
    sheet.getRow(top + i).height = heightOf(height, 16);
  }
}

async function bodyLines(
  sheet: Sheet,
  report: Report,
  top: number,
  widths: readonly number[],
): Promise<void> {
  for (const [n, row] of report.rows.entries()) {
    const line = sheet.getRow(top + n);
    let lines = 1;
    for (const [i, cell] of cellsOf(row, report.columns).entries()) {
      const column = report.columns[i];
      if (!column) continue;
      const target = line.getCell(i + 1);
      target.value = sheetValue(cell);
      target.style = bodyStyle(alignOf(cell, column), row.kind !== 'data', sheetFormat(cell));
      if (row.kind !== 'group') lines = Math.max(lines, linesOf(cellText(cell), widths[i] ?? 1));
    }
    if (lines > 1) line.height = heightOf(lines, 16);
    if (row.kind === 'group') spread(sheet, row, top + n, report.columns);
    line.commit();
    if (n % BREATH === BREATH - 1) await setImmediate();
  }
}

/** Lines a cell is broken into: not every program lets a row grow by itself. */
const linesOf = (text: string, width: number) => Math.max(1, Math.ceil((roomOf(text) * 1.1) / width));
const heightOf = (lines: number, each: number) => Math.min(each * lines + 2, MAX_HEIGHT);

const pagesAcross = ({ columns }: Report) => Math.max(1, Math.ceil(columns.length / COLUMNS_ACROSS));

function spread(sheet: Sheet, row: Row, line: number, columns: readonly Column[]): void {
  for (const run of runsOf(row, columns))
    if (run.columns > 1) sheet.mergeCells(line, run.at + 1, line, run.at + run.columns);
}

/** Figures and dates as such; what is missing as the word a person reads. */
function sheetValue(cell: Cell): string | number | Date {
  if (cell.kind === 'count') return cell.value ?? BLANK;
  if (cell.kind === 'percent') return rateOf(cell)?.ratio ?? BLANK;
  if (cell.kind === 'date') return cell.date === null ? BLANK : new Date(`${cell.date}T00:00:00Z`);
  return cellText(cell);
}

function sheetFormat(cell: Cell): string {
  if (cell.kind === 'count') return '#,##0';
  if (cell.kind === 'date') return 'dd/mm/yyyy';
  if (cell.kind === 'percent') return rateOf(cell)?.format ?? 'General';
  return cell.kind === 'text' && looksLikeFormula(cell.text) ? TEXT_FORMAT : 'General';
}

/**
 * A text is stored as text and never computed; this format keeps it text when somebody edits the cell, so that the name
 * stays letter for letter, without an apostrophe before it.
 */
const TEXT_FORMAT = '@';
const looksLikeFormula = (text: string) => /^[=+\-@\t\r]/.test(text);
function guard(cell: SheetCell, text: string): void {
  if (looksLikeFormula(text)) cell.style = { ...cell.style, numFmt: TEXT_FORMAT };
}

const styles = new Map<string, Partial<Style>>();
/** One object per look: the writer knows a style again by its identity, which spares it one search per cell. */
function bodyStyle(align: Align, bold: boolean, numFmt: string): Partial<Style> {
  const key = `${align} ${bold} ${numFmt}`;
  const known = styles.get(key) ?? { ...boxed(align, bold), numFmt };
  styles.set(key, known);
  return known;
}
function boxed(align: Align, bold: boolean): Partial<Style> {
  const edge = { style: 'thin' } as const;
  return {
    font: { name: FONT, size: 12, bold },
    border: { top: edge, left: edge, bottom: edge, right: edge },
    alignment: { vertical: 'middle', wrapText: true, horizontal: align },
  };
}
function line(horizontal: Alignment['horizontal'], bold: boolean, size: number): Partial<Style> {
  return {
    font: { name: FONT, size, bold },
    alignment: { horizontal, vertical: 'middle', wrapText: true },
  };
}
const HEAD = boxed('center', true);
const LINE_LEFT = line('left', true, 12);
const LINE_TITLE = line('center', true, 14);
const LINE_CENTER = line('center', false, 13);

interface Line {
  readonly text: string;
  readonly bold?: boolean;
}

function notes({ findings, notes: said, made }: Report): Line[] {
  const section = (title: string, texts: readonly string[]): Line[] =>
    texts.length === 0 ? [] : [{ text: title, bold: true }, ...texts.map((text) => ({ text }))];
  const from = made.from === null ? '' : `từ ngày ${showDate(made.from)} `;
  return [
    ...section(
      'Ghi chú số liệu',
      findings.map((f) => f.sentence),
    ),
    ...section('Ghi chú', said),
    ...section('Nguồn', [
      `Số liệu ${from}đến ngày ${showDate(made.to)}`,
      `Danh mục đơn vị ngày ${showDate(made.treeOn)}, phiên bản danh mục ${made.catalogueVersion}`,
    ]),
  ];
}

function textSheet(
  book: stream.xlsx.WorkbookWriter,
  name: string,
  report: Report,
  lines: readonly Line[],
): void {
  const sheet = book.addWorksheet(name, {
    pageSetup: {
      paperSize: 9,
      orientation: report.landscape ? 'landscape' : 'portrait',
      margins: MARGINS,
      fitToPage: true,
      fitToHeight: 0,
    },
  });
  sheet.columns = [{ width: TEXT_WIDTH }];
  for (const { text, bold = false } of lines) {
    const row = sheet.addRow([writable(text)]);
    const cell = row.getCell(1);
    cell.style = line('left', bold, 13);
    guard(cell, text);
    row.height = heightOf(linesOf(text, TEXT_WIDTH), 17);
    row.commit();
  }
}

/** "A" for 1, "AN" for 40. */
function letter(column: number): string {
  const rest = (column - 1) % 26;
  const left = Math.floor((column - 1) / 26);
  return (left > 0 ? letter(left) : '') + String.fromCharCode(65 + rest);
}
