/** Reads a table of targets (CSV or xlsx rows): one target a row. Reads only; `value` may not be blank. */
import { isKnownCode, unitOn, units } from '../catalogue/units.ts';
import { type LocalDate, readDate } from '../lib/local-date.ts';
import { cleanText, searchKey, withoutFormulaGuard } from '../lib/vietnamese-text.ts';
import { readCount } from '../lib/whole-number.ts';
import type { ProblemCode, ProblemDetails } from '../problem.ts';
import { MAX_ROWS, type RowProblem } from './count-table.ts';
import { figureNamed, plainHeading } from './figure-columns.ts';
import { type TargetBody, targetKey, targetProblem } from './target.ts';

/** The columns of the file in their order, and the headings by which they are known. */
const targetColumns = {
  unit: ['unit_code', 'mã đơn vị', 'đơn vị'],
  name: ['unit_name', 'tên đơn vị'],
  category: ['category_code', 'loại', 'loại số liệu'],
  measure: ['measure', 'số liệu'],
  value: ['target', 'value', 'chỉ tiêu'],
  from: ['from', 'từ ngày'],
  to: ['to', 'đến ngày'],
  source: ['source', 'văn bản giao', 'văn bản'],
} as const;
type Role = keyof typeof targetColumns;
const roles = Object.keys(targetColumns) as Role[];
const needed: readonly Role[] = ['unit', 'category', 'value', 'from', 'source'];

/** The same table going out: what `readTargetTable` reads back. */
export function targetTable(targets: readonly TargetBody[]): (string | number | null)[][] {
  const rows = targets.map(({ unit, category, measure, value, from, to, source }) => [
    ...[unit, unitOn(unit, from)?.name ?? '', category, measure],
    ...[value, from, to, source],
  ]);
  return [Object.values(targetColumns).map(([name]) => name), ...rows];
}

export interface TargetTable {
  readonly rows: readonly TargetBody[];
  readonly problems: readonly RowProblem[];
}

export function readTargetTable(cells: readonly (readonly string[])[], office: string): TargetTable {
  const header = (cells[0] ?? []).map(plainHeading);
  const columns = new Map(
    roles.map((role) => [
      role,
      header.findIndex((h) => targetColumns[role].some((w) => plainHeading(w) === h)),
    ]),
  );
  const missing = needed
    .filter((role) => (columns.get(role) ?? -1) < 0)
    .map((role) => targetColumns[role][0]);
  if (missing.length > 0) return stopped(1, 'FILE_HEADER', { missing: missing.join(', ') });
  if (cells.length > MAX_ROWS) return stopped(MAX_ROWS + 1, 'FILE_TOO_MANY_ROWS', { max: MAX_ROWS });
  const [rows, problems, seen] = [[] as TargetBody[], [] as RowProblem[], new Map<string, number>()];
  cells.slice(1).forEach((line, i) => {
    if (line.every((text) => text.trim() === '')) return;
    const row = i + 2;
    const cell = (role: Role) => cleanText(line[columns.get(role) ?? -1] ?? '');
    const read = readRow(cell, office);
    const earlier = read.target && seen.get(`${read.target.unit}/${targetKey(read.target)}`);
    if (!read.target) problems.push(problemAt(row, read, cell(read.role)));
    else if (earlier !== undefined)
      problems.push(
        problemAt(row, { role: 'unit', code: 'ROW_DUPLICATE', details: { row: earlier } }, cell('unit')),
      );
    else {
      seen.set(`${read.target.unit}/${targetKey(read.target)}`, row);
      rows.push(read.target);
    }
  });
  if (rows.length === 0 && problems.length === 0) return stopped(2, 'FILE_EMPTY', {});
  return { rows, problems };
}

interface Wrong {
  readonly target?: undefined;
  readonly role: Role;
  readonly code: ProblemCode;
  readonly details?: ProblemDetails;
}

function readRow(cell: (role: Role) => string, office: string): { readonly target: TargetBody } | Wrong {
  const key = figureNamed(null, cell('category'), cell('measure'));
  if (!key) return { role: 'category', code: 'CATEGORY_UNKNOWN', details: { code: cell('category') } };
  if (cell('value') === '') return { role: 'value', code: 'COUNT_BLANK' };
  const value = readCount(cell('value'));
  if (!value.ok) return { role: 'value', code: value.code };
  const [from, to] = [dateOf(cell('from')), cell('to') === '' ? null : dateOf(cell('to'))];
  if (!from.ok) return { role: 'from', code: from.code };
  if (to && !to.ok) return { role: 'to', code: to.code };
  const [category = '', measure = ''] = key.split('/');
  const target = {
    ...{ unit: unitCode(cell('unit'), from.value), category, measure, value: value.value },
    ...{ from: from.value, to: to?.value ?? null, source: withoutFormulaGuard(cell('source')).slice(0, 300) },
  };
  const wrong = targetProblem(target, office);
  return wrong ? { role: roleOf(wrong.code), ...wrong } : { target };
}

/** Days as typed here, or as other programs write them (2026-01-31). */
function dateOf(text: string) {
  return readDate(text.replace(/^(\d{4})-(\d\d)-(\d\d)$/, '$3/$2/$1'), false);
}

/** A code, or the name of exactly one unit of that day. */
function unitCode(text: string, on: LocalDate): string {
  if (isKnownCode(text)) return text;
  const named = units.filter(
    (u) =>
      searchKey(u.name) === searchKey(text) && u.validFrom <= on && (u.validTo === null || on <= u.validTo),
  );
  return (named.length === 1 && named[0]?.code) || text;
}

function roleOf(code: ProblemCode): Role {
  if (code === 'WINDOW_REVERSED') return 'to';
  if (code === 'FACT_SOURCE') return 'source';
  return code === 'TARGET_ZERO' ? 'value' : 'unit';
}

function problemAt(row: number, { role, code, details = {} }: Wrong, found: string): RowProblem {
  return { row, column: targetColumns[role][0], code, details, weight: 'stop', found: found.slice(0, 60) };
}

function stopped(row: number, code: ProblemCode, details: ProblemDetails): TargetTable {
  return { rows: [], problems: [{ row, column: '', code, details, weight: 'stop', found: '' }] };
}
