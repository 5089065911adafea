/** In front of the desk: sign-in, first password, lock. The desk of whoever locked stays behind it as it was. */
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { AccountState } from '../../../shared/contract/ipc/account.ts';
import { lockDesk, useAccountQuery } from '../../data/account.ts';
import { asProblem, openDoor, shutDoor, subscribe } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';
import { GateFrame } from '../../ui/gate-frame.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { RecoveryCode } from '../../ui/recovery-code.tsx';
import { ByCity } from './by-city.tsx';
import { ChoosePassword } from './choose-password.tsx';
import { Recover } from './recover.tsx';
import { RenewPassword } from './renew-password.tsx';
import { SignIn } from './sign-in.tsx';

export function Gate({ children }: { readonly children: ReactNode }) {
  const { data: state, error, refetch } = useAccountQuery();
  if (state) return <Guarded state={state}>{children}</Guarded>;
  if (!error) return <p className="empty">{t('app.loading')}</p>;
  return (
    <GateFrame title={t('signIn.title')}>
      <ProblemNote problem={asProblem(error, 'account.state')}>
        <Button look="tiny" onClick={() => void refetch()}>
          {t('action.retry')}
        </Button>
      </ProblemNote>
    </GateFrame>
  );
}

function Guarded({ state, children }: { readonly state: AccountState; readonly children: ReactNode }) {
  const { phase, actor } = state;
  /** Whose desk stands in the window; '' = that of a machine without people yet. */
  const [shownFor, setShownFor] = useState<string | null>(null);
  /** Shown once, and not on a machine that locked since. `turn`: of the state before it was made. */
  const [made, setMade] = useState<{ readonly code: string; readonly turn: number } | null>(null);
  const code = made && !(phase === 'locked' && state.turn > made.turn) ? made.code : null;
  const setCode = (text: string) => setMade({ code: text, turn: state.turn });
  const [byCity, setByCity] = useState(false);
  const [forgotten, setForgotten] = useState<{ readonly id: string | null } | null>(null);
  const isOpen = (phase === 'open' || phase === 'unenrolled') && code === null;
  const focused = useRef<Element | null>(null);
  useLockKeys(phase === 'open' || phase === 'renew', focused);

  useEffect(() => {
    if (made && code === null) setMade(null);
  }, [made, code]);
  useEffect(() => {
    if (isOpen) setShownFor(phase === 'open' ? (actor?.id ?? '') : '');
    // The first run took the data of another machine: nobody's desk stands behind the sign-in.
    else if (phase === 'signIn') setShownFor((shown) => (shown === '' ? null : shown));
  }, [isOpen, phase, actor?.id]);
  useEffect(() => {
    if (['locked', 'signIn', 'choose', 'renew'].includes(phase)) void shutDoor();
    // Behind it stands the desk of another one: what waits at the door is not of whoever came.
    else if (!shownFor || shownFor === actor?.id) {
      openDoor(true);
      if (focused.current instanceof HTMLElement && focused.current.isConnected) focused.current.focus();
      focused.current = null;
    }
  }, [phase, actor?.id, shownFor]);

  const arrived = (next: AccountState) => {
    if (shownFor === null || shownFor === next.actor?.id) return;
    leaveDesk(() => setShownFor(null));
  };
  return (
    <>
      {(isOpen || shownFor !== null) && (
        <div className={isOpen ? 'shell-front' : 'shell-behind'}>{children}</div>
      )}
      {code !== null && (
        <GateFrame title={t('code.title')}>
          <RecoveryCode
            code={code}
            machine={state.machine}
            onKept={() => {
              if (shownFor !== null && shownFor !== actor?.id) leaveDesk(() => setShownFor(null));
              setMade(null);
            }}
          />
        </GateFrame>
      )}
      {code === null && phase === 'choose' && actor && <ChoosePassword actor={actor} onCode={setCode} />}
      {code === null && phase === 'renew' && actor && <RenewPassword actor={actor} />}
      {code === null && (phase === 'signIn' || phase === 'locked') && !forgotten && !byCity && (
        <SignIn
          state={state}
          onArrived={arrived}
          onForgotten={(id) => setForgotten({ id })}
          onCity={() => setByCity(true)}
        />
      )}
      {code === null && (phase === 'signIn' || phase === 'locked') && byCity && (
        <ByCity
          onCode={(text) => {
            setCode(text);
            setByCity(false);
          }}
          onBack={() => setByCity(false)}
        />
      )}
      {code === null && (phase === 'signIn' || phase === 'locked') && forgotten && (
        <Recover
          id={forgotten.id}
          name={state.people.find((one) => one.id === forgotten.id)?.name ?? ''}
          onCode={(text) => {
            setCode(text);
            setForgotten(null);
          }}
          onBack={() => setForgotten(null)}
        />
      )}
    </>
  );
}

/** Somebody else came: the desk of the one before is taken down while nothing can be stored, and the window begins anew. */
function leaveDesk(takeDown: () => void): void {
  flushSync(takeDown);
  location.reload();
}

function useLockKeys(canLock: boolean, focused: { current: Element | null }): void {
  const latest = useRef(canLock);
  latest.current = canLock;
  useEffect(() => {
    const lock = () => {
      if (!latest.current) return;
      focused.current = document.activeElement;
      void lockDesk();
    };
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'l' || event.isComposing) return;
      event.preventDefault();
      lock();
    };
    // Before the page's own keys: it works over an open dialog as well.
    window.addEventListener('keydown', onKey, true);
    const stop = subscribe('lock-asked', lock);
    return () => {
      window.removeEventListener('keydown', onKey, true);
      stop();
    };
  }, [focused]);
}
