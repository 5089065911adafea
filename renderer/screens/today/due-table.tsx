/** Overdue first, then due soon; working days, in words and colour. */
import type { DossierRow } from '../../../shared/contract/ipc/common.ts';
import type { Today } from '../../../shared/contract/ipc/report.ts';
import type { LocalDate } from '../../../shared/lib/local-date.ts';
import { useCalendar } from '../../data/catalogue.ts';
import { usePlace } from '../../state/place.ts';
import { t } from '../../text/text.ts';
import { dayAndDate, dueWords } from '../../text/when.ts';
import { Button } from '../../ui/button.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';

const tones = { bad: 'bad-text strong', warn: 'warn-text strong', plain: '', dim: 'dim' } as const;

interface RowProps {
  readonly row: DossierRow;
  readonly date: LocalDate;
  readonly start: boolean;
}

function DueRow({ row, date, start }: RowProps) {
  const go = usePlace((s) => s.go);
  const day = row.nextDue ?? row.due;
  const due = dueWords(day, date, useCalendar());
  return (
    <tr>
      <td className="name">
        <button
          type="button"
          className="rowlink"
          data-start={start ? '' : undefined}
          onClick={() => go({ room: 'dossiers', view: 'detail', id: row.id })}
        >
          {row.subjectName}
        </button>
        <div className="dim small">
          {t(`chain.${row.chain}`)} · {row.code}
        </div>
      </td>
      <td className="who">
        {row.requesterName}
        <div className="dim small phone">{row.requesterPhone}</div>
      </td>
      <td className="tight">
        <span className={tones[due.tone]}>{due.text}</span>
        <div className="dim small">{day && dayAndDate(day, date)}</div>
      </td>
      <td className="tight">
        {/* The extension is asked for before the day of return, not after it (TT 03/2025, Mẫu 04). */}
        {day !== null && day >= date && (
          <Button
            look="tiny"
            aria-label={t('today.extend.of', { name: row.subjectName })}
            onClick={() => go({ room: 'dossiers', view: 'detail', id: row.id, act: 'extend' })}
          >
            {t('today.extend')}
          </Button>
        )}
      </td>
    </tr>
  );
}

export function DueTable({ today, date }: { readonly today: Today; readonly date: LocalDate }) {
  const rows = [...today.overdue, ...today.dueSoon];
  return (
    <section className="card due" aria-labelledby="due-title">
      <div className="row">
        <h2 id="due-title">{t('today.due')}</h2>
        {today.overdue.length > 0 && (
          <span className="word bad">{t('today.overdue.count', { n: today.overdue.length })}</span>
        )}
        {today.dueSoon.length > 0 && (
          <span className="word warn">{t('today.soon.count', { n: today.dueSoon.length })}</span>
        )}
      </div>
      {rows.length === 0 ? (
        <p className="empty">{t('today.due.empty')}</p>
      ) : (
        <ScrollRegion label={t('today.due')}>
          <table className="plain sticky">
            <thead>
              <tr>
                <th>{t('today.col.name')}</th>
                <th>{t('today.col.requester')}</th>
                <th className="tight">{t('today.col.due')}</th>
                <th className="tight">
                  <span className="sr">{t('today.extend')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row, i) => (
                <DueRow key={row.id} row={row} date={date} start={i === 0} />
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </section>
  );
}
