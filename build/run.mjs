#!/usr/bin/env node
// The one runner behind every npm script: `node build/run.mjs TASK [args]`. Works on Node 20 and newer.
import { leave, leaveWithParent } from './bootstrap/at-exit.mjs';
import { isNewEnough, putThisNodeFirst, startAgainUnderNode24 } from './bootstrap/node24.mjs';
import { Failure, say } from './bootstrap/say.mjs';

// help: what --help prints. load: the module is only read when its task is asked for.
const tasks = {
  start: {
    does: 'the whole product here: an embedded city hub and a desk already enrolled with it (synthetic data)',
    help: 'Args go to the desk app. Settings: SMC_CITY_PORT (8787), SMC_CITY_DATA_DIR, SMC_DATA_DIR.\nClosing the window or Ctrl+C stops both. Delete the data folders it prints to begin again.',
    load: async () => (await import('./tasks/product.mjs')).start,
  },
  app: {
    does: 'the desk app alone',
    help: "Args go to the desk app: --sync sends once, --verify checks the data, both without a window; one line of JSON, exit 0 well, 1 needs a person, 2 failed.\nSettings: SMC_CITY_URL (http://127.0.0.1:8787), SMC_DATA_DIR, SMC_CITY_CA (PEM of the city's own authority), HTTPS_PROXY, NO_PROXY.",
    load: async () => (await import('./tasks/product.mjs')).app,
  },
  city: {
    does: 'the city hub alone',
    help: 'Args go to the hub (try `npm run city -- --help`). Settings: SMC_CITY_PORT, SMC_CITY_DATA_DIR, SMC_CITY_DATABASE_URL.',
    ownHelp: true,
    load: async () => (await import('./tasks/product.mjs')).city,
  },
  dev: {
    does: 'hub and desk with hot reload',
    help: 'Settings as for start; data stays in the same demo folders.',
    load: async () => (await import('./tasks/product.mjs')).dev,
  },
  demo: {
    does: 'the headless main job on real input, with a report, receipts and screenshots',
    help: '[--counts FILE.csv] [--as-of YYYY-MM-DD] [--dossiers N] [--seed S] [--out DIR]',
    load: async () => (await import('./tasks/tools.mjs')).demo,
  },
  'verify-receipt': {
    does: "checks a hub's receipt: FILE; exit code 0 good, 1 not",
    ownHelp: true,
    load: async () => (await import('./tasks/tools.mjs')).verifyReceipt,
  },
  'db:verify': {
    does: 'checks a desk database: hash chain, projections, integrity',
    ownHelp: true,
    load: async () => (await import('./tasks/tools.mjs')).dbVerify,
  },
  'db:rebuild': {
    does: 'rebuilds the derived tables of a desk database from its events',
    ownHelp: true,
    load: async () => (await import('./tasks/tools.mjs')).dbRebuild,
  },
  decrypt: {
    does: 'opens sealed files of any version without the app: WHAT --out FOLDER (docs/formats.md)',
    ownHelp: true,
    load: async () => (await import('./tasks/tools.mjs')).decrypt,
  },
  bench: {
    does: 'benchmarks as ratios inside one run: [NAME] [--json FILE]',
    ownHelp: true,
    load: async () => (await import('./tasks/tools.mjs')).bench,
  },
  check: {
    does: 'the gate before a commit: format, lint, types, import rules, unused code, file sizes, unit tests',
    help: '[STEP…] runs only these steps: lint shared node renderer both imports unused rules unit',
    load: async () => (await import('./tasks/check.mjs')).check,
  },
  fix: {
    does: 'formats, and applies the safe lint fixes',
    load: async () => (await import('./tasks/check.mjs')).fix,
  },
  build: {
    does: 'builds the desk app into out/ if its sources changed',
    load: async () => (await import('./tasks/tools.mjs')).build,
  },
  package: {
    does: 'the installable app in out/package, with fuses read back and a list of what is inside: [--dir]',
    load: async () => (await import('./tasks/package.mjs')).pack,
  },
  release: {
    does: 'a signed release of the installers in out/package, for the hub or a USB stick: --key FILE, or --new-key FILE',
    ownHelp: true,
    load: async () => (await import('./tasks/release.mjs')).release,
  },
  setup: {
    does: 'fetches and builds all that start and test need, and starts nothing',
    load: async () => (await import('./tasks/tools.mjs')).setup,
  },
  'test:unit': {
    does: 'unit tests; args go to vitest',
    load: async () => (await import('./tasks/tests.mjs')).unit,
  },
  'test:integration': {
    does: 'integration tests on real SQLite, PGlite and a throw-away PostgreSQL; args go to vitest',
    help: 'SMC_TEST_DATABASE_URL=postgres://… takes that server instead of a throw-away one.',
    load: async () => (await import('./tasks/tests.mjs')).integration,
  },
  faults: {
    does: 'fault suites: [NAME] [--runs N] [--seed S]',
    ownHelp: true,
    load: async () => (await import('./tasks/faults.mjs')).faults,
  },
  'test:e2e': {
    does: 'journeys through the real app; args go to playwright',
    load: async () => (await import('./tasks/tests.mjs')).endToEnd,
  },
  test: {
    does: 'check, test:integration, the model, build, test:e2e; the last line counts the tests',
    load: async () => (await import('./tasks/tests.mjs')).all,
  },
};

async function main([name, ...args]) {
  const task = tasks[name];
  if (!task) {
    say(`usage: node build/run.mjs TASK [args]   (TASK --help explains one)\n`);
    for (const [each, { does }] of Object.entries(tasks)) say(`  ${each.padEnd(17)} ${does}`);
    return name === undefined || name === '--help' ? 0 : 2;
  }
  if (args.includes('--help') && !task.ownHelp) {
    say([`${name}: ${task.does}`, task.help].filter(Boolean).join('\n'));
    return 0;
  }
  if (process.env.npm_lifecycle_event) leaveWithParent();
  if (!isNewEnough()) return startAgainUnderNode24();
  putThisNodeFirst();
  const perform = await task.load();
  return (await perform(args)) ?? 0;
}

main(process.argv.slice(2)).then(leave, (error) => {
  process.stderr.write(`${error instanceof Failure ? error.message : error.stack}\n`);
  return leave(1);
});
