/** The password and the PIN of the person who works. Both change without a network. */
import { type FormEvent, useState } from 'react';
import { PIN_DIGITS } from '../../../shared/domain/sign-in.ts';
import { useChangePassword, useSetPin } from '../../data/account.ts';
import { useSession } from '../../data/session.ts';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';
import { NewPasswordFields, newPasswordFault, noPassword } from '../../ui/new-password.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';

const words = () => ({ show: t('signIn.show'), caps: t('signIn.caps') });

export function MyPassword() {
  const { actor } = useSession();
  const [before, setBefore] = useState('');
  const [value, setValue] = useState(noPassword);
  const [asked, setAsked] = useState(false);
  const change = useChangePassword();
  const names = [actor?.name ?? ''];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (newPasswordFault(value, names) !== null || change.isPending) return;
    change.mutate(
      { before, password: value.first },
      {
        onSuccess: () => {
          setBefore('');
          setValue(noPassword);
          setAsked(false);
        },
      },
    );
  };
  return (
    <section className="card stack" aria-labelledby="my-password">
      <h2 id="my-password">{t('people.change')}</h2>
      <form className="stack" onSubmit={submit} noValidate>
        <PasswordField
          name="before"
          label={t('people.before')}
          value={before}
          onChange={setBefore}
          words={words()}
          shown={false}
        />
        <NewPasswordFields value={value} onChange={setValue} names={names} asked={asked} />
        {change.error && <ProblemNote problem={asProblem(change.error, 'account.change')} />}
        {change.isSuccess && (
          <p className="note" role="status">
            {t('people.changed')}
          </p>
        )}
        <div>
          <Button type="submit" disabled={change.isPending}>
            {t('people.change')}
          </Button>
        </div>
      </form>
    </section>
  );
}

export function MyPin({ hasPin }: { readonly hasPin: boolean }) {
  const [pin, setPin] = useState('');
  const [done, setDone] = useState<'people.pin.done' | 'people.pin.gone' | null>(null);
  const set = useSetPin();
  const store = (wanted: string | null) =>
    set.mutate(
      { pin: wanted },
      {
        onSuccess: () => {
          setPin('');
          setDone(wanted === null ? 'people.pin.gone' : 'people.pin.done');
        },
      },
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setDone(null);
    if (!set.isPending) store(pin);
  };
  return (
    <section className="card stack" aria-labelledby="my-pin">
      <h2 id="my-pin">{t('people.pin')}</h2>
      <p className="dim">{t('people.pin.text')}</p>
      <form className="stack" onSubmit={submit} noValidate>
        <PasswordField
          name="pin"
          label={t('people.pin')}
          value={pin}
          onChange={(text) => setPin(text.replace(/\D/g, '').slice(0, PIN_DIGITS))}
          words={words()}
          shown={false}
          pin
        />
        {set.error && <ProblemNote problem={asProblem(set.error, 'account.set-pin')} />}
        {done && (
          <p className="note" role="status">
            {t(done)}
          </p>
        )}
        <div className="gate-buttons">
          <Button type="submit" disabled={set.isPending}>
            {t('people.pin.set')}
          </Button>
          {hasPin && <Button onClick={() => store(null)}>{t('people.pin.none')}</Button>}
        </div>
      </form>
    </section>
  );
}
