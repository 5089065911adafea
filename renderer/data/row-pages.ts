/** Paging of a long list: which pages a window needs, and a small memory of rows seen lately. */

export const PAGE = 100;

/** Pages that hold the positions from..to (both included) of a list of `length`. */
export function pagesOf(from: number, to: number, length: number): readonly number[] {
  if (length === 0 || to < from) return [];
  const first = Math.floor(Math.max(0, from) / PAGE);
  const last = Math.floor(Math.min(length - 1, to) / PAGE);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
}

export function pageSlice(index: Uint32Array, page: number): Uint32Array {
  return index.subarray(page * PAGE, (page + 1) * PAGE);
}

/** Keeps the rows that were put last; the oldest leave first. */
export class RowCache<R extends { readonly n: number }> {
  readonly #rows = new Map<number, R>();
  readonly #limit: number;
  constructor(limit: number) {
    this.#limit = limit;
  }

  get(n: number): R | undefined {
    return this.#rows.get(n);
  }

  put(row: R): void {
    this.#rows.delete(row.n);
    this.#rows.set(row.n, row);
    for (const oldest of this.#rows.keys()) {
      if (this.#rows.size <= this.#limit) break;
      this.#rows.delete(oldest);
    }
  }
}
