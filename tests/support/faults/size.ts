/** How large a fault suite runs: small in the tests, larger by `npm run faults -- NAME --runs N --seed S`. */
export function faultRuns(small: number): number {
  return Number(process.env.SMC_FAULT_RUNS ?? small);
}

export const faultSeed = (): number => Number(process.env.SMC_FAULT_SEED ?? 1);

/** Numbers from 0 up to below 1 that follow from the seed alone. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
