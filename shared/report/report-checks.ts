/** Whether a report's figures come out: parts against totals, rates above 100 %, printed figures against recomputed ones. */
import { showCount } from '../lib/whole-number.ts';
import { above100, checkRate, checkSum, checkTotal, decimal, readAmount } from './claims.ts';
import type { CheckDef, ReportDef } from './definition.ts';
import type { FigureTable } from './figure-table.ts';
import type { PrintedFigure } from './figures.ts';
import type { Cell, Finding } from './model.ts';
import { percentText } from './percent.ts';
import { type PlannedRow, TOTAL_ROW } from './plan-rows.ts';

type CellOf = (row: PlannedRow, column: string) => Cell;
export interface Checked {
  readonly def: ReportDef;
  readonly table: FigureTable;
  readonly cellOf: CellOf;
}

export function reportFindings(checked: Checked, printed: readonly PrintedFigure[]): readonly Finding[] {
  const { def, table } = checked;
  return [
    ...table.findings(),
    ...def.checks.flatMap((check) => checkDef(check, checked)),
    ...def.columns.flatMap((c) => (c.value.from === 'rate' ? ratesAbove(c.key, c.value.above, checked) : [])),
    ...printedFindings(checked, printed),
  ];
}

export function printedFindings(checked: Checked, printed: readonly PrintedFigure[]): readonly Finding[] {
  return printed.flatMap((figure) => printedFinding(figure, checked));
}

function checkDef(check: CheckDef, checked: Checked): readonly Finding[] {
  const { table } = checked;
  if (check.kind === 'rows') {
    const parts = check.parts.map((key) => table.row(key));
    const total = table.row(check.total);
    return check.columns.flatMap((column) =>
      compare(
        parts.map((p) => table.amount(p, column)),
        table.amount(total, column),
        { row: total, column, name: table.column(column).title },
      ),
    );
  }
  const columns = columnsOf(check);
  return table.rows
    .filter((row) => isComparable(row, columns, table))
    .flatMap((row) => checkRow(check, row, table));
}

type RowCheck = Exclude<CheckDef, { kind: 'rows' }>;

function columnsOf(check: RowCheck): readonly string[] {
  if (check.kind === 'columns') return [check.total, ...check.parts];
  return check.kind === 'at_most' ? [check.column, check.limit] : [check.now, check.before];
}

function checkRow(check: RowCheck, row: PlannedRow, table: FigureTable): readonly Finding[] {
  if (check.kind === 'at_most') return exceeds(check, row, table);
  if (check.kind === 'not_falling') return falls(check, row, table);
  const parts = check.parts.map((key) => table.amount(row, key));
  const name = table.column(check.total).title;
  return compare(parts, table.amount(row, check.total), { row, column: check.total, name });
}

/** Columns of a total are summed from the same rows only where each row has all of them, or none. */
function isComparable(row: PlannedRow, columns: readonly string[], table: FigureTable): boolean {
  const sums = new Set(row.sums);
  const parts = table.rows.filter((r) => (row.key === TOTAL_ROW ? r.counted : sums.has(r.key)));
  return parts.every((part) => {
    const known = columns.filter((c) => typeof table.amount(part, c) === 'number').length;
    return known === 0 || known === columns.length;
  });
}

interface Place {
  readonly row: PlannedRow;
  readonly column: string;
  readonly name: string;
}

/** Nothing is said about what was not reported in full. */
function compare(
  parts: readonly unknown[],
  total: unknown,
  { row, column, name }: Place,
): readonly Finding[] {
  const known = parts.filter((p) => typeof p === 'number');
  if (typeof total !== 'number' || known.length < parts.length) return [];
  return checkSum(known.map(decimal), decimal(total)).map((f) => ({
    code: 'PARTS_DIFFER',
    sentence: `${row.label}, ${name}: ${f.sentence}`,
    row: row.key,
    column,
  }));
}

function exceeds(
  { column, limit }: Extract<CheckDef, { kind: 'at_most' }>,
  row: PlannedRow,
  table: FigureTable,
): readonly Finding[] {
  const [value, most] = [table.amount(row, column), table.amount(row, limit)];
  if (typeof value !== 'number' || typeof most !== 'number' || value <= most) return [];
  const [a, b] = [table.column(column).title, table.column(limit).title];
  const sentence = `${row.label}: ${a} ${showCount(value)} lớn hơn ${b} ${showCount(most)}, lệch ${showCount(value - most)}`;
  return [{ code: 'EXCEEDS', sentence, row: row.key, column }];
}

