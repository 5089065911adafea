/** Makes a report from its definition and plain rows. Pure: the same input gives the same report. */
import { peoplesCommittee, unitOn } from '../catalogue/units.ts';
import { fail } from '../problem.ts';
import { countCell, figureOf } from './amount.ts';
import type { ColumnDef, RegisterField, ReportDef, SheetField, Value } from './definition.ts';
import { openWords } from './dossier-values.ts';
import { dueDay, type SheetStanding } from './due-days.ts';
import { type FigureTable, figureTable, standingOf } from './figure-table.ts';
import type { ReportInput } from './figures.ts';
import type { Cell, Chart, Column, Report, Row } from './model.ts';
import { filled, paragraphsOf } from './paragraphs.ts';
import { type PlannedRow, type RowContext, UNALLOCATED_ROW } from './plan-rows.ts';
import { reportFindings } from './report-checks.ts';
import { unitTree } from './unit-tree.ts';
import { dateInText, windowInText } from './words.ts';

/** UNIT_CLOSED where the office does not exist in the tree of that day. */
export function makeReport(def: ReportDef, input: ReportInput): Report {
  const office =
    unitOn(input.office, input.treeOn) ?? fail('UNIT_CLOSED', { code: input.office, date: input.treeOn });
  const context: RowContext = { input, office, tree: unitTree(input.treeOn) };
  const table = figureTable(def, context);
  const numbered = table.rows.filter((r) => r.kind === 'data' && r.counted && r.key !== UNALLOCATED_ROW);
  const numbers = new Map(numbered.map((r, i) => [r.key, i + 1]));
  const cellOf = (row: PlannedRow, column: string) =>
    cell({ def, context, table, no: numbers.get(row.key) ?? null }, row, table.column(column));
  const cells = new Map(
    table.rows.map((row) => [row.key, new Map(def.columns.map((c) => [c.key, cellOf(row, c.key)]))]),
  );
  const cellAt = (row: string, column: string) => cells.get(row)?.get(column) ?? null;
  const rows = table.rows.map(
    ({ key, kind }): Row => ({ key, kind, cells: [...(cells.get(key)?.values() ?? [])] }),
  );
  return {
    id: def.id,
    title: filled(def.title, context, () => null) ?? def.title,
    subtitle: windowInText(input.window),
    form: def.form,
    office: peoplesCommittee(office),
    place: office.name,
    columns: def.columns.map(columnOf),
    rows,
    paragraphs: paragraphsOf(def, context, cellAt),
    findings: reportFindings({ def, table, cellOf }, input.printed ?? []),
    charts: def.charts.map((chart) => chartOf(chart, table)),
    notes: [...def.notes, ...ownNotes(input), ...unfinishedNotes(input), ...blankNotes(def, rows)],
    landscape: def.landscape,
    made: {
      from: input.window.from,
      to: input.window.to,
      treeOn: input.treeOn,
      catalogueVersion: input.catalogueVersion,
      at: input.at,
    },
  };
}

interface CellContext {
  readonly def: ReportDef;
  readonly context: RowContext;
  readonly table: FigureTable;
  /** Ordinal of the row; null = it has none. */
  readonly no: number | null;
}

function cell({ def, context, table, no }: CellContext, row: PlannedRow, { key, value }: ColumnDef): Cell {
  const figure = (column: string) => figureOf(table.amount(row, column));
  switch (value.from) {
    case 'no':
      return text(no === null ? '' : String(no));
    case 'label':
      return text(row.label);
    case 'rate':
      return { kind: 'percent', part: figure(value.part), of: figure(value.of) };
    case 'change': {
      const [now, before] = [figure(value.now), figure(value.before)];
      return { kind: 'percent', part: now === null || before === null ? null : now - before, of: before };
    }
    case 'part':
      return partCell(row, value.field) ?? countCell(table.amount(row, key));
    case 'sheet':
      return sheetCell({ def, context }, row, value.field) ?? countCell(table.amount(row, key));
    case 'register':
      return registerCell(row, value.field) ?? countCell(table.amount(row, key));
    default:
      return countCell(table.amount(row, key));
  }
}

const text = (words: string): Cell => ({ kind: 'text', text: words });

function partCell(row: PlannedRow, field: Extract<Value, { from: 'part' }>['field']): Cell | null {
  const { component } = row;
  switch (field) {
    case 'code':
      return text(component?.code ?? '');
    case 'component':
      return text(row.label);
    case 'agency':
      return text(component?.agency ?? '');
    case 'state':
      return text(component ? openWords[component.state] : '');
    case 'receivedOn':
      return { kind: 'date', date: component?.receivedOn ?? null };
    case 'due':
      return { kind: 'date', date: component?.due ?? null };
    default:
      return null;
  }
}

