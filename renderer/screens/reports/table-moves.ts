/** Where a key leads in a table of so many rows and columns. */
export interface Spot {
  readonly row: number;
  readonly column: number;
}

/** Rows of Page Up and Page Down. */
const PAGE = 15;
const STEPS: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-PAGE, 0],
  PageDown: [PAGE, 0],
  Home: [0, Number.NEGATIVE_INFINITY],
  End: [0, Number.POSITIVE_INFINITY],
};

/** null = not a key of the table, or nothing to move in. */
export function moved(
  key: string,
  { row, column }: Spot,
  { rows, columns }: { readonly rows: number; readonly columns: number },
): Spot | null {
  const step = STEPS[key];
  if (!step || rows === 0 || columns === 0) return null;
  const within = (n: number, most: number) => Math.min(Math.max(n, 0), most - 1);
  return { row: within(row + step[0], rows), column: within(column + step[1], columns) };
}
