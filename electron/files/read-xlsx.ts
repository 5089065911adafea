/** The first sheet of an .xlsx as rows of text; a formula is shown as one, never computed. Runs on a thread of its own (read-apart.ts). */
import { MAX_ROWS } from '../../shared/domain/count-table.ts';
import { fail } from '../../shared/problem.ts';
import { requireZipInBounds } from './zip-bounds.ts';

export const MAX_COLUMNS = 200;

export async function readXlsx(bytes: Uint8Array): Promise<string[][]> {
  requireZipInBounds(bytes);
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
