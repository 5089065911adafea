/** The table of bad input in docs/security.md: every code is one of the catalogue, and every test that it names speaks of it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { isProblemCode } from '../../shared/problem.ts';

const root = path.resolve(import.meta.dirname, '../..');
const text = readFileSync(path.join(root, 'docs/security.md'), 'utf8');
const [, section = ''] = text.split('## Bad input at the start and at sign-in');
const rows = section
  .slice(0, section.indexOf('\n## '))
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| what'))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, what = '', code = '', files = '']) => ({
    what,
    code: code.replaceAll('`', ''),
    files: [...files.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file),
  }));

test('the table is there', () => {
  expect(rows.length).toBeGreaterThan(15);
});
test.each(rows)('$what: $code', ({ code, files }) => {
  expect(files.length).toBeGreaterThan(0);
  const told = files.map((file) => readFileSync(path.join(root, file), 'utf8')).join('\n');
  if (code === '-') return;
  expect(isProblemCode(code)).toBe(true);
  expect(told).toContain(code);
});
