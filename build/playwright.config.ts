// End-to-end tests in the real app. One worker: the tests of a run share one screen.
import path from 'node:path';
import { defineConfig, type ReporterDescription } from '@playwright/test';

const root = path.resolve(import.meta.dirname, '..');
const report = process.env.SMC_E2E_REPORT;
const json: ReporterDescription[] = report ? [['json', { outputFile: report }]] : [];

export default defineConfig({
  testDir: path.join(root, 'tests/e2e'),
  outputDir: path.join(root, 'out/playwright'),
  timeout: 60_000,
  workers: 1,
  // A stalled machine may fail one; what passes only the second time is named and counted in the last line, and more than two fail the run.
  retries: 1,
  fullyParallel: false,
  forbidOnly: true,
  reporter: [['list'], ...json],
  use: { screenshot: 'only-on-failure', trace: 'retain-on-failure' },
});
