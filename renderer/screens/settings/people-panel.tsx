/** Cán bộ: who may open this machine, the password and PIN of whoever works, the printed code, the lock. */
import { type FormEvent, useState } from 'react';
import { idleChoices } from '../../../shared/contract/ipc/account.ts';
import {
  useAccountQuery,
  useAddPerson,
  useNewRecovery,
  useRemovePerson,
  useSetIdle,
} from '../../data/account.ts';
import { useSession } from '../../data/session.ts';
import { asProblem } from '../../ipc.ts';
import { named, t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { GateFrame } from '../../ui/gate-frame.tsx';
import { NewPasswordFields, newPasswordFault, noPassword } from '../../ui/new-password.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { RecoveryCode } from '../../ui/recovery-code.tsx';
import { MyPassword, MyPin } from './my-password.tsx';

interface Person {
  readonly id: string;
  readonly name: string;
}

export function PeoplePanel() {
  const { data: state } = useAccountQuery();
  const { actor } = useSession();
  const [adding, setAdding] = useState<Person | null>(null);
  const [removing, setRemoving] = useState<Person | null>(null);
  const [making, setMaking] = useState(false);
  const setIdle = useSetIdle();
  if (!state) return null;
  const leads = actor?.role === 'head' || actor?.role === 'admin';
  return (
    <div className="settings">
      <div className="stack">
        <section className="card stack" aria-labelledby="people-title">
          <h2 id="people-title">{t('people.title')}</h2>
          <ul className="plain-list">
            {state.people.map((one) => (
              <li key={one.id} className="gate-buttons">
                <span className="grow">
                  {one.name || t('signIn.damaged', { id: one.id.slice(0, 8) })}
                  {one.id === actor?.id && <span className="dim"> · {t('people.you')}</span>}
                </span>
                {leads && one.id !== actor.id && (
                  <>
                    <Button look="tiny" onClick={() => setAdding(one)}>
                      {t('people.reset', { name: one.name })}
                    </Button>
                    <Button look="tiny" onClick={() => setRemoving(one)}>
                      {t('people.remove', { name: one.name })}
                    </Button>
                  </>
                )}
              </li>
            ))}
          </ul>
        </section>
        <section className="card stack" aria-labelledby="newcomers-title">
          <h2 id="newcomers-title">{t('people.newcomers')}</h2>
          {state.newcomers.length === 0 && <p className="dim">{t('people.newcomers.none')}</p>}
          <ul className="plain-list">
            {state.newcomers.map((one) => (
              <li key={one.id} className="gate-buttons">
                <span className="grow">
                  {one.name} · {named('role', one.role)}
                </span>
                <Button look="tiny" onClick={() => setAdding(one)}>
                  {t('people.add', { name: one.name })}
                </Button>
              </li>
            ))}
          </ul>
        </section>
        <section className="card stack">
          <label className="field">
            {t('people.idle')}
            <select
              className="input"
              value={state.idleMinutes}
              onChange={(event) => {
                const minutes = idleChoices.find((n) => String(n) === event.currentTarget.value);
                if (minutes) setIdle.mutate({ minutes });
              }}
            >
              {idleChoices.map((n) => (
                <option key={n} value={n}>
                  {t('people.idle.minutes', { n })}
                </option>
              ))}
            </select>
          </label>
          {setIdle.error && <ProblemNote problem={asProblem(setIdle.error, 'account.set-idle')} />}
        </section>
      </div>
      <div className="stack">
        <MyPassword />
        <MyPin hasPin={state.hasPin} />
        <section className="card stack">
          <h2>{t('people.code')}</h2>
          <p className="dim">{t('people.code.text')}</p>
          <div>
            <Button onClick={() => setMaking(true)}>{t('people.code.go')}</Button>
          </div>
        </section>
      </div>
      {adding && <AddDialog person={adding} onClose={() => setAdding(null)} />}
      {removing && <RemoveDialog person={removing} onClose={() => setRemoving(null)} />}
      {making && <CodeDialog machine={state.machine} onClose={() => setMaking(false)} />}
    </div>
  );
}

interface DialogProps {
  readonly person: Person;
  readonly onClose: () => void;
}

function AddDialog({ person, onClose }: DialogProps) {
  const [value, setValue] = useState(noPassword);
  const [asked, setAsked] = useState(false);
  const add = useAddPerson();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (newPasswordFault(value, [person.name]) === null && !add.isPending)
      add.mutate({ id: person.id, password: value.first }, { onSuccess: onClose });
  };
  return (
    <Dialog title={t('choose.title', { name: person.name })} onClose={onClose}>
      <form className="stack" onSubmit={submit} noValidate>
        <p>{t('people.add.text', { name: person.name })}</p>
        <NewPasswordFields value={value} onChange={setValue} names={[person.name]} asked={asked} autoFocus />
        {add.error && <ProblemNote problem={asProblem(add.error, 'account.add')} />}
        <div>
          <Button type="submit" look="primary" keys="Enter" disabled={add.isPending}>
            {t('choose.go')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function RemoveDialog({ person, onClose }: DialogProps) {
  const remove = useRemovePerson();
  return (
    <Dialog title={t('people.remove.ask', { name: person.name })} onClose={onClose}>
      <p>{t('people.remove.text')}</p>
      {remove.error && <ProblemNote problem={asProblem(remove.error, 'account.remove')} />}
      <div>
        <Button look="danger" onClick={() => remove.mutate({ id: person.id }, { onSuccess: onClose })}>
          {t('people.remove', { name: person.name })}
        </Button>
      </div>
    </Dialog>
  );
}

function CodeDialog({ machine, onClose }: { readonly machine: string; readonly onClose: () => void }) {
  const [password, setPassword] = useState('');
  const [shown, setShown] = useState(false);
  const make = useNewRecovery();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!make.isPending) make.mutate({ password });
  };
  if (make.data)
    return (
      <GateFrame title={t('code.title')}>
        <RecoveryCode code={make.data.recovery} machine={machine} onKept={onClose} />
      </GateFrame>
    );
  return (
    <Dialog title={t('code.title')} onClose={onClose}>
      <form className="stack" onSubmit={submit} noValidate>
        <PasswordField
          name="before"
          label={t('people.before')}
          value={password}
          onChange={setPassword}
          words={{ show: t('signIn.show'), caps: t('signIn.caps') }}
          shown={shown}
          onShow={setShown}
          autoFocus
        />
        {make.error && <ProblemNote problem={asProblem(make.error, 'account.new-recovery')} />}
        <div>
          <Button type="submit" look="primary" keys="Enter" disabled={make.isPending}>
            {t('people.code.go')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
