/**
 * A paper on its sheets. On the screen every liên is a row of columns, each as high as the text area of a sheet; on paper
 * the same content flows over real pages. The same engine breaks both, so that preview and print agree page by page.
 */
import './fonts.css';
import './print.css';
import { type CSSProperties, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { must } from '../../../shared/lib/must.ts';
import type { SlipCopy, SlipModel } from '../../../shared/slip/model.ts';
import { type PaperSize, type Sheet, sheetOf } from '../../../shared/slip/paper-size.ts';
import { words } from '../../../shared/slip/words.ts';
import { BlockView } from './blocks.tsx';

interface Props {
  readonly model: SlipModel;
  readonly size: PaperSize;
  /** Called once the fonts are there and the pages are counted: total over all liên. */
  readonly onReady?: (pages: number) => void;
}

const FACES = ['16px Tinos', '700 16px Tinos', 'italic 16px Tinos'];
/** One letter of each part of the font: Latin, Vietnamese, Latin Extended. */
const LETTERS = 'a\u1EC5\u014F';

/** Space between two sheets on the screen. */
const SHEET_GAP = 16;

function variables(sheet: Sheet): CSSProperties {
  const px = (n: number) => `${n}px`;
  return {
    '--sheet-width': px(sheet.width),
    '--sheet-height': px(sheet.height),
    '--sheet-top': px(sheet.top),
    '--sheet-left': px(sheet.left),
    '--area-width': px(sheet.areaWidth),
    '--area-height': px(sheet.areaHeight),
    '--strip': px(sheet.strip),
    '--sheet-step': px(sheet.width + SHEET_GAP),
  } as CSSProperties;
}

/** `@page` knows no variables, and the size is known only now. */
function pageRule({ width, height, top, left, areaWidth, areaHeight }: Sheet): string {
  const [right, bottom] = [width - left - areaWidth, height - top - areaHeight];
  return `@page { size: ${width}px ${height}px; margin: ${top}px ${right}px ${bottom}px ${left}px; }`;
}

interface Pages {
  /** Sheets that the text fills: 0 until it was measured with the final font. */
  readonly count: number;
  /** Set smaller, because that saves a sheet. */
  readonly tight: boolean;
}
const UNKNOWN: Pages = { count: 0, tight: false };

/** Counts the columns of the flow; where smaller letters save a sheet, takes them. The register keeps its size. */
function usePages(flow: RefObject<HTMLElement | null>, sheet: Sheet, model: SlipModel): Pages {
  const [pages, setPages] = useState(UNKNOWN);
  useLayoutEffect(() => {
    let isGone = false;
    const measure = () => {
      if (isGone) return;
      const element = must(flow.current, 'flow');
      const count = (tight: boolean) => {
        element.classList.toggle('tight', tight);
        return Math.round((element.scrollWidth - sheet.areaWidth) / (sheet.width + SHEET_GAP)) + 1;
      };
      const wide = count(false);
      const narrow = wide > 1 && !model.landscape ? count(true) : wide;
      element.classList.toggle('tight', narrow < wide);
      setPages({ count: Math.min(wide, narrow), tight: narrow < wide });
    };
    setPages(UNKNOWN);
    void Promise.all(FACES.map((face) => document.fonts.load(face, LETTERS))).then(measure);
    return () => {
      isGone = true;
    };
  }, [flow, sheet, model]);
  return pages;
}

/** "Mẫu số …" on the first page; then the page number (never on the first, as NĐ 30/2020 wants it) and the code. */
function RunningHeads({ pages, model }: { readonly pages: number; readonly model: SlipModel }) {
  return Array.from({ length: Math.max(1, pages) }, (_, i) => i).map((before) => (
    <p key={before} className="slip-running" style={{ top: `calc(var(--area-height) * ${before} + 1px)` }}>
      {before > 0 && <span />}
      {before > 0 && <span>{before + 1}</span>}
      <span>{before > 0 ? model.running : model.form.no && `${words.formNo} ${model.form.no}`}</span>
    </p>
  ));
}

interface CopyProps {
  readonly copy: SlipCopy;
  readonly model: SlipModel;
  readonly sheet: Sheet;
  readonly onPages: (id: string, pages: number) => void;
}

function CopyFlow({ copy, model, sheet, onPages }: CopyProps) {
  const flow = useRef<HTMLDivElement>(null);
  const { count: pages, tight } = usePages(flow, sheet, model);
  useLayoutEffect(() => {
    if (pages > 0) onPages(copy.id, pages);
  }, [copy.id, pages, onPages]);
  return (
    <section className="slip-copy" style={{ '--pages': Math.max(1, pages) } as CSSProperties}>
      {Array.from({ length: Math.max(1, pages) }, (_, i) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: sheets are all alike
          key={i}
          className="slip-sheet"
          style={{ left: `calc(var(--sheet-step) * ${i})` }}
        />
      ))}
      <div ref={flow} className={tight ? 'slip-flow tight' : 'slip-flow'}>
        <div className="slip-inside">
          <RunningHeads pages={pages} model={model} />
          <table className="slip-frame">
            <thead aria-hidden="true">
              <tr>
                <td />
              </tr>
            </thead>
            <tbody>
              <tr>
                <td>
                  {model.mark && <p className="slip-mark">{model.mark}</p>}
                  {copy.blocks.map((block, i) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of a paper never change places
                    <BlockView key={i} block={block} />
                  ))}
                </td>
              </tr>
            </tbody>
          </table>
        </div>
      </div>
    </section>
  );
}

export function SlipPage({ model, size, onReady }: Props) {
  const sheet = sheetOf(size, model.landscape);
  const counts = useRef(new Map<string, number>());
  const [total, setTotal] = useState(0);
  const [onPages] = useState(() => (id: string, pages: number) => {
    counts.current.set(id, pages);
    setTotal([...counts.current.values()].reduce((sum, n) => sum + n, 0));
  });
  const isCounted = counts.current.size >= model.copies.length;
  useLayoutEffect(() => {
    if (isCounted && total > 0) onReady?.(total);
  }, [isCounted, total, onReady]);
  return (
    <div className={`slip slip-${model.landscape ? 'register' : size}`} style={variables(sheet)} lang="vi">
      <style>{pageRule(sheet)}</style>
      {model.copies.map((copy) => (
        <CopyFlow key={copy.id} copy={copy} model={model} sheet={sheet} onPages={onPages} />
      ))}
    </div>
  );
}
