/** Where one component stands, in words and colour: state, due day and its class, ageing, obstacle. */
import type { Catalogue } from '../../../../shared/catalogue/law.ts';
import type { DossierDetail } from '../../../../shared/contract/ipc/dossier.ts';
import { type ComponentState, portalCode } from '../../../../shared/domain/action-rules.ts';
import { supplementUntil } from '../../../../shared/domain/deadline.ts';
import { type TimeClass, timeClass } from '../../../../shared/domain/time-class.ts';
import { calendarOf, workingDaysBetween } from '../../../../shared/domain/working-days.ts';
import type { LocalDate } from '../../../../shared/lib/local-date.ts';
import { useCalendar } from '../../../data/catalogue.ts';
import { named, t } from '../../../text/text.ts';
import { dayAndDate, dueWords, shortDate } from '../../../text/when.ts';
import { stateTone } from '../state-tone.ts';
import { rulesOf } from './dossier-words.ts';
import { nthDay } from './lanes-model.ts';

type Component = DossierDetail['components'][number];

interface Props {
  readonly component: Component;
  readonly detail: DossierDetail;
  readonly catalogue: Catalogue;
  readonly today: LocalDate;
}

const timeTone: Readonly<Record<TimeClass, string>> = {
  before: 'ok',
  on: 'ok',
  late: 'bad-text strong',
  under_way: '',
  overdue: 'bad-text strong',
  waiting_citizen: 'warn-text',
  no_limit: 'dim',
};

export function portalTip(state: ComponentState): string {
  const code = portalCode[state];
  return t('portal.tip', { code, name: named('portal', String(code)) });
}

/** "T5 26/11 · còn 3 ngày làm việc", or how it ended against its day. */
function DueLine({ component, today }: Pick<Props, 'component' | 'today'>) {
  const { due, endedOn } = component;
  const kind = timeClass(component, today);
  const left = dueWords(due, today, useCalendar());
  const ended = endedOn
    ? t('lane.ended', { date: shortDate(endedOn, today), time: named('time', kind) })
    : null;
  const running = kind === 'under_way' || (kind === 'overdue' && due !== null && due < today);
  const words = running ? left.text : named('time', kind);
  const tone = kind === 'under_way' && left.tone === 'warn' ? 'warn-text strong' : timeTone[kind];
  return (
    <span className={tone}>
      {ended ?? (due ? `${dayAndDate(due, today)} · ${words}` : t('form.due.unknown'))}
    </span>
  );
}

/** How long it has been waiting, and for whom. */
function ageing({ component, detail, catalogue, today }: Props): string | null {
  const { state, since, at, askedOn, waitsFor } = component;
  if (state === 'elsewhere') return t('lane.at', { agency: at, n: nthDay(since, today) });
  if (state === 'waiting') {
    const before = detail.components.find((c) => c.code === waitsFor);
    return before ? t('lane.waits', { name: before.short }) : null;
  }
  const rules = rulesOf(catalogue, detail);
  const until = state === 'supplement' && rules ? supplementUntil(askedOn, rules) : null;
  if (until === null) return null;
  if (until < today) return t('lane.left.over', { date: shortDate(until, today) });
  const n = workingDaysBetween(today, until, calendarOf(catalogue));
  return n === 0 ? t('lane.left.last') : t('lane.left', { n });
}

/** What else there is to know, the most pressing first. */
function more(props: Props): readonly { readonly text: string; readonly tone: string }[] {
  const { component, catalogue, today } = props;
  const { state, supplements, obstacle, result, due, firstDue, endedOn, dueVerified } = component;
  const age = ageing(props);
  const group = catalogue.obstacles.find((o) => o.code === obstacle);
  const ended = state === 'done' || state === 'given';
  return [
    ...(supplements > 1 ? [{ text: t('lane.second', { n: supplements }), tone: 'bad-text' }] : []),
    ...(age ? [{ text: age, tone: state === 'waiting' ? 'dim' : 'warn-text' }] : []),
    ...(obstacle === ''
      ? []
      : [{ text: t('lane.obstacle', { name: group?.name ?? obstacle }), tone: 'bad-text' }]),
    ...(firstDue && firstDue !== due
      ? [{ text: t('lane.first', { date: shortDate(firstDue, today) }), tone: 'dim' }]
      : []),
    ...(due && !endedOn && !dueVerified ? [{ text: t('lane.unverified'), tone: 'warn-text' }] : []),
    ...(ended && result !== '' ? [{ text: t('lane.result', { name: result }), tone: 'dim' }] : []),
  ];
}

export function LaneState(props: Props) {
  const { component, today } = props;
  const { state } = component;
  const lines = more(props);
  return (
    <div className="lane-state">
      <div className="small">
        <span className={`word ${stateTone[state]}`} title={portalTip(state)}>
          {named('state', state)}
        </span>{' '}
        <DueLine component={component} today={today} />
      </div>
      <div className="small">
        {lines.map(({ text, tone }, i) => (
          <span key={text} className={tone}>
            {i > 0 && ' · '}
            {text}
          </span>
        ))}
      </div>
    </div>
  );
}
