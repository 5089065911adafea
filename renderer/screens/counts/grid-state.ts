/** The grid under typing hands, pure: where one stands, what is being typed, what could not be recorded, undo and redo. */
import type { ProblemValue } from '../../../shared/contract/ipc/common.ts';

/** What a cell says: a figure (0 too), "không thuộc địa bàn", or null: chưa báo cáo. */
export type Figure = number | 'outside' | null;

export interface Position {
  readonly r: number;
  readonly c: number;
}
export interface Size {
  readonly rows: number;
  readonly columns: number;
}
export interface Range {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}
export interface Change {
  readonly r: number;
  readonly c: number;
  readonly before: Figure;
  readonly after: Figure;
}
export interface Failed {
  readonly text: string;
  readonly problem: ProblemValue;
}
export interface Editing {
  readonly text: string;
  /** Opened to look into the text (F2): left and right move the caret. */
  readonly inside: boolean;
}
/** Row -> column -> something; rows that did not change keep their identity, so that only touched rows are drawn again. */
export type PerCell<T> = Readonly<Record<number, Readonly<Record<number, T>>>>;

export interface GridState {
  readonly active: Position;
  readonly anchor: Position;
  readonly editing: Editing | null;
  readonly pending: PerCell<Figure>;
  readonly failed: PerCell<Failed>;
  readonly undo: readonly (readonly Change[])[];
  readonly redo: readonly (readonly Change[])[];
  /** Where wrong text was typed or pasted since the last change: undo throws it away before it touches figures. */
  readonly slips: readonly (readonly Position[])[];
}

export const freshGrid: GridState = {
  active: { r: 0, c: 0 },
  anchor: { r: 0, c: 0 },
  editing: null,
  pending: {},
  failed: {},
  undo: [],
  redo: [],
  slips: [],
};

export type GridAction =
  | { readonly kind: 'stand'; readonly at: Position; readonly extend?: boolean }
  | { readonly kind: 'edit'; readonly editing: Editing | null }
  | { readonly kind: 'change'; readonly changes: readonly Change[]; readonly as: 'do' | 'undo' | 'redo' }
  | { readonly kind: 'settle'; readonly changes: readonly Change[] }
  | { readonly kind: 'clear'; readonly at: Position }
  | { readonly kind: 'forgive' }
  | {
      readonly kind: 'fail';
      readonly cells: readonly (Position & Failed)[];
      readonly undone?: readonly Change[];
    };

const MEMORY = 200;

export function put<T>(cells: PerCell<T>, { r, c }: Position, value: T): PerCell<T> {
  return { ...cells, [r]: { ...cells[r], [c]: value } };
}

export function drop<T>(cells: PerCell<T>, { r, c }: Position): PerCell<T> {
  if (cells[r]?.[c] === undefined) return cells;
  const { [c]: _, ...row } = cells[r];
  if (Object.keys(row).length > 0) return { ...cells, [r]: row };
  const { [r]: __, ...rest } = cells;
  return rest;
}

function remembered(
  state: GridState,
  changes: readonly Change[],
  as: 'do' | 'undo' | 'redo',
): Pick<GridState, 'undo' | 'redo'> {
  if (as === 'do') return { undo: [...state.undo, changes].slice(-MEMORY), redo: [] };
  const kept = changes.length > 0 ? [as === 'undo' ? reversed(changes) : changes] : [];
  if (as === 'undo') return { undo: state.undo.slice(0, -1), redo: [...state.redo, ...kept] };
  return { undo: [...state.undo, ...kept], redo: state.redo.slice(0, -1) };
}

export function reversed(changes: readonly Change[]): readonly Change[] {
  return changes.map(({ r, c, before, after }) => ({ r, c, before: after, after: before }));
}

/** The changes whose cell still holds what they start from: what somebody else recorded since is not undone blindly. */
export function standing(changes: readonly Change[], valueAt: (at: Position) => Figure): readonly Change[] {
  return changes.filter((change) => valueAt(change) === change.before);
}

