/** What the sending is doing, or how everything stands while it rests. */
import type { SyncState } from '../../../shared/contract/ipc/sync.ts';
import { showCount } from '../../../shared/lib/whole-number.ts';
import { useSession } from '../../data/session.ts';
import { useCancelSync, useRecovery } from '../../data/sync.ts';
import { t } from '../../text/text.ts';
import { moment } from '../../text/when.ts';
import { Button } from '../../ui/button.tsx';
import { recoveredWords } from '../../ui/recovery-words.ts';
import { progressWords } from './progress-words.ts';

function Progress({ state }: { readonly state: SyncState }) {
  const cancel = useCancelSync();
  const recovery = useRecovery(state.progress?.phase ?? '').data;
  const { title, facts, done, total } = progressWords(state, recovery?.under ?? null);
  return (
    <section className="card">
      <div className="row">
        <span className="strong">{title}</span>
        <span className="dim">{facts}</span>
        <span className="end dim">{t('sync.typeOn')}</span>
        <Button look="tiny" disabled={cancel.isPending} onClick={() => cancel.mutate()}>
          {t('sync.cancel')}
        </Button>
      </div>
      <div
        className="bar"
        role="progressbar"
        aria-label={title}
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

/** Told for a week: nobody has to do anything, but whoever wonders about it finds the words. */
function Recovered() {
  const { today } = useSession();
  const last = useRecovery('').data?.last;
  if (!last) return null;
  return (
    <p className="recovered">
      {moment(last.at, today)}: {recoveredWords(last)}
    </p>
  );
}

export function Standing({ state }: { readonly state: SyncState }) {
  if (state.running) return <Progress state={state} />;
  return (
    <section className="card row wrap">
      {state.attention > 0 && (
        <span className="bad-text strong">{t('sync.idle.returned', { n: showCount(state.attention) })}</span>
      )}
      {state.waiting > 0 && (
        <span className="warn-text">{t('sync.idle.waiting', { n: showCount(state.waiting) })}</span>
      )}
      {!state.accountKnown && <span className="bad-text strong">{t('sync.accountUnknown')}</span>}
      <Recovered />
      {state.waiting === 0 && state.attention === 0 && <span className="ok">{t('sync.idle.even')}</span>}
    </section>
  );
}
