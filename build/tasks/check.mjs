// The gate before a commit: every step is a command that must succeed; two run at a time.
import { Failure, say, seconds } from '../bootstrap/say.mjs';
import { capture, runNode, tool } from '../bootstrap/shell.mjs';
import { rooms } from './rooms.mjs';

// A biome binary is started by its own small script, so every step is a node command.
const biome = (...args) => [tool('@biomejs/biome', 'bin/biome'), ...args, '--config-path=build'];
const types = (room) => [tool('typescript', 'bin/tsc'), '-p', `build/tsconfig.${room}.json`];

// The slow ones first, so that the last worker does not wait for them alone.
const steps = {
  unit: { what: 'unit tests', command: (report) => vitest(['tests/unit'], report) },
  imports: {
    what: 'import rules, no cycles',
    command: () => [
      tool('dependency-cruiser', 'bin/dependency-cruiser.mjs'),
      '--config',
      'build/dependency-cruiser.cjs',
      ...rooms(),
    ],
  },
  unused: {
    what: 'nothing unused',
    command: () => [tool('knip', 'bin/knip.js'), '--config', 'build/knip.json', '--no-config-hints'],
  },
  node: { what: 'types: db, electron, city, tests', command: () => types('node') },
  renderer: { what: 'types: renderer', command: () => types('renderer') },
  both: { what: 'types: preload, end-to-end tests', command: () => types('both') },
  shared: { what: 'types: shared', command: () => types('shared') },
  lint: { what: 'format and lint', command: () => biome('check', '--error-on-warnings') },
  rules: { what: 'file size and house rules', command: () => ['build/tasks/house-rules.mjs'] },
};

/** The vitest command for some folders or files; report, if given, is the JSON file of its results. */
export function vitest(args, report) {
  const reporters = report ? ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`] : [];
  return [tool('vitest', 'vitest.mjs'), 'run', '--config', 'build/vitest.config.ts', ...args, ...reporters];
}

export async function check(names) {
  const failed = await runSteps(names);
  return failed.length === 0 ? 0 : 1;
}

/** Runs the steps and answers the names of those that failed. */
export async function runSteps(names, unitReport) {
  const unknown = names.find((name) => !(name in steps));
  if (unknown) throw new Failure(`There is no step "${unknown}". Steps: ${Object.keys(steps).join(' ')}`);
  const started = Date.now();
  const waiting = Object.keys(steps).filter((name) => names.length === 0 || names.includes(name));
  const failed = [];
  const worker = async () => {
    for (let name = waiting.shift(); name; name = waiting.shift()) {
      if (!(await succeeds(steps[name], unitReport))) failed.push(name);
    }
  };
  await Promise.all([worker(), worker()]);
  say(
    failed.length === 0
      ? `check: all good, ${seconds(started)} s`
      : `check: ${failed.join(', ')} failed, ${seconds(started)} s`,
  );
  return failed;
}

async function succeeds({ what, command }, unitReport) {
  const started = Date.now();
  const { code, output } = await capture(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    ...command(unitReport),
  ]);
  say(`${code === 0 ? '✓' : '✗'} ${what.padEnd(34)} ${seconds(started).padStart(5)} s`);
  if (code !== 0) say(output.trimEnd());
  return code === 0;
}

export const fix = (args) => runNode(biome('check', '--write', ...args));
