/** What typed, filled, deleted and copied cells mean, pure: changes to record and cells that are wrong. */
import type { ProblemValue } from '../../../shared/contract/ipc/common.ts';
import { readFigure } from '../../../shared/domain/count-table.ts';
import { problemSentence } from '../../../shared/problem.ts';
import {
  type Change,
  type Failed,
  type Figure,
  type Position,
  positionsIn,
  type Range,
} from './grid-state.ts';

export interface Plan {
  readonly changes: readonly Change[];
  readonly wrong: readonly (Position & Failed)[];
}
export type ValueAt = (at: Position) => Figure;

/** How "không thuộc địa bàn" is written when it leaves the grid, and read when it comes back. */
const OUTSIDE_TEXT = 'x';

type Reading = { readonly value: Figure } | { readonly problem: ProblemValue };

/** A blank or a dash is "chưa báo cáo", X or K is "không thuộc địa bàn"; anything else must be a whole number. */
export function readTyped(text: string): Reading {
  const reading = readFigure(text);
  if (reading.ok) return { value: reading.value };
  return { problem: { code: reading.code, sentence: problemSentence(reading.code), details: {} } };
}

export interface Typed extends Position {
  readonly text: string;
}

export function planOf(typed: readonly Typed[], valueAt: ValueAt): Plan {
  const changes: Change[] = [];
  const wrong: (Position & Failed)[] = [];
  for (const { r, c, text } of typed) {
    const reading = readTyped(text);
    if ('problem' in reading) wrong.push({ r, c, text: text.trim(), problem: reading.problem });
    else changes.push({ r, c, before: valueAt({ r, c }), after: reading.value });
  }
  return { changes, wrong };
}

export function planTyped(at: Position, text: string, valueAt: ValueAt): Plan {
  return planOf([{ ...at, text }], valueAt);
}

export function planBlank(range: Range, valueAt: ValueAt): Plan {
  return planOf(
    positionsIn(range).map((at) => ({ ...at, text: '' })),
    valueAt,
  );
}

const nothing: Plan = { changes: [], wrong: [] };

/** Ctrl+D: the top row of the selection goes down through it; a single row takes the one above. */
export function planFillDown(range: Range, valueAt: ValueAt): Plan {
  const source = range.top === range.bottom ? range.top - 1 : range.top;
  if (source < 0) return nothing;
  return planCopies({ ...range, top: source + 1 }, valueAt, ({ c }) => ({ r: source, c }));
}

/** Ctrl+R: the left column of the selection goes right through it; a single column takes the one to its left. */
export function planFillRight(range: Range, valueAt: ValueAt): Plan {
  const source = range.left === range.right ? range.left - 1 : range.left;
  if (source < 0) return nothing;
  return planCopies({ ...range, left: source + 1 }, valueAt, ({ r }) => ({ r, c: source }));
}

function planCopies(into: Range, valueAt: ValueAt, from: (at: Position) => Position): Plan {
  const changes = positionsIn(into).map((at) => ({ ...at, before: valueAt(at), after: valueAt(from(at)) }));
  return { changes, wrong: [] };
}

/** What stands in an opened or copied cell. */
export function plainText(figure: Figure): string {
  return figure === null ? '' : figure === 'outside' ? OUTSIDE_TEXT : String(figure);
}

/** The selection as Excel takes it: tabs, line ends, plain digits. */
export function copyText(range: Range, valueAt: ValueAt): string {
  return linesOf(range, valueAt)
    .map((cells) => cells.join('\t'))
    .join('\r\n');
}

/** The selection as Word takes it. */
export function copyHtml(range: Range, valueAt: ValueAt): string {
  const rows = linesOf(range, valueAt).map(
    (cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`,
  );
  return `<table>${rows.join('')}</table>`;
}

function linesOf({ top, bottom, left, right }: Range, valueAt: ValueAt): string[][] {
  return Array.from({ length: bottom - top + 1 }, (_, i) =>
    Array.from({ length: right - left + 1 }, (__, j) => plainText(valueAt({ r: top + i, c: left + j }))),
  );
}
