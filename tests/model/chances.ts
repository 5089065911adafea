/** How many histories, from which seeds: 5,000 of fixed ones, so that the gate says the same of the same tree; SMC_MODEL_RUNS and SMC_MODEL_SEED for others. */
import fc from 'fast-check';
import { anyHistory, type Deed, restoredHistory } from './deeds.ts';
import { live } from './history.ts';
import type { Parts } from './world.ts';

export const RUNS = Number(process.env.SMC_MODEL_RUNS || 5_000);
const given = process.env.SMC_MODEL_SEED;
export const FIXED_SEED = 20_261_122;
export const OTHER_SEED = given === undefined ? FIXED_SEED + 1_000 : Number(given);

export const KINDS = { any: anyHistory, restored: restoredHistory } as const;

/** Runs histories of one kind; a history that breaks a property is shortened and told deed by deed. */
export async function holds(
  kind: keyof typeof KINDS,
  parts: Parts,
  { runs, seed }: { readonly runs: number; readonly seed: number },
): Promise<void> {
  const told = (deeds: readonly Deed[]) => deeds.map((d) => JSON.stringify(d)).join('\n');
  await fc.assert(
    fc.asyncProperty(KINDS[kind], async (deeds) => {
      await live(deeds, parts);
    }),
    {
      numRuns: runs,
      seed,
      reporter: ({ failed, counterexample, errorInstance, numRuns }) => {
        if (!failed) return;
        const what = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
        throw new Error(
          `${what}\nseed ${seed}, history ${numRuns} of kind ${kind}:\n${told(counterexample?.[0] ?? [])}`,
        );
      },
    },
  );
}