function falls(
  { now, before }: Extract<CheckDef, { kind: 'not_falling' }>,
  row: PlannedRow,
  table: FigureTable,
): readonly Finding[] {
  const [after, earlier] = [table.amount(row, now), table.amount(row, before)];
  if (typeof after !== 'number' || typeof earlier !== 'number' || after >= earlier) return [];
  const sentence = `${row.label}: ${showCount(earlier)} rồi ${showCount(after)}, số luỹ kế giảm ${showCount(earlier - after)}. Hãy ghi lý do.`;
  return [{ code: 'FALLS', sentence, row: row.key, column: now }];
}

function ratesAbove(column: string, why: string | undefined, { table, cellOf }: Checked): readonly Finding[] {
  return table.rows.flatMap((row) => {
    const cell = cellOf(row, column);
    if (cell.kind !== 'percent' || cell.part === null || !cell.of || cell.part <= cell.of) return [];
    const said = `${row.label}: ${showCount(cell.part)}/${showCount(cell.of)} = ${percentText(cell.part, cell.of)}`;
    return [{ ...above100(said, why), row: row.key, column }];
  });
}

function printedFinding({ row: rowKey, column, text }: PrintedFigure, checked: Checked): readonly Finding[] {
  const { table, cellOf } = checked;
  const row = table.rows.find((r) => r.key === rowKey);
  const place = { row: rowKey, column };
  if (!row || !checked.def.columns.some((c) => c.key === column))
    return [
      { code: 'PRINTED_NOWHERE', sentence: `Báo cáo ghi ${text} ở một ô mà biểu này không có`, ...place },
    ];
  const cell = cellOf(row, column);
  const name = `${row.label}, ${table.column(column).title}`;
  if (cell.kind === 'percent') {
    if (cell.part === null || cell.of === null) return [notKnown(name, text, place)];
    return checkRate(decimal(cell.part), decimal(cell.of), text)
      .filter((f) => f.code !== 'RATE_ABOVE_100')
      .map((f) => ({ ...f, ...place, sentence: `${name}: ${f.sentence}` }));
  }
  const read = readAmount(text);
  if (!read)
    return [{ code: 'PRINTED_UNREADABLE', sentence: `${name}: không đọc được số "${text}"`, ...place }];
  if (cell.kind !== 'count' || cell.value === null) return [notKnown(name, text, place)];
  const found = termsOf(row, column, table);
  const parts = found ?? [{ name: row.label, value: cell.value }];
  const findings =
    row.key === TOTAL_ROW && found
      ? checkTotal(parts, read)
      : checkSum(
          parts.map((p) => decimal(p.value)),
          read,
        );
  return findings.map((f) => ({ ...f, ...place, sentence: `${name}: ${f.sentence}` }));
}

function notKnown(name: string, text: string, place: Pick<Finding, 'row' | 'column'>): Finding {
  return {
    code: 'PRINTED_NOT_KNOWN',
    sentence: `${name}: báo cáo ghi ${text}, ở đây chưa có số liệu`,
    ...place,
  };
}

/** What a figure was summed from, to say the sum in full; null = it is no sum. */
function termsOf(
  row: PlannedRow,
  column: string,
  table: FigureTable,
): readonly { readonly name: string; readonly value: number }[] | null {
  const { value } = table.column(column);
  const terms =
    value.from === 'sum'
      ? value.of.map((key) => ({ name: table.column(key).title, value: table.amount(row, key) }))
      : row.key === TOTAL_ROW
        ? table.rows.filter((r) => r.counted).map((r) => ({ name: r.label, value: table.amount(r, column) }))
        : row.sums
          ? row.sums.map((key) => ({
              name: table.row(key).label,
              value: table.amount(table.row(key), column),
            }))
          : [];
  const known = terms.flatMap((t) => (typeof t.value === 'number' ? [{ name: t.name, value: t.value }] : []));
  const sum = known.reduce((n, t) => n + t.value, 0);
  return known.length > 0 && sum === table.amount(row, column) ? known : null;
}
