/** Beside the grid: the active cell with its history, its target, what is odd about it, why and from which paper; and what could not be recorded. */
import { useEffect, useId, useState } from 'react';
import { findCategory } from '../../../shared/catalogue/categories.ts';
import { showDate } from '../../../shared/lib/local-date.ts';
import { showCount } from '../../../shared/lib/whole-number.ts';
import { percentText } from '../../../shared/report/percent.ts';
import { useSession } from '../../data/session.ts';
import { t } from '../../text/text.ts';
import { moment } from '../../text/when.ts';
import { usePageKeys } from '../../ui/use-page-keys.ts';
import { CellFile } from './cell-file.tsx';
import { cellId, figureText } from './grid-cell.tsx';
import { cellMarks, gapsOf, markText } from './grid-marks.ts';
import { type GridModel, historyOf, type ModelRow, noteOf, targetOf } from './grid-model.ts';
import { type Failed, type Figure, type Position, positionsIn, rangeOf } from './grid-state.ts';
import { SheetWord } from './sheet-word.tsx';
import { Sparkline } from './sparkline.tsx';
import { tookOverFrom } from './took-over.ts';
import type { CountGrid } from './use-count-grid.ts';

interface Props {
  readonly model: GridModel;
  readonly grid: CountGrid;
}

function backToCell(at: Position): void {
  document.getElementById(cellId(at))?.focus();
}

function Difference({ now, before }: { readonly now: Figure; readonly before: number | null }) {
  if (typeof now !== 'number' || before === null) return null;
  const change = now - before;
  if (change === 0) return <span className="dim">{t('counts.strip.same')}</span>;
  return (
    <span className={change < 0 ? 'warn-text strong' : 'ok strong'}>
      {change > 0 ? `+${showCount(change)}` : showCount(change)}
    </span>
  );
}

interface NoteProps {
  readonly label: string;
  readonly keys: string;
  readonly value: string;
  readonly disabled: boolean;
  readonly wanted: boolean;
  readonly onSave: (text: string) => void;
  readonly onBack: () => void;
}

/** One short line that is recorded with Enter or when left. */
function NoteField({ label, keys, value, disabled, wanted, onSave, onBack }: NoteProps) {
  const id = useId();
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const save = () => {
    if (text.trim() !== value) onSave(text.trim());
  };
  return (
    <div className="note-field">
      <label htmlFor={id}>
        {label}{' '}
        <span className="key" aria-hidden="true">
          {keys}
        </span>
      </label>
      <input
        id={id}
        className={wanted ? 'input asks' : 'input'}
        data-note={keys}
        value={text}
        maxLength={300}
        autoComplete="off"
        disabled={disabled}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Escape') setText(value);
          if (event.key === 'Enter') save();
          if (event.key === 'Enter' || event.key === 'Escape') onBack();
        }}
      />
    </div>
  );
}

function Notes({
  grid,
  row,
  asks,
}: {
  readonly grid: CountGrid;
  readonly row: ModelRow;
  readonly asks: boolean;
}) {
  const { active } = grid.state;
  const note = noteOf(row, active.c);
  const disabled = !row.open || grid.valueAt(active) === null;
  const common = { disabled, onBack: () => backToCell(active) };
  const focus = (keys: string) => document.querySelector<HTMLElement>(`[data-note="${keys}"]`)?.focus();
  usePageKeys({ F4: () => focus('F4'), 'Shift+F4': () => focus('Shift F4'), F7: () => focus('F7') });
  const key = `${row.key}/${active.c}`;
  return (
    <>
      <NoteField
        key={`reason/${key}`}
        {...common}
        label={t('counts.reason')}
        keys="F4"
        value={note?.reason ?? ''}
        wanted={asks}
        onSave={(reason) => grid.annotate(active, { reason })}
      />
      <NoteField
        key={`evidence/${key}`}
        {...common}
        label={t('counts.evidence')}
        keys="Shift F4"
        value={note?.evidence ?? ''}
        wanted={false}
        onSave={(evidence) => grid.annotate(active, { evidence })}
      />
      <CellFile key={`file/${key}`} {...common} grid={grid} row={row} />
    </>
  );
}

function Odd({ model, grid, row }: Props & { readonly row: ModelRow }) {
  const { active } = grid.state;
  const figure = grid.valueAt(active);
  const { marks, open } = cellMarks(model, row, active.c, figure);
  const gaps = gapsOf(model.rows, row.unit.unit.key, grid.valueAt);
  if (marks.length === 0 && gaps.length === 0) return null;
  return (
    <ul className="odd">
      {typeof figure === 'number' &&
        marks.map((mark) => (
          <li key={mark.kind} className={open ? 'warn-text strong' : 'dim'}>
            {markText(mark, figure)} {open && mark.kind !== 'above_target' && t('counts.mark.ask')}
          </li>
        ))}
      {gaps.map(({ category, total, parts, whole }) => (
        <li key={category} className="warn-text">
          {t(whole ? 'counts.gap' : 'counts.gap.part', {
            name: findCategory(category)?.name ?? category,
            total: showCount(total),
            parts: showCount(parts),
            n: showCount(Math.abs(total - parts)),
          })}
        </li>
      ))}
    </ul>
  );
}

