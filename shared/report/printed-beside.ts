/** Printed figures beside a report that was made elsewhere: compared with its cells as they would be with its figures. */
import { must } from '../lib/must.ts';
import type { ReportDef } from './definition.ts';
import type { PrintedFigure } from './figures.ts';
import type { Cell, Report } from './model.ts';
import type { PlannedRow } from './plan-rows.ts';
import { printedFindings } from './report-checks.ts';

/** The same report with what the printed figures give rise to. */
export function withPrinted(report: Report, def: ReportDef, printed: readonly PrintedFigure[]): Report {
  if (printed.length === 0) return report;
  const label = def.columns.findIndex(({ value }) => value.from === 'label');
  const rows = report.rows.map(({ key, kind, cells }): PlannedRow => {
    const name = cells[label];
    return {
      ...{ key, kind, label: name?.kind === 'text' ? name.text : key },
      ...{ units: [], isUnitRow: false, dossiers: [], counted: kind === 'data' },
    };
  });
  const cellsOf = new Map(report.rows.map((row) => [row.key, row.cells]));
  const places = new Map(report.columns.map(({ key }, i) => [key, i]));
  const cellOf = ({ key }: PlannedRow, column: string): Cell =>
    must(cellsOf.get(key)?.[places.get(column) ?? -1], `cell ${key} ${column}`);
  const column = (key: string) =>
    must(
      def.columns.find((c) => c.key === key),
      `column ${key} of ${def.id}`,
    );
  const row = (key: string) =>
    must(
      rows.find((r) => r.key === key),
      `row ${key} of ${def.id}`,
    );
  const amount = (of: PlannedRow, key: string) => {
    const cell = cellOf(of, key);
    return cell.kind === 'count' ? cell.value : null;
  };
  const table = { rows, column, row, amount, findings: () => [] };
  return { ...report, findings: [...report.findings, ...printedFindings({ def, table, cellOf }, printed)] };
}
