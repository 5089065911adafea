/** Import of a count table: a dry run that lists every problem by row, then all open sheets in one transaction. */
import { setImmediate } from 'node:timers/promises';
import type { ReadDb } from '../../db/handle.ts';
import { localView } from '../../db/local-view.ts';
import { type FileColumns, keepColumns, rolesOf } from '../../db/queries/file-columns.ts';
import { unitByKey } from '../../shared/catalogue/units.ts';
import { MAX_IMPORT_BYTES } from '../../shared/contract/ipc/count.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import { findHeader } from '../../shared/domain/count-columns.ts';
import {
  type CountRow,
  type CountTable,
  type RowProblem,
  readingCountTable,
} from '../../shared/domain/count-table.ts';
import { formColumns } from '../../shared/domain/figure-columns.ts';
import {
  aboutOf,
  COUNTS_FORM,
  type CountCell,
  cellKey,
  changedCells,
  isOpen,
  type Sheet,
  sheetId,
} from '../../shared/domain/sheet.ts';
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
  const { open, locked } = sheetsOf(ctx.db, table.rows, input);
  const problems = [...table.problems, ...locked.map(skipped)];
  return {
    rows: open.flatMap((s) => s.cells).length,
    units: open.length,
    ...compare(open),
    sums: sumsOf(table, input.form),
    columns: table.header.labels.map((label, c) => ({
      label: label.slice(0, 120),
      role: table.header.roles[c] ?? '',
    })),
    problems: problems.slice(0, SHOWN_PROBLEMS).map(toImportProblem),
    stops,
    warnings: table.problems.length - stops,
    skipped: locked.length,
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
  const group = ctx.desk.ids.uuid();
  const done = ctx.write((writer) => {
    // Read anew: a sheet may have been locked since the dry run.
    const { open, locked } = sheetsOf(writer.tx, table.rows, input);
    let changed = 0;
    for (const { unit, cells } of open)
      changed += recordSheet(
        { ...writer, desk: ctx.desk, identity },
        { ...aboutOf(input, unit), cells: cells.map(cellOf), source: 'import', group },
      );
    if (input.mapping) keepColumns(writer.tx, columnsOf(table, input), ctx.desk.clock.now());
    return { changed, units: open.length, skipped: locked.length };
  });
  return { ...done, group };
}

type Place = Pick<Input<'count.check-import'>, 'asOf' | 'form' | 'from'>;

interface UnitRows {
  readonly unit: string;
  readonly sheet: Sheet | undefined;
  readonly cells: readonly CountRow[];
}

/** The rows by unit: those that can be written, and those that a locked sheet would refuse. One that changes nothing is no trouble. */
function sheetsOf(
  db: ReadDb,
  rows: readonly CountRow[],
  place: Place,
): { readonly open: readonly UnitRows[]; readonly locked: readonly UnitRows[] } {
  const units = [...Map.groupBy(rows, (r) => r.unit)].map(([unit, cells]): UnitRows => {
    const { subject } = localView(db, 'sheet', sheetId(aboutOf(place, unit)));
    return { unit, cells, sheet: subject?.kind === 'sheet' ? subject.state : undefined };
  });
  const isLocked = ({ sheet, cells }: UnitRows) =>
    !isOpen(sheet) && changedCells(sheet, cells.map(cellOf)).length > 0;
  return { open: units.filter((u) => !isLocked(u)), locked: units.filter(isLocked) };
}

function cellOf({ row: _, unit: __, ...cell }: CountRow): CountCell {
  return cell;
}

function skipped({ unit, cells }: UnitRows): RowProblem {
  return {
    row: cells[0]?.row ?? 0,
    column: 'unit_code',
    code: 'IMPORT_SHEET_LOCKED',
    details: { count: cells.length },
    weight: 'skip',
    found: unitByKey(unit)?.name ?? unit,
  };
}

/** The file that is being read on this machine, if any. */
const reading = new WeakMap<TaskCtx['desk'], AbortController>();

export function cancelImport({ desk }: TaskCtx): null {
  reading.get(desk)?.abort();
  return null;
}

async function readFile(
  ctx: TaskCtx,
  { asOf, form, bytes, mapping }: Input<'count.check-import'>,
): Promise<CountTable> {
  if (asOf > localTime(ctx.desk.clock.now()).date) fail('ASOF_IN_FUTURE');
  if (bytes.byteLength > MAX_IMPORT_BYTES) fail('FILE_TOO_LARGE', { max: MAX_IMPORT_BYTES / 1024 / 1024 });
  const { office } = requireIdentity(ctx.identity);
  const job = new AbortController();
  reading.get(ctx.desk)?.abort();
  reading.set(ctx.desk, job);
  const cells = await readTable(bytes);
  const said = mapping ?? columnsBefore(ctx.db, form, findHeader(cells, { form }).labels);
  return follow(ctx.desk, job.signal, {
    steps: readingCountTable(cells, { office, asOf, form, mapping: said }),
    all: cells.length,
  });
}

/** Reads on in pieces: in between the window hears how far it is, and its cancelling is heard. */
async function follow(
  desk: TaskCtx['desk'],
  signal: AbortSignal,
  { steps, all }: { readonly steps: Generator<number, CountTable>; readonly all: number },
): Promise<CountTable> {
  for (;;) {
    if (signal.aborted) fail('IMPORT_CANCELLED');
    const { done, value } = steps.next();
    if (done) return value;
    desk.announce('import-progress', { done: value, all });
    await setImmediate();
  }
}

function columnsOf({ header }: CountTable, { form }: Place): FileColumns {
  return { form: form ?? COUNTS_FORM, headings: header.labels, roles: header.roles };
}

function columnsBefore(db: ReadDb, form: string | null, headings: readonly string[]) {
  return rolesOf(db, { form: form ?? COUNTS_FORM, headings });
}

/** Sums of the rows beside the totals that the file prints. */
function sumsOf({ rows, totals }: CountTable, form: string | null): Output<'count.check-import'>['sums'] {
  const sums = new Map<string, number>();
  for (const { category, measure, value } of rows) {
    const key = cellKey(category, measure);
    sums.set(key, (sums.get(key) ?? 0) + (value ?? 0));
  }
  return formColumns(form).columns.flatMap(({ key, category, measure }) => {
    const sum = sums.get(key);
    return sum === undefined ? [] : [{ category, measure, sum, printed: totals[key] ?? null }];
  });
}

function compare(units: readonly UnitRows[]): { changes: number; overwrites: number } {
  let [changes, overwrites] = [0, 0];
  for (const { sheet, cells } of units) {
    const changed = changedCells(sheet, cells.map(cellOf));
    changes += changed.length;
    overwrites += changed.filter((c) => sheet?.notes[cellKey(c.category, c.measure)] !== undefined).length;
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
