/** F2: a line for the scanner (or for a paste) that takes nothing else. */
import { useState } from 'react';
import { type ProblemCode, problemSentence } from '../../../../shared/problem.ts';
import { t } from '../../../text/text.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { PlainField } from '../../../ui/plain-field.tsx';
import { holderName } from './card-note.tsx';
import type { CardReader } from './use-card.ts';

export function ScanDialog({ card, onClose }: { readonly card: CardReader; readonly onClose: () => void }) {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<ProblemCode | null>(null);
  const read = () => {
    const found = card.readFor(text);
    if (found === null) return onClose();
    setProblem(found);
    setText('');
  };
  const who = card.holder ? holderName(card.holder.key) : '';
  return (
    <Dialog
      title={t('intake.scan.title', { who })}
      onClose={onClose}
      footer={
        <Button look="primary" keys="Enter" onClick={read}>
          {t('intake.scan.read')}
        </Button>
      }
    >
      <p className="dim">{t('intake.scan.hint', { who })}</p>
      <PlainField
        label={t('intake.scan.line')}
        value={text}
        data-dialog-start=""
        aria-invalid={problem !== null}
        onChange={setText}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
          event.preventDefault();
          read();
        }}
      />
      <p className="bad-text" role="alert">
        {problem && problemSentence(problem)}
      </p>
    </Dialog>
  );
}
