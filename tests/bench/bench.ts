/** `npm run bench`: ratios inside one run. There are no targets yet: it fails only where an answer is wrong. */
import { appendFileSync } from 'node:fs';
import { type BenchName, HELP, readPlan } from './arguments.ts';
import { benchBurst } from './burst.ts';
import type { Finding } from './figures.ts';
import { machine } from './machine.ts';
import { facts, print } from './print.ts';
import { type Gate, quietGate } from './quiet.ts';
import { benchRollup } from './rollup.ts';
import { WrongAnswer } from './rounds.ts';
import { benchSave } from './save.ts';
import { benchScreens } from './screens.ts';
import { benchSearch } from './search.ts';
import { benchStart } from './start.ts';
import { benchSync } from './sync.ts';

type Bench = (wish: { n: number; rounds: number; gate: Gate }) => Promise<Finding>;
const all: Record<BenchName, { size: number; run: Bench }> = {
  save: { size: 10_000, run: benchSave },
  search: { size: 100_000, run: benchSearch },
  sync: { size: 10_000, run: benchSync },
  burst: { size: 1_000, run: benchBurst },
  rollup: { size: 1_000_000, run: benchRollup },
  screens: { size: 20_000, run: benchScreens },
  start: { size: 10_000, run: benchStart },
};

async function main(args: readonly string[]): Promise<number> {
  const plan = readPlan(args);
  if (!plan) {
    console.log(HELP);
    return 0;
  }
  const where = machine();
  console.log(facts(where));
  let wrong = 0;
  for (const name of plan.names) {
    const { size, run } = all[name];
    const gate = quietGate(plan.gateMs);
    const started = Date.now();
    try {
      process.stderr.write(`${name} …\n`);
      const finding = await run({ n: plan.n ?? size, rounds: plan.rounds, gate });
      print(finding);
      const { passed, notQuiet, waitedMs, note } = gate.figures;
      const quiet =
        note ??
        `${passed - notQuiet} of ${passed} runs began on a quiet machine, ${Math.round(waitedMs / 1000)} s waited`;
      const seconds = Math.round((Date.now() - started) / 1000);
      console.log(`  gate: ${quiet}; ${seconds} s in all`);
      const line = {
        ...finding,
        at: new Date(started).toISOString(),
        seconds,
        machine: where,
        gate: gate.figures,
      };
      if (plan.json) appendFileSync(plan.json, `${JSON.stringify(line)}\n`);
    } catch (error) {
      if (!(error instanceof WrongAnswer)) throw error;
      wrong++;
      console.error(`WRONG ANSWER  ${error.message}`);
    }
  }
  return wrong === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
