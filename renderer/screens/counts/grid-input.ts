/** What typed, pasted, filled and deleted text means for the cells, pure: changes to record and cells that are wrong. */
import type { ProblemValue } from '../../../shared/contract/ipc/common.ts';
import { readCount } from '../../../shared/lib/whole-number.ts';
import { problemSentence } from '../../../shared/problem.ts';
import { type Change, type Failed, type Position, positionsIn, type Range, type Size } from './grid-state.ts';

export interface Plan {
  readonly changes: readonly Change[];
  readonly wrong: readonly (Position & Failed)[];
  /** Cells of a pasted block that fall beside the grid. */
  readonly outside: number;
}
export type ValueAt = (at: Position) => number | null;

const BLANKS = new Set(['', '-', '–', '—']);

type Reading = { readonly value: number | null } | { readonly problem: ProblemValue };

/** A blank or a dash is "chưa báo cáo"; anything else must be a whole number. */
export function readTyped(text: string): Reading {
  const trimmed = text.trim();
  if (BLANKS.has(trimmed)) return { value: null };
  const reading = readCount(trimmed);
  if (reading.ok) return { value: reading.value };
  return { problem: { code: reading.code, sentence: problemSentence(reading.code), details: {} } };
}

interface Typed extends Position {
  readonly text: string;
}

function planOf(typed: readonly Typed[], valueAt: ValueAt, outside = 0): Plan {
  const changes: Change[] = [];
  const wrong: (Position & Failed)[] = [];
  for (const { r, c, text } of typed) {
    const reading = readTyped(text);
    if ('problem' in reading) wrong.push({ r, c, text: text.trim(), problem: reading.problem });
    else changes.push({ r, c, before: valueAt({ r, c }), after: reading.value });
  }
  return { changes, wrong, outside };
}

export function planTyped(at: Position, text: string, valueAt: ValueAt): Plan {
  return planOf([{ ...at, text }], valueAt);
}

/** One copied cell fills the whole selection; a block lies down from the upper left corner of the selection. */
export function planPaste(
  block: readonly (readonly string[])[],
  into: Range,
  size: Size,
  valueAt: ValueAt,
): Plan {
  const only = block.length === 1 && block[0]?.length === 1 ? block[0][0] : undefined;
  if (only !== undefined)
    return planOf(
      positionsIn(into).map((at) => ({ ...at, text: only })),
      valueAt,
    );
  const typed: Typed[] = [];
  let outside = 0;
  block.forEach((line, i) => {
    line.forEach((text, j) => {
      const at = { r: into.top + i, c: into.left + j };
      if (at.r < size.rows && at.c < size.columns) typed.push({ ...at, text });
      else outside++;
    });
  });
  return planOf(typed, valueAt, outside);
}

export function planBlank(range: Range, valueAt: ValueAt): Plan {
  return planOf(
    positionsIn(range).map((at) => ({ ...at, text: '' })),
    valueAt,
  );
}

/** Ctrl+D: the top row of the selection goes down through it; a single cell takes the one above. */
export function planFillDown(range: Range, valueAt: ValueAt): Plan {
  const source = range.top === range.bottom ? range.top - 1 : range.top;
  if (source < 0) return { changes: [], wrong: [], outside: 0 };
  const targets = positionsIn({ ...range, top: source + 1 });
  const changes = targets.map((at) => ({
    ...at,
    before: valueAt(at),
    after: valueAt({ r: source, c: at.c }),
  }));
  return { changes, wrong: [], outside: 0 };
}

/** The selection as Excel takes it: tabs, line ends, plain digits. */
export function copyText(range: Range, valueAt: ValueAt): string {
  const lines: string[] = [];
  for (let r = range.top; r <= range.bottom; r++) {
    const cells: string[] = [];
    for (let c = range.left; c <= range.right; c++) cells.push(String(valueAt({ r, c }) ?? ''));
    lines.push(cells.join('\t'));
  }
  return lines.join('\r\n');
}
