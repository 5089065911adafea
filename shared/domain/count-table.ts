/**
 * Reads a count table (CSV or xlsx rows) row by row: what can be imported and what is wrong, where. Imports nothing. A long
 * table has one figure a row, a wide one a column for each figure; unit and category may stand as code or as name.
 */
import { formUnitsOn } from '../catalogue/sheet-forms.ts';
import { isKnownCode, isWithin, type Unit, unitOn } from '../catalogue/units.ts';
import { type LocalDate, readDate, showDate } from '../lib/local-date.ts';
import { must } from '../lib/must.ts';
import { cleanText, searchKey } from '../lib/vietnamese-text.ts';
import { type NumberReading, readCount } from '../lib/whole-number.ts';
import type { ProblemCode, ProblemDetails } from '../problem.ts';
import { type ColumnRole, findHeader, type HeaderContext, type TableHeader } from './count-columns.ts';
import { figureNamed, isCategoryOf } from './figure-columns.ts';

export interface CountRow {
  /** Row of the file, its first line being row 1. */
  readonly row: number;
  readonly unit: string;
  readonly category: string;
  readonly measure: string;
  /** null only where it is outside. */
  readonly value: number | null;
  readonly outside?: true;
}
export interface RowProblem {
  readonly row: number;
  readonly column: string;
  readonly code: ProblemCode;
  readonly details: ProblemDetails;
  /** `warn`: the row is imported all the same; `skip`: it is right, but its sheet takes nothing now. */
  readonly weight: 'stop' | 'warn' | 'skip';
  /** What stands in the cell, cut to 60 characters. */
  readonly found: string;
}
export interface CountTable {
  readonly header: TableHeader;
  readonly rows: readonly CountRow[];
  readonly problems: readonly RowProblem[];
  /** `category/measure` -> figure of the rows that only repeat totals: named "Tổng" or "Cộng". */
  readonly totals: Readonly<Record<string, number>>;
}

export const MAX_ROWS = 20_000;

export interface CountTableContext extends HeaderContext {
  readonly office: string;
  readonly asOf: LocalDate;
}

export type FigureReading =
  | { readonly ok: true; readonly value: number | 'outside' | null }
  | Extract<NumberReading, { readonly ok: false }>;

const BLANKS = new Set(['', '-', '–', '—']);
const OUTSIDE = new Set(['x', 'k', '×', 'khong thuoc dia ban']);

/** One cell: blank or a dash = chưa báo cáo; X, K or the words = không thuộc địa bàn; else a whole number. */
export function readFigure(raw: string): FigureReading {
  // Marks that nobody sees come along from web pages and Word.
  const text = cleanText(raw);
  if (BLANKS.has(text)) return { ok: true, value: null };
  if (OUTSIDE.has(searchKey(text)) || text === '×') return { ok: true, value: 'outside' };
  return readCount(text);
}

type Cells = readonly (readonly string[])[];

/** `cells` is the whole table, header included. A header that lacks something gives one problem and no rows. */
export function readCountTable(cells: Cells, context: CountTableContext): CountTable {
  const reading = readingCountTable(cells, context);
  for (;;) {
    const { done, value } = reading.next();
    if (done) return value;
  }
}

const ROWS_AT_ONCE = 500;

/** The same in pieces: yields how many rows were looked at, so that a long file can be followed and given up. */
export function* readingCountTable(
  cells: Cells,
  { office, asOf, mapping = null, form = null }: CountTableContext,
): Generator<number, CountTable, undefined> {
  const header = findHeader(cells, { mapping, form });
  const stopped = (row: number, code: ProblemCode, details: ProblemDetails, column = ''): CountTable => ({
    ...{ header, rows: [], totals: {} },
    problems: [{ row, column, code, details, weight: 'stop', found: '' }],
  });
  const missing = header.missing.join(', ');
  if (missing !== '') return stopped(1, 'FILE_HEADER', { missing }, missing);
  if (cells.length - header.row - 1 > MAX_ROWS)
    return stopped(MAX_ROWS + 2, 'FILE_TOO_MANY_ROWS', { max: MAX_ROWS });
  const reader = new TableReader(header, { office, asOf, form });
  for (let i = header.row + 1; i < cells.length; i++) {
    reader.read(cells[i] ?? [], i + 1);
    if (i % ROWS_AT_ONCE === 0) yield i;
  }
  return reader.result();
}

