/** Cài đặt > Danh mục: the law that this office works by, what of it is not confirmed yet, and its corrections. */
import { useEffect, useMemo, useRef, useState } from 'react';
import './settings.css';
import { showCount } from '../../../shared/lib/whole-number.ts';
import { useCatalogue, useCorrections } from '../../data/catalogue.ts';
import { useMay, useSession } from '../../data/session.ts';
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { isFocusFree } from '../../ui/use-start.ts';
import { AddDays } from './add-days.tsx';
import { CatalogueFilter } from './catalogue-filter.tsx';
import { type CatalogueRow, catalogueRows, filterRows, openDays, type RowFilter } from './catalogue-rows.ts';
import { CatalogueTable, rowButtons } from './catalogue-table.tsx';
import { CorrectFact } from './correct-fact.tsx';
import { CorrectionLog } from './correction-log.tsx';

type Open = { readonly what: 'days' | 'log' } | { readonly what: 'row'; readonly row: CatalogueRow } | null;

/** A confirmed row leaves the list of open ones, and its button with it: the focus goes on to the next. */
function useFocusAfter(rows: readonly CatalogueRow[]) {
  const table = useRef<HTMLTableElement>(null);
  const place = useRef(-1);
  useEffect(() => {
    if (place.current < 0 || rows.length === 0 || !isFocusFree() || !table.current) return;
    const buttons = rowButtons(table.current);
    (buttons[place.current] ?? buttons.at(-1))?.focus();
  }, [rows]);
  const remember = () => {
    const buttons = table.current ? rowButtons(table.current) : [];
    place.current = buttons.findIndex((button) => button.matches(':focus'));
  };
  return { table, remember };
}

/** "Lịch năm 2027: còn 12 ngày cần xác nhận", each a way to its days. */
function Years({ onPick }: { readonly onPick: (year: string) => void }) {
  const years = openDays(useCatalogue(), useSession().today);
  return (
    <ul className="row wrap catalogue-years">
      {years.map(({ year, n }) => (
        <li key={year}>
          {n === 0 ? (
            <span className="ok">{t('catalogue.year.ok', { year })}</span>
          ) : (
            <button type="button" className="linkish" onClick={() => onPick(year)}>
              {t('catalogue.year.open', { year, n })}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

export function CataloguePanel() {
  const catalogue = useCatalogue();
  const corrections = useCorrections().data?.corrections;
  const [filter, setFilter] = useState<RowFilter>({ group: 'all', q: '', openOnly: true });
  const [open, setOpen] = useState<Open>(null);
  const rows = useMemo(() => catalogueRows(catalogue, corrections ?? []), [catalogue, corrections]);
  const shown = useMemo(() => filterRows(rows, filter), [rows, filter]);
  const { table, remember } = useFocusAfter(shown);
  const may = useMay()('catalogue.correct');
  const close = () => setOpen(null);
  /** What was just added is confirmed, so it shows only among all days. */
  const showYear = (year: string) => setFilter({ group: 'day', q: year, openOnly: false });
  const correctRow = (row: CatalogueRow) => {
    remember();
    setOpen({ what: 'row', row });
  };
  return (
    <div className="catalogue">
      <p className="dim">
        {t(may ? 'catalogue.text' : 'catalogue.text.readOnly', {
          n: showCount(rows.filter((r) => !r.verified).length),
        })}
      </p>
      <div className="row wrap">
        <Years onPick={(year) => setFilter({ group: 'day', q: year, openOnly: true })} />
        <span className="row end">
          {may && <Button onClick={() => setOpen({ what: 'days' })}>{t('catalogue.add')}</Button>}
          <Button onClick={() => setOpen({ what: 'log' })}>{t('catalogue.log')}</Button>
        </span>
      </div>
      <CatalogueFilter filter={filter} onChange={setFilter} count={shown.length} />
      {shown.length === 0 ? (
        <p className="empty">{t('catalogue.none')}</p>
      ) : (
        <ScrollRegion label={t('settings.tab.catalogue')} className="scroll card catalogue-list">
          <CatalogueTable ref={table} rows={shown} onCorrect={may ? correctRow : null} />
        </ScrollRegion>
      )}
      {open?.what === 'row' && open.row.fact && (
        <CorrectFact row={open.row} fact={open.row.fact} onClose={close} />
      )}
      {open?.what === 'days' && <AddDays onSaved={showYear} onClose={close} />}
      {open?.what === 'log' && <CorrectionLog onClose={close} />}
    </div>
  );
}
