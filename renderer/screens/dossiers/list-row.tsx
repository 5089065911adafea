/** One dossier in the list. */
// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid: rows are placed by hand, which table elements cannot be; the grid itself takes focus and keys
// biome-ignore-all lint/a11y/useFocusableInteractive: a virtual grid: rows are placed by hand, which table elements cannot be; the grid itself takes focus and keys
import { memo } from 'react';
import type { DossierRow } from '../../../shared/contract/ipc/common.ts';
import { type LocalDate, showDate } from '../../../shared/lib/local-date.ts';
import { t } from '../../text/text.ts';
import { dayAndDate, dueWords } from '../../text/when.ts';
import { DeliveryWord } from '../../ui/delivery-word.tsx';

interface Props {
  readonly position: number;
  readonly top: number;
  readonly row: DossierRow | undefined;
  readonly today: LocalDate;
  readonly selected: boolean;
  readonly onOpen: (position: number) => void;
}

export function rowId(position: number): string {
  return `dossier-row-${position}`;
}

const tones = { bad: 'bad-text strong', warn: 'warn-text strong', plain: '', dim: 'dim' } as const;
const outcomes = { under_way: '', whole: 'ok', part: 'warn-text', none: 'bad-text' } as const;

function Cells({ row, today }: { readonly row: DossierRow; readonly today: LocalDate }) {
  const due = dueWords(row.due, today);
  const open = row.outcome === 'under_way';
  return (
    <>
      <div role="gridcell">{row.code}</div>
      <div role="gridcell" className="two strong" title={row.subjectName}>
        {row.subjectName}
        {row.synthetic && <span className="sample">{t('list.synthetic')}</span>}
      </div>
      <div role="gridcell">{showDate(row.subjectBirth)}</div>
      <div role="gridcell" className="two" title={`${row.requesterName} ${row.requesterPhone}`.trim()}>
        {row.requesterName}
      </div>
      <div role="gridcell">{showDate(row.receivedOn)}</div>
      <div role="gridcell" className={open ? tones[due.tone] : ''} title={open ? due.text : ''}>
        {row.due ? dayAndDate(row.due, today) : due.text}
        {open && due.tone === 'bad' && <div className="under">{due.text}</div>}
      </div>
      <div role="gridcell" className={`two ${outcomes[row.outcome]}`}>
        {t(`chain.${row.chain}`)}
        <br />
        {t(`outcome.${row.outcome}`)}
      </div>
      <div role="gridcell" className="two">
        <DeliveryWord delivery={row.delivery} />
      </div>
    </>
  );
}

export const ListRow = memo(function ListRow({ position, top, row, today, selected, onOpen }: Props) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid itself handles the keys
    <div
      id={rowId(position)}
      className="list-row"
      role="row"
      aria-rowindex={position + 2}
      aria-selected={selected}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => onOpen(position)}
    >
      {row ? (
        <Cells row={row} today={today} />
      ) : (
        <div role="gridcell" className="dim">
          {t('list.loading')}
        </div>
      )}
    </div>
  );
});
