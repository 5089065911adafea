/** Ngoại ngành: the counts of one as-of date. */
import './counts.css';
import { useMemo } from 'react';
import { categories } from '../../../shared/catalogue/categories.ts';
import type { Grid } from '../../../shared/contract/ipc/count.ts';
import { type LocalDate, showDate } from '../../../shared/lib/local-date.ts';
import { showCount } from '../../../shared/lib/whole-number.ts';
import { useCountDates, useGrid } from '../../data/count.ts';
import { useSession } from '../../data/session.ts';
import { asProblem } from '../../ipc.ts';
import { useAsOf } from '../../state/as-of.ts';
import { t } from '../../text/text.ts';
import { AsOfPicker } from '../../ui/as-of-picker.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useReady } from '../../ui/use-ready.ts';
import { gridModel } from './grid-model.ts';
import { GridTable } from './grid-table.tsx';
import { ImportButton } from './import-button.tsx';
import { FailedCells, Strip } from './strip.tsx';
import { useCountGrid } from './use-count-grid.ts';

function Sheet({ data, officeCode }: { readonly data: Grid; readonly officeCode: string }) {
  const model = useMemo(() => gridModel(data, officeCode, t('counts.now')), [data, officeCode]);
  const grid = useCountGrid(model, data.asOf);
  return (
    <div className={model.byUnit ? 'sheet' : 'sheet of-ward'}>
      <GridTable model={model} grid={grid} label={t('counts.label', { date: showDate(data.asOf) })} />
      <div className="sheet-side">
        <FailedCells model={model} grid={grid} />
        <Strip model={model} grid={grid} />
        {!model.byUnit && <p className="card dim">{t('counts.hint')}</p>}
      </div>
    </div>
  );
}

const CELLS_OF_A_UNIT = categories.flatMap((c) => c.measures).length;

function missingIn(data: Grid): number {
  return data.rows.reduce((n, row) => n + Math.max(0, CELLS_OF_A_UNIT - Object.keys(row.cells).length), 0);
}

function Missing({ data }: { readonly data: Grid }) {
  const n = missingIn(data);
  return n > 0 ? (
    <span className="warn-text">{t('counts.missing', { n: showCount(n) })}</span>
  ) : (
    <span className="ok">{t('counts.complete')}</span>
  );
}

export function CountsScreen() {
  const { today, office } = useSession();
  const { asOf: chosen, setAsOf } = useAsOf();
  const dates = useCountDates();
  const asOf: LocalDate = chosen ?? dates.data?.[0] ?? today;
  const { data, error } = useGrid(asOf);
  useReady(data !== undefined || error !== null);
  return (
    <>
      <div className="head">
        <h1>{t('room.counts')}</h1>
        <AsOfPicker value={asOf} today={today} dates={dates.data ?? []} onPick={setAsOf} />
        {data && data.rows.length > 0 && <Missing data={data} />}
        <div className="end">
          <span className="dim">
            {t('counts.paste')} <span className="key">Ctrl V</span>
          </span>
          <ImportButton asOf={asOf} />
        </div>
      </div>
      {error && <ProblemNote problem={asProblem(error, 'count.grid')} />}
      {data && data.rows.length === 0 && <p className="card empty">{t('counts.empty')}</p>}
      {data && data.rows.length > 0 && <Sheet key={data.asOf} data={data} officeCode={office?.code ?? ''} />}
    </>
  );
}
