/** Sums that keep three things apart: a figure, 'chưa báo cáo' (null) and 'không thuộc địa bàn' (outside). */
import type { Cell } from './model.ts';

export type Amount = number | null | 'outside';

/** A sum of nothing is blank, never 0; only where every part is outside is the sum outside. */
export function sumOf(parts: readonly Amount[]): Amount {
  const reported = parts.filter((p) => typeof p === 'number');
  if (reported.length > 0) return reported.reduce((total, part) => total + part, 0);
  return parts.length > 0 && parts.every((p) => p === 'outside') ? 'outside' : null;
}

/** Nothing is subtracted from or by what was not reported. */
export function minus(a: Amount, b: Amount): Amount {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return a === 'outside' && b === 'outside' ? 'outside' : null;
}

export function figureOf(amount: Amount): number | null {
  return typeof amount === 'number' ? amount : null;
}

export function countCell(amount: Amount): Cell {
  return amount === 'outside' ? { kind: 'outside' } : { kind: 'count', value: amount };
}
