/** The door of main: a flood of calls is stopped and recovers, and what is absurdly large or deep is not read. */
import { expect, test } from 'vitest';
import { callPace, isWithinBounds } from '../../../electron/call-bounds.ts';

test('a burst goes through, a flood does not, and a pause makes room again, for each window by itself', () => {
  let now = 0;
  const may = callPace(() => now);
  const burst = (n: number, window = 1) =>
    Array.from({ length: n }, () => may(window)).filter(Boolean).length;
  expect(burst(3_000)).toBe(3_000);
  expect(burst(1_000)).toBe(0);
  expect(burst(10, 2)).toBe(10);
  now += 1_000;
  expect(burst(1_000)).toBe(300);
  now += 3_600_000;
  expect(burst(10_000)).toBe(3_000);
});

test('asking while there is no room does not put off the room to come', () => {
  let now = 0;
  const may = callPace(() => now);
  while (may(1));
  let passed = 0;
  for (let i = 0; i < 1_000; i++) {
    now += 1;
    if (may(1)) passed += 1;
  }
  expect(passed).toBeGreaterThan(290);
});

function deep(levels: number): unknown {
  let value: unknown = 'x';
  for (let i = 0; i < levels; i++) value = i % 2 === 0 ? { value } : [value];
  return value;
}
const cycle: Record<string, unknown> = {};
Object.assign(cycle, { cycle });

test.each([
  ['nothing', undefined],
  [
    'a form',
    {
      id: 'x',
      values: Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`k${i}`, 'ế'.repeat(2000)])),
    },
  ],
  [
    'a sheet of all communes',
    Array.from({ length: 168 }, () => Array.from({ length: 500 }, () => ({ n: 1 }))),
  ],
  ['a scan', { name: 'x', bytes: new Uint8Array(40 * 1024 * 1024) }],
  ['thirty levels', deep(30)],
])('%s is read', (_name, input) => {
  expect(isWithinBounds(input)).toBe(true);
});

test.each([
  ['thirty-one levels', deep(31)],
  ['a hundred thousand levels', deep(100_000)],
  ['a cycle', cycle],
  ['a text without an end', { q: 'x'.repeat(70_000_000) }],
  ['a file without an end', { bytes: new Uint8Array(65 * 1024 * 1024) }],
  ['a list without an end', Array.from({ length: 600_000 }, () => 1)],
  ['a record without an end', Object.fromEntries(Array.from({ length: 600_000 }, (_, i) => [`k${i}`, 1]))],
  ['keys without an end', { ['k'.repeat(70_000_000)]: 1 }],
])('%s is not read', (_name, input) => {
  expect(isWithinBounds(input)).toBe(false);
});
