/** One row of the grid; drawn again only when something in it changed. */
import { memo, useEffect, useRef } from 'react';
import type { GridRow } from '../../../shared/contract/ipc/count.ts';
import { showDate } from '../../../shared/lib/local-date.ts';
import { showCount } from '../../../shared/lib/whole-number.ts';
import { t } from '../../text/text.ts';
import { deliveryText, shortReceipt } from '../../ui/delivery-word.tsx';
import { type Column, type ModelRow, previousValue, storedValue } from './grid-model.ts';
import type { Editing, Failed, Position } from './grid-state.ts';

export interface CellHandlers {
  readonly stand: (at: Position, extend: boolean) => void;
  readonly open: (at: Position) => void;
  readonly type: (text: string) => void;
  readonly leave: () => void;
}

interface Props {
  readonly r: number;
  readonly row: ModelRow;
  readonly columns: readonly Column[];
  readonly byUnit: boolean;
  readonly pending: Readonly<Record<number, number | null>> | undefined;
  readonly failed: Readonly<Record<number, Failed>> | undefined;
  /** Column of the active cell, -1 where it is in another row. */
  readonly activeColumn: number;
  /** Selected columns, -1 where none. */
  readonly left: number;
  readonly right: number;
  readonly editing: Editing | null;
  readonly handlers: CellHandlers;
}

export function cellId({ r, c }: Position): string {
  return `cell-${r}-${c}`;
}

const shortDelivery = {
  waiting: 'delivery.short.waiting',
  returned: 'delivery.returned',
  conflict: 'delivery.returned',
  held: 'delivery.short.held',
} as const;
const deliveryTone = {
  waiting: 'warn-text',
  received: 'ok',
  returned: 'bad-text',
  conflict: 'bad-text',
  held: 'warn-text',
} as const;

function Sent({ unit }: { readonly unit: GridRow }) {
  const { delivery } = unit;
  if (!delivery) return null;
  const word =
    delivery.state === 'received'
      ? `✓ ${shortReceipt(delivery.receipt ?? '')}`
      : t(shortDelivery[delivery.state]);
  return (
    <span className={`${deliveryTone[delivery.state]} small`} title={deliveryText(delivery)}>
      <span aria-hidden="true">{word}</span>
      <span className="sr">{deliveryText(delivery)}</span>
    </span>
  );
}

interface CellProps {
  readonly at: Position;
  readonly label: string;
  readonly value: number | null;
  readonly failed: Failed | undefined;
  readonly active: boolean;
  readonly selected: boolean;
  readonly editing: Editing | null;
  readonly handlers: CellHandlers;
}

function Editor({
  editing,
  label,
  handlers,
}: {
  readonly editing: Editing;
  readonly label: string;
  readonly handlers: CellHandlers;
}) {
  const ref = useRef<HTMLInputElement>(null);
  useEffect(() => {
    ref.current?.focus();
    ref.current?.setSelectionRange(ref.current.value.length, ref.current.value.length);
  }, []);
  return (
    <input
      ref={ref}
      className="cell-input"
      inputMode="numeric"
      aria-label={label}
      value={editing.text}
      maxLength={60}
      onChange={(event) => handlers.type(event.currentTarget.value)}
      onBlur={handlers.leave}
    />
  );
}

function Cell({ at, label, value, failed, active, selected, editing, handlers }: CellProps) {
  const look = [
    'cell num',
    selected && 'selected',
    active && 'active',
    failed && 'failed',
    editing && 'editing',
  ]
    .filter(Boolean)
    .join(' ');
  const blank = !failed && value === null;
  return (
    <td
      id={cellId(at)}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a cell of a grid
      role="gridcell"
      className={look}
      tabIndex={active ? 0 : -1}
      data-start={active ? '' : undefined}
      aria-selected={selected}
      aria-invalid={failed !== undefined}
      aria-label={`${label}: ${failed ? `${failed.text}, ${failed.problem.sentence}` : value === null ? t('counts.blank') : showCount(value)}`}
      title={failed ? failed.problem.sentence : blank ? t('counts.blank') : undefined}
      onMouseDown={(event) => !editing && handlers.stand(at, event.shiftKey)}
      onMouseEnter={(event) => event.buttons === 1 && !editing && handlers.stand(at, true)}
      onDoubleClick={() => handlers.open(at)}
    >
      {editing ? (
        <Editor editing={editing} label={label} handlers={handlers} />
      ) : failed ? (
        failed.text
      ) : value === null ? (
        <span className="dim">{t('counts.dash')}</span>
      ) : (
        showCount(value)
      )}
    </td>
  );
}

function Before({ row, now }: { readonly row: ModelRow; readonly now: number | null }) {
  const before = previousValue(row, 0);
  const change = before === null || now === null ? null : now - before;
  return (
    <>
      <td className="num" title={row.unit.previous ? showDate(row.unit.previous.asOf) : undefined}>
        {before === null ? <span className="dim">{t('counts.dash')}</span> : showCount(before)}
      </td>
      <td className={`num ${change !== null && change < 0 ? 'warn-text' : 'dim'}`}>
        {change === null ? t('counts.dash') : change > 0 ? `+${showCount(change)}` : showCount(change)}
      </td>
    </>
  );
}

export const Row = memo(function Row({
  r,
  row,
  columns,
  byUnit,
  pending,
  failed,
  activeColumn,
  left,
  right,
  editing,
  handlers,
}: Props) {
  const values = columns.map((_, c) => pending?.[c] ?? (pending?.[c] === null ? null : storedValue(row, c)));
  const known = values.filter((v) => v !== null);
  return (
    <tr aria-rowindex={r + 2} className={activeColumn >= 0 ? 'here' : ''}>
      <th scope="row">{row.label}</th>
      {byUnit ? (
        <td className="sent">
          <Sent unit={row.unit} />
        </td>
      ) : (
        <Before row={row} now={values[0] ?? null} />
      )}
      {columns.map((column, c) => (
        <Cell
          key={column.key}
          at={{ r, c }}
          label={`${row.label}, ${column.title}`}
          value={values[c] ?? null}
          failed={failed?.[c]}
          active={c === activeColumn}
          selected={c >= left && c <= right}
          editing={c === activeColumn ? editing : null}
          handlers={handlers}
        />
      ))}
      {byUnit && (
        <td className="num strong">
          {known.length > 0 ? (
            showCount(known.reduce((a, b) => a + b, 0))
          ) : (
            <span className="dim">{t('counts.dash')}</span>
          )}
        </td>
      )}
    </tr>
  );
});
