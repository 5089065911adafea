/** Joins the pure grid with the data: every plan is recorded at once, and what fails stays in its cell. */
import { useEffect, useMemo, useReducer } from 'react';
import type { ProblemValue } from '../../../shared/contract/ipc/common.ts';
import type { LocalDate } from '../../../shared/lib/local-date.ts';
import { showCount } from '../../../shared/lib/whole-number.ts';
import { type RecordInput, useRecordCounts } from '../../data/count.ts';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { notice } from '../../ui/notice.ts';
import type { Plan } from './grid-input.ts';
import { type GridModel, storedValue } from './grid-model.ts';
import {
  type Change,
  freshGrid,
  type GridAction,
  type GridState,
  gridReducer,
  type Position,
  reversed,
  type Size,
} from './grid-state.ts';

export interface CountGrid {
  readonly state: GridState;
  readonly size: Size;
  readonly dispatch: (action: GridAction) => void;
  readonly valueAt: (at: Position) => number | null;
  readonly take: (plan: Plan, source: RecordInput['source']) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly saving: boolean;
}

function unitsOf(model: GridModel, changes: readonly Change[]): RecordInput['units'] {
  const units = new Map<string, RecordInput['units'][number]['cells']>();
  for (const { r, c, after } of changes) {
    const cell = model.rows[r]?.cells[c];
    if (!cell) continue;
    const cells = units.get(cell.unit) ?? [];
    cells.push({ category: cell.category, measure: cell.measure, value: after });
    units.set(cell.unit, cells);
  }
  return [...units].map(([unit, cells]) => ({ unit, cells }));
}

function asFailed(changes: readonly Change[], problem: ProblemValue) {
  return changes.map(({ r, c, after }) => ({ r, c, text: after === null ? '' : showCount(after), problem }));
}

/** Text that could not be recorded waits for its clerk in its cell, also while another room is shown. */
const kept = new Map<LocalDate, GridState['failed']>();

export function useCountGrid(model: GridModel, asOf: LocalDate): CountGrid {
  const [state, dispatch] = useReducer(gridReducer, asOf, (date) => ({
    ...freshGrid,
    failed: kept.get(date) ?? {},
  }));
  useEffect(() => {
    kept.set(asOf, state.failed);
  }, [asOf, state.failed]);
  const record = useRecordCounts();
  const size = useMemo(() => ({ rows: model.rows.length, columns: model.columns.length }), [model]);

  const valueAt = ({ r, c }: Position): number | null => {
    const waiting = state.pending[r]?.[c];
    if (waiting !== undefined) return waiting;
    const row = model.rows[r];
    return row ? storedValue(row, c) : null;
  };
  const send = (changes: readonly Change[], source: RecordInput['source'], as: 'do' | 'undo' | 'redo') => {
    if (changes.length === 0) return;
    dispatch({ kind: 'change', changes, as });
    record.mutateAsync({ asOf, source, units: unitsOf(model, changes) }).then(
      () => dispatch({ kind: 'settle', changes }),
      (error: unknown) =>
        dispatch({
          kind: 'fail',
          cells: asFailed(changes, asProblem(error, 'count.record')),
          undone: changes,
        }),
    );
  };
  const take = ({ changes, wrong, outside }: Plan, source: RecordInput['source']) => {
    if (wrong.length > 0) {
      const failing: GridAction = { kind: 'fail', cells: wrong };
      dispatch(failing);
      // The room may be gone before the next drawing.
      kept.set(asOf, gridReducer(state, failing).failed);
    }
    for (const { r, c } of changes) if (state.failed[r]?.[c]) dispatch({ kind: 'clear', at: { r, c } });
    send(
      changes.filter(({ before, after }) => before !== after),
      source,
      'do',
    );
    if (outside > 0) notice(t('counts.pasteCut', { n: outside }));
  };
  const undo = () => {
    const last = state.undo.at(-1);
    if (last) send(reversed(last), 'typed', 'undo');
  };
  const redo = () => {
    const last = state.redo.at(-1);
    if (last) send(last, 'typed', 'redo');
  };
  return { state, size, dispatch, valueAt, take, undo, redo, saving: record.isPending };
}
