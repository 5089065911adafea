/** The printed code, shown once: eight groups of six digits, and the button that prints them. */
import { useState } from 'react';
import { t } from '../text/text.ts';
import { Button } from './button.tsx';

interface Props {
  readonly code: string;
  /** Name of the machine and its office: so that the right envelope is found. */
  readonly machine: string;
  readonly onKept: () => void;
}

export function RecoveryCode({ code, machine, onKept }: Props) {
  const [kept, setKept] = useState(false);
  return (
    <>
      <p>{t('code.text')}</p>
      <p className="strong">{t('code.machine', { machine, date: new Date().toLocaleDateString('vi-VN') })}</p>
      <div className="recovery-code" data-recovery={code}>
        {code.split('-').map((group, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the groups stand still, and two may be alike
          <span key={at}>{group}</span>
        ))}
      </div>
      <label className="row no-print">
        <input type="checkbox" checked={kept} onChange={(event) => setKept(event.currentTarget.checked)} />
        {t('code.kept')}
      </label>
      <div className="gate-buttons no-print">
        <Button data-dialog-start onClick={() => window.print()}>
          {t('code.print')}
        </Button>
        <Button look="primary" disabled={!kept} onClick={onKept}>
          {t('code.go')}
        </Button>
      </div>
    </>
  );
}
