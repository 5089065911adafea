/** Joins the pure grid with the data: every plan is recorded at once, and what fails stays in its cell. */
import { useEffect, useMemo, useReducer, useState } from 'react';
import type { ProblemValue } from '../../../shared/contract/ipc/common.ts';
import type { CountCell } from '../../../shared/domain/sheet.ts';
import { showCount } from '../../../shared/lib/whole-number.ts';
import { problemSentence } from '../../../shared/problem.ts';
import { type RecordInput, type SheetPlace, useRecordCounts } from '../../data/count.ts';
import { useSession } from '../../data/session.ts';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { notice } from '../../ui/notice.ts';
import { type Plan, plainText } from './grid-input.ts';
import { type CellRef, type GridModel, storedFigure } from './grid-model.ts';
import type { Told } from './grid-paste.ts';
import {
  type Change,
  type Figure,
  freshGrid,
  type GridAction,
  type GridState,
  gridReducer,
  type Position,
  reversed,
  type Size,
  standing,
} from './grid-state.ts';

type CellNotes = Pick<CountCell, 'reason' | 'evidence' | 'file'>;

export interface CountGrid {
  readonly state: GridState;
  readonly size: Size;
  readonly place: SheetPlace;
  readonly dispatch: (action: GridAction) => void;
  readonly valueAt: (at: Position) => Figure;
  /** Whether the cell may be typed into; says why where it may not. */
  readonly mayType: (at: Position) => boolean;
  readonly take: (plan: Plan, source: RecordInput['source']) => void;
  /** Reason or paper of a cell, beside its figure. */
  readonly annotate: (at: Position, note: CellNotes) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly saving: boolean;
  /** What was recognised in the block pasted last. */
  readonly told: readonly Told[];
  readonly tell: (told: readonly Told[]) => void;
}

const figureBody = (figure: Figure) =>
  figure === 'outside' ? ({ value: null, outside: true } as const) : { value: figure };

function unitsOf(model: GridModel, changes: readonly Change[]): RecordInput['units'] {
  const units = new Map<string, RecordInput['units'][number]['cells']>();
  for (const { r, c, after } of changes) {
    const cell = model.rows[r]?.cells[c];
    if (!cell) continue;
    const cells = units.get(cell.unit) ?? [];
    cells.push({ category: cell.category, measure: cell.measure, ...figureBody(after) });
    units.set(cell.unit, cells);
  }
  return [...units].map(([unit, cells]) => ({ unit, cells }));
}

function asFailed(changes: readonly Change[], problem: ProblemValue) {
  return changes.map(({ r, c, after }) => ({
    ...{ r, c, problem },
    text: typeof after === 'number' ? showCount(after) : plainText(after),
  }));
}

/** Text that could not be recorded waits for its clerk in its cell, also while another room is shown. */
const kept = new Map<string, GridState['failed']>();
/** By the rows that are shown too: in the grid of a cluster the third row is another unit's. */
const keptKey = ({ asOf, form, from }: SheetPlace, { rows }: GridModel) =>
  [asOf, form, from, ...rows.map((row) => row.key)].join('/');

