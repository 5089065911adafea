/** Ngoại ngành: the counts and annex sheets of one date. */
import './counts.css';
import { useMemo, useState } from 'react';
import { findReportDef } from '../../../shared/catalogue/report-defs.ts';
import { countUnitsOn } from '../../../shared/catalogue/units.ts';
import type { Grid } from '../../../shared/contract/ipc/count.ts';
import { type LocalDate, showDate } from '../../../shared/lib/local-date.ts';
import { showCount } from '../../../shared/lib/whole-number.ts';
import { dueDay } from '../../../shared/report/due-days.ts';
import { useCountDates, useGrid } from '../../data/count.ts';
import { useMay, useSession } from '../../data/session.ts';
import { asProblem } from '../../ipc.ts';
import { useAsOf } from '../../state/as-of.ts';
import { t } from '../../text/text.ts';
import { AsOfPicker } from '../../ui/as-of-picker.tsx';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useReady } from '../../ui/use-ready.ts';
import { type ClusterChoice, ClusterPicker, rowsOf, useClustersOn } from './cluster-picker.tsx';
import { ClustersDialog } from './clusters-dialog.tsx';
import { ExportDialog } from './export-dialog.tsx';
import { Finder } from './finder.tsx';
import { entriesOf, type FormPart, filledCells, type GridModel, gridModel } from './grid-model.ts';
import { GridTable } from './grid-table.tsx';
import { ImportButton } from './import-button.tsx';
import { ImportsDialog } from './imports-dialog.tsx';
import { type FormChoice, FormPicker, FromPicker, isWindow } from './place-pickers.tsx';
import { SheetActions } from './sheet-actions.tsx';
import { SheetWord } from './sheet-word.tsx';
import { FailedCells, PasteWords, Strip } from './strip.tsx';
import { TargetsDialog } from './targets-dialog.tsx';
import { useCountGrid } from './use-count-grid.ts';

/** Lateness goes by the monthly rule; the weekly one is not verified: its day is shown and reported on. */
const dueRules = findReportDef('tinh-hinh-bao-cao-thang')?.due ?? [];
const weeklyRules = findReportDef('tinh-hinh-bao-cao-tuan')?.due ?? [];

function Missing({
  model,
  form,
  part,
}: {
  readonly model: GridModel;
  readonly form: string | null;
  readonly part: FormPart;
}) {
  const units = [...new Map(model.rows.map((row) => [row.unit.unit.key, row.unit])).values()];
  const all = entriesOf(form, part).length;
  const n = units.reduce((sum, unit) => sum + all - filledCells(unit, form, part), 0);
  return n > 0 ? (
    <span className="warn-text">{t('counts.missing', { n: showCount(n) })}</span>
  ) : (
    <span className="ok">{t('counts.complete')}</span>
  );
}

/** How many units stand where: sent in time, late, not yet. */
function Standing({
  model,
  due,
  weekly,
}: {
  readonly model: GridModel;
  readonly due: LocalDate | null;
  readonly weekly: LocalDate | null;
}) {
  const own = model.rows[0];
  const words =
    model.layout === 'list' && own ? (
      <SheetWord row={own} long />
    ) : (
      (['on_time', 'late', 'missing', 'not_due'] as const).map((standing) => {
        const n = model.rows.filter((row) => row.standing === standing).length;
        return n > 0 ? (
          <span key={standing}>{t('counts.standing.n', { n, word: t(`counts.standing.${standing}`) })}</span>
        ) : null;
      })
    );
  return (
    <>
      {due && <span className="dim">{t('counts.due', { date: showDate(due) })}</span>}
      {weekly && <span className="dim">{t('counts.dueWeekly', { date: showDate(weekly).slice(0, 5) })}</span>}
      {words}
    </>
  );
}

interface SheetProps {
  readonly data: Grid;
  readonly part: FormPart;
}

function usePicked(rows: GridModel['rows']) {
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const toggle = (units: readonly string[]) => {
    const all = units.every((unit) => picked.has(unit));
    const next = new Set(picked);
    for (const unit of units) {
      if (all) next.delete(unit);
      else next.add(unit);
    }
    setPicked(next);
  };
  const everybody = () => toggle(rows.map((row) => row.unit.unit.key));
  return { picked, toggle, everybody, clear: () => setPicked(new Set()) };
}

