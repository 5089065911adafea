/** Headings and totals of the grid. */
import { memo } from 'react';
import { showCount } from '../../../shared/lib/whole-number.ts';
import { percentText } from '../../../shared/report/percent.ts';
import { t } from '../../text/text.ts';
import { type Column, columnTarget, type GridModel, storedFigure } from './grid-model.ts';
import type { Figure, PerCell } from './grid-state.ts';

interface Group {
  readonly key: string;
  readonly label: string;
  readonly title: string;
  readonly columns: readonly Column[];
}

/** Neighbouring columns of one category stand under one heading. */
function groupsOf(columns: readonly Column[]): readonly Group[] {
  const groups: { key: string; label: string; title: string; columns: Column[] }[] = [];
  for (const column of columns) {
    const last = groups.at(-1);
    if (last && column.group !== '' && last.label === column.group) last.columns.push(column);
    else
      groups.push({
        key: column.key,
        label: column.group,
        title: column.title,
        columns: [column],
      });
  }
  return groups;
}

const listHeads = ['counts.previous', 'counts.change', 'counts.history'] as const;
const listTails = ['counts.reason', 'counts.evidence'] as const;

function ListHeads({ model }: { readonly model: GridModel }) {
  return (
    <thead>
      <tr aria-rowindex={1}>
        <th scope="col" className="row-name">
          {t('counts.category')}
        </th>
        {listHeads.map((name) => (
          <th key={name} scope="col" className={name === 'counts.history' ? '' : 'num'}>
            {t(name)}
          </th>
        ))}
        {model.columns.map((column) => (
          <th key={column.key} scope="col" className="num">
            {column.label}
          </th>
        ))}
        {listTails.map((name) => (
          <th key={name} scope="col">
            {t(name)}
          </th>
        ))}
      </tr>
    </thead>
  );
}

export const Heads = memo(function Heads({ model }: { readonly model: GridModel }) {
  if (model.layout === 'list') return <ListHeads model={model} />;
  const groups = groupsOf(model.columns);
  const rows = groups.some((g) => g.label !== '') ? 2 : 1;
  return (
    <thead className={rows === 2 ? 'two' : ''}>
      <tr aria-rowindex={1}>
        <th scope="col" rowSpan={rows} className="row-name">
          {t('counts.unit')}
        </th>
        <th scope="col" rowSpan={rows}>
          {t('counts.sheet')}
        </th>
        {groups.map(({ key, label, title, columns: [first, ...more] }) =>
          label === '' ? (
            <th key={key} scope="col" rowSpan={rows} className="num" title={title}>
              {first?.label}
            </th>
          ) : (
            <th key={key} scope="colgroup" colSpan={more.length + 1} className="group">
              {label}
            </th>
          ),
        )}
        {model.columns.some((c) => c.summed) && (
          <th scope="col" rowSpan={rows} className="num">
            {t('counts.sum')}
          </th>
        )}
      </tr>
      {rows === 2 && (
        <tr>
          {groups
            .filter((g) => g.label !== '')
            .flatMap((g) => g.columns)
            .map((column) => (
              <th key={column.key} scope="col" className="num second" title={column.title}>
                {column.label}
              </th>
            ))}
        </tr>
      )}
    </thead>
  );
});

/** A sum of nothing is not 0: it stays blank. */
function sumOf(values: readonly (Figure | undefined)[]): number | null {
  const reported = values.filter((v) => typeof v === 'number');
  return reported.length === 0 ? null : reported.reduce((a, b) => a + b, 0);
}
const figure = (value: number | null) => (value === null ? t('counts.dash') : showCount(value));

interface TotalsProps {
  readonly model: GridModel;
  readonly pending: PerCell<Figure>;
}

export const Totals = memo(function Totals({ model, pending }: TotalsProps) {
  const valueAt = (r: number, c: number): Figure => {
    const waiting = pending[r]?.[c];
    const row = model.rows[r];
    return waiting !== undefined ? waiting : row ? storedFigure(row, c) : null;
  };
  const sums = model.columns.map((_, c) => sumOf(model.rows.map((__, r) => valueAt(r, c))));
  const summed = model.columns.some((c) => c.summed);
  const targets = model.columns.map((column) => columnTarget(model, column));
  return (
    <tfoot>
      {targets.some((target) => target !== null) && (
        <tr aria-rowindex={model.rows.length + 2} className="targets">
          <th scope="row" colSpan={2}>
            {t('counts.targetRow')}
          </th>
          {model.columns.map((column, c) => (
            <td key={column.key} className="num">
              <Reached value={sums[c] ?? null} target={targets[c] ?? null} />
            </td>
          ))}
          {summed && <td />}
        </tr>
      )}
      <tr aria-rowindex={model.rows.length + 3} className="sums">
        <th scope="row" colSpan={2}>
          {t('counts.sumRow', { n: model.rows.length })}
        </th>
        {model.columns.map((column, c) => (
          <td key={column.key} className="num" data-testid={`sum-${column.key}`}>
            {figure(sums[c] ?? null)}
          </td>
        ))}
        {summed && (
          <td className="num" data-testid="sum-all">
            {figure(sumOf(sums.filter((_, c) => model.columns[c]?.summed)))}
          </td>
        )}
      </tr>
    </tfoot>
  );
});

/** Without a target there is no percentage. */
function Reached({ value, target }: { readonly value: number | null; readonly target: number | null }) {
  if (target === null) return null;
  const percent = percentText(value, target);
  return (
    <span title={t('counts.targetIs', { target: showCount(target) })}>
      {percent ?? t('counts.dash')}
      <span className="sr">{t('counts.targetIs', { target: showCount(target) })}</span>
    </span>
  );
}
