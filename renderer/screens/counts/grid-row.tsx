/** One row of the grid; drawn again only when something in it changed. */
import { memo, type ReactNode } from 'react';
import { showDate } from '../../../shared/lib/local-date.ts';
import { showCount } from '../../../shared/lib/whole-number.ts';
import { t } from '../../text/text.ts';
import { Cell, type CellHandlers } from './grid-cell.tsx';
import { cellMarks } from './grid-marks.ts';
import { type GridModel, historyOf, type ModelRow, noteOf, storedFigure } from './grid-model.ts';
import type { Editing, Failed, Figure } from './grid-state.ts';
import { SheetWord } from './sheet-word.tsx';
import { Sparkline } from './sparkline.tsx';

export interface RowHandlers extends CellHandlers {
  readonly pick: (unit: string) => void;
}

interface Props {
  readonly r: number;
  readonly model: GridModel;
  readonly row: ModelRow;
  readonly pending: Readonly<Record<number, Figure>> | undefined;
  readonly failed: Readonly<Record<number, Failed>> | undefined;
  /** Column of the active cell, -1 where it is in another row. */
  readonly activeColumn: number;
  /** Selected columns, -1 where none. */
  readonly left: number;
  readonly right: number;
  readonly editing: Editing | null;
  readonly picked: boolean;
  readonly pickable: boolean;
  readonly handlers: RowHandlers;
}

function Change({ now, before }: { readonly now: Figure; readonly before: number | null }) {
  if (typeof now !== 'number' || before === null) return <>{t('counts.dash')}</>;
  return <>{now > before ? `+${showCount(now - before)}` : showCount(now - before)}</>;
}

/** A list row says before the figure what was there, and after it why and from which paper. */
function Before({ row, now }: { readonly row: ModelRow; readonly now: Figure }) {
  const history = historyOf(row, 0);
  const last = history.at(-1);
  const fell = typeof now === 'number' && last !== undefined && now < last.value;
  const values = [...history.map((h) => h.value), ...(typeof now === 'number' ? [now] : [])];
  return (
    <>
      <td className="num" title={last ? showDate(last.asOf) : undefined}>
        {last ? showCount(last.value) : <span className="dim">{t('counts.dash')}</span>}
      </td>
      <td className={`num ${fell ? 'warn-text' : 'dim'}`}>
        <Change now={now} before={last?.value ?? null} />
      </td>
      <td className="spark-cell">
        <Sparkline values={values} label={t('counts.spark', { n: values.length })} />
      </td>
    </>
  );
}

function After({ row }: { readonly row: ModelRow }) {
  const note = noteOf(row, 0);
  const papers = [note?.evidence, note?.file?.name].filter(Boolean).join(' · ');
  return (
    <>
      <td className="note-cell" title={note?.reason}>
        {note?.reason ?? ''}
      </td>
      <td className="note-cell" title={papers}>
        {papers}
      </td>
    </>
  );
}

function Name({ row, picked, pickable, handlers }: Pick<Props, 'row' | 'picked' | 'pickable' | 'handlers'>) {
  return (
    <th scope="row" className={row.indent ? 'row-name indent' : 'row-name'} title={row.title}>
      {pickable && (
        <input
          type="checkbox"
          tabIndex={-1}
          checked={picked}
          aria-label={t('counts.pick', { unit: row.label })}
          onChange={() => handlers.pick(row.unit.unit.key)}
        />
      )}
      <span>{row.label}</span>
    </th>
  );
}

/** Sum of the totals; parts of a total are not added to it once more. */
function rowSum(model: GridModel, figures: readonly Figure[]): ReactNode {
  const known = figures.filter(
    (f, c): f is number => model.columns[c]?.summed === true && typeof f === 'number',
  );
  if (known.length === 0) return <span className="dim">{t('counts.dash')}</span>;
  return showCount(known.reduce((a, b) => a + b, 0));
}

export const Row = memo(function Row(props: Props) {
  const { r, model, row, pending, failed, activeColumn, left, right, editing, handlers } = props;
  const isList = model.layout === 'list';
  const figures = model.columns.map((_, c): Figure => {
    const waiting = pending?.[c];
    return waiting === undefined ? storedFigure(row, c) : waiting;
  });
  const summed = model.columns.some((c) => c.summed);
  return (
    <tr
      aria-rowindex={r + 2}
      className={[activeColumn >= 0 && 'here', props.picked && 'picked'].filter(Boolean).join(' ')}
    >
      <Name {...props} />
      {isList ? (
        <Before row={row} now={figures[0] ?? null} />
      ) : (
        <td className="sent">
          <SheetWord row={row} />
        </td>
      )}
      {model.columns.map((column, c) => (
        <Cell
          key={column.key}
          at={{ r, c }}
          label={isList ? row.title : `${row.label}, ${column.title}`}
          figure={figures[c] ?? null}
          marks={cellMarks(model, row, c, figures[c] ?? null)}
          locked={!row.open}
          failed={failed?.[c]}
          active={c === activeColumn}
          selected={c >= left && c <= right}
          editing={c === activeColumn ? editing : null}
          handlers={handlers}
        />
      ))}
      {isList && <After row={row} />}
      {!isList && summed && <td className="num strong">{rowSum(model, figures)}</td>}
    </tr>
  );
});
