/** The annex "Thống kê thu thập thông tin ngoại ngành" as xlsx, docx (layout of NĐ 30/2020) and csv. */
import Papa from 'papaparse';
import type { Annex } from '../../shared/contract/ipc/report.ts';
import { showDate } from '../../shared/lib/local-date.ts';
import { neutraliseFormula } from '../../shared/lib/vietnamese-text.ts';
import { showCount } from '../../shared/lib/whole-number.ts';

export const ANNEX_TITLE = 'THỐNG KÊ THU THẬP THÔNG TIN NGOẠI NGÀNH';
const BLANK = '–';
const figure = (value: number | null) => (value === null ? BLANK : showCount(value));
const asOfLine = (annex: Annex) => `(Tính đến ngày ${showDate(annex.asOf)})`;

export async function annexFile(annex: Annex, format: 'xlsx' | 'docx' | 'csv'): Promise<Uint8Array> {
  switch (format) {
    case 'xlsx':
      return annexXlsx(annex);
    case 'docx':
      return annexDocx(annex);
    case 'csv':
      return annexCsv(annex);
  }
}

/** The columns of the import: what goes out can come back in. A figure that was not reported has no row. */
function annexCsv(annex: Annex): Uint8Array {
  const rows = annex.rows.flatMap((row) =>
    annex.columns.flatMap((column, i) => {
      const value = row.cells[i];
      return value === null || value === undefined
        ? []
        : [
            {
              unit_code: row.code,
              unit_name: neutraliseFormula(row.name),
              category_code: column.code,
              count: value,
            },
          ];
    }),
  );
  const text = Papa.unparse(rows, {
    newline: '\r\n',
    columns: ['unit_code', 'unit_name', 'category_code', 'count'],
  });
  return new TextEncoder().encode(`\uFEFF${text}\r\n`);
}

async function annexXlsx(annex: Annex): Promise<Uint8Array> {
  const { default: Excel } = await import('exceljs');
  const book = new Excel.Workbook();
  const sheet = book.addWorksheet('Ngoại ngành', {
    views: [{ state: 'frozen', xSplit: 3, ySplit: 1 }],
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToHeight: 0 },
  });
  sheet.columns = [
    { header: 'STT', width: 6 },
    { header: 'Mã', width: 9 },
    { header: 'Đơn vị', width: 28 },
    ...annex.columns.map((c) => ({ header: c.name, width: 14 })),
    { header: 'Cộng', width: 14 },
  ];
  for (const [i, row] of annex.rows.entries())
    sheet.addRow([
      i + 1,
      row.code,
      neutraliseFormula(row.name),
      ...row.cells.map((c) => c ?? BLANK),
      row.total ?? BLANK,
    ]);
  sheet.addRow(['', '', 'Tổng', ...annex.sums.map((s) => s ?? BLANK), annex.grand ?? BLANK]);
  sheet.eachRow((row, n) => {
    row.font = { name: 'Times New Roman', size: 12, bold: n === 1 || n === annex.rows.length + 2 };
    row.eachCell((cell, column) => {
      const edge = { style: 'thin' } as const;
      cell.border = { top: edge, left: edge, bottom: edge, right: edge };
      cell.alignment = {
        vertical: 'middle',
        wrapText: true,
        horizontal: n === 1 ? 'center' : column > 3 ? 'right' : 'left',
      };
      if (column > 3 && n > 1) cell.numFmt = '#,##0';
    });
  });
  sheet.headerFooter.oddHeader = `&C&"Times New Roman,Bold"${ANNEX_TITLE} ${asOfLine(annex)}`;
  return new Uint8Array(await book.xlsx.writeBuffer());
}

async function annexDocx(annex: Annex): Promise<Uint8Array> {
  const {
    AlignmentType,
    BorderStyle,
    Document,
    Packer,
    PageOrientation,
    Paragraph,
    Table,
    TableCell,
    TableRow,
    TextRun,
    WidthType,
  } = await import('docx');
  const font = 'Times New Roman';
  const line = (
    text: string,
    { bold = false, size = 26, center = true }: { bold?: boolean; size?: number; center?: boolean } = {},
  ) =>
    new Paragraph({
      alignment: center ? AlignmentType.CENTER : AlignmentType.LEFT,
      children: [new TextRun({ text, bold, size, font })],
    });
  const noEdge = { style: BorderStyle.NONE, size: 0, color: 'FFFFFF' };
  const noBorders = { top: noEdge, bottom: noEdge, left: noEdge, right: noEdge };
  const widths = [600, 3200, ...annex.columns.map(() => 1180), 1300];
  const cell = (
    text: string,
    i: number,
    { bold = false, head = false }: { bold?: boolean; head?: boolean } = {},
  ) =>
    new TableCell({
      width: { size: widths[i] ?? 1180, type: WidthType.DXA },
      children: [
        new Paragraph({
          alignment: head ? AlignmentType.CENTER : i > 1 ? AlignmentType.RIGHT : AlignmentType.LEFT,
          children: [new TextRun({ text, bold: bold || head, size: 20, font })],
        }),
      ],
    });
  const row = (texts: readonly string[], style: { bold?: boolean; head?: boolean } = {}) =>
    new TableRow({
      tableHeader: style.head ?? false,
      cantSplit: true,
      children: texts.map((t, i) => cell(t, i, style)),
    });
  const heading = new Table({
    columnWidths: [6000, 8000],
    width: { size: 14000, type: WidthType.DXA },
    borders: { ...noBorders, insideHorizontal: noEdge, insideVertical: noEdge },
    rows: [
      new TableRow({
        children: [
          new TableCell({
            borders: noBorders,
            width: { size: 6000, type: WidthType.DXA },
            children: [line(annex.officeName.toUpperCase(), { bold: true })],
          }),
          new TableCell({
            borders: noBorders,
            width: { size: 8000, type: WidthType.DXA },
            children: [
              line('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { bold: true }),
              line('Độc lập - Tự do - Hạnh phúc', { bold: true, size: 28 }),
            ],
          }),
        ],
      }),
    ],
  });
  const table = new Table({
    columnWidths: widths,
    width: { size: widths.reduce((a, b) => a + b, 0), type: WidthType.DXA },
    rows: [
      row(['STT', 'Đơn vị', ...annex.columns.map((c) => c.name), 'Cộng'], { head: true }),
      ...annex.rows.map((r, i) =>
        row([
          String(i + 1),
          r.name,
          ...r.cells.map((c) => (c === null ? BLANK : showCount(c))),
          figure(r.total),
        ]),
      ),
      row(['', 'Tổng', ...annex.sums.map(figure), figure(annex.grand)], { bold: true }),
    ],
  });
  const document = new Document({
    sections: [
      {
        properties: {
          page: {
            size: { width: 11906, height: 16838, orientation: PageOrientation.LANDSCAPE },
            margin: { top: 1134, bottom: 1134, left: 1134, right: 850 },
          },
        },
        children: [
          heading,
          line(''),
          line(ANNEX_TITLE, { bold: true, size: 28 }),
          line(asOfLine(annex)),
          line(''),
          table,
        ],
      },
    ],
  });
  return new Uint8Array(await Packer.toArrayBuffer(document));
}
