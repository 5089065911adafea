/**
 * A report for machines: one row per line under the columns' keys, UTF-8 with a mark so that Excel reads it, raw numbers.
 * A rate stands as a decimal fraction with its two whole numbers beside it ("x", "x_part", "x_of"). Empty = not reported.
 */
import Papa from 'papaparse';
import { neutraliseFormula } from '../../shared/lib/vietnamese-text.ts';
import type { Cell, Column, Report } from '../../shared/report/model.ts';
import { cellsOf, cellText, rateOf } from '../../shared/report/report-cells.ts';

type Value = string | number | null;

export function reportCsv({ columns, rows }: Report): Uint8Array {
  const fields = ['row_key', 'row_kind', ...columns.flatMap(names)];
  const data = rows.map((row) => {
    const cells = cellsOf(row, columns);
    const values = columns.flatMap((column, i) => {
      const cell = cells[i];
      return cell ? parts(column, cell) : [];
    });
    return [neutraliseFormula(row.key), row.kind, ...values];
  });
  const text = Papa.unparse({ fields, data }, { newline: '\r\n' });
  return new TextEncoder().encode(`\uFEFF${text}\r\n`);
}

const names = ({ key, kind }: Column) => (kind === 'percent' ? [key, `${key}_part`, `${key}_of`] : [key]);

function parts(column: Column, cell: Cell): Value[] {
  if (column.kind !== 'percent') return [raw(cell)];
  return cell.kind === 'percent' ? [raw(cell), cell.part, cell.of] : [raw(cell), null, null];
}

function raw(cell: Cell): Value {
  switch (cell.kind) {
    case 'count':
      return cell.value;
    case 'percent':
      return rateOf(cell)?.ratio ?? null;
    case 'date':
      return cell.date;
    default:
      return neutraliseFormula(cellText(cell));
  }
}
