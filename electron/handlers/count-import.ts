/** Import of a count table: a dry run that lists every problem by row, then all sheets in one transaction. */

import type { ReadDb } from '../../db/handle.ts';
import { localView, standingEvents } from '../../db/local-view.ts';
import { eventsOfSubject } from '../../db/queries/event.ts';
import { eventsOfGroup, importGroups } from '../../db/queries/import-group.ts';
import { countColumns } from '../../shared/catalogue/categories.ts';
import { MAX_IMPORT_BYTES } from '../../shared/contract/ipc/count.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import {
  type CountRow,
  type CountTable,
  type RowProblem,
  readCountTable,
} from '../../shared/domain/count-table.ts';
import type { Event } from '../../shared/domain/event.ts';
import { fold, type Subject } from '../../shared/domain/project.ts';
import { type CountCell, cellKey, changedCells, countBody, sheetId } from '../../shared/domain/sheet.ts';
import { localTime } from '../../shared/lib/local-date.ts';
import { fail, problemSentence } from '../../shared/problem.ts';
import { type ReadCtx, requireIdentity, requireMay, type TaskCtx } from '../context.ts';
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
    sums: sumsOf(table),
    columns: table.header.labels.map((label, c) => ({
      label: label.slice(0, 120),
      role: table.header.roles[c] ?? '',
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
  const group = ctx.desk.ids.uuid();
  const units = Map.groupBy(table.rows, (r) => r.unit);
  ctx.write((writer) => {
    for (const [unit, rows] of units) {
      const cells = rows.map(({ row: _, unit: __, ...cell }): CountCell => cell);
      changed += recordSheet(
        { ...writer, desk: ctx.desk, identity },
        { unit, asOf: input.asOf, cells, source: 'import', group },
      );
    }
  });
  return { changed, units: units.size, group };
}

async function readFile(
  ctx: TaskCtx,
  { asOf, bytes, mapping }: Input<'count.check-import'>,
): Promise<CountTable> {
  if (asOf > localTime(ctx.desk.clock.now()).date) fail('ASOF_IN_FUTURE');
  if (bytes.byteLength > MAX_IMPORT_BYTES) fail('FILE_TOO_LARGE', { max: MAX_IMPORT_BYTES / 1024 / 1024 });
  const { office } = requireIdentity(ctx.identity);
  return readCountTable(await readTable(bytes), { office, asOf, ...(mapping && { mapping }) });
}

/** Sums of the rows beside the totals that the file prints. */
function sumsOf({ rows, totals }: CountTable): Output<'count.check-import'>['sums'] {
  const sums = new Map<string, number>();
  for (const { category, measure, value } of rows) {
    const key = cellKey(category, measure);
    sums.set(key, (sums.get(key) ?? 0) + (value ?? 0));
  }
  return countColumns.flatMap(({ category, measure }) => {
    const key = cellKey(category.code, measure.code);
    const sum = sums.get(key);
    if (sum === undefined) return [];
    return [{ category: category.code, measure: measure.code, sum, printed: totals[key] ?? null }];
  });
}

function compare(
  db: ReadDb,
  rows: readonly CountRow[],
  asOf: string,
): { changes: number; overwrites: number } {
  let [changes, overwrites] = [0, 0];
  for (const [unit, cells] of Map.groupBy(rows, (r) => r.unit)) {
    const { subject } = localView(db, 'sheet', sheetId({ unit, asOf }));
    const sheet = subject?.kind === 'sheet' ? subject.state : undefined;
    const changed = changedCells(
      sheet,
      cells.map(({ row: _, unit: __, ...cell }) => cell),
    );
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

export function listImports({ db, identity }: ReadCtx): Output<'count.imports'> {
  requireIdentity(identity);
  return importGroups(db);
}

/** Takes one import back: a cell that still holds what the import wrote gets its former figure; one that was changed since stays. */
export function undoImport(ctx: TaskCtx, { group }: Input<'count.undo-import'>): Output<'count.undo-import'> {
  const identity = requireIdentity(ctx.identity);
  requireMay(identity, 'count.record');
  const events = eventsOfGroup(ctx.db, group);
  if (events.length === 0) fail('IMPORT_UNKNOWN');
  let [changed, kept] = [0, 0];
  ctx.write((writer) => {
    for (const event of events) {
      const { unit, asOf, cells } = countBody.parse(event.body);
      const back = formerFigures(writer.tx, event, cells);
      kept += cells.length - back.length;
      changed += recordSheet(
        { ...writer, desk: ctx.desk, identity },
        { unit, asOf, cells: back, source: 'undo', group },
      );
    }
  });
  return { changed, kept };
}

/** What the cells of one event held before it, for those that nobody has changed since. */
function formerFigures(db: ReadDb, event: Event, cells: readonly CountCell[]): CountCell[] {
  // In the order in which they count here, without those that the city gave back.
  const events = standingEvents(eventsOfSubject(db, 'sheet', event.subject.id));
  const at = events.findIndex((e) => e.id === event.id);
  const [before, now] = [fold(events.slice(0, at)), fold(events)];
  const figure = (subject: Subject | undefined, key: string) => {
    if (subject?.kind !== 'sheet') return { value: null };
    const { outside, reason, evidence } = subject.state.notes[key] ?? {};
    return {
      value: subject.state.cells[key] ?? null,
      ...(outside && { outside }),
      ...(reason && { reason }),
      ...(evidence && { evidence }),
    };
  };
  return cells.flatMap(({ category, measure, value, outside = false }) => {
    const key = cellKey(category, measure);
    const held = figure(now, key);
    if (held.value !== value || (held.outside ?? false) !== outside) return [];
    return [{ category, measure, ...figure(before, key) }];
  });
}