type Place = Pick<CountTableContext, 'office' | 'asOf'> & { readonly form: string | null };

class TableReader {
  private readonly rows: CountRow[] = [];
  private readonly problems: RowProblem[] = [];
  private readonly totals: Record<string, number> = {};
  private readonly seen = new Map<string, number>();
  private readonly units: readonly Unit[];
  private readonly figures: readonly { readonly column: number; readonly key: string }[];

  private readonly header: TableHeader;
  private readonly place: Place;

  constructor(header: TableHeader, place: Place) {
    this.header = header;
    this.place = place;
    this.units = formUnitsOn(place.office, place.asOf, place.form);
    this.figures = header.roles.flatMap((role, column) =>
      role.includes('/') ? [{ column, key: role }] : [],
    );
    if (header.merged) this.problem(header.row + 1, { code: 'FILE_MERGED_HEADER', weight: 'warn' });
    for (const label of header.twice)
      this.problem(header.row + 1, { column: label, code: 'COLUMN_TWICE', found: label, weight: 'warn' });
  }

  result(): CountTable {
    const nothing = this.rows.length === 0 && this.problems.every((p) => p.weight === 'warn');
    if (nothing) this.problem(this.header.row + 2, { code: 'FILE_EMPTY' });
    const { header, rows, problems, totals } = this;
    return { header, rows, problems, totals };
  }

  read(line: readonly string[], row: number): void {
    if (line.every((text) => text.trim() === '')) return;
    const cell = (role: ColumnRole) => cleanText(line[this.header.roles.indexOf(role)] ?? '');
    const start = this.problems.length;
    const figures = this.figuresOf(line, row);
    const isOfNobody = cell('unit') === '' && cell('name') === '';
    // Words below a wide table (the place, the date, who signs) are no rows, and no wrong figures either.
    if (figures !== null && figures.length === 0) {
      if (isOfNobody || this.isTotal(cell)) this.problems.length = start;
      return;
    }
    const before = this.problems.length;
    const unit = this.unitOf(cell('unit'), cell('name'), row);
    const dated = this.isOfThisDay(cell('as_of'), row);
    const long = figures === null ? this.longFigure(cell, row) : null;
    const read = figures ?? (long ? [long] : []);
    if (unit === 'total') {
      for (const { key, value } of read) this.total(key, value);
      // Its cells are often formulas; none of them is stored.
      this.problems.length = start;
    }
    if (unit === null || unit === 'total' || !dated || (figures === null && this.problems.length > before))
      return;
    for (const figure of read) this.take({ row, unit, found: cell('unit') }, figure);
    const name = cell('name');
    if (name !== '' && searchKey(name) !== searchKey(unit.name))
      this.problem(row, {
        column: 'unit_name',
        code: 'ROW_UNIT_NAME',
        details: { name },
        found: name,
        weight: 'warn',
      });
  }

  /** The figures of a wide row that could be read; null in a long table. */
  private figuresOf(line: readonly string[], row: number): ReadFigure[] | null {
    if (this.figures.length === 0) return null;
    return this.figures.flatMap(({ column, key }) => {
      const raw = cleanText(line[column] ?? '');
      const reading = readFigure(raw);
      if (reading.ok) return reading.value === null ? [] : [{ key, value: reading.value }];
      this.problem(row, { column: this.header.labels[column] ?? '', code: reading.code, found: raw });
      return [];
    });
  }

  private longFigure(cell: (role: ColumnRole) => string, row: number): ReadFigure | null {
    const { form } = this.place;
    const [category, measure] = [cell('category'), cell('measure')];
    const key = figureNamed(form, category, measure);
    if (!key) {
      const isKnown = isCategoryOf(form, category);
      const found = isKnown ? measure : category;
      const column = isKnown ? 'measure' : 'category_code';
      this.problem(row, { column, code: 'CATEGORY_UNKNOWN', details: { code: found }, found });
    }
    const raw = cell('count');
    const reading = readFigure(raw);
    if (!reading.ok) this.problem(row, { column: 'count', code: reading.code, found: raw });
    else if (reading.value === null) this.problem(row, { column: 'count', code: 'COUNT_BLANK', found: raw });
    return key && reading.ok && reading.value !== null ? { key, value: reading.value } : null;
  }

