/** Đồng bộ: what waits, what the city has signed for, what came back and why. */
import './sync.css';
import { useState } from 'react';
import type { SyncState } from '../../../shared/contract/ipc/sync.ts';
import { showCount } from '../../../shared/lib/whole-number.ts';
import { useSession } from '../../data/session.ts';
import { type SyncList, useCancelSync, useRunSync, useSyncState } from '../../data/sync.ts';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { moment } from '../../text/when.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { useReady } from '../../ui/use-ready.ts';
import { useStart } from '../../ui/use-start.ts';
import { CourierButton } from './courier-button.tsx';
import { Items } from './items.tsx';
import { Receipts } from './receipts.tsx';

const lists: readonly SyncList[] = ['waiting', 'received', 'returned'];

/** No line is a state of the day, not a failure; nothing has to be done about it. */
function isCalm(code: string): boolean {
  return ['CITY_UNREACHABLE', 'CITY_ANSWER_FOREIGN', 'CITY_ERROR', 'SYNC_CANCELLED', 'HUB_BUSY'].includes(
    code,
  );
}

function Progress({ state }: { readonly state: SyncState }) {
  const cancel = useCancelSync();
  const { done, total } = state.progress ?? { done: 0, total: 0 };
  const words = state.progress
    ? t('sync.progress', { done: showCount(done), total: showCount(total) })
    : t('sync.progress.none');
  return (
    <section className="card">
      <div className="row">
        <span className="strong">{words}</span>
        <span className="end dim">{t('sync.typeOn')}</span>
        <Button look="tiny" onClick={() => cancel.mutate()}>
          {t('sync.cancel')}
        </Button>
      </div>
      <div
        className="bar"
        role="progressbar"
        aria-label={words}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={done}
        style={{ marginTop: 6 }}
      >
        <i style={{ width: `${total > 0 ? (done / total) * 100 : 0}%` }} />
      </div>
    </section>
  );
}

function Standing({ state }: { readonly state: SyncState }) {
  if (state.running) return <Progress state={state} />;
  return (
    <section className="card row">
      {state.attention > 0 && (
        <span className="bad-text strong">{t('sync.idle.returned', { n: showCount(state.attention) })}</span>
      )}
      {state.waiting > 0 && (
        <span className="warn-text">{t('sync.idle.waiting', { n: showCount(state.waiting) })}</span>
      )}
      {state.waiting === 0 && state.attention === 0 && <span className="ok">{t('sync.idle.even')}</span>}
    </section>
  );
}

export function SyncScreen() {
  const { today } = useSession();
  const { data: state, error } = useSyncState();
  const run = useRunSync();
  const [list, setList] = useState<SyncList | null>(null);
  useReady(state !== undefined || error !== null);
  useStart(state !== undefined);
  const counts = {
    waiting: state?.waiting ?? 0,
    received: state?.received ?? 0,
    returned: state?.attention ?? 0,
  };
  const shown = list ?? (counts.returned > 0 ? 'returned' : 'waiting');
  const failed = run.error ?? error;
  return (
    <>
      <div className="head">
        <h1>{t('room.sync')}</h1>
        <span className="dim">
          {state?.lastTriedAt ? t('sync.tried', { when: moment(state.lastTriedAt, today) }) : t('sync.never')}
        </span>
        <div className="end">
          <CourierButton />
          <Button
            look="primary"
            keys="F9"
            disabled={state?.running || run.isPending}
            onClick={() => run.mutate()}
          >
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
            tabs={lists.map((name) => ({
              name,
              text: t(`sync.tab.${name}`, { n: showCount(counts[name]) }),
            }))}
            current={shown}
            onPick={setList}
          >
            <Items key={shown} list={shown} />
          </Tabs>
        </section>
        <Receipts />
      </div>
    </>
  );
}
