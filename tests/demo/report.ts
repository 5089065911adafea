/** report.json of the demo: what the desk, the exported files and the hub say, and where they differ. */
import { readFileSync } from 'node:fs';
import Papa from 'papaparse';
import type { DossierRow } from '../../shared/contract/ipc/common.ts';
import type { SyncState } from '../../shared/contract/ipc/sync.ts';
import type { Cell, Report } from '../../shared/report/model.ts';
import { readSheets } from '../support/read-back.ts';
import type { HubFigures } from './hub-process.ts';

export type Sums = Readonly<Record<string, number>>;

/** Sums of a count table as it stands in the file: unit rows added up, and the file's own total row. Independent of the app's reader. */
export function tableSums(file: string): { sums: Sums; printed: Sums } {
  const { data } = Papa.parse<Record<string, string>>(readFileSync(file, 'utf8'), {
    header: true,
    skipEmptyLines: true,
  });
  const [sums, printed]: [Record<string, number>, Record<string, number>] = [{}, {}];
  for (const row of data) {
    const total = /^(tổng|cộng)/i.test((row.unit_name ?? '').normalize('NFC'));
    const into = total ? printed : sums;
    const category = row.category_code ?? '';
    into[category] = (into[category] ?? 0) + Number((row.count ?? '').replace(/[.\s]/g, ''));
  }
  return { sums, printed };
}

/** The annex's columns of figures: one a category. */
function categoryColumns({ columns }: Report) {
  return columns.flatMap(({ key, title, kind }, at) => (kind === 'count' ? [{ key, title, at }] : []));
}
const unitRows = ({ rows }: Report) => rows.filter((row) => row.kind === 'data');

/** Sums as the desk's annex states them in its total row. */
export function annexSums(annex: Report): Sums {
  const total = annex.rows.find((row) => row.kind === 'total');
  return Object.fromEntries(
    categoryColumns(annex).map(({ key, at }) => {
      const cell = total?.cells[at];
      return [key, cell?.kind === 'count' ? (cell.value ?? 0) : 0];
    }),
  );
}

/** Column sums of the exported xlsx, added up from its unit rows, read without the library that wrote them. */
export function xlsxSums(file: string, annex: Report): Sums {
  const [sheet] = readSheets(new Uint8Array(readFileSync(file)));
  if (!sheet) throw new Error(`${file} has no sheet`);
  const units = unitRows(annex).length;
  const columnOf = (title: string) => {
    for (const [ref, { value }] of sheet.cells) if (value === title) return /^([A-Z]+)(\d+)$/.exec(ref) ?? [];
    throw new Error(`${file}: no column ${title}`);
  };
  return Object.fromEntries(
    categoryColumns(annex).map(({ key, title }) => {
      const [, column = '', head = ''] = columnOf(title);
      const values = Array.from(
        { length: units },
        (_, i) => sheet.cells.get(`${column}${Number(head) + 1 + i}`)?.value,
      );
      return [key, values.reduce<number>((sum, value) => sum + (typeof value === 'number' ? value : 0), 0)];
    }),
  );
}

/** Column sums of the exported csv, added up from its unit rows. */
export function csvSums(file: string, annex: Report): Sums {
  const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  const { data } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true });
  const rows = data.filter((row) => row.row_kind === 'data');
  return Object.fromEntries(
    categoryColumns(annex).map(({ key }) => [key, rows.reduce((sum, row) => sum + Number(row[key] ?? 0), 0)]),
  );
}

export interface Mismatch {
  readonly what: string;
  readonly [place: string]: string | number | undefined;
}

/** One of the city's tables, made again and compared. */
export interface CityTable {
  readonly name: 'a' | 'b' | 'c';
  readonly title: string;
  readonly compared: number;
  readonly paragraphs: readonly string[];
  readonly findings: readonly string[];
  /** Row by row, as on the screen. */
  readonly rows: readonly (readonly string[])[];
  readonly mismatches: readonly Mismatch[];
}

/** Every category in which two places do not say the same. */
export function compareSums(places: Readonly<Record<string, Sums>>): Mismatch[] {
  const names = Object.keys(places);
  const categories = new Set(Object.values(places).flatMap((sums) => Object.keys(sums)));
  return [...categories].flatMap((category) => {
    const values = names.map((name) => places[name]?.[category] ?? 0);
    return new Set(values).size === 1
      ? []
      : [{ what: category, ...Object.fromEntries(names.map((name, i) => [name, values[i] ?? 0])) }];
  });
}

export interface ReportInput {
  readonly annex: Report;
  readonly dossiers: readonly DossierRow[];
  readonly entered: number;
  readonly sync: SyncState;
  readonly receipts: { readonly files: number; readonly verified: number };
  readonly offlineMs: number;
  readonly syncMs: number;
  readonly hub: HubFigures;
  readonly tables: readonly CityTable[];
  readonly mismatches: readonly Mismatch[];
}

export function makeReport({
  annex,
  dossiers,
  entered,
  sync,
  receipts,
  offlineMs,
  syncMs,
  hub,
  tables,
  mismatches,
}: ReportInput) {
  const by = (key: (row: DossierRow) => string) => {
    const counts: Record<string, number> = {};
    for (const row of dossiers) counts[key(row)] = (counts[key(row)] ?? 0) + 1;
    return counts;
  };
  const sums = annexSums(annex);
  const reported = (cell: Cell | undefined) => cell?.kind === 'count' && cell.value !== null;
  const inState = (state: string) => dossiers.filter((d) => d.delivery.state === state).length;
  return {
    counts: Object.fromEntries(
      categoryColumns(annex).map(({ key, at }) => [
        key,
        {
          sum: sums[key] ?? 0,
          units_reported: unitRows(annex).filter((row) => reported(row.cells[at])).length,
        },
      ]),
    ),
    dossiers: {
      entered,
      accepted: inState('received'),
      rejected: inState('returned'),
      conflict: inState('conflict'),
      by_chain: by((d) => d.chain),
      by_outcome: by((d) => d.outcome),
    },
    sync: {
      batches: receipts.files,
      events: sync.received,
      receipts_verified: receipts.verified,
      offline_ms: Math.round(offlineMs),
      sync_ms: Math.round(syncMs),
    },
    hub: {
      events: hub.events,
      counts: Object.fromEntries(
        Object.keys(sums).map((code) => [code, { sum: hub.counts[code]?.sum ?? 0 }]),
      ),
    },
    tables,
    mismatches,
  };
}
