/** The annex alone on A4 landscape, for the PDF, in the layout of an official table (NĐ 30/2020). */
import './reports.css';
import { useEffect } from 'react';
import type { Annex } from '../../../shared/contract/ipc/report.ts';
import { showDate } from '../../../shared/lib/local-date.ts';
import { useAnnex } from '../../data/report.ts';
import { useSessionQuery } from '../../data/session.ts';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { AnnexRemark, AnnexTable } from './annex-table.tsx';

function Heading({ annex }: { readonly annex: Annex }) {
  return (
    <header>
      <div className="print-top">
        <p className="print-office">{annex.officeName.toUpperCase()}</p>
        <div>
          <p className="print-state">{t('report.print.state')}</p>
          <p className="print-motto">{t('report.print.motto')}</p>
        </div>
      </div>
      <h1>{t('report.annex').toUpperCase()}</h1>
      <p className="print-as-of">{t('report.print.asOf', { date: showDate(annex.asOf) })}</p>
    </header>
  );
}

/** The places for two signatures, never parted from the end of the table by a page. */
function Signatures({ on }: { readonly on: string }) {
  const [year, month, day] = on.split('-');
  return (
    <div className="print-sign">
      <div>
        <p className="print-role">{t('report.print.maker')}</p>
        <p className="print-how">{t('report.print.sign')}</p>
      </div>
      <div>
        <p className="print-how">
          {t('report.print.day', { day: day ?? '', month: month ?? '', year: year ?? '' })}
        </p>
        <p className="print-role">{t('report.print.head')}</p>
        <p className="print-how">{t('report.print.seal')}</p>
      </div>
    </div>
  );
}

export function PrintAnnex({ asOf }: { readonly asOf: string }) {
  const { data, error } = useAnnex(asOf);
  const session = useSessionQuery();
  const isThere = error !== null || (data !== undefined && !session.isPending);
  useEffect(() => {
    document.body.classList.add('printing');
    if (!isThere) return;
    // Figures are measured with the final font.
    void document.fonts.ready.then(() => {
      document.body.dataset.ready = '1';
    });
  }, [isThere]);
  if (error) return <ProblemNote problem={asProblem(error, 'annex.get')} />;
  if (!data) return null;
  return (
    <main className="print">
      <Heading annex={data} />
      <AnnexTable annex={data} onPaper />
      <footer>
        <AnnexRemark annex={data} />
        <Signatures on={session.data?.today ?? asOf} />
      </footer>
    </main>
  );
}
