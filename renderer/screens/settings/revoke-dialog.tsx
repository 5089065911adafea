/** Thu hồi máy in two steps: why, then the machine's number once more. */
import { type FormEvent, useState } from 'react';
import { unitOn } from '../../../shared/catalogue/units.ts';
import type { Loss } from '../../../shared/contract/ipc/machine.ts';
import { useRevokeMachine } from '../../data/lost.ts';
import { useSession } from '../../data/session.ts';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { notice } from '../../ui/notice.ts';
import { PlainField } from '../../ui/plain-field.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';

interface Props extends Pick<Loss, 'facts'> {
  readonly onClose: () => void;
}

export function RevokeDialog({ facts: { no, name, unit }, onClose }: Props) {
  const { today } = useSession();
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const [second, setSecond] = useState(false);
  const revoke = useRevokeMachine();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!second) setSecond(reason.trim() !== '');
    else if (!revoke.isPending)
      revoke.mutate(
        { no, typed, reason },
        {
          onSuccess: () => {
            notice(t('lost.revoke.done', { no }));
            onClose();
          },
        },
      );
  };
  return (
    <Dialog title={t('lost.revoke', { no })} onClose={onClose}>
      <form className="stack" onSubmit={submit} noValidate>
        <p>{t('lost.revoke.text', { no, name, unit: unitOn(unit, today)?.name ?? unit })}</p>
        {second ? (
          <>
            <p>{t('lost.revoke.said', { reason })}</p>
            <PlainField
              key="typed"
              label={t('lost.revoke.typed')}
              value={typed}
              inputMode="numeric"
              maxLength={20}
              autoFocus
              onChange={setTyped}
            />
          </>
        ) : (
          <PlainField
            key="reason"
            label={t('lost.revoke.reason')}
            value={reason}
            maxLength={300}
            data-dialog-start=""
            onChange={setReason}
          />
        )}
        {revoke.error && <ProblemNote problem={asProblem(revoke.error, 'machine.revoke')} />}
        <div>
          {second ? (
            <Button type="submit" look="danger" keys="Enter" disabled={revoke.isPending}>
              {t('lost.revoke', { no })}
            </Button>
          ) : (
            <Button type="submit" look="primary" keys="Enter" disabled={reason.trim() === ''}>
              {t('lost.revoke.next')}
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  );
}
