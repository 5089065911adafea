/** Reads a count table (CSV, xlsx or clipboard rows) row by row: what can be imported and what is wrong, where. Imports nothing. */
import { findCategory, TOTAL } from '../catalogue/categories.ts';
import { countUnitsOn, isKnownCode, isWithin, unitOn } from '../catalogue/units.ts';
import { type LocalDate, showDate } from '../lib/local-date.ts';
import { cleanText, searchKey } from '../lib/vietnamese-text.ts';
import { readCount } from '../lib/whole-number.ts';
import type { ProblemCode, ProblemDetails } from '../problem.ts';

export interface CountRow {
  /** Row of the file, the header being row 1. */
  readonly row: number;
  readonly unit: string;
  readonly category: string;
  readonly measure: string;
  readonly value: number;
}
export interface RowProblem {
  readonly row: number;
  readonly column: string;
  readonly code: ProblemCode;
  readonly details: ProblemDetails;
  /** `warn`: the row is imported all the same. */
  readonly weight: 'stop' | 'warn';
  /** What stands in the cell, cut to 60 characters. */
  readonly found: string;
}
export interface CountTable {
  readonly rows: readonly CountRow[];
  readonly problems: readonly RowProblem[];
  /** Rows that only repeat totals of the table (unit is the office itself, above its children). */
  readonly totals: Readonly<Record<string, number>>;
}

export const MAX_ROWS = 20_000;
const REQUIRED = ['unit_code', 'category_code', 'count'] as const;

export interface CountTableContext {
  readonly office: string;
  readonly asOf: LocalDate;
}

/** `cells` is the whole table, header first. A wrong header gives one problem and no rows. */
export function readCountTable(
  cells: readonly (readonly string[])[],
  { office, asOf }: CountTableContext,
): CountTable {
  const header = (cells[0] ?? []).map((h) => cleanText(h).toLowerCase());
  const at = new Map(header.map((name, column) => [name, column]));
  const problem = (
    row: number,
    column: string,
    code: ProblemCode,
    details: ProblemDetails = {},
    found = '',
  ): RowProblem => ({ row, column, code, details, weight: 'stop', found: found.slice(0, 60) });
  const missing = REQUIRED.filter((name) => !at.has(name));
  if (missing.length > 0)
    return {
      rows: [],
      totals: {},
      problems: [problem(1, missing.join(', '), 'FILE_HEADER', { missing: missing.join(', ') })],
    };
  if (cells.length - 1 > MAX_ROWS)
    return {
      rows: [],
      totals: {},
      problems: [problem(MAX_ROWS + 2, '', 'FILE_TOO_MANY_ROWS', { max: MAX_ROWS })],
    };

  const units = new Set(countUnitsOn(office, asOf).map((u) => u.code));
  const ownRow = units.has(office);
  const tableRows = new Set([...units, office]);
  const rows: CountRow[] = [];
  const problems: RowProblem[] = [];
  const totals: Record<string, number> = {};
  const seen = new Map<string, number>();

  for (let i = 1; i < cells.length; i++) {
    const line = cells[i] ?? [];
    if (line.every((c) => c.trim() === '')) continue;
    const row = i + 1;
    const cell = (name: string) => cleanText(line[at.get(name) ?? -1] ?? '');
    const [code, categoryCode, raw] = [cell('unit_code'), cell('category_code'), cell('count')];
    const category = findCategory(categoryCode);
    const value = raw === '' ? ({ ok: false, code: 'COUNT_BLANK' } as const) : readCount(raw);
    const found = unitProblem(code, { office, asOf }, tableRows);
    const bad = [
      found && problem(row, 'unit_code', found, { code, date: showDate(asOf) }, code),
      !category && problem(row, 'category_code', 'CATEGORY_UNKNOWN', { code: categoryCode }, categoryCode),
      !value.ok && problem(row, 'count', value.code, {}, raw),
    ].filter((p) => p !== null && p !== false);
    problems.push(...bad);
    const unit = unitOn(code, asOf);
    if (bad.length > 0 || !category || !value.ok || !unit) continue;

    const key = `${unit.key}/${category.code}`;
    const earlier = seen.get(key);
    if (earlier !== undefined) {
      problems.push(problem(row, 'unit_code', 'ROW_DUPLICATE', { row: earlier }, code));
      continue;
    }
    seen.set(key, row);
    const name = cell('unit_name');
    if (isTotalRow(code, office, name)) {
      totals[category.code] = value.value;
      continue;
    }
    if (code === office && !ownRow) {
      problems.push(problem(row, 'unit_code', 'UNIT_NO_ROW', { code }, code));
      continue;
    }
    if (name !== '' && searchKey(name) !== searchKey(unit.name))
      problems.push({ ...problem(row, 'unit_name', 'ROW_UNIT_NAME', { name }, name), weight: 'warn' });
    rows.push({ row, unit: unit.key, category: category.code, measure: TOTAL.code, value: value.value });
  }
  if (rows.length === 0 && problems.length === 0) problems.push(problem(2, '', 'FILE_EMPTY'));
  return { rows, problems, totals };
}

/** The table's printed total: the office's own row called "Tổng"/"Cộng"; compared with the column sums, never stored as a count. */
function isTotalRow(code: string, office: string, name: string): boolean {
  return code === office && /^(tong|cong)\b/.test(searchKey(name));
}

/** `rows`: the codes of the table's rows and of the office, whose row may carry the printed total. */
function unitProblem(
  code: string,
  { office, asOf }: CountTableContext,
  rows: ReadonlySet<string>,
): ProblemCode | null {
  if (!isKnownCode(code)) return 'UNIT_UNKNOWN';
  if (!unitOn(code, asOf)) return 'UNIT_CLOSED';
  if (!isWithin(code, office, asOf)) return 'UNIT_OUT_OF_SCOPE';
  return rows.has(code) ? null : 'UNIT_NO_ROW';
}

/** Rows and columns of a block copied from Excel or Word (tabs and line ends). */
export function clipboardBlock(text: string): string[][] {
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n');
  return lines.map((line) => line.split('\t').map((cell) => cell.replace(/^"([\s\S]*)"$/, '$1').trim()));
}
