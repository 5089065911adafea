/** Marks of a cell and of a unit's sheet as the grid shows them, over figures that are still being recorded. */
import { categories } from '../../../shared/catalogue/categories.ts';
import {
  type Mark,
  marksOf,
  needsReason,
  type PartsGap,
  partsGaps,
} from '../../../shared/domain/count-rules.ts';
import { cellKey } from '../../../shared/domain/sheet.ts';
import { showDate } from '../../../shared/lib/local-date.ts';
import { showCount } from '../../../shared/lib/whole-number.ts';
import { t } from '../../text/text.ts';
import { type GridModel, historyOf, type ModelRow, noteOf, targetOf } from './grid-model.ts';
import type { Figure } from './grid-state.ts';

export interface CellMarks {
  readonly marks: readonly Mark[];
  /** Somebody has to say why, and nobody has yet. */
  readonly open: boolean;
}
const none: CellMarks = { marks: [], open: false };

export function cellMarks(model: GridModel, row: ModelRow, column: number, figure: Figure): CellMarks {
  if (typeof figure !== 'number') return none;
  const marks = marksOf(figure, {
    history: historyOf(row, column),
    flow: model.flow,
    target: targetOf(model, row, column),
  });
  if (marks.length === 0) return none;
  return { marks, open: needsReason(marks) && !noteOf(row, column)?.reason };
}

export function markText(mark: Mark, value: number): string {
  if (mark.kind === 'above_target') return t('counts.mark.above_target', { target: showCount(mark.target) });
  const { value: was, asOf } = mark.before;
  const about = { was: showCount(was), date: showDate(asOf) };
  if (mark.kind === 'fall') return t('counts.mark.fall', { ...about, n: showCount(was - value) });
  const { low, high } = mark;
  return t('counts.mark.outlier', { ...about, low: showCount(low), high: showCount(high) });
}

/** Categories of one unit whose parts do not make their total. */
export function gapsOf(
  rows: readonly ModelRow[],
  unit: string,
  valueAt: (at: { r: number; c: number }) => Figure,
): readonly PartsGap[] {
  const figures = new Map<string, number>();
  rows.forEach((row, r) => {
    if (row.unit.unit.key !== unit) return;
    row.cells.forEach((cell, c) => {
      const value = valueAt({ r, c });
      if (typeof value === 'number') figures.set(cellKey(cell.category, cell.measure), value);
    });
  });
  return partsGaps(categories, (key) => figures.get(key) ?? null);
}
