/** The components as parallel lanes over a strip of days: what they went through, where they lie, when each is due. */
import type { Catalogue } from '../../../../shared/catalogue/law.ts';
import type { DossierDetail } from '../../../../shared/contract/ipc/dossier.ts';
import { isWorkingDay } from '../../../../shared/domain/working-days.ts';
import { addDays, type LocalDate } from '../../../../shared/lib/local-date.ts';
import { useCalendar } from '../../../data/catalogue.ts';
import { named, t } from '../../../text/text.ts';
import { dayAndDate, shortDate } from '../../../text/when.ts';
import { LaneState } from './lane-state.tsx';
import { daysOf, nthDay, place, type Stretch, type Strip, stretches, strip } from './lanes-model.ts';

type Component = DossierDetail['components'][number];

interface StripProps {
  readonly on: Strip;
  readonly today: LocalDate;
}

function band(on: Strip, from: LocalDate, to: LocalDate): { left: string; width: string } {
  const left = place(on, from);
  return { left: `${left}%`, width: `${place(on, to, 1) - left}%` };
}

/** Rest days hatched, today tinted; drawn behind every lane. */
function Days({ on, today }: StripProps) {
  const calendar = useCalendar();
  return daysOf(on)
    .filter((day) => day === today || !isWorkingDay(day, calendar))
    .map((day) => (
      <div
        key={day}
        className={day === today ? 'day now' : 'day off'}
        style={band(on, day, day)}
        title={calendar.get(day)?.name}
      />
    ));
}

function Scale({ on, today }: StripProps) {
  const last = addDays(on.from, on.days - 1);
  return (
    <div className="lane scale" aria-hidden="true">
      <div className="strong">{t('detail.components')}</div>
      <div className="track">
        <Days on={on} today={today} />
        {daysOf(on)
          .filter((_, i) => i % on.every === 0 && i + on.every <= on.days)
          .map((day) => (
            <span
              key={day}
              className={day === today ? 'tick now' : 'tick'}
              style={band(on, day, addDays(day, on.every - 1))}
            >
              {on.every < 7 ? dayAndDate(day, today) : shortDate(day, today)}
            </span>
          ))}
      </div>
      <div className="dim small">
        {t('lane.strip', { from: shortDate(on.from, today), to: shortDate(last, today) })}
      </div>
    </div>
  );
}

function stretchWords({ state, from, at }: Stretch, today: LocalDate): string {
  const n = nthDay(from, today);
  if (state === 'elsewhere') return t('lane.at', { agency: at || t('state.elsewhere'), n });
  if (state === 'supplement') return t('lane.asked', { n });
  return named('state', state);
}

interface BarProps extends StripProps {
  readonly component: Component;
  readonly stretch: Stretch;
  readonly last: boolean;
}

function Bar({ component, stretch, last, on, today }: BarProps) {
  // The day on which the next state began belongs to that one.
  const until = last || stretch.to === stretch.from ? stretch.to : addDays(stretch.to, -1);
  const late = last && component.due !== null && component.endedOn === null && component.due < today;
  const paused = stretch.state === 'supplement' || stretch.state === 'waiting';
  const title = t('lane.bar', {
    state: named('state', stretch.state),
    from: shortDate(stretch.from, today),
    to: shortDate(stretch.to, today),
  });
  return (
    <div
      className={`bar-of ${stretch.state} ${late && !paused ? 'over' : ''}`}
      style={band(on, stretch.from, until)}
      title={title}
    >
      {last && <span>{stretchWords(stretch, today)}</span>}
    </div>
  );
}

function Track({
  component,
  detail,
  on,
  today,
}: StripProps & { component: Component; detail: DossierDetail }) {
  const all = stretches(component, detail, today);
  return (
    <div className="track" aria-hidden="true">
      <Days on={on} today={today} />
      {all.map((stretch, i) => (
        <Bar
          key={stretch.from + stretch.state}
          component={component}
          stretch={stretch}
          last={i === all.length - 1}
          on={on}
          today={today}
        />
      ))}
      {component.due && (
        <div
          className="due-line"
          style={{ left: `${place(on, component.due, 1)}%` }}
          title={t('lane.due', { date: shortDate(component.due, today) })}
        />
      )}
    </div>
  );
}

function Name({ component, detail }: { readonly component: Component; readonly detail: DossierDetail }) {
  const code = detail.form[`code.${component.code}`];
  return (
    <div title={`${component.name} · ${component.agency}`}>
      <div className="lane-under">
        <span className="strong">{component.short}</span>{' '}
        <span className={code ? 'strong' : 'dim small'} title={code}>
          {code ? t('lane.code', { code }) : t('lane.code.none')}
        </span>
      </div>
      <div className="dim small lane-under">{component.agency}</div>
    </div>
  );
}

interface Props {
  readonly detail: DossierDetail;
  readonly catalogue: Catalogue;
  readonly today: LocalDate;
}

export function Lanes({ detail, catalogue, today }: Props) {
  const on = strip(detail, today);
  return (
    <section className="card lanes" aria-label={t('detail.components')}>
      <Scale on={on} today={today} />
      <ul>
        {detail.components.map((component) => (
          <li className="lane" key={component.code}>
            <Name component={component} detail={detail} />
            <Track component={component} detail={detail} on={on} today={today} />
            <LaneState component={component} detail={detail} catalogue={catalogue} today={today} />
          </li>
        ))}
      </ul>
    </section>
  );
}
