/** What stands in a cell of a report and how its heading is laid out: the same in every kind of file. */
import { showDate } from '../lib/local-date.ts';
import { showCount } from '../lib/whole-number.ts';
import type { Cell, Column, Report, Row } from './model.ts';
import { percentText } from './percent.ts';

/** Not reported yet: neither 0 nor an empty place that somebody may fill in. */
export const BLANK = '–';
export const OUTSIDE = 'không thuộc địa bàn';

/** The cell as a person reads it, figures the Vietnamese way ("149.699", "77,1%"). */
export function cellText(cell: Cell): string {
  switch (cell.kind) {
    case 'text':
      return writable(cell.text);
    case 'count':
      return cell.value === null ? BLANK : showCount(cell.value);
    case 'outside':
      return OUTSIDE;
    case 'percent':
      return rateOf(cell)?.text ?? BLANK;
    case 'date':
      return cell.date === null ? BLANK : showDate(cell.date);
  }
}

export interface Rate {
  /** 0.7708… */
  readonly ratio: number;
  /** "77,1%" */
  readonly text: string;
  /** A spreadsheet's number format with the decimals that the text needed: 77,1% but 99,998%. */
  readonly format: string;
}
/** `null` where there is nothing to divide, or nothing to divide by. */
export function rateOf({ part, of }: Extract<Cell, { kind: 'percent' }>): Rate | null {
  const text = percentText(part, of);
  if (text === null || part === null || of === null) return null;
  const decimals = /,(\d+)/.exec(text)?.[1] ?? '';
  return { ratio: part / of, text, format: `#,##0.${decimals.replace(/\d/g, '0')}%` };
}

/** The row with one cell per column, however many its maker gave. */
export function cellsOf(row: Row, columns: readonly Column[]): Cell[] {
  return columns.map((_, i) => row.cells[i] ?? { kind: 'text', text: '' });
}

export interface Run {
  readonly cell: Cell;
  /** Index of its first column. */
  readonly at: number;
  readonly columns: number;
}
/** The cells as they are drawn: a heading between rows runs on over the empty cells at its right. */
export function runsOf(row: Row, columns: readonly Column[]): Run[] {
  const runs: Run[] = [];
  for (const [at, cell] of cellsOf(row, columns).entries()) {
    const last = runs.at(-1);
    if (row.kind === 'group' && last && isEmpty(cell) && !isEmpty(last.cell))
      runs[runs.length - 1] = { ...last, columns: last.columns + 1 };
    else runs.push({ cell, at, columns: 1 });
  }
  return runs;
}
const isEmpty = (cell: Cell) => cell.kind === 'text' && cell.text === '';

export type Align = 'left' | 'center' | 'right';
export function alignOf(cell: Cell, column: Column): Align {
  if (cell.kind === 'date') return 'center';
  if (cell.kind !== 'text') return 'right';
  return column.kind === 'text' ? 'left' : 'center';
}

export interface HeadCell {
  readonly text: string;
  /** Index of its first column. */
  readonly at: number;
  readonly columns: number;
  readonly rows: number;
}

/** One to three rows: merged groups where there are any, titles, printed column numbers where there are any. */
export function headRows(columns: readonly Column[]): HeadCell[][] {
  const grouped = columns.some((c) => c.group);
  const groups: HeadCell[] = [];
  const titles: HeadCell[] = [];
  for (const [at, column] of columns.entries()) {
    const title = { text: writable(column.title), at, columns: 1, rows: 1 };
    if (!grouped) titles.push(title);
    else if (!column.group) groups.push({ ...title, rows: 2 });
    else {
      titles.push(title);
      const last = groups.at(-1);
      if (at > 0 && columns[at - 1]?.group === column.group && last)
        groups[groups.length - 1] = { ...last, columns: last.columns + 1 };
      else groups.push({ ...title, text: writable(column.group) });
    }
  }
  const numbers = columns.map((c, at) => ({ text: writable(c.no ?? ''), at, columns: 1, rows: 1 }));
  return [...(grouped ? [groups] : []), titles, ...(columns.some((c) => c.no) ? [numbers] : [])];
}

/** Columns at the left edge that name the row (number, code, name): they stay in sight and are repeated when a table is split. */
export function namingColumns(columns: readonly Column[]): number {
  const first = columns.findIndex((c) => c.kind === 'text');
  if (first < 0 || first > 1) return 0;
  return columns[first + 1]?.kind === 'text' ? first + 2 : first + 1;
}

export interface Need {
  /** Characters of the longest word, which cannot be broken. */
  readonly word: number;
  /** Characters of the longest text. */
  readonly text: number;
}
/** Room that each column asks for, in characters. Texts longer than 60 are broken into lines anyway. */
export function needs({ columns, rows }: Report): Need[] {
  const found = columns.map(({ title }) => {
    // Bold.
    const word = Math.ceil(longestWord(title) * 1.15);
    return { word, text: word };
  });
  for (const row of rows)
    for (const [i, cell] of cellsOf(row, columns).entries()) {
      const need = found[i];
      if (!need || cell.kind === 'outside' || (row.kind === 'group' && cell.kind === 'text')) continue;
      const text = cellText(cell);
      need.word = Math.max(need.word, longestWord(text));
      need.text = Math.max(need.text, need.word, Math.min(roomOf(text), 60));
    }
  return found;
}
const longestWord = (text: string) =>
  Math.min(
    text.split(/\s+/).reduce((longest, word) => Math.max(longest, roomOf(word)), 1),
    24,
  );
/** Capitals are nearly half as wide again as the letters and figures that a width is reckoned in. */
export const roomOf = (text: string) => Math.ceil(text.length + 0.45 * (text.match(/\p{Lu}/gu)?.length ?? 0));

/** Control characters and halves of a character: an XML file that holds one of them is refused by Word and Excel. */
const UNWRITABLE = /[\p{Cs}\uFFFE\uFFFF]|(?![\t\n\r])\p{Cc}/gu;
export const writable = (text: string) => text.replace(UNWRITABLE, '');
