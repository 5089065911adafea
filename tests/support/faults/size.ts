/** How large a fault suite runs: small in the tests, larger by `npm run faults -- NAME --runs N --seed S`. */
export function faultRuns(small: number): number {
  return Number(process.env.SMC_FAULT_RUNS ?? small);
}

export const faultSeed = (): number => Number(process.env.SMC_FAULT_SEED ?? 1);