/** A line of the book; its last column but one is signed by hand. */
function registerCell({ register }: PlannedRow, field: RegisterField): Cell | null {
  if (!register) return field === 'sets' ? null : text('');
  switch (field) {
    case 'sets':
      return null;
    case 'code':
      return text(register.code.official || register.code.temporary);
    case 'address':
      return text([register.address, register.phone].filter(Boolean).join(', '));
    case 'receivedAt':
    case 'dueAt':
    case 'resultAt':
      return { kind: 'date', date: register[field].slice(0, 'YYYY-MM-DD'.length) || null };
    case 'signed':
      return text('');
    default:
      return text(register[field]);
  }
}

const STANDING_WORDS: Readonly<Record<SheetStanding, string>> = {
  on_time: 'Đúng hạn',
  late: 'Trễ hạn',
  missing: 'Chưa báo cáo',
  not_due: 'Chưa đến hạn',
};

function sheetCell(
  { def, context }: Pick<CellContext, 'def' | 'context'>,
  row: PlannedRow,
  field: SheetField,
): Cell | null {
  if (field === 'sentOn') return { kind: 'date', date: row.sheet?.sentOn ?? null };
  if (field === 'due')
    return { kind: 'date', date: row.isUnitRow ? dueDay(def.due ?? [], context.input.window.to) : null };
  if (field !== 'status') return null;
  return text(row.isUnitRow ? STANDING_WORDS[standingOf(def, context, row)] : '');
}

function columnOf({ key, title, short, group, no, value }: ColumnDef): Column {
  return {
    key,
    title,
    short: short ?? title,
    ...(group !== undefined && { group }),
    ...(no !== undefined && { no }),
    kind: kindOf(value),
  };
}

function kindOf(value: Value): Column['kind'] {
  switch (value.from) {
    case 'no':
    case 'label':
      return 'text';
    case 'rate':
    case 'change':
      return 'percent';
    case 'part':
      if (value.field === 'receivedOn' || value.field === 'due') return 'date';
      return value.field === 'daysOpen' || value.field === 'daysLate' ? 'count' : 'text';
    case 'register':
      if (value.field === 'sets') return 'count';
      return /At$/.test(value.field) ? 'date' : 'text';
    case 'sheet':
      if (value.field === 'sentOn' || value.field === 'due') return 'date';
      return value.field === 'status' ? 'text' : 'count';
    default:
      return 'count';
  }
}

function chartOf({ kind, title, columns, of }: ReportDef['charts'][number], table: FigureTable): Chart {
  const rows = table.rows.filter((r) => r.kind === 'data');
  const values = (column: string) => rows.map((row) => figureOf(table.amount(row, column)));
  return {
    kind,
    title,
    labels: rows.map((r) => r.label),
    series: columns.map((key) => {
      const { short, title: name } = table.column(key);
      return { name: short ?? name, values: values(key) };
    }),
    ...(of !== undefined && { of: values(of) }),
  };
}

/** A window that is not over must not be read as a whole one. */
function unfinishedNotes({ window, today }: ReportInput): readonly string[] {
  if (window.to <= today) return [];
  return [`Kỳ chưa kết thúc: số liệu mới có đến ngày ${dateInText(today)}.`];
}

/** An office above the communes must not pass off the dossiers that it happens to have, or none, as all those of its communes. */
function ownNotes({ ownDossiersOnly = false }: ReportInput): readonly string[] {
  return ownDossiersOnly
    ? ['Chỉ gồm hồ sơ có trên máy này, có thể thiếu hồ sơ của các phường, xã, đặc khu trực thuộc.']
    : [];
}

/** What a blank and a cell outside mean, where the table has any. A formula over blanks is nobody's missing figure. */
function blankNotes({ columns }: ReportDef, rows: readonly Row[]): readonly string[] {
  const isOwn = columns.map(({ value }) => value.from !== 'sum' && value.from !== 'minus');
  const cells = rows.filter((r) => r.kind === 'data').flatMap((r) => r.cells.filter((_, i) => isOwn[i]));
  const blank = cells.filter((c) => c.kind === 'count' && c.value === null).length;
  const outside = cells.filter((c) => c.kind === 'outside').length;
  return [
    ...(blank > 0 ? [`Dấu "–" là chưa có số liệu (${blank} ô), khác với 0 là đã rà soát mà không có.`] : []),
    ...(outside > 0 ? [`Không thuộc địa bàn (trên màn hình là dấu ×): ${outside} ô, khác với 0.`] : []),
  ];
}
