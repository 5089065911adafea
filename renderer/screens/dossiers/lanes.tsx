/** The components as lanes over a strip of days: rest days hatched, today marked, the bar ends on the due day. */
import { specialDays } from '../../../shared/catalogue/holidays.ts';
import type { DossierDetail } from '../../../shared/contract/ipc/dossier.ts';
import { isWorkingDay } from '../../../shared/domain/working-days.ts';
import { addDays, daysBetween, type LocalDate } from '../../../shared/lib/local-date.ts';
import { t } from '../../text/text.ts';
import { dayAndDate, dueWords, shortDate } from '../../text/when.ts';
import { Conclude } from './conclude.tsx';

const MOST_DAYS = 16;
const FEWEST_DAYS = 6;
type Component = DossierDetail['components'][number];

/** Days to draw, or none where the span is too long for a strip. */
export function stripDays(from: LocalDate, dues: readonly (LocalDate | null)[]): readonly LocalDate[] {
  const last = dues.reduce<LocalDate>((a, b) => (b && b > a ? b : a), from);
  const n = Math.max(FEWEST_DAYS, daysBetween(from, last) + 2);
  return n > MOST_DAYS ? [] : Array.from({ length: n }, (_, i) => addDays(from, i));
}

/** The first component starts at reception; the others when the first one ends. */
function startOf(component: Component, detail: DossierDetail): LocalDate {
  const first = detail.components[0];
  return first && component.code !== first.code ? (first.due ?? detail.receivedOn) : detail.receivedOn;
}

function look(component: Component, today: LocalDate): string {
  if (component.outcome === 'done') return 'span done';
  return component.outcome !== 'under_way' || (component.due !== null && component.due < today)
    ? 'span bad'
    : 'span';
}

interface TrackProps {
  readonly component: Component | null;
  readonly days: readonly LocalDate[];
  readonly detail: DossierDetail;
  readonly today: LocalDate;
}

function Track({ component, days, detail, today }: TrackProps) {
  const column = (date: LocalDate) => daysBetween(detail.receivedOn, date) + 1;
  return (
    <div
      className="track"
      style={{ gridTemplateColumns: `repeat(${days.length}, minmax(0, 1fr))` }}
      aria-hidden="true"
    >
      {days.map((day, i) => (
        <div
          key={day}
          className={`day ${isWorkingDay(day, specialDays) ? '' : 'off'} ${day === today ? 'now' : ''}`}
          style={{ gridColumn: i + 1 }}
          title={specialDays.get(day)?.name}
        >
          {!component && dayAndDate(day, today)}
        </div>
      ))}
      {component?.due && (
        <div
          className={look(component, today)}
          style={{ gridColumn: `${column(startOf(component, detail))} / ${column(component.due) + 1}` }}
        >
          {component.outcome === 'under_way'
            ? t('detail.bar.due', { date: shortDate(component.due, today) })
            : t('detail.bar.ended', {
                outcome: t(`component.${component.outcome}`),
                date: shortDate(component.due, today),
              })}
        </div>
      )}
    </div>
  );
}

function State({ component, today }: { readonly component: Component; readonly today: LocalDate }) {
  const due = dueWords(component.due, today);
  const open = component.outcome === 'under_way';
  const tone = open && due.tone === 'bad' ? 'small bad-text strong' : 'small dim';
  return (
    <div className={tone}>
      {component.due ? dayAndDate(component.due, today) : t('form.due.unknown')}
      {open && component.due ? ` · ${due.text}` : ''}
    </div>
  );
}

export function Lanes({ detail, today }: { readonly detail: DossierDetail; readonly today: LocalDate }) {
  const days = stripDays(
    detail.receivedOn,
    detail.components.map((c) => c.due),
  );
  return (
    <section className="card lanes" aria-label={t('detail.components')}>
      {days.length > 0 && (
        <div className="lane" aria-hidden="true">
          <div className="strong">{t('detail.components')}</div>
          <Track component={null} days={days} detail={detail} today={today} />
          <div />
        </div>
      )}
      <ul>
        {detail.components.map((component) => (
          <li className="lane" key={component.code}>
            <div>
              <div className="strong">{component.name}</div>
              <div className="dim small">
                {component.agency}{' '}
                {!component.dueVerified && (
                  <span className="word warn" title={t('form.due.unverified.text')}>
                    {t('form.due.unverified')}
                  </span>
                )}
              </div>
            </div>
            {days.length > 0 ? (
              <Track component={component} days={days} detail={detail} today={today} />
            ) : (
              <div />
            )}
            <div>
              <Conclude id={detail.id} component={component} />
              <State component={component} today={today} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