/** A cell still waiting for an older answer keeps its newer value. */
function settled(pending: GridState['pending'], changes: readonly Change[]): GridState['pending'] {
  return changes.reduce(
    (cells, change) => (cells[change.r]?.[change.c] === change.after ? drop(cells, change) : cells),
    pending,
  );
}

/** A cell slips once: its newest text is the one that is thrown away. */
function without(slips: GridState['slips'], cells: readonly Position[]): GridState['slips'] {
  const isIn = (at: Position) => cells.some(({ r, c }) => r === at.r && c === at.c);
  return slips.map((slip) => slip.filter((at) => !isIn(at))).filter((slip) => slip.length > 0);
}

export function gridReducer(state: GridState, action: GridAction): GridState {
  switch (action.kind) {
    case 'stand':
      return { ...state, active: action.at, anchor: action.extend ? state.anchor : action.at, editing: null };
    case 'edit':
      return { ...state, editing: action.editing, anchor: state.active };
    case 'change':
      return {
        ...state,
        ...remembered(state, action.changes, action.as),
        slips: [],
        pending: action.changes.reduce((cells, change) => put(cells, change, change.after), state.pending),
        failed: action.changes.reduce((cells, change) => drop(cells, change), state.failed),
      };
    case 'settle':
      return { ...state, pending: settled(state.pending, action.changes) };
    case 'clear':
      return { ...state, failed: drop(state.failed, action.at), slips: without(state.slips, [action.at]) };
    case 'forgive':
      return {
        ...state,
        slips: state.slips.slice(0, -1),
        failed: (state.slips.at(-1) ?? []).reduce(drop, state.failed),
      };
    case 'fail':
      return {
        ...state,
        // What the data process refused was a change: its undo is that of figures.
        slips: action.undone ? state.slips : [...without(state.slips, action.cells), action.cells],
        pending: settled(state.pending, action.undone ?? []),
        failed: action.cells.reduce(
          (cells, { r, c, text, problem }) => put(cells, { r, c }, { text, problem }),
          state.failed,
        ),
      };
  }
}

export function rangeOf({ active, anchor }: Pick<GridState, 'active' | 'anchor'>): Range {
  return {
    top: Math.min(active.r, anchor.r),
    bottom: Math.max(active.r, anchor.r),
    left: Math.min(active.c, anchor.c),
    right: Math.max(active.c, anchor.c),
  };
}

export function positionsIn({ top, bottom, left, right }: Range): readonly Position[] {
  const all: Position[] = [];
  for (let r = top; r <= bottom; r++) for (let c = left; c <= right; c++) all.push({ r, c });
  return all;
}

const clamp = (n: number, last: number) => Math.max(0, Math.min(last, n));
const PAGE = 15;

/** Where an arrow, Page, Home or End leads; null = not such a key. */
export function stepped({ r, c }: Position, key: string, size: Size, far = false): Position | null {
  const last = { r: size.rows - 1, c: size.columns - 1 };
  const step = far ? Number.MAX_SAFE_INTEGER : 1;
  const moves: Readonly<Record<string, Position>> = {
    ArrowUp: { r: r - step, c },
    ArrowDown: { r: r + step, c },
    ArrowLeft: { r, c: c - step },
    ArrowRight: { r, c: c + step },
    PageUp: { r: r - PAGE, c },
    PageDown: { r: r + PAGE, c },
    Home: far ? { r: 0, c: 0 } : { r, c: 0 },
    End: far ? last : { r, c: last.c },
  };
  const to = moves[key];
  return to ? { r: clamp(to.r, last.r), c: clamp(to.c, last.c) } : null;
}

/** The next cell for Tab, row after row; null past either end, so that Tab can leave the grid. */
export function tabbed({ r, c }: Position, back: boolean, size: Size): Position | null {
  const next = r * size.columns + c + (back ? -1 : 1);
  return next < 0 || next >= size.rows * size.columns
    ? null
    : { r: Math.floor(next / size.columns), c: next % size.columns };
}
