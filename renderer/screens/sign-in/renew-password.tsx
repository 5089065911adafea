/** After a reset: whoever came in by a password that somebody else chose takes one that nobody else knows. */
import { type FormEvent, useState } from 'react';
import type { AccountState } from '../../../shared/contract/ipc/account.ts';
import { lockDesk, useChangePassword } from '../../data/account.ts';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';
import { GateFrame } from '../../ui/gate-frame.tsx';
import { NewPasswordFields, newPasswordFault, noPassword } from '../../ui/new-password.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';

export function RenewPassword({ actor }: { readonly actor: NonNullable<AccountState['actor']> }) {
  const [value, setValue] = useState(noPassword);
  const [asked, setAsked] = useState(false);
  const change = useChangePassword();
  const names = [actor.name];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (newPasswordFault(value, names) === null && !change.isPending)
      change.mutate({ before: null, password: value.first });
  };
  return (
    <GateFrame title={t('renew.title', { name: actor.name })}>
      <form className="stack" onSubmit={submit} noValidate>
        <p className="dim">{t('renew.text')}</p>
        <NewPasswordFields value={value} onChange={setValue} names={names} asked={asked} autoFocus />
        {change.error && <ProblemNote problem={asProblem(change.error, 'account.change')} />}
        <div className="gate-buttons">
          <Button type="submit" look="primary" keys="Enter" disabled={change.isPending}>
            {t('choose.go')}
          </Button>
          <Button keys="Ctrl L" onClick={() => void lockDesk()}>
            {t('renew.other')}
          </Button>
        </div>
      </form>
    </GateFrame>
  );
}
