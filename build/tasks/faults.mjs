// Fault suites: each is a name with a command that exits non-zero where something is lost, doubled or stuck.
import { readyDesk } from '../bootstrap/desk.mjs';
import { Failure, say } from '../bootstrap/say.mjs';
import { runNode } from '../bootstrap/shell.mjs';
import { vitest } from './check.mjs';
import { withPostgres } from './tests.mjs';

// Over the real stack, on the embedded database and on PostgreSQL; without --runs in full.
const overTheStack =
  (file, inFull) =>
  ({ runs, seed }) =>
    withPostgres(() =>
      runNode(vitest([`tests/integration/sync/${file}.test.ts`]), {
        env: { ...process.env, SMC_FAULT_RUNS: runs ?? inFull, ...(seed && { SMC_FAULT_SEED: seed }) },
      }),
    );

// A new suite is one more row. `env` of the options that it takes.
const suites = {
  model: {
    does: 'random histories over the pure protocol, and the seeded defects that they must notice',
    run: ({ runs, seed }) =>
      runNode(vitest(['tests/model']), {
        env: {
          ...process.env,
          ...(runs && { SMC_MODEL_RUNS: runs }),
          // The gate runs fixed seeds; here every run looks somewhere else.
          SMC_MODEL_SEED: seed ?? String(Math.floor(Math.random() * 2 ** 31)),
        },
      }),
  },
  cut: {
    does: 'the line cut at every byte of every endpoint, both ways; --runs: at most so many places of each scene',
    run: overTheStack('cut', '1000000'),
  },
  restore: {
    does: 'city and desks put back or copied in the middle of the work; --runs: so many of each',
    run: overTheStack('restored-city', '25'),
  },
  kill: {
    does: 'hub and desks as processes, killed at any moment; --runs: so many rounds',
    run: overTheStack('killed', '30'),
  },
  install: {
    does: 'the .deb installed, updated by a hub and removed, on this very machine; as root on Debian, not among all suites',
    alone: true,
    async run() {
      await readyDesk({ built: false });
      return runNode(['tests/install/install.ts']);
    },
  },
  update: {
    does: 'the first start after an update, killed at each touch of the disk and at any moment; --runs: so many of them',
    run: ({ runs, seed }) =>
      runNode(vitest(['tests/integration/update/first-start.test.ts']), {
        env: { ...process.env, SMC_FAULT_RUNS: runs ?? '1000', ...(seed && { SMC_FAULT_SEED: seed }) },
      }),
  },
};

export async function faults(args) {
  if (args.includes('--help') || args.includes('-h')) {
    say('faults [NAME] [--runs N] [--seed S]: all suites, or one');
    for (const [name, { does }] of Object.entries(suites)) say(`  ${name.padEnd(8)} ${does}`);
    return 0;
  }
  const { names, runs, seed } = read(args);
  let worst = 0;
  const all = Object.keys(suites).filter((name) => !suites[name].alone);
  for (const name of names.length > 0 ? names : all) {
    const suite = suites[name];
    if (!suite) throw new Failure(`There is no suite "${name}". Suites: ${Object.keys(suites).join(' ')}`);
    worst = Math.max(worst, await suite.run({ runs, seed }));
  }
  return worst;
}

function read(args) {
  const names = [];
  const options = {};
  for (let i = 0; i < args.length; i++) {
    const option = /^--(runs|seed)$/.exec(args[i])?.[1];
    if (!option) names.push(args[i]);
    else if (/^\d+$/.test(args[i + 1] ?? '')) options[option] = args[++i];
    else throw new Failure(`${args[i]} needs a whole number`);
  }
  return { names, ...options };
}
