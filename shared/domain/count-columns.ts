/** What the columns of a count file mean: by the names of their headings, of one row or of two with merged cells, or as the clerk said. */
import { readCount } from '../lib/whole-number.ts';
import { formColumns, plainHeading } from './figure-columns.ts';

/** `category/measure` for a column of figures in a wide table; '' = passed over. */
export type ColumnRole = string;
/** The other roles: of a long table, and of the columns that name a row. */
export const namingRoles = ['unit', 'name', 'category', 'measure', 'count', 'as_of'] as const;

export interface TableHeader {
  /** Index of the last row of the header. */
  readonly row: number;
  readonly labels: readonly string[];
  readonly roles: readonly ColumnRole[];
  /** Two rows with merged cells. */
  readonly merged: boolean;
  /** What a count table needs and this one lacks. */
  readonly missing: readonly string[];
  /** Labels that came twice; only the first column counts. */
  readonly twice: readonly string[];
}
export interface HeaderContext {
  /** What each column means, as somebody said; absent = by the headings. */
  readonly mapping?: readonly ColumnRole[] | null;
  /** The annex whose figures are read; absent = the ngoại ngành counts. */
  readonly form?: string | null;
}
type Cells = readonly (readonly string[])[];

const words: Readonly<Record<(typeof namingRoles)[number], readonly string[]>> = {
  unit: ['unit code', 'ma don vi', 'ma dvhc', 'ma'],
  name: ['unit name', 'don vi', 'ten don vi', 'quan huyen', 'phuong xa', 'phuong xa dac khu', 'dia phuong'],
  category: ['category code', 'category', 'loai', 'loai so lieu', 'nhom', 'ma loai'],
  measure: ['measure', 'measure code', 'chi tieu'],
  count: ['count', 'value', 'so', 'so luong', 'so lieu', 'gia tri'],
  as_of: ['as of', 'ngay', 'tinh den', 'tinh den ngay'],
};

const naming = new Map<string, ColumnRole>(
  namingRoles.flatMap((role) => words[role].map((word) => [word, role] as const)),
);

function roleOf(label: string, form: string | null): ColumnRole {
  const name = plainHeading(label);
  return naming.get(name) ?? formColumns(form).byName.get(name) ?? '';
}

const SEARCHED_ROWS = 12;

/** The first complete header among the first rows; else the row that has most of one, with what it lacks. */
export function findHeader(cells: Cells, { mapping = null, form = null }: HeaderContext = {}): TableHeader {
  const rows = Array.from({ length: Math.min(cells.length, SEARCHED_ROWS) }, (_, row) => row);
  const headers = rows.map((row) => headerAt(cells, row, form));
  const best = headers.find((h) => h.missing.length === 0) ?? fullest(headers) ?? headerAt(cells, 0, form);
  return mapping ? mapped(best, mapping) : best;
}

function fullest(headers: readonly TableHeader[]): TableHeader | undefined {
  const known = (header: TableHeader) => header.roles.filter((role) => role !== '').length;
  return headers.filter((h) => known(h) > 1).toSorted((a, b) => known(b) - known(a))[0];
}

function mapped(header: TableHeader, mapping: readonly ColumnRole[]): TableHeader {
  const roles = header.labels.map((_, c) => mapping[c] ?? '');
  return { ...header, ...settled(header.labels, roles) };
}

function headerAt(cells: Cells, row: number, form: string | null): TableHeader {
  const top = labelsOf(cells[row]);
  const below = labelsOf(cells[row + 1]);
  const merged = isSubHeading(top, below);
  const labels = merged ? joined(top, below) : top;
  const roles = labels.map((label) => roleOf(label, form));
  // A table that has names only is read by its names.
  const byName = roles.includes('unit') ? roles : roles.map((role) => (role === 'name' ? 'unit' : role));
  return { row: merged ? row + 1 : row, labels, merged, ...settled(labels, byName) };
}

const labelsOf = (line: readonly string[] = []) =>
  Array.from(line, (text) => text.replace(/\s+/g, ' ').trim());

/** Words below words without a figure, under cells that span several columns. */
function isSubHeading(top: readonly string[], below: readonly string[]): boolean {
  const wordsBelow = below.filter((text, c) => text !== '' && text !== top[c]);
  if (wordsBelow.length === 0 || wordsBelow.some((text) => readCount(text).ok)) return false;
  const filled = spread(top, below);
  const isSub = (c: number) => (below[c] ?? '') !== '' && below[c] !== top[c];
  return filled.some((text, c) => c > 0 && text !== '' && text === filled[c - 1] && isSub(c) && isSub(c - 1));
}

/** The rest of a merged cell is blank, or repeats it. */
function spread(top: readonly string[], below: readonly string[]): string[] {
  const filled: string[] = [];
  for (let c = 0; c < Math.max(top.length, below.length); c++)
    filled.push(top[c] || (below[c] ? (filled[c - 1] ?? '') : ''));
  return filled;
}

function joined(top: readonly string[], below: readonly string[]): string[] {
  return spread(top, below).map((text, c) => {
    const sub = below[c] ?? '';
    return sub === '' || sub === text ? text : `${text} ${sub}`.trim();
  });
}

function settled(
  labels: readonly string[],
  wanted: readonly ColumnRole[],
): Pick<TableHeader, 'roles' | 'missing' | 'twice'> {
  const twice: string[] = [];
  const roles = wanted.map((role, c) => {
    if (role === '' || wanted.indexOf(role) === c) return role;
    twice.push(labels[c] ?? '');
    return '';
  });
  return { roles, missing: lacking(roles), twice };
}

function lacking(roles: readonly ColumnRole[]): string[] {
  const unit = roles.includes('unit') ? [] : ['unit_code'];
  if (roles.some((role) => role.includes('/'))) return unit;
  const has = (role: string, name: string) => (roles.includes(role) ? [] : [name]);
  return [...unit, ...has('category', 'category_code'), ...has('count', 'count')];
}
