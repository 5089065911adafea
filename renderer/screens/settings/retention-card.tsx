/** Cài đặt > Máy này: closed dossiers whose people may be taken off this machine, seen before it is done. */
import { useState } from 'react';
import type { RetentionPreview, RetentionState } from '../../../shared/contract/ipc/retention.ts';
import { keptReasons } from '../../../shared/domain/retention.ts';
import { showDate } from '../../../shared/lib/local-date.ts';
import { showCount } from '../../../shared/lib/whole-number.ts';
import { usePurge, useRetention, useRetentionLook, useSetAuto } from '../../data/retention.ts';
import { useSession } from '../../data/session.ts';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { moment } from '../../text/when.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { notice } from '../../ui/notice.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';

const leads = ['head', 'admin'];

/** Only for those who answer for the desk. */
export function RetentionCard() {
  const { actor } = useSession();
  return actor && leads.includes(actor.role) ? <Card /> : null;
}

function Card() {
  const { today } = useSession();
  const { data: state, refetch } = useRetention();
  const look = useRetentionLook();
  const setAuto = useSetAuto(() => void refetch());
  const [asked, setAsked] = useState(false);
  if (!state) return null;
  const failed = look.error ?? setAuto.error;
  const ready = look.data?.ready ?? 0;
  return (
    <section className="card stack" aria-labelledby="retention-title">
      <h2 id="retention-title">{t('retention.title')}</h2>
      <p className="dim">{t('retention.text')}</p>
      {state.doubtAt !== null && (
        <p className="note bad-text strong" role="alert">
          {t('retention.doubt', { when: moment(state.doubtAt, today) })}
        </p>
      )}
      <Standing state={state} />
      {look.data && <Preview look={look.data} />}
      <div className="row">
        <Button disabled={look.isPending} onClick={() => look.mutate()}>
          {look.isPending ? t('retention.looking') : t('retention.look')}
        </Button>
        {ready > 0 && (
          <Button onClick={() => setAsked(true)}>{t('retention.purge', { n: showCount(ready) })}</Button>
        )}
      </div>
      <label className="row">
        <input
          type="checkbox"
          checked={state.auto}
          disabled={setAuto.isPending}
          onChange={(event) => setAuto.mutate(event.target.checked)}
        />
        {t('retention.auto')}
      </label>
      {failed && <ProblemNote problem={asProblem(failed, 'retention.look')} />}
      {asked && (
        <PurgeDialog
          {...{ ready, aside: state.aside }}
          onDone={() => {
            setAsked(false);
            look.reset();
            void refetch();
          }}
          onClose={() => setAsked(false)}
        />
      )}
    </section>
  );
}

function Standing({ state }: { readonly state: RetentionState }) {
  const { today } = useSession();
  const { days, verified, source, backupAt, lastAt } = state;
  return (
    <dl className="facts">
      <dt>{t('retention.days')}</dt>
      <dd title={source}>
        {t('retention.days.n', { n: days })}
        {!verified && <span className="warn-text"> ({t('retention.unverified')})</span>}
      </dd>
      <dt>{t('retention.backup')}</dt>
      <dd>{backupAt === null ? t('retention.backup.none') : moment(backupAt, today)}</dd>
      <dt>{t('retention.last')}</dt>
      <dd>{lastAt === null ? t('retention.last.none') : moment(lastAt, today)}</dd>
    </dl>
  );
}

function Preview({ look: { ready, days, kept } }: { readonly look: RetentionPreview }) {
  const stay = keptReasons.filter((why) => (kept[why] ?? 0) > 0);
  return (
    <div role="status" className="stack">
      <p className="strong">
        {days === null
          ? t('retention.ready.none')
          : t('retention.ready', {
              ...{ n: showCount(ready), from: showDate(days.from), to: showDate(days.to) },
            })}
      </p>
      {stay.length > 0 && (
        <table className="plain">
          <caption className="dim">{t('retention.kept')}</caption>
          <tbody>
            {stay.map((why) => (
              <tr key={why}>
                <td className="num">{showCount(kept[why] ?? 0)}</td>
                <td>{t(`retention.kept.${why}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

interface PurgeDialogProps {
  readonly ready: number;
  readonly aside: number;
  readonly onDone: () => void;
  readonly onClose: () => void;
}
function PurgeDialog({ ready, aside, onDone, onClose }: PurgeDialogProps) {
  const purge = usePurge();
  const [asideToo, setAsideToo] = useState(false);
  const commit = () => {
    if (purge.isPending) return;
    purge.mutate(asideToo, {
      onSuccess: ({ dossiers, copiesGone }) => {
        notice(t('retention.done', { n: showCount(dossiers) }));
        if (!copiesGone) notice(t('retention.copies.stay'));
        onDone();
      },
    });
  };
  return (
    <Dialog
      title={t('retention.title')}
      onClose={onClose}
      onKeys={{ 'Control+enter': commit }}
      footer={
        <Button look="primary" keys="Ctrl + Enter" disabled={purge.isPending} onClick={commit}>
          {purge.isPending ? t('retention.purging') : t('retention.commit')}
        </Button>
      }
    >
      {purge.error && <ProblemNote problem={asProblem(purge.error, 'retention.purge')} />}
      <p>{t('retention.sure', { n: showCount(ready) })}</p>
      <p>{t('retention.copies')}</p>
      {aside > 0 && (
        <label className="row">
          <input type="checkbox" checked={asideToo} onChange={(event) => setAsideToo(event.target.checked)} />
          {t('retention.aside', { n: aside })}
        </label>
      )}
    </Dialog>
  );
}
