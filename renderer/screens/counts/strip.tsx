/** Under the grid: the active cell with its last value and change, the sum of a selection, and what could not be recorded. */
import { showDate } from '../../../shared/lib/local-date.ts';
import { showCount } from '../../../shared/lib/whole-number.ts';
import { t } from '../../text/text.ts';
import { type GridModel, previousValue } from './grid-model.ts';
import { cellId } from './grid-row.tsx';
import { type Failed, type Position, positionsIn, rangeOf } from './grid-state.ts';
import type { CountGrid } from './use-count-grid.ts';

interface Props {
  readonly model: GridModel;
  readonly grid: CountGrid;
}

function Difference({ now, before }: { readonly now: number | null; readonly before: number | null }) {
  if (now === null || before === null) return null;
  const change = now - before;
  if (change === 0) return <span className="dim">{t('counts.strip.same')}</span>;
  return (
    <span className={change < 0 ? 'warn-text strong' : 'ok strong'}>
      {change > 0 ? `+${showCount(change)}` : showCount(change)}
    </span>
  );
}

export function Strip({ model, grid }: Props) {
  const { active } = grid.state;
  const row = model.rows[active.r];
  const column = model.columns[active.c];
  if (!row || !column) return null;
  const value = grid.valueAt(active);
  const before = previousValue(row, active.c);
  const selected = positionsIn(rangeOf(grid.state));
  const sum = selected.reduce((total, at) => total + (grid.valueAt(at) ?? 0), 0);
  return (
    <section className="card row strip" aria-label={t('counts.strip')} aria-live="polite">
      <span className="strong">{model.byUnit ? `${row.label} · ${column.title}` : row.label}</span>
      <span className="big">{value === null ? t('counts.blank') : showCount(value)}</span>
      <span className="dim">
        {before === null || !row.unit.previous
          ? t('counts.strip.none')
          : t('counts.strip.was', { value: showCount(before), date: showDate(row.unit.previous.asOf) })}
      </span>
      <Difference now={value} before={before} />
      <span className="end dim">
        {selected.length > 1
          ? t('counts.strip.sum', { n: selected.length, sum: showCount(sum) })
          : t(grid.saving ? 'counts.saving' : 'counts.saved')}
      </span>
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
    document.getElementById(cellId({ r, c }))?.focus();
  };
  return (
    <section className="card bad failed-cells" role="alert">
      <h2 className="bad-text">{t('counts.problems', { n: cells.length })}</h2>
      <p className="dim">{t('counts.problems.text')}</p>
      <ul className="scroll">
        {cells.map((cell) => (
          <li key={cellId(cell)}>
            <button type="button" className="rowlink" onClick={() => goTo(cell)}>
              {model.rows[cell.r]?.label} · {model.columns[cell.c]?.title}: “{cell.text}”
            </button>{' '}
            <span className="bad-text">{cell.problem.sentence}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
