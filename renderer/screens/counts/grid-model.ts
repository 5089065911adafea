/** The sheet as rows and columns: above the ward units x categories, at a ward categories x one figure. */
import { categories, TOTAL } from '../../../shared/catalogue/categories.ts';
import type { Grid, GridRow } from '../../../shared/contract/ipc/count.ts';
import { cellKey } from '../../../shared/domain/sheet.ts';

/** One editable cell: whose figure it is. */
export interface CellRef {
  readonly unit: string;
  readonly category: string;
  readonly measure: string;
}
export interface ModelRow {
  readonly key: string;
  readonly label: string;
  readonly unit: GridRow;
  readonly cells: readonly CellRef[];
}
export interface Column {
  readonly key: string;
  readonly label: string;
  readonly title: string;
}
export interface GridModel {
  readonly byUnit: boolean;
  readonly rows: readonly ModelRow[];
  readonly columns: readonly Column[];
}

const ref = (unit: string, category: string): CellRef => ({ unit, category, measure: TOTAL.code });

export function gridModel(grid: Grid, officeCode: string, nowLabel: string): GridModel {
  const own = grid.rows.length === 1 ? grid.rows[0] : undefined;
  if (own && own.unit.code === officeCode)
    return {
      byUnit: false,
      columns: [{ key: 'now', label: nowLabel, title: nowLabel }],
      rows: categories.map((c) => ({
        key: c.code,
        label: c.name,
        unit: own,
        cells: [ref(own.unit.key, c.code)],
      })),
    };
  return {
    byUnit: true,
    columns: categories.map((c) => ({ key: c.code, label: c.short, title: c.name })),
    rows: grid.rows.map((row) => ({
      key: row.unit.key,
      label: row.unit.name,
      unit: row,
      cells: categories.map((c) => ref(row.unit.key, c.code)),
    })),
  };
}

/** What the data process holds for a cell; null = chưa báo cáo. */
export function storedValue(row: ModelRow, column: number): number | null {
  const cell = row.cells[column];
  return cell ? (row.unit.cells[cellKey(cell.category, cell.measure)] ?? null) : null;
}

export function previousValue(row: ModelRow, column: number): number | null {
  const cell = row.cells[column];
  return cell ? (row.unit.previous?.cells[cellKey(cell.category, cell.measure)] ?? null) : null;
}
