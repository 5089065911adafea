/** Keys of the grid, as in a spreadsheet. Every function returns whether the key was meant for the grid. */
import type { KeyboardEvent } from 'react';
import { plainText, planBlank, planFillDown, planFillRight, planTyped } from './grid-input.ts';
import { type Position, rangeOf, stepped, tabbed } from './grid-state.ts';
import type { CountGrid } from './use-count-grid.ts';

export interface KeyOptions {
  /** A letter that begins the name of a unit; absent where there are no units to find. */
  readonly find?: (letter: string) => void;
  /** Takes the units of the selection into the block, or out of it. */
  readonly pick: () => void;
}

/** Text with which a cell opens: what stands in it, wrong text included. */
function openingText(grid: CountGrid, at: Position): string {
  return grid.state.failed[at.r]?.[at.c]?.text ?? plainText(grid.valueAt(at));
}

export function openCell(grid: CountGrid, at: Position): void {
  if (grid.mayType(at))
    grid.dispatch({ kind: 'edit', editing: { text: openingText(grid, at), inside: true } });
}

export function commitEdit(grid: CountGrid): void {
  const { editing, active } = grid.state;
  if (editing) grid.take(planTyped(active, editing.text, grid.valueAt), 'typed');
}

export function standAt(grid: CountGrid, at: Position | null, extend = false): void {
  if (at) grid.dispatch({ kind: 'stand', at, extend });
}

/** Keys while a cell is open. */
export function keyInside(grid: CountGrid, event: KeyboardEvent): boolean {
  const { state, size, dispatch } = grid;
  const { active, editing } = state;
  const leave = (to: Position | null) => {
    commitEdit(grid);
    if (to) standAt(grid, to);
    else dispatch({ kind: 'edit', editing: null });
  };
  if (event.key === 'Escape') dispatch({ kind: 'edit', editing: null });
  else if (event.key === 'Enter') leave(stepped(active, event.shiftKey ? 'ArrowUp' : 'ArrowDown', size));
  else if (event.key === 'Tab') leave(tabbed(active, event.shiftKey, size));
  else if (/^Arrow(Up|Down)$/.test(event.key) || (/^Arrow/.test(event.key) && !editing?.inside))
    leave(stepped(active, event.key, size));
  else return false;
  return true;
}

/** Keys with Ctrl on the closed grid. */
function command(grid: CountGrid, event: KeyboardEvent, { find }: KeyOptions): boolean {
  const { state, size, dispatch, valueAt } = grid;
  const key = event.key.toLowerCase();
  if (key === 'z' && !event.shiftKey) grid.undo();
  else if (key === 'y' || (key === 'z' && event.shiftKey)) grid.redo();
  else if (key === 'd') grid.take(planFillDown(rangeOf(state), valueAt), 'typed');
  else if (key === 'r') grid.take(planFillRight(rangeOf(state), valueAt), 'typed');
  else if (key === 'f' && find) find('');
  else if (key === 'a') {
    dispatch({ kind: 'stand', at: { r: 0, c: 0 } });
    dispatch({ kind: 'stand', at: { r: size.rows - 1, c: size.columns - 1 }, extend: true });
  } else {
    const to = stepped(state.active, event.key, size, true);
    if (!to) return false;
    standAt(grid, to, event.shiftKey);
  }
  return true;
}

/** Keys on the closed grid. */
export function keyOutside(grid: CountGrid, event: KeyboardEvent, options: KeyOptions): boolean {
  const { state, size, valueAt } = grid;
  if (event.ctrlKey || event.metaKey) return command(grid, event, options);
  if (event.altKey) return false;
  const to = stepped(state.active, event.key, size);
  if (to) standAt(grid, to, event.shiftKey);
  else if (event.key === 'Enter')
    standAt(grid, stepped(state.active, event.shiftKey ? 'ArrowUp' : 'ArrowDown', size));
  else if (event.key === 'Tab') {
    const next = tabbed(state.active, event.shiftKey, size);
    if (!next) return false;
    standAt(grid, next);
  } else if (event.key === 'F2') openCell(grid, state.active);
  else if (event.key === 'Delete' || event.key === 'Backspace')
    grid.take(planBlank(rangeOf(state), valueAt), 'typed');
  else if (event.key === ' ') options.pick();
  else if (event.key.length === 1) typed(grid, event.key, options);
  else return false;
  return true;
}

/** Digits, and X or K, type over the cell; any other letter looks for a unit. */
function typed(grid: CountGrid, key: string, { find }: KeyOptions): void {
  if (find && /\p{L}/u.test(key) && !/[xk]/i.test(key)) find(key);
  else if (grid.mayType(grid.state.active))
    grid.dispatch({ kind: 'edit', editing: { text: key, inside: false } });
}
