/** Báo cáo: one report over one window as table, pictures and sentences; printed figures beside it; kept as it was sent. */
import './reports.css';
import { lazy, Suspense, useMemo, useState } from 'react';
import { holdsNames } from '../../../shared/catalogue/report-defs.ts';
import { reportFormats } from '../../../shared/contract/ipc/report.ts';
import { rowNames } from '../../../shared/report/change-words.ts';
import type { Report } from '../../../shared/report/model.ts';
import { cellText } from '../../../shared/report/report-cells.ts';
import { useCountDates } from '../../data/count.ts';
import { useFreeze, useFrozen, usePrinted, useReport } from '../../data/report.ts';
import { useMay, useSession } from '../../data/session.ts';
import { asProblem } from '../../ipc.ts';
import { useAsOf } from '../../state/as-of.ts';
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';
import { notice } from '../../ui/notice.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { usePageKeys } from '../../ui/use-page-keys.ts';
import { useReady } from '../../ui/use-ready.ts';
import { useStart } from '../../ui/use-start.ts';
import { CityFigures } from './city-figures.tsx';
import { Findings } from './findings.tsx';
import { FrozenList } from './frozen.tsx';
import { Paragraphs } from './paragraphs.tsx';
import { PrintedDialog } from './printed-dialog.tsx';
import { ReportBar, ReportPicker } from './report-bar.tsx';
import { type Chosen, chosen, useChoice } from './report-choice.ts';
import { type CellName, type Mark, nameOf, ReportTable } from './report-table.tsx';
import { type Exports, useExports, useRegisterExports } from './use-exports.ts';

const Charts = lazy(async () => ({ default: (await import('./charts.tsx')).Charts }));

export function ReportsScreen() {
  const { today } = useSession();
  const asOf = useAsOf((s) => s.asOf);
  const choice = useChoice();
  const dates = useCountDates();
  // Which day is shown follows from the dates: asked before they are known, the report would be made twice.
  if (dates.isPending) return <h1>{t('room.reports')}</h1>;
  const what = chosen(choice, { today, asOf: asOf ?? dates.data?.[0] ?? today });
  return <ReportPage key={what.def.id} {...what} />;
}

const tabs = ['table', 'charts', 'text', 'frozen'] as const;
type Tab = (typeof tabs)[number];

function ReportPage(what: Chosen) {
  const { def, wanted } = what;
  const may = useMay();
  const report = useReport(wanted);
  const frozen = useFrozen();
  const freeze = useFreeze();
  const [tab, setTab] = useState<Tab>('table');
  const [kept, setKept] = useState<string | null>(null);
  const [goal, setGoal] = useState<CellName | null>(null);
  const withNames = holdsNames(def);
  // Buttons and keys mean what is looked at.
  const shownKept = tab === 'frozen' ? kept : null;
  const ofReport = useExports(
    shownKept === null ? wanted : { frozen: shownKept },
    shownKept !== null || report.data !== undefined,
  );
  const ofRegister = useRegisterExports(wanted, report.data !== undefined);
  const exports = withNames && shownKept === null ? ofRegister : ofReport;
  const mayFreeze = !withNames && may('report.freeze');
  useReady(report.data !== undefined || report.error !== null);
  useStart(report.data !== undefined || report.error !== null);
  const onFreeze = () => {
    if (!mayFreeze || freeze.isPending || !report.data) return;
    freeze.mutate(wanted, { onSuccess: () => notice(t('report.frozen.done')) });
  };
  usePageKeys({ ...exports.keys, k: onFreeze });
  const error = exports.error ?? freeze.error ?? report.error;
  const shown = tabs.filter((name) => !withNames || name === 'table' || name === 'frozen');
  const counts: Readonly<Record<Tab, number | null>> = {
    table: null,
    charts: report.data?.charts.length ?? 0,
    text: report.data?.paragraphs.length ?? 0,
    frozen: frozen.data?.length ?? 0,
  };
  return (
    <>
      <div className="head">
        <h1>{t('room.reports')}</h1>
        <ReportPicker />
        <div className="end">
          <ExportButtons exports={exports} isKept={shownKept !== null} />
        </div>
      </div>
      <ReportBar {...what}>
        {mayFreeze && (
          <Button keys="K" disabled={!report.data || freeze.isPending} onClick={onFreeze}>
            {t('report.freeze')}
          </Button>
        )}
        {exports.onCopy && (
          <Button
            keys={t('report.key.copy')}
            disabled={exports.busy || !exports.ready}
            onClick={() => exports.onCopy?.('table')}
          >
            {t('report.copy.table')}
          </Button>
        )}
      </ReportBar>
      <CityFigures wanted={wanted} />
      {error && <ProblemNote problem={asProblem(error, 'report.make')} />}
      {report.data && (
        <Findings
          findings={report.data.findings}
          onGo={(cell) => {
            setTab('table');
            setGoal({ ...cell });
          }}
        />
      )}
      <Tabs
        label={t('report.tabs')}
        tabs={shown.map((name) => ({
          name,
          text:
            counts[name] === null ? t(`report.tab.${name}`) : `${t(`report.tab.${name}`)} (${counts[name]})`,
        }))}
        current={tab}
        onPick={setTab}
      >
        {tab === 'frozen' ? (
          <FrozenList open={kept} onOpen={setKept} />
        ) : (
          report.data && <Shown {...{ what, report: report.data, tab, goal, exports }} onGoal={setGoal} />
        )}
      </Tabs>
    </>
  );
}

