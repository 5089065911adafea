/** The annex alone on A4 landscape, for the PDF. */
import './reports.css';
import { useEffect } from 'react';
import { useAnnex } from '../../data/report.ts';
import { asProblem } from '../../ipc.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { AnnexTable } from './annex-table.tsx';

export function PrintAnnex({ asOf }: { readonly asOf: string }) {
  const { data, error } = useAnnex(asOf);
  useEffect(() => {
    document.body.classList.add('printing');
    if (!data && !error) return;
    // Figures are measured with the final font.
    void document.fonts.ready.then(() => {
      document.body.dataset.ready = '1';
    });
  }, [data, error]);
  if (error) return <ProblemNote problem={asProblem(error, 'annex.get')} />;
  return <main className="print">{data && <AnnexTable annex={data} />}</main>;
}
