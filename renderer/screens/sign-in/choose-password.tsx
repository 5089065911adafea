/** After the enrolment: the first password of this machine. */
import { type FormEvent, useState } from 'react';
import type { AccountState } from '../../../shared/contract/ipc/account.ts';
import { useChoose } from '../../data/account.ts';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';
import { GateFrame } from '../../ui/gate-frame.tsx';
import { NewPasswordFields, newPasswordFault, noPassword } from '../../ui/new-password.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';

interface Props {
  readonly actor: NonNullable<AccountState['actor']>;
  readonly onCode: (code: string) => void;
}

export function ChoosePassword({ actor, onCode }: Props) {
  const [value, setValue] = useState(noPassword);
  const [asked, setAsked] = useState(false);
  const choose = useChoose();
  const names = [actor.name];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (newPasswordFault(value, names) === null && !choose.isPending)
      void choose.mutateAsync({ password: value.first }).then(
        ({ recovery }) => onCode(recovery),
        () => undefined,
      );
  };
  return (
    <GateFrame title={t('choose.title', { name: actor.name })}>
      <form className="stack" onSubmit={submit} noValidate>
        <p className="dim">{t('choose.text')}</p>
        <NewPasswordFields value={value} onChange={setValue} names={names} asked={asked} autoFocus />
        {choose.error && <ProblemNote problem={asProblem(choose.error, 'account.choose')} />}
        <div className="gate-buttons">
          <Button type="submit" look="primary" keys="Enter" disabled={choose.isPending}>
            {t('choose.go')}
          </Button>
        </div>
      </form>
    </GateFrame>
  );
}
