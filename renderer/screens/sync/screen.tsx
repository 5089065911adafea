/** Đồng bộ: what waits, what the city has signed for, what came back and why. */
import './sync.css';
import { useState } from 'react';
import { showCount } from '../../../shared/lib/whole-number.ts';
import { useSession } from '../../data/session.ts';
import { useSend, useSyncState } from '../../data/sync.ts';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { moment } from '../../text/when.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { useReady } from '../../ui/use-ready.ts';
import { useStart } from '../../ui/use-start.ts';
import { Attention } from './attention.tsx';
import { CausesPanel } from './causes-panel.tsx';
import { CourierButton } from './courier-button.tsx';
import { Items } from './items.tsx';
import { Receipts } from './receipts.tsx';
import { Standing } from './standing.tsx';

/** No line is a state of the day, not a failure; nothing has to be done about it. */
function isCalm(code: string): boolean {
  return [
    'CITY_UNREACHABLE',
    'CITY_ANSWER_FOREIGN',
    'CITY_ERROR',
    'SYNC_CANCELLED',
    'HUB_BUSY',
    'CHALLENGE_EXPIRED',
  ].includes(code);
}

const tabs = ['attention', 'waiting', 'received', 'causes'] as const;
type Tab = (typeof tabs)[number];

function Panel({ tab }: { readonly tab: Tab }) {
  switch (tab) {
    case 'attention':
      return <Attention />;
    case 'causes':
      return <CausesPanel />;
    default:
      return <Items list={tab} />;
  }
}

export function SyncScreen() {
  const { today } = useSession();
  const { data: state, error } = useSyncState();
  const sending = useSend();
  const [tab, setTab] = useState<Tab | null>(null);
  useReady(state !== undefined || error !== null);
  useStart(state !== undefined);
  const counts = {
    attention: state?.attention ?? 0,
    waiting: state?.waiting ?? 0,
    received: state?.received ?? 0,
    causes: 0,
  };
  const shown = tab ?? (counts.attention > 0 ? 'attention' : 'waiting');
  const failed = sending.error ?? error;
  return (
    <>
      <div className="head">
        <h1>{t('room.sync')}</h1>
        <span className="dim">
          {state?.lastTriedAt ? t('sync.tried', { when: moment(state.lastTriedAt, today) }) : t('sync.never')}
          {state?.nextTryAt && ` · ${t('sync.next', { when: moment(state.nextTryAt, today) })}`}
        </span>
        <div className="end">
          <CourierButton />
          <Button look="primary" keys="F9" disabled={!sending.possible} onClick={sending.send}>
            {t('action.send')}
          </Button>
        </div>
      </div>
      {failed && <ProblemNote problem={asProblem(failed, 'sync.run')} />}
      {state && <Standing state={state} />}
      {state?.lastError && !state.running && (
        <ProblemNote problem={state.lastError} calm={isCalm(state.lastError.code)} />
      )}
      <div className="sync">
        <section className="card items">
          <Tabs
            label={t('sync.lists')}
            tabs={tabs.map((name) => ({
              name,
              text: t(`sync.tab.${name}`, { n: showCount(counts[name]) }),
            }))}
            current={shown}
            onPick={setTab}
          >
            <Panel key={shown} tab={shown} />
          </Tabs>
        </section>
        <Receipts />
      </div>
    </>
  );
}
