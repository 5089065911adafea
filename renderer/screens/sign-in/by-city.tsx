/** Nobody knows a password and the printed code is lost: a request goes to the city by stick, its answer lets one person in. */
import { type FormEvent, useState } from 'react';
import { useAskCity, useHearCity, useRecoverByCity } from '../../data/account.ts';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';
import { GateFrame } from '../../ui/gate-frame.tsx';
import { NewPasswordFields, newPasswordFault, noPassword } from '../../ui/new-password.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';

interface Props {
  readonly onCode: (code: string) => void;
  readonly onBack: () => void;
}

export function ByCity({ onCode, onBack }: Props) {
  const [value, setValue] = useState(noPassword);
  const [tried, setTried] = useState(false);
  const ask = useAskCity();
  const hear = useHearCity();
  const recover = useRecoverByCity();
  const person = hear.data;
  const names = person ? [person.name] : [];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (newPasswordFault(value, names) === null && !recover.isPending)
      void recover.mutateAsync({ password: value.first }).then(
        ({ recovery }) => onCode(recovery),
        () => undefined,
      );
  };
  return (
    <GateFrame title={t('byCity.title')}>
      <p className="dim">{t('byCity.text')}</p>
      <p>{t('byCity.one')}</p>
      <div className="gate-buttons">
        <Button data-dialog-start disabled={ask.isPending} onClick={() => ask.mutate()}>
          {t('byCity.ask')}
        </Button>
      </div>
      {ask.data && <p role="status">{t('byCity.asked', { file: ask.data.file })}</p>}
      {ask.error && <ProblemNote problem={asProblem(ask.error, 'account.ask-city')} />}
      <p>{t('byCity.two')}</p>
      <div className="gate-buttons">
        <Button disabled={hear.isPending} onClick={() => hear.mutate()}>
          {t('byCity.hear')}
        </Button>
      </div>
      {hear.error && <ProblemNote problem={asProblem(hear.error, 'account.hear-city')} />}
      {person && (
        <form className="stack" onSubmit={submit} noValidate>
          <p role="status">{t('byCity.three', { name: person.name })}</p>
          <NewPasswordFields value={value} onChange={setValue} names={names} asked={tried} autoFocus />
          {recover.error && <ProblemNote problem={asProblem(recover.error, 'account.recover-by-city')} />}
          <div className="gate-buttons">
            <Button type="submit" look="primary" keys="Enter" disabled={recover.isPending}>
              {t('byCity.go')}
            </Button>
          </div>
        </form>
      )}
      <div className="gate-buttons">
        <Button onClick={onBack}>{t('signIn.back')}</Button>
      </div>
    </GateFrame>
  );
}
