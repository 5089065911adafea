/**
 * A report as a Word document in the layout of NĐ 30/2020, phụ lục I: A4, Times New Roman, margins 20/15/20/30 mm, state
 * and office at the head, page numbers in the middle above from page 2, "Nơi nhận" and signature at the end.
 */
import type { IParagraphOptions, ISectionPropertiesOptions } from 'docx';
import { localTime } from '../../shared/lib/local-date.ts';
import type { Report } from '../../shared/report/model.ts';
import { writable } from '../../shared/report/report-cells.ts';
import { words } from '../../shared/slip/words.ts';
import { bodyRows, type Grid, gridOf, headTable, splitAcross, withRows } from './report-docx-table.ts';

type Docx = typeof import('docx');

const FONT = 'Times New Roman';
const twips = (mm: number) => Math.round((mm / 25.4) * 1440);
const PAGE = { width: twips(210), height: twips(297) };
const MARGIN = {
  top: twips(20),
  right: twips(15),
  bottom: twips(20),
  left: twips(30),
  header: twips(10),
  footer: twips(10),
};
/** Half-points. */
const BODY = 28;
const SMALL = 26;

export async function reportDocx(report: Report): Promise<Uint8Array> {
  const docx = await import('docx');
  const room = (report.landscape ? PAGE.height : PAGE.width) - MARGIN.left - MARGIN.right;
  const parts = report.columns.length === 0 ? [] : splitAcross(report, room);
  const tables = parts.map((part) => ({ part, grid: gridOf(part, room) }));
  const document = frame(docx, report, tables, room);
  const packed = new Uint8Array(await docx.Packer.toArrayBuffer(document));
  const rows: string[] = [];
  for (const { part, grid } of tables) rows.push(await bodyRows(part, grid));
  const data = withRows(packed, rows);
  return new Uint8Array(
    await docx.Packer.toArrayBuffer(document, undefined, [{ path: 'word/document.xml', data }]),
  );
}

interface Drawn {
  readonly part: Report;
  readonly grid: Grid;
}

function frame(docx: Docx, report: Report, tables: readonly Drawn[], room: number) {
  const { Document } = docx;
  const line = lineMaker(docx);
  const notes = [
    ...listed(docx, 'Ghi chú:', report.notes),
    ...listed(
      docx,
      'Ghi chú số liệu:',
      report.findings.map((f) => f.sentence),
    ),
  ];
  return new Document({
    title: writable(report.title),
    creator: writable(report.office),
    styles: { default: { document: { run: { font: FONT, size: BODY } } } },
    sections: [
      {
        ...pageSetup(docx, report.landscape),
        children: [
          ...(report.form ? [line(report.form, { italics: true, size: 24 }, 'left')] : []),
          heading(docx, report, room),
          line('', {}, 'left'),
          line(report.title.toLocaleUpperCase('vi'), { bold: true }, 'center'),
          ...(report.subtitle ? [line(report.subtitle, { italics: true }, 'center')] : []),
          line('', {}, 'left'),
          ...report.paragraphs.map((text) => prose(docx, text)),
          ...tables.flatMap(({ part, grid }, i) => [
            ...(i > 0 ? [line('(tiếp theo)', { italics: true, size: 24 }, 'left', CONTINUED)] : []),
            headTable(docx, part, grid),
          ]),
          ...notes,
          line('', {}, 'left'),
          signature(docx, room),
        ],
      },
    ],
  });
}

const CONTINUED = { spacing: { before: 160, after: 60 }, keepNext: true };

interface Look {
  readonly bold?: boolean;
  readonly italics?: boolean;
  readonly size?: number;
}
function lineMaker({ Paragraph, TextRun }: Docx) {
  return (text: string, look: Look, alignment: 'left' | 'center' | 'right', more: IParagraphOptions = {}) =>
    new Paragraph({
      ...more,
      alignment,
      children: [new TextRun({ text: writable(text), font: FONT, size: BODY, ...look })],
    });
}

function pageSetup(docx: Docx, landscape: boolean) {
  const { Header, PageNumber, PageOrientation, Paragraph, TextRun } = docx;
  const properties: ISectionPropertiesOptions = {
    titlePage: true,
    page: {
      size: { ...PAGE, orientation: landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT },
      margin: MARGIN,
    },
  };
  const number = new Paragraph({
    alignment: 'center',
    children: [new TextRun({ children: [PageNumber.CURRENT], font: FONT, size: SMALL })],
  });
  return {
    properties,
    headers: {
      first: new Header({ children: [new Paragraph({})] }),
      default: new Header({ children: [number] }),
    },
  };
}

