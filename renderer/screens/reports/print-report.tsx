/** A report alone on A4 in the layout of an official table (NĐ 30/2020), for the PDF: the same table and pictures as on the screen. */
import './reports.css';
import { useCallback, useEffect, useState } from 'react';
import type { ReportSource } from '../../../shared/contract/ipc/report.ts';
import type { Report } from '../../../shared/report/model.ts';
import { useReport } from '../../data/report.ts';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Charts } from './charts.tsx';
import { PaperTable } from './report-table.tsx';

/** NĐ 30/2020, phụ lục I: 20 mm above and below, 30 mm left, 15 mm right; on a page on its side the binding is above. */
const PAGES = {
  landscape: '@page { size: A4 landscape; margin: 20mm 15mm 15mm 20mm; }',
  portrait: '@page { size: A4 portrait; margin: 20mm 15mm 20mm 30mm; }',
};

const PICTURE_FONT = "12px 'Be Vietnam Pro'";
/** One letter of each part of the font. */
const LETTERS = 'a\u1EC5';

/** `data-pages` 0 = nothing to print; whoever prints looks at it before writing a file. */
function tellReady(pages: number): void {
  document.body.dataset.pages = String(pages);
  document.body.dataset.ready = '1';
}

export function PrintReport({ source }: { readonly source: ReportSource }) {
  const { data, error } = useReport(source);
  const [drawn, setDrawn] = useState(false);
  const [lettered, setLettered] = useState(false);
  const onDrawn = useCallback(() => setDrawn(true), []);
  useEffect(() => document.body.classList.add('printing'), []);
  useEffect(() => {
    // A picture measures its words once: drawn before its font is there, they would run into each other.
    void document.fonts.load(PICTURE_FONT, LETTERS).then(() => setLettered(true));
  }, []);
  useEffect(() => {
    if (error) tellReady(0);
  }, [error]);
  useEffect(() => {
    // Figures are measured with the final font.
    if (drawn) void document.fonts.ready.then(() => tellReady(1));
  }, [drawn]);
  if (error) return <ProblemNote problem={asProblem(error, 'report.make')} />;
  return data && lettered ? <Paper report={data} onDrawn={onDrawn} /> : null;
}

function Paper({ report, onDrawn }: { readonly report: Report; readonly onDrawn: () => void }) {
  const { landscape, charts, paragraphs, notes, findings } = report;
  return (
    <main className={landscape ? 'print landscape' : 'print portrait'}>
      <style>{PAGES[landscape ? 'landscape' : 'portrait']}</style>
      <Heading report={report} />
      <PaperTable report={report} />
      <Lines lines={notes} />
      {findings.length > 0 && (
        <Lines title={t('report.findings.paper')} lines={findings.map((f) => f.sentence)} />
      )}
      <div className="print-text">
        {paragraphs.map((text) => (
          <p key={text}>{text}</p>
        ))}
      </div>
      <Signatures report={report} />
      <Charts charts={charts} onDrawn={onDrawn} />
    </main>
  );
}

function Heading({ report: { office, title, subtitle, form, place, made } }: { readonly report: Report }) {
  const [year = '', month = '', day = ''] = made.at.split('-');
  return (
    <header>
      <div className="print-top">
        <p className="print-office">{office.toUpperCase()}</p>
        <div>
          <p>{t('report.print.state')}</p>
          <p className="print-motto">{t('report.print.motto')}</p>
          <p className="print-place">
            {t('report.print.place', { place, day: day.slice(0, 2), month, year })}
          </p>
        </div>
      </div>
      {form && <p className="print-form">{form}</p>}
      <h1>{title.toUpperCase()}</h1>
      <p className="print-window">({subtitle})</p>
    </header>
  );
}

function Lines({ title, lines }: { readonly title?: string; readonly lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <div className="print-notes">
      {title && <p className="strong">{title}</p>}
      {lines.map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two lines may say the same
        <p key={i}>{line}</p>
      ))}
    </div>
  );
}

/** The places for two signatures, never parted by a page. */
function Signatures({ report }: { readonly report: Report }) {
  const [maker, head] = [t('report.print.maker'), t('report.print.head')];
  return (
    <div className="print-sign" data-report={report.id}>
      <div>
        <p className="strong">{maker}</p>
        <p className="print-how">{t('report.print.sign')}</p>
      </div>
      <div>
        <p className="strong">{head}</p>
        <p className="print-how">{t('report.print.seal')}</p>
      </div>
    </div>
  );
}