/** The last figure and the change; where the unit is new, what it took over from: figures of another tree are not compared. */
function Last({ grid, row }: { readonly grid: CountGrid; readonly row: ModelRow }) {
  const { active } = grid.state;
  const last = historyOf(row, active.c).at(-1);
  const now = grid.valueAt(active);
  if (last)
    return (
      <>
        <span className="dim">
          {t('counts.strip.was', { value: showCount(last.value), date: showDate(last.asOf) })}
        </span>
        <Difference now={now} before={last.value} />
      </>
    );
  const from = tookOverFrom(row.unit.unit.key, grid.place.asOf);
  if (from.length === 0) return <span className="dim">{t('counts.strip.none')}</span>;
  const names = from.map((u) =>
    t(u.extent === 'whole' ? 'counts.from.whole' : 'counts.from.part', { unit: u.name }),
  );
  return <span className="dim">{t('counts.strip.otherTree', { units: names.join(', ') })}</span>;
}

export function Strip({ model, grid }: Props) {
  const { today } = useSession();
  const { active } = grid.state;
  const row = model.rows[active.r];
  const column = model.columns[active.c];
  if (!row || !column) return null;
  const value = grid.valueAt(active);
  const target = targetOf(model, row, active.c);
  const history = historyOf(row, active.c).map((h) => h.value);
  const note = noteOf(row, active.c);
  const selected = positionsIn(rangeOf(grid.state));
  const sum = selected.reduce((total, at) => {
    const figure = grid.valueAt(at);
    return total + (typeof figure === 'number' ? figure : 0);
  }, 0);
  const { open } = cellMarks(model, row, active.c, value);
  const percent = typeof value === 'number' ? percentText(value, target) : null;
  return (
    <section className="card strip" aria-label={t('counts.strip')}>
      <div className="row wrap" aria-live="polite">
        <span className="strong">
          {model.layout === 'units' ? `${row.label} · ${column.title}` : row.title}
        </span>
        <span className="big">{figureText(value)}</span>
        <Last grid={grid} row={row} />
        {typeof value === 'number' && (
          <Sparkline wide values={[...history, value]} label={t('counts.spark', { n: history.length + 1 })} />
        )}
        {target !== null && (
          <span>
            {t('counts.strip.target', { target: showCount(target), percent: percent ?? t('counts.dash') })}
          </span>
        )}
        {note?.by && (
          <span className="dim">
            {t('counts.strip.by', { name: note.by, when: note.at && moment(note.at, today) })}
          </span>
        )}
        <span className="end dim">
          {selected.length > 1
            ? t('counts.strip.sum', { n: selected.length, sum: showCount(sum) })
            : t(grid.saving ? 'counts.saving' : 'counts.saved')}
        </span>
      </div>
      <Odd model={model} grid={grid} row={row} />
      <div className="row strip-notes">
        <Notes grid={grid} row={row} asks={open} />
        {!row.open && <SheetWord row={row} long />}
      </div>
    </section>
  );
}

export function FailedCells({ model, grid }: Props) {
  const cells = Object.entries(grid.state.failed).flatMap(([r, row]) =>
    Object.entries(row).map(([c, failed]): Position & Failed => ({ r: Number(r), c: Number(c), ...failed })),
  );
  if (cells.length === 0) return null;
  const goTo = ({ r, c }: Position) => {
    grid.dispatch({ kind: 'stand', at: { r, c } });
    requestAnimationFrame(() => backToCell({ r, c }));
  };
  return (
    <section className="card bad failed-cells" role="alert">
      <h2 className="bad-text">{t('counts.problems', { n: cells.length })}</h2>
      <p className="dim">{t('counts.problems.text')}</p>
      <ul className="scroll">
        {cells.map((cell) => (
          <li key={cellId(cell)}>
            <button type="button" className="rowlink" onClick={() => goTo(cell)}>
              {model.rows[cell.r]?.title} · {model.columns[cell.c]?.title}: “{cell.text}”
            </button>{' '}
            <span className="bad-text">{cell.problem.sentence}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What was recognised in the block pasted last: nothing is shifted without a word. */
export function PasteWords({ grid }: { readonly grid: CountGrid }) {
  if (grid.told.length === 0) return null;
  return (
    <div className="card warn row wrap" role="status">
      <span className="strong">{t('counts.told')}</span>
      {grid.told.map(({ word, n }) => (
        <span key={word}>{t(`counts.told.${word}`, { n })}</span>
      ))}
      <button type="button" className="btn tiny end" onClick={() => grid.tell([])}>
        {t('action.close')}
      </button>
    </div>
  );
}
