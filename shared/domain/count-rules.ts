/**
 * What is odd about a figure, by the unit's own history: a cumulative figure that fell, a jump, parts that do not make
 * their total, far above the target. Nothing here stops a figure: it is recorded, and marked until somebody says why.
 */
import type { Category } from '../catalogue/categories.ts';
import type { LocalDate } from '../lib/local-date.ts';
import { cellKey } from './sheet.ts';

/** One earlier figure of the same cell. */
export interface EarlierFigure {
  readonly asOf: LocalDate;
  readonly value: number;
}
interface Range {
  readonly low: number;
  readonly high: number;
}
export type Mark =
  | { readonly kind: 'fall'; readonly before: EarlierFigure }
  /** `low` and `high`: where the unit's own history would lead one to expect the figure. */
  | ({ readonly kind: 'outlier'; readonly before: EarlierFigure } & Range)
  | { readonly kind: 'above_target'; readonly target: number };

export interface FigureContext {
  /** Oldest first. */
  readonly history: readonly EarlierFigure[];
  /** Flows of a window go up and down; snapshots are cumulative. */
  readonly flow: boolean;
  readonly target: number | null;
}

/** So many figures make a habit; fewer are only compared with the last one. */
const HABIT = 4;
/** A median absolute deviation times this is a standard deviation, of which five are far (Hampel's rule). */
const DEVIATIONS = 5 * 1.4826;
/** Changes of a few people are never a jump, however quiet the unit was. */
const SMALL = 20;

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = 0, high = 0] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (low + high) / 2;
}

/** Median plus or minus five robust standard deviations, and at least `slack`. */
function around(values: readonly number[], slack: number): Range {
  const middle = median(values);
  const spread = median(values.map((v) => Math.abs(v - middle)));
  const reach = Math.max(DEVIATIONS * spread, slack, SMALL);
  return { low: Math.floor(middle - reach), high: Math.ceil(middle + reach) };
}

/**
 * Where the next figure is expected; null without an earlier one. With four figures or more: the usual change from one
 * figure to the next (for flows the usual figure) and its spread. With fewer: up to three times the last one, or 100 more.
 */
export function expectedRange(history: readonly EarlierFigure[], flow: boolean): Range | null {
  const values = history.map((h) => h.value);
  const last = values.at(-1);
  if (last === undefined) return null;
  if (values.length < HABIT) return { low: 0, high: Math.max(3 * last, last + 100) };
  if (flow) return around(values, median(values) / 2);
  const changes = values.slice(1).map((value, i) => value - (values[i] ?? 0));
  const { low, high } = around(changes, last / 4);
  return { low: Math.max(0, last + low), high: last + high };
}

export function marksOf(value: number, { history, flow, target }: FigureContext): readonly Mark[] {
  const marks: Mark[] = [];
  const before = history.at(-1);
  const range = expectedRange(history, flow);
  if (before && range) {
    if (!flow && value < before.value) marks.push({ kind: 'fall', before });
    else if (value < range.low || value > range.high) marks.push({ kind: 'outlier', before, ...range });
  }
  // A fifth above the target is far: some over-fulfilment is work, much of it is a wrong column.
  if (target !== null && value * 5 > target * 6) marks.push({ kind: 'above_target', target });
  return marks;
}

/** Whether somebody is asked why: of a target one is only told. */
export function needsReason(marks: readonly Mark[]): boolean {
  return marks.some((m) => m.kind !== 'above_target');
}

export interface PartsGap {
  readonly category: string;
  readonly total: number;
  /** Sum of the parts that are reported. */
  readonly parts: number;
  /** Every part is reported; else the sum alone is already more than the total. */
  readonly whole: boolean;
}

/** Categories whose parts do not make their total. `figure`: by `category/measure`, null = not reported or outside. */
export function partsGaps(
  list: readonly Pick<Category, 'code' | 'parts'>[],
  figure: (key: string) => number | null,
): readonly PartsGap[] {
  return list.flatMap(({ code, parts }) => {
    const total = figure(cellKey(code, 'tong'));
    const known = parts.map((part) => figure(cellKey(code, part))).filter((v) => v !== null);
    if (total === null || known.length === 0) return [];
    const sum = known.reduce((a, b) => a + b, 0);
    const whole = known.length === parts.length;
    return sum > total || (whole && sum !== total) ? [{ category: code, total, parts: sum, whole }] : [];
  });
}
