/** Which rows of a long grid are drawn, pure. */

/** Height of a row in CSS pixels; counts.css gives every row this height. */
export const ROW_HEIGHT = 28;

export interface RowWindow {
  readonly first: number;
  readonly last: number;
}

/** A stretch of rows to draw, or the number of rows to leave blank. */
type Stretch = { readonly row: number } | { readonly gap: number; readonly before: number };

/** The rows in order, with gaps for those that are not drawn. */
export function stretches(rows: number, { first, last }: RowWindow, always: number): readonly Stretch[] {
  const drawn: number[] = [];
  for (let r = first; r < Math.min(rows, last); r++) drawn.push(r);
  if (always < rows && (always < first || always >= last)) drawn.push(always);
  drawn.sort((a, b) => a - b);
  const found: Stretch[] = [];
  let next = 0;
  for (const row of drawn) {
    if (row > next) found.push({ gap: row - next, before: row });
    found.push({ row });
    next = row + 1;
  }
  if (rows > next) found.push({ gap: rows - next, before: rows });
  return found;
}
