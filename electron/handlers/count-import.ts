/** Import of a count table: a dry run that lists every problem by row, then all sheets in one transaction. */

import type { ReadDb } from '../../db/handle.ts';
import { localView } from '../../db/local-view.ts';
import { categories } from '../../shared/catalogue/categories.ts';
import { MAX_IMPORT_BYTES } from '../../shared/contract/ipc/count.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import {
  type CountRow,
  type CountTable,
  type RowProblem,
  readCountTable,
} from '../../shared/domain/count-table.ts';
import { type CountCell, cellKey, sheetId } from '../../shared/domain/sheet.ts';
import { localTime } from '../../shared/lib/local-date.ts';
import { fail, problemSentence } from '../../shared/problem.ts';
import { requireIdentity, requireMay, type TaskCtx } from '../context.ts';
import { readTable } from '../files/read-table.ts';
import { recordSheet } from './count.ts';

const SHOWN_PROBLEMS = 500;

export async function checkImport(
  ctx: TaskCtx,
  input: Input<'count.check-import'>,
): Promise<Output<'count.check-import'>> {
  const table = await readFile(ctx, input);
  const stops = table.problems.filter((p) => p.weight === 'stop').length;
  return {
    rows: table.rows.length,
    units: new Set(table.rows.map((r) => r.unit)).size,
    ...compare(ctx.db, table.rows, input.asOf),
    sums: categories
      .filter((c) => table.rows.some((r) => r.category === c.code))
      .map((c) => ({
        category: c.code,
        sum: sumOf(table.rows, c.code),
        printed: table.totals[c.code] ?? null,
      })),
    problems: table.problems.slice(0, SHOWN_PROBLEMS).map(toImportProblem),
    stops,
    warnings: table.problems.length - stops,
  };
}

export async function importCounts(
  ctx: TaskCtx,
  input: Input<'count.import'>,
): Promise<Output<'count.import'>> {
  const identity = requireIdentity(ctx.identity);
  requireMay(identity, 'count.record');
  const table = await readFile(ctx, input);
  const stops = table.problems.filter((p) => p.weight === 'stop');
  if (stops.length > 0 && (!input.skipWrong || table.rows.length === 0))
    fail('IMPORT_HAS_PROBLEMS', { count: stops.length });
  let changed = 0;
  const units = Map.groupBy(table.rows, (r) => r.unit);
  ctx.write((writer) => {
    for (const [unit, rows] of units) {
      const cells = rows.map(({ category, measure, value }): CountCell => ({ category, measure, value }));
      changed += recordSheet(
        { ...writer, desk: ctx.desk, identity },
        { unit, asOf: input.asOf, cells, source: 'import' },
      );
    }
  });
  return { changed, units: units.size };
}

async function readFile(ctx: TaskCtx, { asOf, bytes }: Input<'count.check-import'>): Promise<CountTable> {
  if (asOf > localTime(ctx.desk.clock.now()).date) fail('ASOF_IN_FUTURE');
  if (bytes.byteLength > MAX_IMPORT_BYTES) fail('FILE_TOO_LARGE', { max: MAX_IMPORT_BYTES / 1024 / 1024 });
  return readCountTable(await readTable(bytes), { office: requireIdentity(ctx.identity).office, asOf });
}

function sumOf(rows: readonly CountRow[], category: string): number {
  return rows.filter((r) => r.category === category).reduce((sum, r) => sum + r.value, 0);
}

function compare(
  db: ReadDb,
  rows: readonly CountRow[],
  asOf: string,
): { changes: number; overwrites: number } {
  let [changes, overwrites] = [0, 0];
  for (const [unit, cells] of Map.groupBy(rows, (r) => r.unit)) {
    const { subject } = localView(db, 'sheet', sheetId(unit, asOf));
    const known = subject?.kind === 'sheet' ? subject.state.cells : {};
    for (const { category, measure, value } of cells) {
      const before = known[cellKey(category, measure)];
      if (before === value) continue;
      changes++;
      if (before !== undefined) overwrites++;
    }
  }
  return { changes, overwrites };
}

function toImportProblem({
  row,
  column,
  weight,
  found,
  code,
  details,
}: RowProblem): Output<'count.check-import'>['problems'][number] {
  return {
    row,
    column,
    weight,
    found,
    problem: { code, sentence: problemSentence(code, details), details: { ...details } },
  };
}
