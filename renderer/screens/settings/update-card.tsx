/** Cài đặt > Máy này > Phiên bản: what runs, what is new, and the way there: now, after work, or from a stick. */
import { useState } from 'react';
import type { UpdateState } from '../../../shared/contract/ipc/update.ts';
import { localTime, showDate } from '../../../shared/lib/local-date.ts';
import { useSession } from '../../data/session.ts';
import {
  useCheckUpdate,
  useInstall,
  useStopUpdate,
  useUpdateFromStick,
  useUpdateLater,
  useUpdateState,
} from '../../data/update.ts';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { fileSize, moment } from '../../text/when.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';

type Offered = NonNullable<UpdateState['offered']>;

function previousWords({ version, file, sameTables }: NonNullable<UpdateState['previous']>): string {
  return t(sameTables ? 'update.previous.same' : 'update.previous.other', { version, file });
}

function Facts({ state }: { readonly state: UpdateState }) {
  const { today, catalogueVersion } = useSession();
  const { version, checkedAt, previous, taken } = state;
  const facts = [
    [t('update.own'), version],
    [t('settings.catalogue'), catalogueVersion],
    ...(taken
      ? [[t('update.checked'), checkedAt === null ? t('update.checked.never') : moment(checkedAt, today)]]
      : []),
    ...(previous ? [[t('update.previous'), previousWords(previous)]] : []),
  ];
  return (
    <dl className="facts">
      {facts.map(([label, value]) => (
        <div key={label} style={{ display: 'contents' }}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Standing({ state, offered }: { readonly state: UpdateState; readonly offered: Offered }) {
  const { today } = useSession();
  const { at, size, from, notes, here, ready } = offered;
  const words = {
    day: showDate(localTime(Date.parse(at)).date),
    size: fileSize(size),
    from: t(from === 'city' ? 'update.from.city' : 'update.from.stick'),
  };
  return (
    <>
      <h3>{t('update.offered', { version: offered.version })}</h3>
      <p className="dim">{t('update.offered.from', words)}</p>
      {notes.length > 0 && (
        <>
          <p>{t('update.changed')}</p>
          <ul>
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </>
      )}
      <p role="status">
        {ready && t('update.ready')}
        {!ready && state.loading && t('update.loading', { done: fileSize(here), all: fileSize(size) })}
      </p>
      {!state.due && state.laterUntil && (
        <p className="dim">{t('update.putOff', { when: moment(state.laterUntil, today) })}</p>
      )}
    </>
  );
}

interface AskProps {
  readonly version: string;
  readonly working: boolean;
  readonly onInstall: () => void;
  readonly onClose: () => void;
}

function AskDialog({ version, working, onInstall, onClose }: AskProps) {
  return (
    <Dialog
      title={t('update.ask.title', { version })}
      onClose={onClose}
      footer={
        <Button look="primary" disabled={working} onClick={onInstall}>
          {t('update.now')}
        </Button>
      }
    >
      <p>{t('update.ask.text')}</p>
      <p role="status">{working && t('update.installing')}</p>
    </Dialog>
  );
}

interface OfferProps {
  readonly state: UpdateState;
  readonly offered: Offered;
  readonly install: ReturnType<typeof useInstall>;
}

function Offer({ state, offered, install }: OfferProps) {
  const [asking, setAsking] = useState(false);
  const later = useUpdateLater();
  const stop = useStopUpdate();
  return (
    <>
      <Standing state={state} offered={offered} />
      <div className="row">
        {state.mayInstall && (
          <Button
            look="primary"
            disabled={state.loading || install.isPending}
            onClick={() => setAsking(true)}
          >
            {t('update.now')}
          </Button>
        )}
        <Button onClick={() => later.mutate('day_end')}>{t('update.later')}</Button>
        <Button onClick={() => later.mutate('tomorrow')}>{t('update.tomorrow')}</Button>
        {state.loading && !offered.ready && <Button onClick={() => stop.mutate()}>{t('update.stop')}</Button>}
      </div>
      {!state.mayInstall && <p className="dim">{t('update.who')}</p>}
      {asking && (
        <AskDialog
          version={offered.version}
          working={install.isPending}
          onClose={() => setAsking(false)}
          onInstall={() => install.mutate(offered.ready, { onError: () => setAsking(false) })}
        />
      )}
    </>
  );
}

export function UpdateCard() {
  const { data: state } = useUpdateState();
  const check = useCheckUpdate();
  const stick = useUpdateFromStick();
  const install = useInstall();
  const { enrolled } = useSession();
  if (!state) return null;
  const failed = install.error ?? check.error ?? stick.error;
  /** What an earlier try ended in is over. */
  const anew = (act: () => void) => () => {
    for (const one of [install, check, stick]) one.reset();
    act();
  };
  return (
    <section className="card stack" aria-label={t('update.title')}>
      <h2>{t('update.title')}</h2>
      <Facts state={state} />
      {state.offered ? (
        <Offer state={state} offered={state.offered} install={install} />
      ) : (
        <p className="dim">{t(state.taken ? 'update.newest' : 'update.none')}</p>
      )}
      {state.taken && (
        <div className="row">
          {enrolled && (
            <Button disabled={state.loading} onClick={anew(() => check.mutate())}>
              {t('update.check')}
            </Button>
          )}
          {state.mayInstall && (
            <Button disabled={state.loading} onClick={anew(() => stick.mutate())}>
              {t('update.stick')}
            </Button>
          )}
        </div>
      )}
      {failed && <ProblemNote problem={asProblem(failed, 'update.check')} />}
      {!failed && state.problem && <ProblemNote problem={state.problem} />}
    </section>
  );
}
