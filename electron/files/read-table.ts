/** Turns the bytes of a CSV or xlsx file into rows of text. Only the first sheet is read; a formula is shown as one, never computed. */
import Papa from 'papaparse';
import { MAX_ROWS } from '../../shared/domain/count-table.ts';
import { fail } from '../../shared/problem.ts';
import { readXlsxApart } from './read-apart.ts';

export async function readTable(bytes: Uint8Array): Promise<string[][]> {
  if (bytes.byteLength === 0) fail('FILE_EMPTY');
  return isZip(bytes) ? readXlsxApart(bytes) : readCsv(bytes);
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
