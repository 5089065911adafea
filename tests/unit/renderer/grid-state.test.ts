// The count grid without a screen: standing, selecting, recording, failing, undo.
import { describe, expect, test } from 'vitest';
import {
  drop,
  type Figure,
  freshGrid,
  type GridAction,
  gridReducer,
  type Position,
  put,
  rangeOf,
  reversed,
  standing,
  stepped,
  tabbed,
} from '../../../renderer/screens/counts/grid-state.ts';

const size = { rows: 3, columns: 4 };
const problem = { code: 'DB_FULL', sentence: 'x', details: {} };
const change = { r: 1, c: 2, before: 5, after: 9 };
const done = (...actions: GridAction[]) => actions.reduce(gridReducer, freshGrid);

describe('standing and selecting', () => {
  test('arrows stay inside the grid, with Ctrl they run to its edge', () => {
    expect(stepped({ r: 0, c: 0 }, 'ArrowUp', size)).toEqual({ r: 0, c: 0 });
    expect(stepped({ r: 1, c: 1 }, 'ArrowRight', size)).toEqual({ r: 1, c: 2 });
    expect(stepped({ r: 1, c: 1 }, 'ArrowRight', size, true)).toEqual({ r: 1, c: 3 });
    expect(stepped({ r: 1, c: 1 }, 'x', size)).toBeNull();
  });
  test('Tab goes row after row and leaves at both ends', () => {
    expect(tabbed({ r: 0, c: 3 }, false, size)).toEqual({ r: 1, c: 0 });
    expect(tabbed({ r: 2, c: 3 }, false, size)).toBeNull();
    expect(tabbed({ r: 0, c: 0 }, true, size)).toBeNull();
  });
  test('a selection spans from its anchor, whichever way it grew', () => {
    const state = done(
      { kind: 'stand', at: { r: 2, c: 3 } },
      { kind: 'stand', at: { r: 0, c: 1 }, extend: true },
    );
    expect(rangeOf(state)).toEqual({ top: 0, bottom: 2, left: 1, right: 3 });
    expect(rangeOf(gridReducer(state, { kind: 'stand', at: { r: 1, c: 1 } }))).toEqual({
      top: 1,
      bottom: 1,
      left: 1,
      right: 1,
    });
  });
});

describe('wrong text', () => {
  const slip = (r: number, text: string): GridAction => ({
    kind: 'fail',
    cells: [{ r, c: 0, text, problem }],
  });
  test('is thrown away by undo, the newest first, before any figure moves', () => {
    const state = done({ kind: 'change', changes: [change], as: 'do' }, slip(0, '12a'), slip(1, '-5'));
    expect(state.slips).toHaveLength(2);
    const once = gridReducer(state, { kind: 'forgive' });
    expect([once.failed, once.undo]).toEqual([{ 0: { 0: { text: '12a', problem } } }, state.undo]);
    expect(gridReducer(once, { kind: 'forgive' })).toMatchObject({ failed: {}, slips: [] });
  });
  test.each<[string, GridAction[], number]>([
    ['typed twice into one cell slips once', [slip(0, 'a'), slip(0, 'b')], 1],
    ['emptied by hand leaves nothing to undo', [slip(0, 'a'), { kind: 'clear', at: { r: 0, c: 0 } }], 0],
    [
      'before a newer figure waits: that one is undone first',
      [slip(0, 'a'), { kind: 'change', changes: [change], as: 'do' }],
      0,
    ],
    ['that the store refused is no slip', [{ kind: 'fail', cells: [], undone: [change] }], 0],
  ])('%s', (_, actions, slips) => {
    expect(done(...actions).slips).toHaveLength(slips);
  });
});

describe('recording', () => {
  test('a change shows at once and stops waiting when it is recorded', () => {
    const waiting = done({ kind: 'change', changes: [change], as: 'do' });
    expect(waiting.pending).toEqual({ 1: { 2: 9 } });
    expect(gridReducer(waiting, { kind: 'settle', changes: [change] }).pending).toEqual({});
  });
  test('the answer to an older change leaves a newer one waiting', () => {
    const newer = { ...change, before: 9, after: 10 };
    const state = done(
      { kind: 'change', changes: [change], as: 'do' },
      { kind: 'change', changes: [newer], as: 'do' },
      { kind: 'settle', changes: [change] },
    );
    expect(state.pending).toEqual({ 1: { 2: 10 } });
  });
  test('a failed record leaves the typed text in its cell with the problem', () => {
    const state = done(
      { kind: 'change', changes: [change], as: 'do' },
      { kind: 'fail', cells: [{ r: 1, c: 2, text: '9', problem }], undone: [change] },
    );
    expect(state.pending).toEqual({});
    expect(state.failed).toEqual({ 1: { 2: { text: '9', problem } } });
    expect(gridReducer(state, { kind: 'change', changes: [change], as: 'do' }).failed).toEqual({});
  });
  test('undo and redo pass the same change back and forth; new typing forgets what was undone', () => {
    const back = { ...change, before: 9, after: 5 };
    const typed = done({ kind: 'change', changes: [change], as: 'do' });
    const undone = gridReducer(typed, { kind: 'change', changes: [back], as: 'undo' });
    expect([undone.undo, undone.redo]).toEqual([[], [[change]]]);
    const redone = gridReducer(undone, { kind: 'change', changes: [change], as: 'redo' });
    expect([redone.undo, redone.redo]).toEqual([[[change]], []]);
    expect(gridReducer(undone, { kind: 'change', changes: [change], as: 'do' }).redo).toEqual([]);
  });
});

describe('undo after another machine has typed', () => {
  const other = { r: 0, c: 0, before: 1, after: 2 };
  const now = (figures: Record<string, Figure>) => (at: Position) => figures[`${at.r}/${at.c}`] ?? null;
  test('takes back only cells that hold what was left there', () => {
    const back = reversed([change, other]);
    expect(standing(back, now({ '1/2': 9, '0/0': 77 }))).toEqual([{ r: 1, c: 2, before: 9, after: 5 }]);
    expect(standing(back, now({ '1/2': 9, '0/0': 2 }))).toEqual(back);
    expect(standing(back, now({ '1/2': 'outside' }))).toEqual([]);
    expect(standing([{ r: 4, c: 4, before: null, after: 1 }], now({ '4/4': 0 }))).toEqual([]);
  });
  test('a change of which nothing can be taken back is forgotten, and cannot be done again', () => {
    const typed = done({ kind: 'change', changes: [change], as: 'do' });
    const undone = gridReducer(typed, { kind: 'change', changes: [], as: 'undo' });
    expect([undone.undo, undone.redo]).toEqual([[], []]);
    const redone = gridReducer({ ...typed, redo: [[change]] }, { kind: 'change', changes: [], as: 'redo' });
    expect([redone.undo, redone.redo]).toEqual([[[change]], []]);
  });
});

test('rows that did not change keep their identity', () => {
  const cells = put(put({}, { r: 0, c: 0 }, 1), { r: 1, c: 0 }, 2);
  expect(put(cells, { r: 1, c: 1 }, 3)[0]).toBe(cells[0]);
  expect(drop(cells, { r: 5, c: 5 })).toBe(cells);
  expect(drop(cells, { r: 1, c: 0 })).toEqual({ 0: { 0: 1 } });
});
