/** How large a fault suite runs: small in the tests, larger by `npm run faults -- NAME --runs N --seed S`. */
export function faultRuns(small: number): number {
  return Number(process.env.SMC_FAULT_RUNS ?? small);
}

export const faultSeed = (): number => Number(process.env.SMC_FAULT_SEED ?? 1);

/** One line of figures beside the runner's own words. */
export const tell = (line: string) => process.stdout.write(`${line}\n`);
