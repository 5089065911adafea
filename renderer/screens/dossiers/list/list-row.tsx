/** One dossier in the list. */
// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid: rows are placed by hand, which table elements cannot be; the grid itself takes focus and keys
// biome-ignore-all lint/a11y/useFocusableInteractive: a virtual grid: rows are placed by hand, which table elements cannot be; the grid itself takes focus and keys
import { memo } from 'react';
import type { DossierRow } from '../../../../shared/contract/ipc/common.ts';
import type { Calendar } from '../../../../shared/domain/working-days.ts';
import { type LocalDate, showDate } from '../../../../shared/lib/local-date.ts';
import { useCalendar } from '../../../data/catalogue.ts';
import { named, t } from '../../../text/text.ts';
import { dayAndDate, dueWords } from '../../../text/when.ts';
import { DeliveryWord } from '../../../ui/delivery-word.tsx';
import { stateTone } from '../state-tone.ts';

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
const outcomes = { under_way: '', whole: 'ok', part: 'warn', none: 'bad' } as const;

function movedWords({ way, unit }: NonNullable<DossierRow['moved']>): string {
  return t(way === 'to' ? 'list.movedTo' : 'list.movedFrom', { unit });
}

/** What somebody has to do next while it is open; how it ended afterwards. */
function State({ row }: { readonly row: DossierRow }) {
  const open = row.outcome === 'under_way' || row.state === 'done';
  return open ? (
    <span className={`word ${stateTone[row.state]}`}>{named('state', row.state)}</span>
  ) : (
    <span className={`word ${outcomes[row.outcome]}`}>{t(`outcome.${row.outcome}`)}</span>
  );
}

/** The next day that somebody has to keep; while all clocks stand still for the citizen, no day passes. */
function nextDue(row: DossierRow, today: LocalDate, calendar: Calendar) {
  const day = row.nextDue ?? row.due;
  const { text, tone } = dueWords(day, today, calendar);
  const paused = row.nextDue === null && row.state === 'supplement';
  return paused ? { day, words: t('lane.paused'), tone: 'dim' as const } : { day, words: text, tone };
}

function Cells({ row, today }: { readonly row: DossierRow; readonly today: LocalDate }) {
  const open = row.outcome === 'under_way';
  const { day, words, tone } = nextDue(row, today, useCalendar());
  return (
    <>
      <div role="gridcell" title={`${row.code} ${row.officialCode}`.trim()}>
        {row.code}
        <div className="under dim">{row.officialCode}</div>
      </div>
      <div role="gridcell" className="two strong" title={row.subjectName}>
        {row.purgedOn === null ? (
          row.subjectName
        ) : (
          <span className="dim">{t('list.purged', { day: showDate(row.purgedOn) })}</span>
        )}
        {row.synthetic && <span className="sample">{t('list.synthetic')}</span>}
      </div>
      <div role="gridcell">{showDate(row.subjectBirth)}</div>
      <div role="gridcell" title={`${row.requesterName} ${row.requesterPhone}`.trim()}>
        {row.requesterName}
        <div className="under dim">{row.requesterPhone}</div>
      </div>
      <div role="gridcell">{showDate(row.receivedOn)}</div>
      <div role="gridcell" className={open ? tones[tone] : 'dim'} title={open ? words : ''}>
        {day ? dayAndDate(day, today) : words}
        {open && day && <div className="under">{words}</div>}
      </div>
      <div role="gridcell">
        <div className="under" title={row.moved ? movedWords(row.moved) : ''}>
          {row.moved ? movedWords(row.moved) : t(`chain.${row.chain}`)}
        </div>
        <State row={row} />
      </div>
      <div role="gridcell" className={row.missing > 0 ? 'bad-text strong' : 'dim'}>
        {row.missing > 0 ? t('list.missing', { n: row.missing }) : ''}
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
