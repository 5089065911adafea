/** report.json of the demo: what the desk, the exported files and the hub say, and where they differ. */
import { readFileSync } from 'node:fs';
import Excel from 'exceljs';
import Papa from 'papaparse';
import type { DossierRow } from '../../shared/contract/ipc/common.ts';
import type { Annex } from '../../shared/contract/ipc/report.ts';
import type { SyncState } from '../../shared/contract/ipc/sync.ts';
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

/** Column sums of the exported xlsx, added up from its unit rows. */
export async function xlsxSums(file: string, annex: Annex): Promise<Sums> {
  const book = new Excel.Workbook();
  await book.xlsx.readFile(file);
  const sheet = book.worksheets[0];
  const sums: Record<string, number> = {};
  annex.columns.forEach((column, i) => {
    let sum = 0;
    for (let r = 2; r < 2 + annex.rows.length; r++) {
      const value = sheet?.getRow(r).getCell(4 + i).value;
      if (typeof value === 'number') sum += value;
    }
    sums[column.code] = sum;
  });
  return sums;
}

export interface Mismatch {
  readonly what: string;
  readonly [place: string]: string | number | undefined;
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
  readonly annex: Annex;
  readonly dossiers: readonly DossierRow[];
  readonly entered: number;
  readonly sync: SyncState;
  readonly receipts: { readonly files: number; readonly verified: number };
  readonly offlineMs: number;
  readonly syncMs: number;
  readonly hub: HubFigures;
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
  mismatches,
}: ReportInput) {
  const by = (key: (row: DossierRow) => string) => {
    const counts: Record<string, number> = {};
    for (const row of dossiers) counts[key(row)] = (counts[key(row)] ?? 0) + 1;
    return counts;
  };
  const inState = (state: string) => dossiers.filter((d) => d.delivery.state === state).length;
  return {
    counts: Object.fromEntries(
      annex.columns.map((column, i) => [
        column.code,
        { sum: annex.sums[i] ?? 0, units_reported: annex.rows.filter((r) => r.cells[i] !== null).length },
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
        annex.columns.map(({ code }) => [code, { sum: hub.counts[code]?.sum ?? 0 }]),
      ),
    },
    mismatches,
  };
}
