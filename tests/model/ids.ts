/** Ids that are counted, not drawn: the same history gives the same ids. */
import { createHash } from 'node:crypto';

export function idOf(...name: readonly (string | number)[]): string {
  const hex = createHash('md5').update(name.join('/')).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
