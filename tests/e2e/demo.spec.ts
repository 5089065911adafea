/** `npm run demo` on a table of 168 units: what the report says is what the files and the hub hold. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';

const root = path.resolve(import.meta.dirname, '../..');
const run = (script: string, ...args: string[]) =>
  execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...args], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });

test('the demo takes another table, finds every sum equal, and its receipts can be checked by anybody', () => {
  test.setTimeout(240_000);
  const folder = mkdtempSync(path.join(tmpdir(), 'smc-demo-'));
  try {
    const out = path.join(folder, 'out');
    const table = path.join(root, 'tests/fixtures/counts-168-units-2026-10-31.csv');
    run(
      'tests/demo/demo.ts',
      '--counts',
      table,
      '--as-of',
      '2026-10-31',
      '--dossiers',
      '6',
      '--seed',
      '5',
      '--out',
      out,
    );
    const report = JSON.parse(readFileSync(path.join(out, 'report.json'), 'utf8'));
    expect(report.mismatches).toEqual([]);
    expect(report.dossiers).toMatchObject({ entered: 6, accepted: 6, rejected: 0, conflict: 0 });
    expect(report.sync).toMatchObject({ events: 174, receipts_verified: report.sync.batches });
    expect(report.hub.events).toBe(174);
    for (const [category, { sum }] of Object.entries<{ sum: number }>(report.counts))
      expect(report.hub.counts[category].sum).toBe(sum);
    for (const file of ['annex.xlsx', 'annex.pdf', 'annex.docx', 'screens/ngoai-nganh.png'])
      expect(existsSync(path.join(out, file)), file).toBe(true);

    const receipts = readdirSync(path.join(out, 'receipts')).filter((name) => name.endsWith('.jws'));
    expect(receipts).toHaveLength(report.sync.batches);
    const file = path.join(out, 'receipts', receipts[0] ?? '');
    expect(run('electron/cli/verify-receipt.ts', file)).toContain('đúng chữ ký');
    const forged = path.join(out, 'receipts', 'forged.jws');
    const [head, body, signature] = readFileSync(file, 'utf8').split('.');
    writeFileSync(
      forged,
      [
        head,
        body?.replace(/^(.{40})(.)/, (_, a: string, b: string) => a + (b === 'A' ? 'B' : 'A')),
        signature,
      ].join('.'),
    );
    expect(() => run('electron/cli/verify-receipt.ts', forged)).toThrow();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
