/**
 * A block from Excel or Word laid onto the grid, pure. A column of names decides the rows, a row of headings the columns;
 * else the block lies down from the active cell. Total rows, headings and merged cells are recognised and told.
 */
import { readFigure } from '../../../shared/domain/count-table.ts';
import { searchKey } from '../../../shared/lib/vietnamese-text.ts';
import { type Plan, planOf, type Typed, type ValueAt } from './grid-input.ts';
import { positionsIn, type Range, type Size } from './grid-state.ts';

/** null = nothing stands there (the rest of a merged cell): what the grid holds is left alone. */
export type Block = readonly (readonly (string | null)[])[];

export interface PasteInto {
  readonly range: Range;
  readonly size: Size;
  /** Names that a column or row of the block may carry, several for each row and column of the grid. */
  readonly rowNames: readonly (readonly string[])[];
  readonly columnNames: readonly (readonly string[])[];
  /** Rows are units: a last row that is the sum of those above is a total. */
  readonly summable: boolean;
  readonly valueAt: ValueAt;
}

export type PasteWord =
  /** Rows were put by their names, columns by their headings. */
  | 'by_name'
  | 'by_heading'
  /** Rows left out: a total, a heading, a name that the grid does not have. */
  | 'total'
  | 'heading'
  | 'unknown'
  | 'merged'
  /** Cells beside the grid. */
  | 'outside';
export interface Told {
  readonly word: PasteWord;
  readonly n: number;
}
export interface PastePlan extends Plan {
  readonly told: readonly Told[];
}

interface Cell {
  readonly text: string;
  readonly colSpan: number;
  readonly rowSpan: number;
}

const MAX_SPAN = 200;

/**
 * The whole number that a spreadsheet gives beside the text of a cell (`x:num`, `sdval`), where the text is that number in
 * some dress: a 0 in money format reads "-", which would be "chưa báo cáo". Rates, dates and rounded figures keep their text.
 */
export function exactText(text: string, exact: string | null): string {
  if (exact === null || !/^\d+$/.test(exact) || !/^[\d.,\s-]*$/.test(text)) return text;
  const digits = text.replace(/\D/g, '');
  const isDash = exact === '0' && digits === '';
  return isDash || (digits.startsWith(exact) && /^0{0,2}$/.test(digits.slice(exact.length))) ? exact : text;
}

/** Rows of an HTML table as a block: each merged cell keeps its place, the rest of it is null. */
export function expandSpans(rows: readonly (readonly Cell[])[]): (string | null)[][] {
  const block: (string | null)[][] = rows.map(() => []);
  rows.forEach((row, r) => {
    let c = 0;
    for (const { text, colSpan, rowSpan } of row) {
      while (block[r]?.[c] !== undefined) c++;
      for (let i = 0; i < Math.min(rowSpan, rows.length - r); i++)
        for (let j = 0; j < Math.min(colSpan, MAX_SPAN); j++) {
          const line = block[r + i];
          if (line) line[c + j] = i === 0 && j === 0 ? text : null;
        }
    }
  });
  return block.map((line) => Array.from(line, (text) => text ?? null));
}

const TOTAL_NAME = /^(tong|cong)( |$)/;
const isNumber = (text: string | null) => {
  if (text === null || text.trim() === '') return false;
  const reading = readFigure(text);
  return reading.ok && typeof reading.value === 'number';
};
const isText = (text: string | null) => text !== null && /\p{L}{2}/u.test(text);

/** A name that several rows or columns carry ("Tổng" of three categories) is no name: guessing would write figures where nobody put them. */
function indexOf(names: PasteInto['rowNames']): ReadonlyMap<string, number> {
  const index = new Map<string, number>();
  const shared = new Set<string>();
  names.forEach((list, i) => {
    for (const name of list.map(searchKey)) {
      if ((index.get(name) ?? i) !== i) shared.add(name);
      index.set(name, i);
    }
  });
  for (const name of shared) index.delete(name);
  return index;
}

/** The column of the block that names rows of the grid: more than half of its texts are such names. */
function nameColumn(block: Block, names: ReadonlyMap<string, number>): number {
  const width = Math.max(...block.map((line) => line.length));
  for (let c = 0; c < width; c++) {
    const texts = block.map((line) => line[c] ?? null).filter(isText);
    const known = texts.filter((text) => names.has(searchKey(text ?? '')));
    if (known.length > 0 && known.length * 2 > texts.length - 2) return c;
  }
  return -1;
}

/** Rows before the first figure of the block that hold words: its headings. */
function headingRows(block: Block, from: number): number {
  const first = block.findIndex((line) => line.slice(from).some(isNumber));
  const words = (line: Block[number]) => line.slice(from).some(isText);
  return first > 0 && block.slice(0, first).some(words) ? first : 0;
}

