/** Sign-in and lock screen: who, then password or PIN. Works by keyboard: arrows choose, Enter opens. */
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { AccountState } from '../../../shared/contract/ipc/account.ts';
import { DEMO_PASSWORD, isPin } from '../../../shared/domain/sign-in.ts';
import { useSignIn } from '../../data/account.ts';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';
import { GateFrame } from '../../ui/gate-frame.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';

type Person = AccountState['people'][number];

interface Props {
  readonly state: AccountState;
  /** Runs before the window shows the desk again. */
  readonly onArrived: (state: AccountState) => void;
  readonly onForgotten: (id: string | null) => void;
  readonly onCity: () => void;
}

/** Seconds that are still to wait, counted on from what the gate said. */
function useWait(person: Person | undefined): number {
  const [left, setLeft] = useState(person?.waitS ?? 0);
  useEffect(() => {
    const end = performance.now() + (person?.waitS ?? 0) * 1_000;
    const tick = () => setLeft(Math.max(0, Math.ceil((end - performance.now()) / 1_000)));
    tick();
    const timer = setInterval(tick, 250);
    return () => clearInterval(timer);
  }, [person]);
  return left;
}

export function SignIn({ state, onArrived, onForgotten, onCity }: Props) {
  const { people, actor, phase } = state;
  const [id, setId] = useState(() => people.find((one) => one.id === actor?.id)?.id ?? people[0]?.id ?? '');
  const person = people.find((one) => one.id === id);
  const [text, setText] = useState('');
  const [shown, setShown] = useState(false);
  const [byPassword, setByPassword] = useState(false);
  const [empty, setEmpty] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const signIn = useSignIn(onArrived);
  const wait = useWait(person);
  const pin = (person?.pin ?? false) && !byPassword;
  const problem = signIn.error && asProblem(signIn.error, 'account.sign-in');

  const stand = () => {
    const field = form.current?.querySelector<HTMLInputElement>('[name="password"]');
    field?.focus();
    field?.select();
  };
  const tryWith = (password: string) => {
    setEmpty(password === '');
    if (password === '' || signIn.isPending || wait > 0) stand();
    // The field is emptied only when it was right: a slip is looked for in what stands there.
    else signIn.mutate({ id, password, pin }, { onError: () => setTimeout(stand) });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    tryWith(text);
  };
  const type = (typed: string) => {
    setText(typed);
    if (pin && isPin(typed)) tryWith(typed);
  };
  const choose = (next: string) => {
    setId(next);
    setText('');
    setByPassword(false);
    signIn.reset();
  };
  return (
    <GateFrame title={t(phase === 'locked' && actor ? 'signIn.locked' : 'signIn.title')}>
      {phase === 'locked' && actor && <p className="dim">{t('signIn.locked.text')}</p>}
      <form ref={form} className="stack" onSubmit={submit} noValidate>
        {people.length === 0 && <p role="alert">{t('signIn.nobody')}</p>}
        {people.length > 0 && <People people={people} id={id} onChoose={choose} />}
        {person?.demo && <p className="note">{t('signIn.demo', { password: DEMO_PASSWORD })}</p>}
        {person && (
          <PasswordField
            key={`${id} ${pin}`}
            name="password"
            label={t(pin ? 'signIn.pin' : 'signIn.password', { name: person.name })}
            value={text}
            onChange={type}
            words={{ show: t('signIn.show'), caps: t('signIn.caps') }}
            shown={shown}
            pin={pin}
            bad={problem !== null || empty}
            autoFocus
            {...(!pin && { onShow: setShown })}
          />
        )}
        {empty && <p className="warn-text">{t('signIn.empty')}</p>}
        {wait > 0 && (
          <p className="warn-text" role="status">
            {t('signIn.wait', { n: wait })}
          </p>
        )}
        {problem && <ProblemNote problem={problem} />}
        <div className="gate-buttons">
          {person && (
            <Button type="submit" look="primary" keys="Enter" disabled={signIn.isPending || wait > 0}>
              {t(signIn.isPending ? 'signIn.running' : 'signIn.go')}
            </Button>
          )}
          {person?.pin && (
            <Button
              onClick={() => {
                setByPassword(pin);
                setText('');
              }}
            >
              {t(pin ? 'signIn.byPassword' : 'signIn.byPin')}
            </Button>
          )}
          {state.recovery && (
            <Button onClick={() => onForgotten(person?.id ?? null)}>{t('signIn.forgotten')}</Button>
          )}
          {state.citySlot && <Button onClick={onCity}>{t('signIn.byCity')}</Button>}
        </div>
      </form>
    </GateFrame>
  );
}

function People({
  people,
  id,
  onChoose,
}: {
  readonly people: readonly Person[];
  readonly id: string;
  readonly onChoose: (id: string) => void;
}) {
  return (
    <fieldset className="people-pick">
      <legend>{t('signIn.who')}</legend>
      {people.map((one) => (
        <label key={one.id}>
          <input type="radio" name="person" checked={one.id === id} onChange={() => onChoose(one.id)} />
          {one.damaged ? t('signIn.damaged', { id: one.name || one.id.slice(0, 8) }) : one.name}
        </label>
      ))}
    </fieldset>
  );
}
