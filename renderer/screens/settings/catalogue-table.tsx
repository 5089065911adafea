/** The rows of the catalogue under the headings of their groups; arrows go from one "Sửa" to the next. */
import type { KeyboardEvent, Ref } from 'react';
import { showCount } from '../../../shared/lib/whole-number.ts';
import { named, t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';
import { type CatalogueRow, groupsOf, periodWords } from './catalogue-rows.ts';

interface Props {
  readonly rows: readonly CatalogueRow[];
  /** null where the person may only read. */
  readonly onCorrect: ((row: CatalogueRow) => void) | null;
  readonly ref: Ref<HTMLTableElement>;
}

export const rowButtons = (table: HTMLElement) => [...table.querySelectorAll<HTMLElement>('tbody button')];

function onArrow(event: KeyboardEvent<HTMLTableElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const buttons = rowButtons(event.currentTarget);
  const at = buttons.findIndex((button) => button.matches(':focus'));
  const next = step === undefined || at < 0 ? undefined : buttons[at + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function Standing({ row }: { readonly row: CatalogueRow }) {
  if (row.correctedBy)
    return <span className="small blue-text">{t('catalogue.corrected', { office: row.correctedBy })}</span>;
  return row.verified ? (
    <span className="word ok">{t('catalogue.verified')}</span>
  ) : (
    <span className="word warn">{t('catalogue.unverified')}</span>
  );
}

function Row({ row, onCorrect }: { readonly row: CatalogueRow; readonly onCorrect: (() => void) | null }) {
  const period = periodWords(row);
  return (
    <tr>
      <td>{row.name}</td>
      <td className="strong">{row.value}</td>
      <td>{period}</td>
      <td className="small">{row.source}</td>
      <td>
        <Standing row={row} />
      </td>
      {onCorrect && (
        <td className="tight">
          {row.fact && (
            <Button
              look="tiny"
              aria-label={t('catalogue.correct.of', { name: row.name, period })}
              onClick={onCorrect}
            >
              {t('catalogue.correct')}
            </Button>
          )}
        </td>
      )}
    </tr>
  );
}

export function CatalogueTable({ rows, onCorrect, ref }: Props) {
  const columns = ['name', 'value', 'period', 'source', 'state'] as const;
  return (
    <table ref={ref} className="plain sticky catalogue-table" onKeyDown={onArrow}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col" className={column}>
              {t(`catalogue.col.${column}`)}
            </th>
          ))}
          {onCorrect && (
            <th scope="col" className="tight">
              <span className="sr">{t('catalogue.correct')}</span>
            </th>
          )}
        </tr>
      </thead>
      {groupsOf(rows).map(({ group, ofGroup }) => (
        <tbody key={group}>
          <tr className="group">
            <th scope="rowgroup" colSpan={onCorrect ? 6 : 5}>
              {named('catalogue.group', group)} <span className="dim">{showCount(ofGroup.length)}</span>
            </th>
          </tr>
          {ofGroup.map((row) => (
            <Row key={row.id} row={row} onCorrect={onCorrect && (() => onCorrect(row))} />
          ))}
        </tbody>
      ))}
    </table>
  );
}
