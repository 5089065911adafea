/** The grid with its keys: it feels like a spreadsheet, and every change is on the disk before the next key. */
import { type ClipboardEvent, type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import { clipboardBlock } from '../../../shared/domain/count-table.ts';
import { showDate } from '../../../shared/lib/local-date.ts';
import { showCount } from '../../../shared/lib/whole-number.ts';
import { useAsOf } from '../../state/as-of.ts';
import { t } from '../../text/text.ts';
import { useStart } from '../../ui/use-start.ts';
import { copyText, planBlank, planFillDown, planPaste, planTyped } from './grid-input.ts';
import type { GridModel } from './grid-model.ts';
import { type CellHandlers, cellId, Row } from './grid-row.tsx';
import { type Position, rangeOf, stepped, tabbed } from './grid-state.ts';
import type { CountGrid } from './use-count-grid.ts';

interface Props {
  readonly model: GridModel;
  readonly grid: CountGrid;
  readonly label: string;
}

/** Text with which a cell opens: what stands in it, wrong text included. */
function openingText(grid: CountGrid, at: Position): string {
  const wrong = grid.state.failed[at.r]?.[at.c];
  const value = grid.valueAt(at);
  return wrong ? wrong.text : value === null ? '' : String(value);
}

function commitEdit(grid: CountGrid): void {
  const { editing, active } = grid.state;
  if (editing) grid.take(planTyped(active, editing.text, grid.valueAt), 'typed');
}

function stand(grid: CountGrid, at: Position | null, extend = false): void {
  if (at) grid.dispatch({ kind: 'stand', at, extend });
}

/** Keys while a cell is open. Returns whether the key was meant for the grid. */
function keyInside(grid: CountGrid, event: KeyboardEvent): boolean {
  const { state, size, dispatch } = grid;
  const { active, editing } = state;
  const leave = (to: Position | null) => {
    commitEdit(grid);
    if (to) stand(grid, to);
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
function command(grid: CountGrid, event: KeyboardEvent): boolean {
  const { state, size, dispatch, valueAt } = grid;
  const key = event.key.toLowerCase();
  if (key === 'z' && !event.shiftKey) grid.undo();
  else if (key === 'y' || (key === 'z' && event.shiftKey)) grid.redo();
  else if (key === 'd') grid.take(planFillDown(rangeOf(state), valueAt), 'typed');
  else if (key === 'a') {
    dispatch({ kind: 'stand', at: { r: 0, c: 0 } });
    dispatch({ kind: 'stand', at: { r: size.rows - 1, c: size.columns - 1 }, extend: true });
  } else {
    const to = stepped(state.active, event.key, size, true);
    if (!to) return false;
    stand(grid, to, event.shiftKey);
  }
  return true;
}

/** Keys on the closed grid. */
function keyOutside(grid: CountGrid, event: KeyboardEvent): boolean {
  const { state, size, dispatch, valueAt } = grid;
  if (event.ctrlKey || event.metaKey) return command(grid, event);
  if (event.altKey) return false;
  const to = stepped(state.active, event.key, size);
  if (to) stand(grid, to, event.shiftKey);
  else if (event.key === 'Enter')
    stand(grid, stepped(state.active, event.shiftKey ? 'ArrowUp' : 'ArrowDown', size));
  else if (event.key === 'Tab') {
    const next = tabbed(state.active, event.shiftKey, size);
    if (!next) return false;
    stand(grid, next);
  } else if (event.key === 'F2')
    dispatch({ kind: 'edit', editing: { text: openingText(grid, state.active), inside: true } });
  else if (event.key === 'Delete' || event.key === 'Backspace')
    grid.take(planBlank(rangeOf(state), valueAt), 'typed');
  else if (event.key.length === 1) dispatch({ kind: 'edit', editing: { text: event.key, inside: false } });
  else return false;
  return true;
}

function useHandlers(grid: CountGrid): CellHandlers {
  const latest = useRef(grid);
  latest.current = grid;
  return useMemo(
    () => ({
      stand: (at, extend) => {
        commitEdit(latest.current);
        stand(latest.current, at, extend);
      },
      open: (at) =>
        latest.current.dispatch({
          kind: 'edit',
          editing: { text: openingText(latest.current, at), inside: true },
        }),
      type: (text) => {
        const { editing } = latest.current.state;
        if (editing) latest.current.dispatch({ kind: 'edit', editing: { ...editing, text } });
      },
      leave: () => {
        // A key that closed the cell has recorded it already; this is for a click elsewhere.
        if (!latest.current.state.editing) return;
        commitEdit(latest.current);
        latest.current.dispatch({ kind: 'edit', editing: null });
      },
    }),
    [],
  );
}

/** A sum of nothing is not 0: it stays blank. */
function sumOf(values: readonly (number | null | undefined)[]): number | null {
  const reported = values.filter((v) => v !== null && v !== undefined);
  return reported.length === 0 ? null : reported.reduce((a, b) => a + b, 0);
}
const figure = (value: number | null | undefined) =>
  value === null || value === undefined ? t('counts.dash') : showCount(value);

function Totals({ model, grid }: Pick<Props, 'model' | 'grid'>) {
  const sums = model.columns.map((_, c) => sumOf(model.rows.map((__, r) => grid.valueAt({ r, c }))));
  return (
    <tfoot>
      <tr aria-rowindex={model.rows.length + 2}>
        <th scope="row" colSpan={2}>
          {t('counts.sumRow', { n: model.rows.length })}
        </th>
        {model.columns.map((column, c) => (
          <td key={column.key} className="num" data-testid={`sum-${column.key}`}>
            {figure(sums[c])}
          </td>
        ))}
        <td className="num" data-testid="sum-all">
          {figure(sumOf(sums))}
        </td>
      </tr>
    </tfoot>
  );
}

function Heads({ model }: { readonly model: GridModel }) {
  const previous = model.rows[0]?.unit.previous;
  const heads = model.byUnit
    ? [t('counts.delivery')]
    : [
        previous ? t('counts.previousOn', { date: showDate(previous.asOf) }) : t('counts.previous'),
        t('counts.change'),
      ];
  return (
    <thead>
      <tr aria-rowindex={1}>
        <th scope="col">{t(model.byUnit ? 'counts.unit' : 'counts.category')}</th>
        {heads.map((text) => (
          <th key={text} scope="col" className={model.byUnit ? 'sent' : 'num'}>
            {text}
          </th>
        ))}
        {model.columns.map((column) => (
          <th key={column.key} scope="col" className="num" title={column.title}>
            {column.label}
          </th>
        ))}
        {model.byUnit && (
          <th scope="col" className="num">
            {t('counts.sum')}
          </th>
        )}
      </tr>
    </thead>
  );
}

/** A cell that came back from the city: the grid stands in it. */
function useWantedCell(model: GridModel, grid: CountGrid): void {
  const { wanted, want } = useAsOf();
  const latest = useRef(grid);
  latest.current = grid;
  useEffect(() => {
    if (!wanted) return;
    want(null);
    for (const [r, row] of model.rows.entries()) {
      const c = row.cells.findIndex((x) => x.unit === wanted.unit && x.category === wanted.category);
      if (c >= 0) stand(latest.current, { r, c });
    }
  }, [model, wanted, want]);
}

/** A window that closes on an open cell records it first. */
function useLeaving(grid: CountGrid): void {
  const latest = useRef(grid);
  latest.current = grid;
  useEffect(() => {
    const onLeave = () => commitEdit(latest.current);
    window.addEventListener('beforeunload', onLeave);
    return () => window.removeEventListener('beforeunload', onLeave);
  }, []);
}

export function GridTable({ model, grid, label }: Props) {
  const { state, size, valueAt } = grid;
  const inGrid = useRef(false);
  const handlers = useHandlers(grid);
  const { active, editing } = state;
  const range = rangeOf(state);

  // The active cell takes the focus whenever the focus is in the grid; an open cell holds it by itself.
  useEffect(() => {
    if (inGrid.current && !editing) document.getElementById(cellId(active))?.focus();
  }, [active, editing]);
  useWantedCell(model, grid);
  useStart(true);
  useLeaving(grid);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    // A key that leads out of the room takes the open cell along.
    if (editing && (event.ctrlKey || event.metaKey) && /^[1-6ko]$/i.test(event.key)) {
      commitEdit(grid);
      grid.dispatch({ kind: 'edit', editing: null });
      return;
    }
    if (editing ? keyInside(grid, event) : keyOutside(grid, event)) event.preventDefault();
  };
  const onPaste = (event: ClipboardEvent) => {
    if (editing) return;
    event.preventDefault();
    grid.take(
      planPaste(clipboardBlock(event.clipboardData.getData('text/plain')), range, size, valueAt),
      'pasted',
    );
  };
  const onCopy = (event: ClipboardEvent) => {
    if (editing) return;
    event.preventDefault();
    event.clipboardData.setData('text/plain', copyText(range, valueAt));
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys and clipboard of the grid inside
    <div
      className="counts-scroll"
      onKeyDown={onKeyDown}
      onPaste={onPaste}
      onCopy={onCopy}
      onFocus={() => {
        inGrid.current = true;
      }}
      onBlur={(event) => {
        if (event.relatedTarget && !event.currentTarget.contains(event.relatedTarget)) inGrid.current = false;
      }}
    >
      <table
        className={model.byUnit ? 'counts by-unit' : 'counts'}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table that is worked on like a spreadsheet
        role="grid"
        aria-label={label}
        aria-multiselectable="true"
        aria-rowcount={size.rows + (model.byUnit ? 2 : 1)}
      >
        <Heads model={model} />
        <tbody>
          {model.rows.map((row, r) => {
            const inRange = r >= range.top && r <= range.bottom;
            return (
              <Row
                key={row.key}
                r={r}
                row={row}
                columns={model.columns}
                byUnit={model.byUnit}
                pending={state.pending[r]}
                failed={state.failed[r]}
                activeColumn={r === active.r ? active.c : -1}
                left={inRange ? range.left : -1}
                right={inRange ? range.right : -1}
                editing={r === active.r ? editing : null}
                handlers={handlers}
              />
            );
          })}
        </tbody>
        {model.byUnit && <Totals model={model} grid={grid} />}
      </table>
    </div>
  );
}
