/** Figures out of times: the ratio is taken inside each round, and its median over the rounds is the result. */
import { must } from '../../shared/lib/must.ts';
import type { Times } from './rounds.ts';

export const figures = {
  mean: (times: readonly number[]) => sum(times) / times.length,
  p50: (times: readonly number[]) => percentile(times, 0.5),
  p95: (times: readonly number[]) => percentile(times, 0.95),
  p99: (times: readonly number[]) => percentile(times, 0.99),
  total: sum,
} as const;
export type Figure = keyof typeof figures;

export interface Ratio {
  readonly candidate: string;
  readonly over: string;
  readonly figure: Figure;
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly perRound: readonly number[];
}
export interface Absolute {
  readonly candidate: string;
  readonly figure: Figure;
  /** Over all rounds together. */
  readonly ms: number;
}
/** What one bench found. */
export interface Finding {
  readonly bench: string;
  readonly setting: Readonly<Record<string, string | number>>;
  readonly ratios: readonly Ratio[];
  readonly absolute: readonly Absolute[];
  readonly context: Readonly<Record<string, string | number>>;
  readonly notes: readonly string[];
}

export function ratio(times: Times, candidate: string, over: string, figure: Figure): Ratio {
  const [a, b] = [must(times.get(candidate), candidate), must(times.get(over), over)];
  const perRound = a.map((list, round) => figures[figure](list) / figures[figure](must(b[round], 'round')));
  return {
    candidate,
    over,
    figure,
    median: percentile(perRound, 0.5),
    min: Math.min(...perRound),
    max: Math.max(...perRound),
    perRound,
  };
}

/** A total is per round: its median; the others are taken over all single operations. */
export function absolute(times: Times, candidate: string, figure: Figure): Absolute {
  const rounds = must(times.get(candidate), candidate);
  const ms = figure === 'total' ? percentile(rounds.map(sum), 0.5) : figures[figure](rounds.flat());
  return { candidate, figure, ms };
}

function sum(times: readonly number[]): number {
  return times.reduce((a, b) => a + b, 0);
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  if (share === 0.5 && sorted.length > 0 && sorted.length % 2 === 0)
    return (must(sorted[sorted.length / 2 - 1], 'value') + must(sorted[sorted.length / 2], 'value')) / 2;
  return must(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))], 'no values');
}

export const round = (value: number, digits = 3) => Number(value.toPrecision(digits));
