/** The rounds: every candidate in every round, order rotated, one warm-up that is thrown away. */
import { must } from '../../shared/lib/must.ts';
import type { Gate } from './quiet.ts';

export interface Candidate {
  readonly name: string;
  /** Untimed, before the gate. */
  prepare?(round: number): Promise<void> | void;
  /** Does the work and answers the time of each operation in ms. */
  run(round: number, turn: number): Promise<readonly number[]> | readonly number[];
  /** Untimed, after the run; throws `WrongAnswer`. */
  check?(round: number): Promise<void> | void;
}
export class WrongAnswer extends Error {}

/** Candidate -> round -> times in ms. */
export type Times = ReadonlyMap<string, readonly (readonly number[])[]>;

export interface RoundsWish {
  readonly rounds: number;
  readonly gate: Gate;
  /** Blocks per round: short blocks in turn meet the same disk. */
  readonly turns?: number;
}

export async function playRounds(
  candidates: readonly Candidate[],
  { rounds, gate, turns = 1 }: RoundsWish,
): Promise<Times> {
  const times = new Map(candidates.map((c) => [c.name, [] as number[][]]));
  for (let round = 0; round <= rounds; round++) {
    const now = new Map(candidates.map((c) => [c.name, [] as number[]]));
    for (let turn = 0; turn < turns; turn++)
      for (const candidate of rotated(candidates, round + turn)) {
        await candidate.prepare?.(round);
        await gate.pass();
        must(now.get(candidate.name), candidate.name).push(...(await candidate.run(round, turn)));
        await candidate.check?.(round);
      }
    process.stderr.write(round === 0 ? '  warm-up' : ` ${round}`);
    if (round > 0) for (const [name, list] of now) must(times.get(name), name).push(list);
  }
  process.stderr.write('\n');
  return times;
}

function rotated<T>(list: readonly T[], by: number): T[] {
  const at = by % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
}

export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
