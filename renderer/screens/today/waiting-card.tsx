/** Dossiers that wait for the citizen, for another agency, or to be given out; the longest wait first. */
import type { Today, WaitingRow } from '../../../shared/contract/ipc/report.ts';
import { type Calendar, workingDaysBetween } from '../../../shared/domain/working-days.ts';
import { daysBetween, type LocalDate } from '../../../shared/lib/local-date.ts';
import { useCalendar } from '../../data/catalogue.ts';
import { everything, useFilter } from '../../state/filter.ts';
import { usePlace } from '../../state/place.ts';
import { t } from '../../text/text.ts';
import { shortDate } from '../../text/when.ts';
import { Button } from '../../ui/button.tsx';

type Kind = 'supplement' | 'elsewhere' | 'toGive';
const states = { supplement: 'supplement', elsewhere: 'elsewhere', toGive: 'to_give' } as const;

/** What is told of a waiting dossier beside its name, and how much it hurts. */
export function waitingWords(
  kind: Kind,
  { components, at, since, until, papers }: WaitingRow,
  today: LocalDate,
  calendar: Calendar,
): {
  readonly what: string;
  readonly time: string;
  readonly tone: '' | 'warn-text strong' | 'bad-text strong';
} {
  const names = components.join(', ');
  const age = t('lane.nth', { n: daysBetween(since, today) + 1 });
  if (kind === 'elsewhere') return { what: `${names} · ${at}`, time: age, tone: '' };
  if (kind === 'toGive') return { what: names, time: age, tone: '' };
  const what = papers.length > 0 ? papers.join('; ') : names;
  if (until === null) return { what, time: age, tone: '' };
  if (until < today)
    return { what, time: t('today.until.over', { date: shortDate(until, today) }), tone: 'bad-text strong' };
  const n = workingDaysBetween(today, until, calendar);
  return {
    what,
    time: n === 0 ? t('today.until.last') : t('due.left', { n }),
    tone: n <= 1 ? 'warn-text strong' : '',
  };
}

interface Props {
  readonly kind: Kind;
  readonly list: Today[Kind];
  readonly date: LocalDate;
}

export function WaitingCard({ kind, list, date }: Props) {
  const calendar = useCalendar();
  const go = usePlace((s) => s.go);
  const setFilter = useFilter((s) => s.setFilter);
  const title = `waiting-${kind}`;
  const openAll = () => {
    setFilter({ ...everything, state: states[kind] });
    go({ room: 'dossiers', view: 'list' });
  };
  return (
    <section className="card" aria-labelledby={title}>
      <div className="row">
        <h2 id={title} className="grow">
          {t(`today.${kind}`)}
        </h2>
        {list.total > 0 && (
          <Button look="tiny" onClick={openAll}>
            {t('today.waiting.all', { n: list.total })}
          </Button>
        )}
      </div>
      {list.rows.length === 0 ? (
        <p className="dim">{t(`today.${kind}.none`)}</p>
      ) : (
        <ul className="waits">
          {list.rows.map((waiting) => {
            const { what, time, tone } = waitingWords(kind, waiting, date, calendar);
            const { id, subjectName, requesterName, requesterPhone } = waiting.row;
            return (
              <li key={id}>
                <button
                  type="button"
                  className="rowlink"
                  onClick={() => go({ room: 'dossiers', view: 'detail', id })}
                >
                  {subjectName}
                </button>
                <span className={tone || 'dim'}>{time}</span>
                <span className="small" title={what}>
                  {what}
                </span>
                <span className="dim small">
                  {requesterName} {requesterPhone}
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
