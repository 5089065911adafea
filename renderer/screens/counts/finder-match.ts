/** Which unit a few letters mean. */
import { searchKey } from '../../../shared/lib/vietnamese-text.ts';

/** Row of the first name that begins with the text, else that has a word beginning with it; -1 where none. */
export function rowNamed(names: readonly string[], text: string): number {
  const wanted = searchKey(text);
  if (wanted === '') return -1;
  const keys = names.map(searchKey);
  const word = keys.findIndex((key) => ` ${key}`.includes(` ${wanted}`) && !key.startsWith(wanted));
  const start = keys.findIndex((key) => key.startsWith(wanted));
  return start >= 0 ? start : word;
}
