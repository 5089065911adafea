/** Inputs of reports for the tests: figures of the seeds, and invented dossiers. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import Papa from 'papaparse';
import { findReportDef } from '../../../../shared/catalogue/report-defs.ts';
import { unitOn } from '../../../../shared/catalogue/units.ts';
import { addDays } from '../../../../shared/lib/local-date.ts';
import { must } from '../../../../shared/lib/must.ts';
import type { CountFigure, DossierFigure, ReportInput } from '../../../../shared/report/figures.ts';
import { makeReport } from '../../../../shared/report/make-report.ts';
import type { Cell, Report } from '../../../../shared/report/model.ts';

export function fixture(name: string): readonly Record<string, string>[] {
  const file = path.resolve(import.meta.dirname, '../../../fixtures', name);
  return Papa.parse<Record<string, string>>(readFileSync(file, 'utf8').trim(), { header: true }).data;
}

export const def = (id: string) => must(findReportDef(id), `report ${id}`);

const base: ReportInput = {
  office: '79',
  window: { from: null, to: '2023-09-19' },
  previous: null,
  treeOn: '2023-09-19',
  counts: [],
  catalogueVersion: 'thử',
  at: '2023-09-20T08:00:00+07:00',
  today: '2023-09-20',
};
/** Made the day after its window, where no other day is said. */
export const input = (more: Partial<ReportInput>): ReportInput => {
  const { window = base.window } = more;
  return { ...base, today: addDays(window.to, 1), ...more };
};
export const report = (id: string, more: Partial<ReportInput>): Report => makeReport(def(id), input(more));

export const key = (code: string, on: string) => must(unitOn(code, on), `unit ${code} on ${on}`).key;

/** The city's table of 19/09/2023, without its printed total. */
export const table2023: readonly CountFigure[] = fixture('seeds-ngoai-nganh-2023-09-19.csv')
  .filter((r) => r.unit_code !== '79')
  .map((r) => ({
    unit: key(r.unit_code ?? '', '2023-09-19'),
    category: r.category_code ?? '',
    measure: 'tong',
    asOf: '2023-09-19',
    value: Number(r.count),
  }));

/** The city's own figures of mid 2024. */
export const city2024: readonly CountFigure[] = fixture('seeds-ngoai-nganh-2024-06.csv').map((r) => ({
  unit: key('79', '2024-06-17'),
  category: r.category_code ?? '',
  measure: r.measure ?? '',
  asOf: '2024-06-17',
  value: Number(r.value),
}));

export function cellAt(made: Report, row: string, column: string): Cell | undefined {
  const at = made.columns.findIndex((c) => c.key === column);
  return made.rows.find((r) => r.key === row)?.cells[at];
}
/** The figure of a count cell; 'outside', or undefined where it is no count. */
export function count(made: Report, row: string, column: string): number | null | 'outside' | undefined {
  const cell = cellAt(made, row, column);
  if (cell?.kind === 'outside') return 'outside';
  return cell?.kind === 'count' ? cell.value : undefined;
}
export const sentences = (made: Report, code?: string) =>
  made.findings.filter((f) => code === undefined || f.code === code).map((f) => f.sentence);

let serial = 0;
/** A dossier as a whole, under way unless told otherwise. */
export function chain(more: Partial<DossierFigure> = {}): DossierFigure {
  serial += 1;
  return {
    dossier: `d${serial}`,
    code: `T-1-230811-${String(serial).padStart(3, '0')}`,
    part: 'chain',
    chain: 'birth',
    channel: 'truc_tuyen',
    commune: key('26743', '2023-09-10'),
    receivedOn: '2023-08-15',
    state: 'processing',
    outcome: 'under_way',
    endedOn: null,
    due: '2023-08-18',
    time: 'under_way',
    askedOn: null,
    papers: [],
    reason: '',
    obstacle: '',
    obstacleOpen: false,
    agency: '',
    ...more,
  };
}
export const times = <T>(n: number, make: (i: number) => T): T[] =>
  Array.from({ length: n }, (_, i) => make(i));
