/** One paper alone on the page, for the hidden window that makes the PDF or feeds the printer. */
import { useEffect } from 'react';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import type { PrintPlace } from './print-place.ts';
import { SlipPage } from './slip-page.tsx';
import { type SlipSource, useSlipModel } from './use-slip-model.ts';

/** `body[data-ready="1"]` stands once the paper is measured with its final font: only then may it be printed. */
function tellReady(pages: number): void {
  document.body.dataset.pages = String(pages);
  document.body.dataset.ready = '1';
}

/** A failure is ready as well, with no page: whoever prints looks at `data-pages` before writing a file. */
const tellFailed = () => tellReady(0);

export function PrintSlip({ place, source }: { readonly place: PrintPlace; readonly source: SlipSource }) {
  const { data, error } = useSlipModel(source, place);
  const isMissing = error !== null || data === null;
  useEffect(() => document.body.classList.add('printing'), []);
  useEffect(() => {
    if (isMissing) tellFailed();
  }, [isMissing]);
  if (error) return <ProblemNote problem={asProblem(error, 'slip.get')} />;
  if (data === null) return <p>{t('slip.none')}</p>;
  return data ? <SlipPage model={data} size={place.size} onReady={tellReady} /> : null;
}
