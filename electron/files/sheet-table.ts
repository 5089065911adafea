/** Sheets as the rows of a file: one row a unit, or one row a figure. What was not reported is blank, or has no row. */
import type { GridRow } from '../../shared/contract/ipc/count.ts';
import { type FigureColumn, formColumns } from '../../shared/domain/figure-columns.ts';
import { OUTSIDE } from '../../shared/report/report-cells.ts';
import type { FileCell } from './count-file.ts';

type Rows = readonly Pick<GridRow, 'unit' | 'cells' | 'notes'>[];

export interface SheetTableKind {
  /** null = the ngoại ngành counts. */
  readonly form: string | null;
  readonly asOf: string;
  readonly shape: 'wide' | 'long';
}

export function sheetTable(rows: Rows, { form, asOf, shape }: SheetTableKind): FileCell[][] {
  const { columns } = formColumns(form);
  return shape === 'wide' ? wide(rows, columns) : long(rows, columns, asOf);
}

/** null: not reported. */
function cellOf({ cells, notes }: Rows[number], key: string): FileCell {
  return notes[key]?.outside ? OUTSIDE : (cells[key] ?? null);
}

function wide(rows: Rows, columns: readonly FigureColumn[]): FileCell[][] {
  const header = ['unit_code', 'unit_name', ...columns.map((c) => c.title)];
  return [
    header,
    ...rows.map((row) => [row.unit.code, row.unit.name, ...columns.map(({ key }) => cellOf(row, key))]),
  ];
}

function long(rows: Rows, columns: readonly FigureColumn[], asOf: string): FileCell[][] {
  const lines = rows.flatMap((row) =>
    columns.flatMap(({ key, category, measure }) => {
      const figure = cellOf(row, key);
      return figure === null ? [] : [[row.unit.code, row.unit.name, category, measure, asOf, figure]];
    }),
  );
  return [['unit_code', 'unit_name', 'category_code', 'measure', 'as_of', 'count'], ...lines];
}
