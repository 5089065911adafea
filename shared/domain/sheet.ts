/**
 * A sheet: the counts of one unit at one as-of date. Counts are cumulative snapshots: never summed over dates;
 * a key that is absent means "chưa báo cáo", 0 means counted and none.
 */
import { z } from 'zod';
import { findCategory, isMeasure } from '../catalogue/categories.ts';
import { MAX_COUNT } from '../lib/whole-number.ts';
import type { Event } from './event.ts';

/** One cell of `count.record`; `value` null takes the figure back to "chưa báo cáo". */
export const countCell = z.strictObject({
  category: z.string().max(60),
  measure: z.string().max(60),
  value: z.int().min(0).max(MAX_COUNT).nullable(),
});
export type CountCell = z.infer<typeof countCell>;

export const countBody = z.object({
  /** `code@validFrom` of the unit. */
  unit: z.string().min(3).max(30),
  asOf: z.iso.date(),
  cells: z.array(countCell).min(1).max(500),
  source: z.enum(['typed', 'pasted', 'import']),
});
export type CountBody = z.infer<typeof countBody>;

export interface Sheet {
  readonly id: string;
  readonly revision: number;
  readonly unit: string;
  readonly asOf: string;
  /** `category/measure` -> figure. */
  readonly cells: Readonly<Record<string, number>>;
}

/** Two PCs that type the same unit and date meet in the same sheet. */
export function sheetId(unitKey: string, asOf: string): string {
  return `${unitKey}:${asOf}`;
}

export function cellKey(category: string, measure: string): string {
  return `${category}/${measure}`;
}

export function projectSheet(event: Event, before: Sheet | undefined): Sheet | undefined {
  if (event.verb !== 'count.record') return before && { ...before, revision: before.revision + 1 };
  const body = countBody.parse(event.body);
  const cells: Record<string, number> = { ...before?.cells };
  for (const { category, measure, value } of body.cells) {
    if (value === null) delete cells[cellKey(category, measure)];
    else cells[cellKey(category, measure)] = value;
  }
  return {
    id: event.subject.id,
    revision: (before?.revision ?? 0) + 1,
    unit: body.unit,
    asOf: body.asOf,
    cells,
  };
}

/** Only the cells that say something new. */
export function changedCells(before: Sheet | undefined, cells: readonly CountCell[]): CountCell[] {
  return cells.filter((c) => (before?.cells[cellKey(c.category, c.measure)] ?? null) !== c.value);
}

export function isKnownCell(cell: CountCell): boolean {
  return findCategory(cell.category) !== undefined && isMeasure(cell.category, cell.measure);
}
