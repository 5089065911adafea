/** A report that was sent is frozen with its figures, window, tree and catalogue version; made again, it shows what changed since. */
import { canonicalJson } from '../lib/canonical-json.ts';
import type { Cell, Report, Row } from './model.ts';

/** The one text form that is stored and hashed. */
export function freeze(report: Report): string {
  return canonicalJson(report);
}

export interface CellChange {
  readonly row: string;
  readonly column: string;
  /** null = the row or the column was not there. */
  readonly frozen: Cell | null;
  readonly now: Cell | null;
}
export interface ReportChanges {
  readonly cells: readonly CellChange[];
  readonly rowsAdded: readonly string[];
  readonly rowsGone: readonly string[];
  readonly columnsAdded: readonly string[];
  readonly columnsGone: readonly string[];
  readonly paragraphs: readonly { readonly frozen: string; readonly now: string }[];
  /** What it was made from, other than the moment of making: window, tree, version of the catalogue. */
  readonly made: readonly { readonly what: string; readonly frozen: string; readonly now: string }[];
}

export function diffReports(frozen: Report, now: Report): ReportChanges {
  const [columnsBefore, columnsNow] = [keysOf(frozen.columns), keysOf(now.columns)];
  const [rowsBefore, rowsNow] = [keysOf(frozen.rows), keysOf(now.rows)];
  return {
    cells: cellChanges(frozen, now),
    rowsAdded: without(rowsNow, rowsBefore),
    rowsGone: without(rowsBefore, rowsNow),
    columnsAdded: without(columnsNow, columnsBefore),
    columnsGone: without(columnsBefore, columnsNow),
    paragraphs: pairs(frozen.paragraphs, now.paragraphs).filter((p) => p.frozen !== p.now),
    made: (['from', 'to', 'treeOn', 'catalogueVersion'] as const)
      .map((what) => ({ what, frozen: frozen.made[what] ?? '', now: now.made[what] ?? '' }))
      .filter((m) => m.frozen !== m.now),
  };
}

function cellChanges(frozen: Report, now: Report): readonly CellChange[] {
  const rows = [...new Set([...keysOf(frozen.rows), ...keysOf(now.rows)])];
  const columns = [...new Set([...keysOf(frozen.columns), ...keysOf(now.columns)])];
  const [before, after] = [cellsOf(frozen), cellsOf(now)];
  return rows.flatMap((row) =>
    columns
      .map((column) => ({
        row,
        column,
        frozen: before(row, column),
        now: after(row, column),
      }))
      .filter((c) => canonicalJson(c.frozen) !== canonicalJson(c.now)),
  );
}

function cellsOf(report: Report): (row: string, column: string) => Cell | null {
  const rows = new Map<string, Row>(report.rows.map((r) => [r.key, r]));
  const at = new Map(report.columns.map((c, i) => [c.key, i]));
  return (row, column) => rows.get(row)?.cells[at.get(column) ?? -1] ?? null;
}

const keysOf = (items: readonly { readonly key: string }[]) => items.map((i) => i.key);
const without = (items: readonly string[], others: readonly string[]) => {
  const known = new Set(others);
  return items.filter((i) => !known.has(i));
};

function pairs(frozen: readonly string[], now: readonly string[]) {
  const length = Math.max(frozen.length, now.length);
  return Array.from({ length }, (_, i) => ({ frozen: frozen[i] ?? '', now: now[i] ?? '' }));
}
