/** Turns the bytes of a CSV or xlsx file into rows of text. Only the first sheet is read; a formula is shown as one, never computed. */
import Papa from 'papaparse';
import { MAX_ROWS } from '../../shared/domain/count-table.ts';
import { fail } from '../../shared/problem.ts';

const MAX_COLUMNS = 200;

export async function readTable(bytes: Uint8Array): Promise<string[][]> {
  if (bytes.byteLength === 0) fail('FILE_EMPTY');
  return isZip(bytes) ? readXlsx(bytes) : readCsv(bytes);
}

const isZip = (bytes: Uint8Array) => bytes[0] === 0x50 && bytes[1] === 0x4b;

function readCsv(bytes: Uint8Array): string[][] {
  const text = decode(bytes);
  if (text.includes('\0')) fail('FILE_UNREADABLE');
  return Papa.parse<string[]>(text, { preview: MAX_ROWS + 2 }).data;
}

/** UTF-8, or UTF-16 as Excel's "Unicode text" writes it. Anything else would turn names into rubbish. */
function decode(bytes: Uint8Array): string {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  try {
    return new TextDecoder(utf16 ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    return fail('FILE_ENCODING');
  }
}

async function readXlsx(bytes: Uint8Array): Promise<string[][]> {
  const { default: Excel } = await import('exceljs');
  const book = new Excel.Workbook();
  try {
    await book.xlsx.load(bytes.slice().buffer as ArrayBuffer);
  } catch {
    fail('FILE_UNREADABLE');
  }
  const sheet = book.worksheets[0] ?? fail('FILE_EMPTY');
  // Only cells that exist are visited: one stray cell at the edge of the sheet would otherwise make millions.
  const rows: string[][] = Array.from({ length: Math.min(sheet.rowCount, MAX_ROWS + 2) }, () => []);
  sheet.eachRow((row, number) => {
    const line = rows[number - 1];
    if (!line) return;
    row.eachCell((cell, column) => {
      if (column <= MAX_COLUMNS) line[column - 1] = cellText(cell.value);
    });
  });
  return rows.map((line) => Array.from(line, (text) => text ?? ''));
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  // "12.345" as text means twelve thousand; as a number it is not whole. Spell the decimals out so that they stay decimals.
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : value.toFixed(6);
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value !== 'object') return String(value);
  if ('formula' in value || 'sharedFormula' in value)
    return `=${'formula' in value ? String(value.formula) : '…'}`;
  if ('error' in value) return String(value.error);
  if ('richText' in value && Array.isArray(value.richText))
    return value.richText.map((part: { text?: unknown }) => String(part.text ?? '')).join('');
  if ('text' in value) return String(value.text);
  return '';
}
