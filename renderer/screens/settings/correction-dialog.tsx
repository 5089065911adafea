/** What every correction asks for beside its value: where it is written, and why; the refusal stands under the fields. */
import { type ReactNode, useState } from 'react';
import type { ProblemValue } from '../../../shared/contract/ipc/common.ts';
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { PlainField } from '../../ui/plain-field.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';

export interface Grounds {
  readonly source: string;
  readonly reason: string;
}

interface Props {
  readonly title: string;
  readonly problem: ProblemValue | null;
  readonly busy: boolean;
  readonly onSave: (grounds: Grounds) => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

const FORM_ID = 'correct-catalogue';

export function CorrectionDialog({ title, problem, busy, onSave, onClose, children }: Props) {
  const [source, setSource] = useState('');
  const [reason, setReason] = useState('');
  return (
    <Dialog
      title={title}
      onClose={onClose}
      footer={
        <Button type="submit" look="primary" keys="Enter" form={FORM_ID} disabled={busy}>
          {t('catalogue.correct.save')}
        </Button>
      }
    >
      <form
        id={FORM_ID}
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          onSave({ source, reason });
        }}
      >
        {children}
        <PlainField
          label={t('catalogue.correct.source')}
          value={source}
          onChange={setSource}
          maxLength={300}
          aria-invalid={problem?.code === 'FACT_SOURCE'}
        />
        <PlainField
          label={t('catalogue.correct.reason')}
          value={reason}
          onChange={setReason}
          maxLength={300}
          aria-invalid={problem?.code === 'REASON_REQUIRED'}
        />
        <p className="dim">{t('catalogue.correct.after')}</p>
        {problem && <ProblemNote problem={problem} />}
      </form>
    </Dialog>
  );
}
