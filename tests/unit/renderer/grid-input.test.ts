// What typed and pasted text means for the count grid.
import { describe, expect, test } from 'vitest';
import {
  copyText,
  planBlank,
  planFillDown,
  planFillRight,
  planTyped,
  readTyped,
} from '../../../renderer/screens/counts/grid-input.ts';
import type { Figure } from '../../../renderer/screens/counts/grid-state.ts';

const cells: Figure[][] = [
  [10, null],
  [30, 0],
  [50, 60],
];
const valueAt = ({ r, c }: { r: number; c: number }) => cells[r]?.[c] ?? null;
const whole = { top: 0, bottom: 2, left: 0, right: 1 };

describe('typed text', () => {
  test.each([
    ['1.320', 1320],
    ['1320', 1320],
    ['0', 0],
    ['', null],
    ['–', null],
    ['x', 'outside'],
    ['X', 'outside'],
    ['K', 'outside'],
    ['không thuộc địa bàn', 'outside'],
    ['1 320', 1320],
  ])('%j is read as %j', (text, value) => expect(readTyped(text)).toEqual({ value }));
  test.each([
    ['-4', 'COUNT_NEGATIVE'],
    ['1,5', 'COUNT_NOT_WHOLE'],
    ['abc', 'COUNT_NOT_A_NUMBER'],
    ['١٢', 'COUNT_NOT_A_NUMBER'],
    ['xx', 'COUNT_NOT_A_NUMBER'],
    ['=1+1', 'COUNT_FORMULA'],
    ['999999999', 'COUNT_TOO_LARGE'],
  ])('%j is kept and named %s', (text, code) => {
    const plan = planTyped({ r: 0, c: 0 }, text, valueAt);
    expect(plan.changes).toEqual([]);
    expect(plan.wrong[0]).toMatchObject({ text, problem: { code } });
  });
});

test('fill down takes the top row of a selection, or the cell above', () => {
  expect(planFillDown({ top: 0, bottom: 2, left: 0, right: 0 }, valueAt).changes.map((c) => c.after)).toEqual(
    [10, 10],
  );
  expect(planFillDown({ top: 1, bottom: 1, left: 1, right: 1 }, valueAt).changes).toEqual([
    { r: 1, c: 1, before: 0, after: null },
  ]);
  expect(planFillDown({ top: 0, bottom: 0, left: 0, right: 0 }, valueAt).changes).toEqual([]);
});

test('fill right takes the left column of a selection, or the cell to the left', () => {
  expect(planFillRight(whole, valueAt).changes.map((c) => [c.r, c.c, c.after])).toEqual([
    [0, 1, 10],
    [1, 1, 30],
    [2, 1, 50],
  ]);
  expect(planFillRight({ top: 1, bottom: 1, left: 1, right: 1 }, valueAt).changes).toEqual([
    { r: 1, c: 1, before: 0, after: 30 },
  ]);
  expect(planFillRight({ top: 0, bottom: 0, left: 0, right: 0 }, valueAt).changes).toEqual([]);
});

test('deleting goes back to not reported, never to zero', () => {
  expect(planBlank(whole, valueAt).changes.every((c) => c.after === null)).toBe(true);
});

test('copied text keeps blank and zero apart', () => {
  expect(copyText(whole, valueAt)).toBe('10\t\r\n30\t0\r\n50\t60');
});
