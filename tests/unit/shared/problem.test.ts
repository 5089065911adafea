/** The problem catalogue: stable codes, sensible statuses, sentences that can be filled, a document that lists them all. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  fail,
  isProblemCode,
  Problem,
  problemCodes,
  problemSentence,
  problemStatus,
} from '../../../shared/problem.ts';

const file = path.resolve(import.meta.dirname, '../../../docs/problems.md');
const lines = readFileSync(file, 'utf8').split('\n');

describe.each(problemCodes.map((code) => ({ code })))('$code', ({ code }) => {
  // Details named after themselves leave the placeholders readable.
  const raw = problemSentence(code, new Proxy({}, { get: (_, name) => `{${String(name)}}` }));
  test('has a status of its kind and a whole Vietnamese sentence', () => {
    expect(problemStatus(code) >= 400 && problemStatus(code) <= 599).toBe(true);
    expect(code).toMatch(/^[A-Z0-9]+(_[A-Z0-9]+)+$|^(FORBIDDEN|INTERNAL)$/);
    expect(raw).toMatch(/^\p{Lu}/u);
    expect(raw).toMatch(/\.$/);
    expect(raw.length).toBeGreaterThan(20);
  });
  test('fills every placeholder from its details, and shows a question mark where one is missing', () => {
    const placeholders = [...raw.matchAll(/\{(\w+)\}/g)].map((m) => m[1] ?? '');
    expect(raw).not.toContain('?');
    expect(problemSentence(code, Object.fromEntries(placeholders.map((p) => [p, 'x'])))).not.toMatch(/[{}]/);
    expect(problemSentence(code)).toBe(raw.replace(/\{\w+\}/g, '?'));
  });
  test('stands in docs/problems.md as it is', () => {
    expect(lines).toContain(`| \`${code}\` | ${problemStatus(code)} | ${raw} |`);
  });
});

test('codes are unique, and a stranger is none', () => {
  expect(new Set(problemCodes).size).toBe(problemCodes.length);
  for (const text of ['', 'NOPE', 'constructor', '__proto__', 'toString'])
    expect(isProblemCode(text), text).toBe(false);
  expect(problemCodes.every(isProblemCode)).toBe(true);
});

test('docs/problems.md lists no code twice and none that is neither known nor retired', () => {
  const listed = lines.flatMap((line) => /^\| `(\w+)` \|/.exec(line)?.[1] ?? []);
  expect(new Set(listed).size).toBe(listed.length);
  const retired = lines.flatMap((line) => /^- `(\w+)`/.exec(line)?.[1] ?? []);
  expect(listed.filter((code) => !isProblemCode(code))).toEqual([]);
  expect(retired.filter(isProblemCode)).toEqual([]);
});

test('a detail that looks like a placeholder is not filled again', () => {
  expect(problemSentence('UNIT_UNKNOWN', { code: '{code}$&$1' })).toContain('"{code}$&$1"');
});

test('failing throws a problem that keeps its code, details and cause', () => {
  const thrown = (() => {
    try {
      return fail('COMMUNE_UNKNOWN', { code: '1', date: '2' });
    } catch (error) {
      return error;
    }
  })();
  expect(thrown).toBeInstanceOf(Problem);
  expect(thrown).toMatchObject({
    name: 'Problem',
    code: 'COMMUNE_UNKNOWN',
    details: { code: '1', date: '2' },
  });
  expect(new Problem('INTERNAL', {}, { cause: thrown }).cause).toBe(thrown);
});
