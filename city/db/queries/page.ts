/** Pages of events: by number of rows and by length. */
const PAGE = 500;
/** One more than fits, to see whether anything follows. */
export const ROWS = PAGE + 1;
/** A desk takes 16 MiB of answer; signing makes a page a third longer, and a letter may be three bytes. */
const PAGE_LENGTH = 2 * 1024 * 1024;

interface Row {
  readonly hub: number;
  readonly raw: string;
}

/** The rows that fit, in their order; where all fit the cursor goes on to `end`. */
export function pageOf<R extends Row>(
  rows: readonly R[],
  end: number,
): { readonly taken: readonly R[]; readonly more: boolean; readonly next: number } {
  let length = 0;
  const over = rows.findIndex((row, i) => {
    length += row.raw.length;
    return i === PAGE || (i > 0 && length > PAGE_LENGTH);
  });
  const taken = over < 0 ? rows : rows.slice(0, over);
  return { taken, more: over >= 0, next: over >= 0 ? (taken.at(-1)?.hub ?? end) : end };
}
