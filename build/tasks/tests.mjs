// The test tasks, and the one that runs everything CI needs.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { readyDesk } from '../bootstrap/desk.mjs';
import { root } from '../bootstrap/paths.mjs';
import { throwAwayPostgres } from '../bootstrap/postgres.mjs';
import { Failure, say } from '../bootstrap/say.mjs';
import { runNode, tool } from '../bootstrap/shell.mjs';
import { runSteps, vitest } from './check.mjs';

const reports = path.join(root, 'out/test-results');

export const unit = (args) => runNode(vitest(args.length > 0 ? args : ['tests/unit']));

export const integration = (args) =>
  withPostgres(() => runNode(vitest(args.length > 0 ? args : ['tests/integration'])));

export async function endToEnd(args) {
  await readyDesk({ needs: ['pdf'], screen: '1920x1080' });
  return runNode(playwright(args));
}

export async function all() {
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const report = (name) => path.join(reports, `${name}.json`);

  const failedSteps = await runSteps([], report('unit'));
  // The units are counted one by one below; each other step of the gate counts as one.
  let failed = failedSteps.filter((name) => name !== 'unit').length;
  const codes = [failedSteps.length];
  codes.push(
    await reported('integration', () =>
      withPostgres(() => runNode(vitest(['tests/integration'], report('integration')))),
    ),
  );
  codes.push(await reported('model', () => runNode(vitest(['tests/model'], report('model')))));
  codes.push(await reported('end to end', () => allEndToEnd(report('e2e'))));

  let [passed, flaky] = [0, 0];
  for (const counts of [
    vitestCounts(report('unit')),
    vitestCounts(report('integration')),
    vitestCounts(report('model')),
    playwrightCounts(report('e2e')),
  ]) {
    passed += counts.passed;
    failed += counts.failed;
    flaky += counts.flaky;
  }
  const good = codes.every((code) => code === 0);
  if (flaky > 0) say(`${flaky} of them passed only at the second attempt: each is a defect to be found`);
  say(`${passed} passed, ${good ? failed : Math.max(failed, 1)} failed`);
  return good && failed === 0 ? 0 : 1;
}

async function allEndToEnd(report) {
  await readyDesk({ needs: ['pdf'], screen: '1920x1080' });
  return runNode(playwright([]), { env: { ...process.env, SMC_E2E_REPORT: report } });
}

// One suite that cannot even start must not hide the results of the others.
async function reported(name, work) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    say(`✗ ${name}: ${error.message}`);
    return 1;
  }
}

const playwright = (args) => [
  tool('@playwright/test', 'cli.js'),
  'test',
  '-c',
  'build/playwright.config.ts',
  ...args,
];

async function withPostgres(work) {
  if (process.env.SMC_TEST_DATABASE_URL) return work();
  const postgres = await throwAwayPostgres();
  process.env.SMC_TEST_DATABASE_URL = postgres.url;
  try {
    return await work();
  } finally {
    delete process.env.SMC_TEST_DATABASE_URL;
    await postgres.stop();
  }
}

// A suite without a report did not run: that is one failure.
const noReport = { passed: 0, failed: 1, flaky: 0 };
const MOST_FLAKY = 2;

function vitestCounts(file) {
  if (!existsSync(file)) return noReport;
  const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(file, 'utf8'));
  // A file that fails to load has no tests of its own, only a failed suite.
  return {
    passed: numPassedTests,
    failed: Math.max(numFailedTests, Math.min(numFailedTestSuites, 1)),
    flaky: 0,
  };
}

function playwrightCounts(file) {
  if (!existsSync(file)) return noReport;
  const { stats, errors } = JSON.parse(readFileSync(file, 'utf8'));
  const tooMany = stats.flaky > MOST_FLAKY ? stats.flaky : 0;
  return {
    passed: stats.expected + stats.flaky - tooMany,
    failed: stats.unexpected + errors.length + tooMany,
    flaky: stats.flaky,
  };
}
