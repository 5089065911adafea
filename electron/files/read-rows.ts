/** The rows of a CSV or of the first sheet of an .xlsx, as text, cut to what a table of figures can have. Runs on a thread of its own (read-apart.ts). */
import { readCsv } from './read-csv.ts';
import { MAX_COLUMNS, readXlsx } from './read-xlsx.ts';

/** What a cell of Excel can hold; a longer one is a quote that never closed, or no table, and its beginning tells so as well. */
const LONGEST_CELL = 32_767;

/** Fails with FILE_TOO_HEAVY, FILE_UNREADABLE, FILE_EMPTY, FILE_ENCODING. */
export async function readRows(bytes: Uint8Array): Promise<string[][]> {
  const rows = isZip(bytes) ? await readXlsx(bytes) : readCsv(bytes);
  return rows.map((line) => line.slice(0, MAX_COLUMNS).map((text) => text.slice(0, LONGEST_CELL)));
}

export const isZip = (bytes: Uint8Array) => bytes[0] === 0x50 && bytes[1] === 0x4b;
