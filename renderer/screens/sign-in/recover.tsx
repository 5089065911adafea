/** Nobody knows the password: the printed code opens, and a new password is chosen. */
import { type FormEvent, useState } from 'react';
import { useRecover } from '../../data/account.ts';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';
import { GateFrame } from '../../ui/gate-frame.tsx';
import { NewPasswordFields, newPasswordFault, noPassword } from '../../ui/new-password.tsx';
import { PlainField } from '../../ui/plain-field.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';

interface Props {
  readonly id: string | null;
  readonly name: string;
  readonly onCode: (code: string) => void;
  readonly onBack: () => void;
}

export function Recover({ id, name, onCode, onBack }: Props) {
  const [code, setCode] = useState('');
  const [value, setValue] = useState(noPassword);
  const [asked, setAsked] = useState(false);
  const recover = useRecover();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (newPasswordFault(value, [name]) === null && !recover.isPending)
      void recover.mutateAsync({ code, id, password: value.first }).then(
        ({ recovery }) => onCode(recovery),
        () => undefined,
      );
  };
  return (
    <GateFrame title={t('recover.title')}>
      <form className="stack" onSubmit={submit} noValidate>
        <p className="dim">{t('recover.text')}</p>
        <PlainField
          label={t('recover.code')}
          name="code"
          value={code}
          onChange={setCode}
          inputMode="numeric"
          maxLength={120}
          autoFocus
        />
        <p>{name === '' ? t('recover.whoFirst') : t('recover.who', { name })}</p>
        <NewPasswordFields value={value} onChange={setValue} names={[name]} asked={asked} />
        {recover.error && <ProblemNote problem={asProblem(recover.error, 'account.recover')} />}
        <div className="gate-buttons">
          <Button type="submit" look="primary" keys="Enter" disabled={recover.isPending}>
            {t('recover.go')}
          </Button>
          <Button onClick={onBack}>{t('signIn.back')}</Button>
        </div>
      </form>
    </GateFrame>
  );
}
