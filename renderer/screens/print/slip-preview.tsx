/** The sheets as they will come out of the printer, on a grey desk: size, zoom, and whatever buttons the screen adds. */
import './preview.css';
import { type ReactNode, useRef, useState } from 'react';
import type { SlipModel } from '../../../shared/slip/model.ts';
import { type PaperSize, paperSizes } from '../../../shared/slip/paper-size.ts';
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { usePageKeys } from '../../ui/use-page-keys.ts';
import { SlipPage } from './slip-page.tsx';

interface Props {
  readonly model: SlipModel;
  readonly size: PaperSize;
  readonly onSize: (size: PaperSize) => void;
  /** Print, save as PDF: what the screen can do with the paper. */
  readonly children?: ReactNode;
}

/** In percent of the true size on paper. */
const ZOOMS = [50, 67, 80, 100, 125, 150, 200] as const;
/** Of a page of the window: the last line of the one is the first of the next. */
const NEARLY_ALL = 0.9;
const TRUE_SIZE = ZOOMS.indexOf(100);

export function SlipPreview({ model, size, onSize, children }: Props) {
  const [step, setStep] = useState(TRUE_SIZE);
  const [pages, setPages] = useState(0);
  const zoom = ZOOMS[step] ?? 100;
  const desk = useRef<HTMLDivElement>(null);
  const zoomTo = (next: number) => setStep(Math.min(ZOOMS.length - 1, Math.max(0, next)));
  const scroll = (pagesOn: 1 | -1) =>
    desk.current?.scrollBy({ top: pagesOn * desk.current.clientHeight * NEARLY_ALL });
  const resize = (to: PaperSize) => {
    if (!model.landscape && to !== size) onSize(to);
  };
  usePageKeys({
    4: () => resize('A4'),
    5: () => resize('A5'),
    '+': () => zoomTo(step + 1),
    '=': () => zoomTo(step + 1),
    '-': () => zoomTo(step - 1),
    PageDown: () => scroll(1),
    PageUp: () => scroll(-1),
  });
  return (
    <section className="slip-preview">
      <div className="slip-tools">
        {!model.landscape && (
          <fieldset aria-label={t('slip.size')} className="slip-sizes">
            {paperSizes.map((name) => (
              <Button
                key={name}
                look="tiny"
                keys={name.slice(1)}
                aria-pressed={name === size}
                onClick={() => onSize(name)}
              >
                {name}
              </Button>
            ))}
          </fieldset>
        )}
        <fieldset aria-label={t('slip.zoom')} className="slip-sizes">
          <Button
            look="tiny"
            aria-label={t('slip.zoom.out')}
            disabled={step === 0}
            onClick={() => setStep(step - 1)}
          >
            −
          </Button>
          <output>{t('slip.zoom.now', { n: zoom })}</output>
          <Button
            look="tiny"
            aria-label={t('slip.zoom.in')}
            disabled={step === ZOOMS.length - 1}
            onClick={() => setStep(step + 1)}
          >
            +
          </Button>
        </fieldset>
        <output>{pages > 0 ? t('slip.pages', { n: pages }) : t('slip.loading')}</output>
        {children}
      </div>
      <ScrollRegion ref={desk} label={t('slip.preview')} className="slip-desk-top">
        <div className="slip-zoom" style={{ transform: `scale(${zoom / 100})` }}>
          <SlipPage model={model} size={size} onReady={setPages} />
        </div>
      </ScrollRegion>
    </section>
  );
}
