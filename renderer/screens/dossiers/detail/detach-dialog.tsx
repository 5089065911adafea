/** The dialog that takes a scan off its dossier: which one, why, and what stays. */
import { useState } from 'react';
import type { ProblemValue } from '../../../../shared/contract/ipc/common.ts';
import type { DossierDetail } from '../../../../shared/contract/ipc/dossier.ts';
import { useDetach } from '../../../data/file.ts';
import { asProblem } from '../../../ipc.ts';
import { t } from '../../../text/text.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { Labelled } from './act-fields.tsx';

interface Props {
  readonly id: string;
  readonly file: DossierDetail['files'][number];
  readonly onClose: () => void;
}

export function DetachDialog({ id, file: { sha256, name }, onClose }: Props) {
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<ProblemValue | null>(null);
  const detach = useDetach();
  const commit = async () => {
    if (detach.isPending) return;
    try {
      await detach.mutateAsync({ id, sha256, reason });
      onClose();
    } catch (error) {
      setProblem(asProblem(error, 'dossier.detach'));
    }
  };
  return (
    <Dialog
      title={t('files.detach.title')}
      onClose={onClose}
      onKeys={{ 'Control+enter': () => void commit() }}
      footer={
        <Button look="primary" keys="Ctrl + Enter" disabled={detach.isPending} onClick={() => void commit()}>
          {t('files.detach.commit')}
        </Button>
      }
    >
      {problem && <ProblemNote problem={problem} />}
      <p>{t('files.detach.text', { name })}</p>
      <Labelled label={t('act.reason')}>
        {(control) => (
          <input
            id={control}
            className="input"
            data-dialog-start=""
            maxLength={300}
            autoComplete="off"
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        )}
      </Labelled>
    </Dialog>
  );
}