/** "Trả kết quả" merged over "Tổng cộng" is "Trả kết quả Tổng cộng": each heading with those above it, lowest first. */
function underGroups(heads: Block, c: number): readonly string[] {
  const chain = heads.map((line) => line.slice(0, c + 1).findLast(isText) ?? '');
  const own = heads.findLastIndex((line) => isText(line[c] ?? null));
  return chain
    .slice(0, Math.max(own, 0))
    .map((group) => `${group} ${heads[own]?.[c] ?? ''}`)
    .toReversed();
}

/** Column of the grid for each column of the block, by the lowest heading that names one; null unless all figures have one. */
function columnsByHeading(
  block: Block,
  { heads, from }: { heads: number; from: number },
  names: ReadonlyMap<string, number>,
): ReadonlyMap<number, number> | null {
  if (heads === 0) return null;
  const found = new Map<number, number>();
  const width = Math.max(...block.map((line) => line.length));
  for (let c = from; c < width; c++) {
    if (!block.slice(heads).some((line) => isNumber(line[c] ?? null))) continue;
    const texts = block.slice(0, heads).map((line) => line[c] ?? '');
    const to = [...underGroups(block.slice(0, heads), c), ...texts.toReversed()]
      .map((text) => names.get(searchKey(text)))
      .find((at) => at !== undefined);
    if (to !== undefined && ![...found.values()].includes(to)) found.set(c, to);
  }
  return found.size > 0 ? found : null;
}

/** The last row is the sum of those above, in every one of its figures, and they are not trivial. */
function isSumRow(rows: Block, at: number, columns: readonly number[]): boolean {
  if (at < 2 || at !== rows.length - 1) return false;
  const figures = columns.filter((c) => isNumber(rows[at]?.[c] ?? null));
  const countAt = (r: number, c: number) => {
    const reading = readFigure(rows[r]?.[c] ?? '');
    return reading.ok && typeof reading.value === 'number' ? reading.value : 0;
  };
  const equal = figures.every((c) => {
    let sum = 0;
    for (let r = 0; r < at; r++) sum += countAt(r, c);
    return sum === countAt(at, c);
  });
  return equal && figures.some((c) => countAt(at, c) > 0) && figures.length * at >= 4;
}

/** One copied cell fills the whole selection; a block lies down by its names and headings, else from the upper left corner. */
export function planPaste(block: Block, into: PasteInto): PastePlan {
  const only = block.length === 1 && block[0]?.length === 1 ? block[0][0] : undefined;
  if (typeof only === 'string')
    return {
      ...planOf(
        positionsIn(into.range).map((at) => ({ ...at, text: only })),
        into.valueAt,
      ),
      told: [],
    };
  const counted = new Map<PasteWord, number>();
  const tell = (word: PasteWord, n = 1) => counted.set(word, (counted.get(word) ?? 0) + n);
  const typed = laid(block, into, tell);
  return {
    ...planOf(typed, into.valueAt),
    told: [...counted].map(([word, n]) => ({ word, n })),
  };
}

function laid(block: Block, into: PasteInto, tell: (word: PasteWord, n?: number) => void): readonly Typed[] {
  const rowIndex = indexOf(into.rowNames);
  const named = nameColumn(block, rowIndex);
  const from = named + 1;
  const top = headingRows(block, from);
  const columns = columnsByHeading(block, { heads: top, from }, indexOf(into.columnNames));
  // A word that is no heading of the grid is a wrong figure, and stays in its place.
  const heads = columns || named >= 0 ? top : 0;
  if (heads > 0) tell('heading', heads);
  if (columns) tell('by_heading');
  if (named >= 0) tell('by_name');
  if (block.some((line) => line.includes(null))) tell('merged');
  const lines = block.slice(heads);
  const width = Math.max(0, ...lines.map((line) => line.length));
  const figureColumns = Array.from({ length: Math.max(0, width - from) }, (_, i) => from + i);
  for (const c of figureColumns)
    if (columns && !columns.has(c) && lines.some((line) => isNumber(line[c] ?? null))) tell('unknown');
  const typed: Typed[] = [];
  lines.forEach((line, i) => {
    const name = named >= 0 ? searchKey(line[named] ?? '') : '';
    const label = line.find(isText) ?? '';
    const r = named >= 0 ? rowIndex.get(name) : into.range.top + i;
    // Whoever has a name of the grid is no total, even where its figures happen to be the sum of the others.
    const isNamed = named >= 0 && r !== undefined;
    const isSum = into.summable && isSumRow(lines, i, figureColumns);
    if (!isNamed && (TOTAL_NAME.test(searchKey(label)) || isSum)) {
      tell('total');
      return;
    }
    if (r === undefined) {
      if (line.some((text) => (text ?? '').trim() !== '')) tell('unknown');
      return;
    }
    for (const c of figureColumns) {
      const text = line[c] ?? null;
      const to = columns ? columns.get(c) : into.range.left + c - from;
      if (text === null || to === undefined) continue;
      if (r < into.size.rows && to < into.size.columns) typed.push({ r, c: to, text });
      else if (text.trim() !== '') tell('outside');
    }
  });
  return typed;
}
