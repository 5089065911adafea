/** Cài đặt > Gửi và nhận: when this machine sends, by which way, whom it takes for the city, and how it sends unattended. */
import { laterOnClock } from '../../../shared/lib/clock-time.ts';
import { useMachineSettings, useRoad } from '../../data/machine.ts';
import { useSession } from '../../data/session.ts';
import { useSyncState } from '../../data/sync.ts';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { moment } from '../../text/when.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { CityCa } from './city-ca.tsx';
import { DayEnd } from './day-end.tsx';
import { Facts } from './facts.tsx';
import { SchedulerCard } from './scheduler-card.tsx';

const AFTER_DAY_END_MIN = 5;

function When() {
  const { today } = useSession();
  const { data: state } = useSyncState();
  const { data: settings, error } = useMachineSettings();
  const said = (iso: string | null | undefined) => (iso ? moment(iso, today) : t('sending.never'));
  const last = () => {
    if (state?.running) return t('sending.last.running');
    if (!state?.lastTriedAt) return t('sending.never');
    const words = { when: moment(state.lastTriedAt, today) };
    return t(state.lastError ? 'sending.last.bad' : 'sending.last.ok', words);
  };
  return (
    <Facts
      title={t('sending.when')}
      facts={[
        [t('sending.last'), last()],
        [t('sending.next'), state?.nextTryAt ? moment(state.nextTryAt, today) : ''],
        [t('sending.receipt'), said(state?.lastReceiptAt)],
      ]}
    >
      <p className="dim">{t('sending.when.text')}</p>
      {state?.lastError && !state.running && <ProblemNote calm problem={state.lastError} />}
      {error && <ProblemNote problem={asProblem(error, 'sync.settings')} />}
      {settings && <DayEnd settings={settings} />}
    </Facts>
  );
}

function Way() {
  const { data: road, error } = useRoad();
  if (error) return <ProblemNote problem={asProblem(error, 'sync.road')} />;
  if (!road) return null;
  const { proxy } = road;
  return (
    <Facts
      title={t('sending.road')}
      facts={[
        [t('sending.road.city'), road.cityUrl],
        [
          t('sending.road.proxy'),
          proxy
            ? t(`sending.road.proxy.${proxy.from}`, { address: proxy.address })
            : t('sending.road.proxy.none'),
        ],
        ...(road.except.length > 0 ? [[t('sending.road.except'), road.except.join(', ')] as const] : []),
      ]}
    />
  );
}

export function SyncPanel() {
  const { data: settings } = useMachineSettings();
  const { data: road } = useRoad();
  return (
    <div className="settings">
      <div className="stack">
        <When />
        <Way />
        {settings && <CityCa cityCa={settings.cityCa} />}
      </div>
      <div className="stack">
        {settings && road && (
          <SchedulerCard
            program={road.program}
            system={road.system}
            time={laterOnClock(settings.dayEnd, AFTER_DAY_END_MIN)}
          />
        )}
      </div>
    </div>
  );
}