  /** 'total': the row repeats the sums of the table; it is compared with them, never stored as a count. */
  private unitOf(text: string, name: string, row: number): Unit | 'total' | null {
    const { asOf } = this.place;
    const named = isKnownCode(text) ? undefined : this.unitNamed(text);
    const code = named?.code ?? text;
    if (this.isTotal((role) => (role === 'unit' ? text : name))) return 'total';
    const wrong = unitProblem(code, this.place, this.units);
    const unit = unitOn(code, asOf);
    if (!wrong && unit) return unit;
    this.problem(row, {
      column: 'unit_code',
      code: wrong ?? 'UNIT_UNKNOWN',
      details: { code: text, date: showDate(asOf) },
      found: text,
    });
    return null;
  }

  private isTotal(cell: (role: 'unit' | 'name') => string): boolean {
    const unit = cell('unit');
    const isOffice = unit === '' || unit === this.place.office;
    return TOTAL_NAME.test(searchKey(unit)) || (isOffice && TOTAL_NAME.test(searchKey(cell('name'))));
  }

  private unitNamed(text: string): Unit | undefined {
    const wanted = searchKey(text).replace(/^(ubnd|uy ban nhan dan) /, '');
    if (wanted === '') return undefined;
    const found = this.units.filter((u) => searchKey(u.name) === wanted);
    return found.length === 1 ? found[0] : undefined;
  }

  private isOfThisDay(text: string, row: number): boolean {
    if (text === '') return true;
    const reading = readDate(text.replace(/^(\d{4})-(\d\d)-(\d\d)$/, '$3/$2/$1'), false);
    if (reading.ok && reading.value === this.place.asOf) return true;
    this.problem(row, {
      column: 'as_of',
      code: 'ROW_OTHER_DATE',
      details: { date: showDate(this.place.asOf) },
      found: text,
    });
    return false;
  }

  private total(key: string, value: number | 'outside'): void {
    if (value !== 'outside') this.totals[key] = value;
  }

  private take(
    { row, unit, found }: { readonly row: number; readonly unit: Unit; readonly found: string },
    { key, value }: ReadFigure,
  ): void {
    const place = `${unit.key}/${key}`;
    const earlier = this.seen.get(place);
    if (earlier !== undefined) {
      this.problem(row, { column: 'unit_code', code: 'ROW_DUPLICATE', details: { row: earlier }, found });
      return;
    }
    this.seen.set(place, row);
    const [category = '', measure = ''] = key.split('/');
    const about = { row, unit: unit.key, category, measure };
    this.rows.push(value === 'outside' ? { ...about, value: null, outside: true } : { ...about, value });
  }

  private problem(row: number, about: Partial<RowProblem> & Pick<RowProblem, 'code'>): void {
    const { column = '', details = {}, weight = 'stop', found = '', code } = about;
    this.problems.push({ row, column, code, details, weight, found: found.slice(0, 60) });
  }
}

interface ReadFigure {
  readonly key: string;
  readonly value: number | 'outside';
}

const TOTAL_NAME = /^(tong|cong)\b/;

function unitProblem(
  code: string,
  { office, asOf }: Omit<Place, 'form'>,
  rows: readonly Unit[],
): ProblemCode | null {
  if (!isKnownCode(code)) return 'UNIT_UNKNOWN';
  if (!unitOn(code, asOf)) return 'UNIT_CLOSED';
  if (!isWithin(code, office, asOf)) return 'UNIT_OUT_OF_SCOPE';
  return rows.some((u) => u.code === code) ? null : 'UNIT_NO_ROW';
}

/** A cell in quotation marks, in which Excel keeps the line breaks and tabs of a cell, or a plain one; and what ends it. */
const COPIED_CELL = /(?:"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*))(\t|\n|$)/y;

/** Rows and columns of a block copied from Excel or Word (tabs and line ends). */
export function clipboardBlock(text: string): string[][] {
  const plain = text.replace(/\r\n?/g, '\n').replace(/\n$/, '');
  const block: string[][] = [[]];
  COPIED_CELL.lastIndex = 0;
  for (;;) {
    const [, quoted, bare = '', end] = must(COPIED_CELL.exec(plain), 'a cell or the end');
    block.at(-1)?.push((quoted?.replaceAll('""', '"') ?? bare).replace(/\s+/g, ' ').trim());
    if (end === '') return block;
    if (end === '\n') block.push([]);
  }
}