export function useCountGrid(model: GridModel, place: SheetPlace): CountGrid {
  const name = useMemo(() => keptKey(place, model), [place, model]);
  const [state, dispatch] = useReducer(gridReducer, name, (key) => ({
    ...freshGrid,
    failed: kept.get(key) ?? {},
  }));
  const [told, tell] = useState<readonly Told[]>([]);
  useEffect(() => {
    kept.set(name, state.failed);
  }, [name, state.failed]);
  const record = useRecordCounts();
  const size = useMemo(() => ({ rows: model.rows.length, columns: model.columns.length }), [model]);

  const valueAt = ({ r, c }: Position): Figure => {
    const waiting = state.pending[r]?.[c];
    if (waiting !== undefined) return waiting;
    const row = model.rows[r];
    return row ? storedFigure(row, c) : null;
  };
  const isOpenAt = ({ r }: Position) => model.rows[r]?.open ?? false;
  const { readOnly } = useSession();
  const sayLocked = ({ r }: Position) => {
    if (readOnly !== null) return notice(t('readOnly.nothing'));
    const row = model.rows[r]?.unit;
    if (row) notice(t(`counts.locked.${row.status}`, { unit: row.unit.name }));
  };
  const mayType = (at: Position) => {
    if (isOpenAt(at)) return true;
    sayLocked(at);
    return false;
  };
  const send = (changes: readonly Change[], source: RecordInput['source'], as: 'do' | 'undo' | 'redo') => {
    if (changes.length === 0 && as === 'do') return;
    dispatch({ kind: 'change', changes, as });
    if (changes.length === 0) return;
    record.mutateAsync({ ...place, source, units: unitsOf(model, changes) }).then(
      () => dispatch({ kind: 'settle', changes }),
      (error: unknown) =>
        dispatch({
          kind: 'fail',
          cells: asFailed(changes, asProblem(error, 'count.record')),
          undone: changes,
        }),
    );
  };
  /** The sheet was locked (here or on another machine) while the cell was open: what was typed waits in it, with the reason. */
  const typedIntoLocked = (at: Position | undefined) => {
    const text = state.editing?.text.trim() ?? '';
    if (!at || text === '' || text === plainText(valueAt(at))) return [];
    const sentence = problemSentence('SHEET_LOCKED');
    return [{ r: at.r, c: at.c, text, problem: { code: 'SHEET_LOCKED', sentence, details: {} } }];
  };
  const take = (plan: Plan, source: RecordInput['source']) => {
    const locked = [...plan.changes, ...plan.wrong].find((at) => !isOpenAt(at));
    if (locked) sayLocked(locked);
    const wrong = [...plan.wrong.filter(isOpenAt), ...typedIntoLocked(locked)];
    const changes = plan.changes.filter(isOpenAt);
    if (wrong.length > 0) {
      const failing: GridAction = { kind: 'fail', cells: wrong };
      dispatch(failing);
      // The room may be gone before the next drawing.
      kept.set(name, gridReducer(state, failing).failed);
    }
    for (const { r, c } of changes) if (state.failed[r]?.[c]) dispatch({ kind: 'clear', at: { r, c } });
    // A wrong text may be thrown away also where the sheet has been locked since.
    for (const { r, c, after } of plan.changes)
      if (after === null && state.failed[r]?.[c]) dispatch({ kind: 'clear', at: { r, c } });
    send(
      changes.filter(({ before, after }) => before !== after),
      source,
      'do',
    );
  };
  const annotate = (at: Position, note: CellNotes) => {
    const cell: CellRef | undefined = model.rows[at.r]?.cells[at.c];
    if (!cell || !mayType(at)) return;
    const { unit, category, measure } = cell;
    const cells = [{ category, measure, ...figureBody(valueAt(at)), ...note }];
    record.mutate(
      { ...place, source: 'typed', units: [{ unit, cells }] },
      { onError: (error) => notice(asProblem(error, 'count.record').sentence) },
    );
  };
  /** Only cells that are open and hold what was left there: another machine may have typed or locked since. */
  const repeat = (changes: readonly Change[] | undefined, as: 'undo' | 'redo') => {
    if (!changes) return;
    const possible = standing(changes, valueAt).filter(isOpenAt);
    const left = changes.length - possible.length;
    if (left > 0) notice(t('counts.left', { n: showCount(left) }));
    send(possible, 'typed', as);
  };
  const undo = () => {
    if (state.slips.length > 0) return dispatch({ kind: 'forgive' });
    const last = state.undo.at(-1);
    repeat(last && reversed(last), 'undo');
  };
  const redo = () => repeat(state.redo.at(-1), 'redo');
  return {
    ...{ state, size, place, dispatch, valueAt, mayType, take, annotate, undo, redo, told, tell },
    saving: record.isPending,
  };
}
