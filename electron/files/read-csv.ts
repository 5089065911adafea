/** A CSV as rows of text. */
import Papa from 'papaparse';
import { MAX_ROWS } from '../../shared/domain/count-table.ts';
import { fail } from '../../shared/problem.ts';

/** Fails with FILE_ENCODING, FILE_UNREADABLE. */
export function readCsv(bytes: Uint8Array): string[][] {
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
