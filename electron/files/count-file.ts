/** A plain table as CSV or xlsx bytes. Texts that begin like a formula are made harmless. */
import Papa from 'papaparse';
import { neutraliseFormula } from '../../shared/lib/vietnamese-text.ts';

export type FileCell = string | number | null;
type Table = readonly (readonly FileCell[])[];

export async function tableFile(
  table: Table,
  format: 'xlsx' | 'csv',
  title = 'Ngoại ngành',
): Promise<Uint8Array<ArrayBuffer>> {
  const safe = table.map((line) =>
    line.map((cell) => (typeof cell === 'string' ? neutraliseFormula(cell) : cell)),
  );
  return format === 'csv' ? csv(safe) : xlsx(safe, title);
}

/** With a byte order mark: without it Excel takes Vietnamese for Latin letters. */
function csv(table: Table): Uint8Array<ArrayBuffer> {
  const lines = Papa.unparse(
    table.map((line) => [...line]),
    { newline: '\r\n' },
  );
  return new TextEncoder().encode(`\uFEFF${lines}\r\n`);
}

async function xlsx(table: Table, title: string): Promise<Uint8Array<ArrayBuffer>> {
  const { default: Excel } = await import('exceljs');
  const book = new Excel.Workbook();
  const sheet = book.addWorksheet(title, { views: [{ state: 'frozen', ySplit: 1, xSplit: 2 }] });
  sheet.addRows(table.map((line) => [...line]));
  sheet.getRow(1).font = { bold: true };
  sheet.getColumn(2).width = 28;
  return new Uint8Array(await book.xlsx.writeBuffer());
}
