/** Turns the bytes of a CSV or xlsx file into rows of text. Only the first sheet is read; a formula is shown as one, never computed. */
import { fail } from '../../shared/problem.ts';
import { readApart } from './read-apart.ts';
import { isZip, readRows } from './read-rows.ts';

/** A text of this size is read in a blink, whatever is in it: a thread would take longer to begin. */
const SMALL_TEXT = 64 * 1024;

export async function readTable(bytes: Uint8Array): Promise<string[][]> {
  if (bytes.byteLength === 0) fail('FILE_EMPTY');
  return bytes.byteLength <= SMALL_TEXT && !isZip(bytes) ? readRows(bytes) : readApart(bytes);
}