/** Office and number on the left; state, motto, place and date on the right. */
function heading(docx: Docx, report: Report, room: number) {
  const line = lineMaker(docx);
  const offices = report.office.split('\n');
  const narrow = Math.round(room * (report.landscape ? 0.42 : 0.38));
  return sideBySide(
    docx,
    [narrow, room - narrow],
    [
      ...offices.map((name, i) =>
        line(name.toLocaleUpperCase('vi'), { bold: i === offices.length - 1, size: SMALL }, 'center'),
      ),
      rule(docx, narrow, 0.4),
      line('Số: ……/BC-……', { size: SMALL }, 'center'),
    ],
    [
      line(words.state, { bold: true, size: SMALL }, 'center'),
      line(words.motto, { bold: true }, 'center'),
      rule(docx, room - narrow, 0.45),
      line(placeAndDate(report), { italics: true, size: SMALL }, 'center'),
    ],
  );
}

/** "Phường Mẫu, ngày 05 tháng 02 năm 2024": days under 10 and the months 1 and 2 have a zero before them. */
function placeAndDate({ place, made }: Report): string {
  const [year, month, day] = localTime(Date.parse(made.at)).date.split('-');
  const shown = Number(month) < 3 ? month : String(Number(month));
  return `${place}, ngày ${day} tháng ${shown} năm ${year}`;
}

/** The line under the office and under the motto, so many parts of the column wide. */
function rule({ Paragraph }: Docx, room: number, share: number) {
  const side = Math.round((room * (1 - share)) / 2);
  return new Paragraph({
    indent: { left: side, right: side },
    spacing: { line: 60, lineRule: 'exact', after: 80 },
    border: { top: { style: 'single', size: 6, space: 1, color: '000000' } },
  });
}

function prose({ Paragraph, TextRun }: Docx, text: string) {
  return new Paragraph({
    alignment: 'both',
    indent: { firstLine: twips(12.7) },
    spacing: { after: 120, line: 276 },
    children: [new TextRun({ text: writable(text), font: FONT, size: BODY })],
  });
}

function listed(docx: Docx, title: string, texts: readonly string[]) {
  const line = lineMaker(docx);
  const spacing = { before: 60 };
  if (texts.length === 0) return [];
  return [
    line(title, { bold: true, italics: true, size: 24 }, 'left', {
      spacing: { before: 160 },
      keepNext: true,
    }),
    ...texts.map((text) => line(`- ${text}`, { size: 24 }, 'left', { spacing })),
  ];
}

/** Kept on one page. Who receives it and who signs is for the office to write. */
function signature(docx: Docx, room: number) {
  const line = lineMaker(docx);
  const half = Math.round(room / 2);
  const together = { keepNext: true };
  return sideBySide(
    docx,
    [half, room - half],
    [
      line('Nơi nhận:', { bold: true, italics: true, size: 24 }, 'left', together),
      line('- ……………………;', { size: 22 }, 'left', together),
      line('- Lưu: VT.', { size: 22 }, 'left'),
    ],
    [
      line('THỦ TRƯỞNG ĐƠN VỊ', { bold: true }, 'center', together),
      line('(Ký, ghi rõ họ tên, đóng dấu)', { italics: true, size: SMALL }, 'center'),
    ],
  );
}

function sideBySide(
  { Table, TableCell, TableRow }: Docx,
  [left, right]: readonly [number, number],
  leftLines: readonly InstanceType<Docx['Paragraph']>[],
  rightLines: readonly InstanceType<Docx['Paragraph']>[],
) {
  const none = { style: 'none', size: 0, color: 'auto' } as const;
  const borders = { top: none, bottom: none, left: none, right: none };
  const cell = (size: number, children: readonly InstanceType<Docx['Paragraph']>[]) =>
    new TableCell({ width: { size, type: 'dxa' }, borders, children: [...children] });
  return new Table({
    layout: 'fixed',
    margins: { left: 0, right: 0, marginUnitType: 'dxa' },
    columnWidths: [left, right],
    width: { size: left + right, type: 'dxa' },
    borders: { ...borders, insideHorizontal: none, insideVertical: none },
    rows: [new TableRow({ cantSplit: true, children: [cell(left, leftLines), cell(right, rightLines)] })],
  });
}