function Sheet({ data, part }: SheetProps) {
  const { office, today } = useSession();
  const officeCode = office?.code ?? '';
  const mayRecord = useMay()('count.record');
  const due = data.form === null ? dueDay(dueRules, data.asOf) : null;
  const model = useMemo(
    () => gridModel(data, { officeCode, part, mayRecord, nowLabel: t('counts.now'), due, today }),
    [data, officeCode, part, mayRecord, due, today],
  );
  const { asOf, form, from } = data;
  const grid = useCountGrid(
    model,
    useMemo(() => ({ asOf, form, from }), [asOf, form, from]),
  );
  const { picked, toggle, everybody, clear } = usePicked(model.rows);
  const [finding, setFinding] = useState<string | null>(null);
  const isUnits = model.layout === 'units';
  if (model.rows.length === 0) return <p className="card empty">{t('counts.empty')}</p>;
  return (
    <>
      <div className="row wrap sheet-tools">
        <Missing model={model} form={form} part={part} />
        <Standing
          model={model}
          due={due}
          weekly={data.form === null ? dueDay(weeklyRules, data.asOf) : null}
        />
        {finding !== null && (
          <Finder model={model} grid={grid} first={finding} onClose={() => setFinding(null)} />
        )}
        <span className="end row">
          {isUnits && finding === null && (
            <Button look="tiny" keys="Ctrl F" onClick={() => setFinding('')}>
              {t('counts.find')}
            </Button>
          )}
          {isUnits && (
            <Button look="tiny" onClick={everybody}>
              {picked.size === 0 ? t('counts.pickAll') : t('counts.picked', { n: picked.size })}
            </Button>
          )}
          <SheetActions model={model} grid={grid} picked={isUnits ? picked : null} onDone={clear} />
        </span>
      </div>
      <PasteWords grid={grid} />
      <div className={isUnits ? 'sheet' : 'sheet of-ward'}>
        <GridTable
          model={model}
          grid={grid}
          label={t('counts.label', { date: showDate(asOf) })}
          picked={isUnits ? picked : null}
          onPick={toggle}
          onFind={setFinding}
        />
        <div className="sheet-side">
          <FailedCells model={model} grid={grid} />
          <Strip model={model} grid={grid} />
        </div>
      </div>
    </>
  );
}

type Opened = 'export' | 'imports' | 'targets' | 'clusters';

export function CountsScreen() {
  const { today, office } = useSession();
  const may = useMay();
  const { asOf: chosen, setAsOf } = useAsOf();
  const [{ form, part }, setChoice] = useState<FormChoice>({ form: null, part: 'units' });
  const [firstDay, setFirstDay] = useState<LocalDate | null>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  const dates = useCountDates(form);
  const asOf: LocalDate = chosen ?? dates.data?.[0] ?? today;
  const windowed = isWindow(form);
  const from = firstDay !== null && firstDay <= asOf ? firstDay : `${asOf.slice(0, 8)}01`;
  const place = { asOf, form, from: windowed ? from : null };
  const { data, error } = useGrid(place);
  const clusters = useClustersOn(asOf);
  const [choice, setCluster] = useState<ClusterChoice>(null);
  const cluster = part === 'units' ? choice : null;
  const newest = dates.data?.[0] ?? null;
  const isAbove = office !== null && countUnitsOn(office.code, asOf).length > 1;
  const close = () => setOpened(null);
  useReady(data !== undefined || error !== null);
  return (
    <>
      <div className="head counts-head">
        <h1>{t('room.counts')}</h1>
        <FormPicker choice={{ form, part }} onPick={setChoice} />
        {windowed && <FromPicker value={from} last={asOf} onPick={setFirstDay} />}
        {isAbove && part === 'units' && (
          <ClusterPicker clusters={clusters} value={choice} onPick={setCluster} />
        )}
        <AsOfPicker value={asOf} today={today} dates={dates.data ?? []} onPick={setAsOf} />
        <div className="end">
          {may('count.record') && <ImportButton place={place} newest={newest} />}
          <Button onClick={() => setOpened('imports')}>{t('imports.open')}</Button>
          <Button onClick={() => setOpened('export')}>{t('counts.export')}</Button>
          {form === null && <Button onClick={() => setOpened('targets')}>{t('targets.open')}</Button>}
          {isAbove && !windowed && (
            <Button onClick={() => setOpened('clusters')}>{t('clusters.open')}</Button>
          )}
        </div>
      </div>
      {newest !== null && asOf < newest && (
        <p className="warn-text small">{t('counts.older', { date: showDate(newest) })}</p>
      )}
      {error && <ProblemNote problem={asProblem(error, 'count.grid')} />}
      {data && (
        <Sheet
          key={`${asOf}/${form}/${part}/${data.from}/${cluster}`}
          data={rowsOf(data, clusters, cluster)}
          part={part}
        />
      )}
      {opened === 'imports' && <ImportsDialog onClose={close} />}
      {opened === 'export' && <ExportDialog place={place} onClose={close} />}
      {opened === 'clusters' && <ClustersDialog asOf={asOf} onClose={close} />}
      {opened === 'targets' && data && <TargetsDialog data={data} part={part} onClose={close} />}
    </>
  );
}
