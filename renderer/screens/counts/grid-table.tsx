/** The grid with its keys: it feels like a spreadsheet, and every change is on the disk before the next key. */
import { type ClipboardEvent, type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import { useAsOf } from '../../state/as-of.ts';
import { useStart } from '../../ui/use-start.ts';
import { blockOf } from './clipboard-table.ts';
import { cellId } from './grid-cell.tsx';
import { Heads, Totals } from './grid-heads.tsx';
import { copyHtml, copyText, planBlank } from './grid-input.ts';
import { commitEdit, type KeyOptions, keyInside, keyOutside, openCell, standAt } from './grid-keys.ts';
import type { GridModel } from './grid-model.ts';
import { planPaste } from './grid-paste.ts';
import { Row, type RowHandlers } from './grid-row.tsx';
import { rangeOf } from './grid-state.ts';
import type { CountGrid } from './use-count-grid.ts';
import { useVisibleRows } from './use-visible-rows.ts';
import { ROW_HEIGHT, stretches } from './visible-rows.ts';

interface Props {
  readonly model: GridModel;
  readonly grid: CountGrid;
  readonly label: string;
  /** Units taken into a block; null where there is nothing to do with blocks. */
  readonly picked: ReadonlySet<string> | null;
  readonly onPick: (units: readonly string[]) => void;
  readonly onFind: (letter: string) => void;
}

function useHandlers({ grid, onPick }: Pick<Props, 'grid' | 'onPick'>): RowHandlers {
  const latest = useRef({ grid, onPick });
  latest.current = { grid, onPick };
  return useMemo(
    () => ({
      stand: (at, extend) => {
        commitEdit(latest.current.grid);
        standAt(latest.current.grid, at, extend);
      },
      open: (at) => openCell(latest.current.grid, at),
      type: (text) => {
        const { state, dispatch } = latest.current.grid;
        if (state.editing) dispatch({ kind: 'edit', editing: { ...state.editing, text } });
      },
      leave: () => {
        // A key that closed the cell has recorded it already; this is for a click elsewhere.
        if (!latest.current.grid.state.editing) return;
        commitEdit(latest.current.grid);
        latest.current.grid.dispatch({ kind: 'edit', editing: null });
      },
      pick: (unit) => latest.current.onPick([unit]),
    }),
    [],
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
      if (c >= 0) {
        standAt(latest.current, { r, c });
        return;
      }
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

function useClipboard({ model, grid }: Pick<Props, 'model' | 'grid'>) {
  const { size, valueAt, state } = grid;
  const range = rangeOf(state);
  const copy = (event: ClipboardEvent) => {
    event.preventDefault();
    event.clipboardData.setData('text/plain', copyText(range, valueAt));
    event.clipboardData.setData('text/html', copyHtml(range, valueAt));
  };
  return {
    onCopy: (event: ClipboardEvent) => {
      if (!state.editing) copy(event);
    },
    onCut: (event: ClipboardEvent) => {
      if (state.editing) return;
      copy(event);
      grid.take(planBlank(range, valueAt), 'typed');
    },
    onPaste: (event: ClipboardEvent) => {
      if (state.editing) return;
      event.preventDefault();
      const plan = planPaste(blockOf(event.clipboardData), {
        ...{ range, size, valueAt },
        rowNames: model.rows.map((row) => [row.title, row.label]),
        columnNames: model.columns.map(({ title, label, key, group }) => [
          title,
          label,
          key,
          `${group} ${label}`,
        ]),
        summable: model.layout === 'units',
      });
      grid.tell(plan.told);
      grid.take(plan, 'pasted');
    },
  };
}

export function GridTable({ model, grid, label, picked, onPick, onFind }: Props) {
  const { state, size } = grid;
  const box = useRef<HTMLDivElement>(null);
  const inGrid = useRef(false);
  const handlers = useHandlers({ grid, onPick });
  const clipboard = useClipboard({ model, grid });
  const shown = useVisibleRows(box);
  const { active, editing } = state;
  const range = rangeOf(state);

  // The active cell takes the focus whenever the focus is in the grid; an open cell holds it by itself.
  useEffect(() => {
    if (inGrid.current && !editing) document.getElementById(cellId(active))?.focus();
  }, [active, editing]);
  useWantedCell(model, grid);
  useStart(true);
  useLeaving(grid);

  const options: KeyOptions = {
    ...(model.layout === 'units' && { find: onFind }),
    pick: () => {
      const rows = model.rows.slice(range.top, range.bottom + 1);
      if (picked) onPick(rows.map((row) => row.unit.unit.key));
    },
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.target instanceof HTMLButtonElement) return;
    // A key that leads out of the room takes the open cell along.
    if (editing && (event.ctrlKey || event.metaKey) && /^[1-6ko]$/i.test(event.key)) {
      commitEdit(grid);
      grid.dispatch({ kind: 'edit', editing: null });
      return;
    }
    if (editing ? keyInside(grid, event) : keyOutside(grid, event, options)) event.preventDefault();
  };
  const rowProps = (r: number) => {
    const inRange = r >= range.top && r <= range.bottom;
    return {
      pending: state.pending[r],
      failed: state.failed[r],
      activeColumn: r === active.r ? active.c : -1,
      left: inRange ? range.left : -1,
      right: inRange ? range.right : -1,
      editing: r === active.r ? editing : null,
    };
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys and clipboard of the grid inside
    <div
      ref={box}
      className={`counts-scroll of-${model.layout}`}
      onKeyDown={onKeyDown}
      {...clipboard}
      onFocus={() => {
        inGrid.current = true;
      }}
      onBlur={(event) => {
        if (event.relatedTarget && !event.currentTarget.contains(event.relatedTarget)) inGrid.current = false;
      }}
    >
      <table
        className={`counts ${model.layout === 'units' ? 'by-unit' : 'by-figure'}`}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table that is worked on like a spreadsheet
        role="grid"
        aria-label={label}
        aria-multiselectable="true"
        aria-rowcount={size.rows + (model.layout === 'units' ? 3 : 1)}
      >
        <Heads model={model} />
        <tbody>
          {stretches(model.rows.length, shown, active.r).map((stretch) => {
            if ('gap' in stretch)
              return (
                <tr key={`gap-${stretch.before}`} className="gap">
                  <td colSpan={model.columns.length + 3} style={{ height: stretch.gap * ROW_HEIGHT }} />
                </tr>
              );
            const row = model.rows[stretch.row];
            return (
              row && (
                <Row
                  key={row.key}
                  r={stretch.row}
                  model={model}
                  row={row}
                  {...rowProps(stretch.row)}
                  pickable={picked !== null}
                  picked={picked?.has(row.unit.unit.key) ?? false}
                  handlers={handlers}
                />
              )
            );
          })}
        </tbody>
        {model.layout === 'units' && <Totals model={model} pending={state.pending} />}
      </table>
    </div>
  );
}