function ExportButtons({
  exports: { busy, ready, formats, onSave, onPrint },
  isKept,
}: {
  readonly exports: Exports;
  readonly isKept: boolean;
}) {
  return (
    <>
      <span className="dim">
        {t(busy ? 'report.saving' : isKept ? 'report.export.kept' : 'report.export')}
      </span>
      {reportFormats
        .filter((format) => formats.includes(format))
        .map((format) => (
          <Button
            key={format}
            keys={t(`report.key.${format}`)}
            disabled={busy || !ready}
            onClick={() => onSave(format)}
          >
            {t(`report.export.${format}`)}
          </Button>
        ))}
      <Button keys={t('report.key.print')} disabled={busy || !ready} onClick={onPrint}>
        {t('report.export.print')}
      </Button>
    </>
  );
}

interface ShownProps {
  readonly what: Chosen;
  readonly report: Report;
  readonly tab: Exclude<Tab, 'frozen'>;
  readonly goal: CellName | null;
  readonly onGoal: (cell: CellName) => void;
  readonly exports: Exports;
}

function Shown({ what, report, tab, goal, onGoal, exports }: ShownProps) {
  const { onCopy } = exports;
  if (tab === 'charts')
    return report.charts.length === 0 ? (
      <p className="empty">{t('report.chart.noneHere')}</p>
    ) : (
      <Suspense fallback={<p className="empty">{t('app.loading')}</p>}>
        <Charts charts={report.charts} />
      </Suspense>
    );
  if (tab === 'text')
    return (
      <Paragraphs paragraphs={report.paragraphs} {...(onCopy && { onCopy: () => onCopy('paragraph') })} />
    );
  return <TablePage {...{ what, report, goal, onGoal }} />;
}

function TablePage({
  what: { def, wanted },
  report,
  goal,
  onGoal,
}: Pick<ShownProps, 'what' | 'report' | 'goal' | 'onGoal'>) {
  const may = useMay();
  const printed = usePrinted(wanted);
  const [open, setOpen] = useState<CellName | null>(null);
  const [source, setSource] = useState('');
  const figures = useMemo(() => printed.data ?? [], [printed.data]);
  const mayPrint = !holdsNames(def) && may('report.print');
  const marks = useMemo(() => marksOf(report, figures), [report, figures]);
  return (
    <div className="report-page">
      <p className="report-title">
        <span className="strong">{report.title}</span> · {report.subtitle}
        {report.form && <span className="dim"> · {report.form}</span>}
        {mayPrint && <span className="dim"> · {t('report.printed.hint')}</span>}
      </p>
      {report.rows.length === 0 && <p className="empty">{t('report.rows.none')}</p>}
      <ReportTable report={report} marks={marks} wanted={goal} onOpen={mayPrint ? setOpen : undefined} />
      {report.notes.map((note) => (
        <p key={note} className="dim">
          {note}
        </p>
      ))}
      {open && (
        <PrintedDialog
          wanted={wanted}
          cell={open}
          {...namesOf(report, open)}
          before={figures.find((f) => nameOf(f) === nameOf(open))?.text ?? ''}
          source={source}
          onDone={(said) => {
            setSource(said);
            onGoal({ ...open });
            setOpen(null);
          }}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
}

function namesOf(report: Report, { row, column }: CellName): { name: string; ours: string } {
  const at = report.columns.findIndex((c) => c.key === column);
  const cell = report.rows.find((r) => r.key === row)?.cells[at];
  return {
    name: `${rowNames(report).get(row) ?? row}, ${report.columns[at]?.title ?? column}`,
    ours: cell ? cellText(cell) : '',
  };
}

/** Cells of findings, and what other reports print beside ours. */
function marksOf(
  { findings }: Report,
  printed: readonly (CellName & { readonly text: string })[],
): ReadonlyMap<string, Mark> {
  const marks = new Map<string, Mark>();
  for (const { row, column } of findings)
    if (row !== undefined && column !== undefined) marks.set(nameOf({ row, column }), { tone: 'bad' });
  for (const { row, column, text } of printed) {
    const name = nameOf({ row, column });
    marks.set(name, {
      tone: marks.has(name) ? 'bad' : 'ok',
      text: t('report.printed.mark', { figure: text }),
    });
  }
  return marks;
}
