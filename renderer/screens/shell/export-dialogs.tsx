/** Before a file with personal data leaves the machine: with a password, or in plain with a reason. After it: the password, once. */
import { type FormEvent, useState } from 'react';
import type { Guard } from '../../../shared/contract/ipc/export.ts';
import { type SealKind, useExportGuard } from '../../state/export-guard.ts';
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { PlainField } from '../../ui/plain-field.tsx';

export function ExportDialogs() {
  const { asked, password, show } = useExportGuard();
  return (
    <>
      {asked && <GuardDialog kind={asked.kind} onAnswer={asked.answer} />}
      {password !== null && <PasswordDialog password={password} onClose={() => show(null)} />}
    </>
  );
}

interface GuardProps {
  readonly kind: SealKind;
  readonly onAnswer: (guard: Guard | null) => void;
}

function GuardDialog({ kind, onAnswer }: GuardProps) {
  const [way, setWay] = useState<Guard['way']>('password');
  const [why, setWhy] = useState('');
  const sealed = kind === 'sheet' ? t('export.password.sheet') : t('export.password.zip');
  const isMissing = way === 'plain' && why.trim() === '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isMissing) onAnswer(way === 'plain' ? { way, why } : { way });
  };
  const choice = (one: Guard['way'], name: string, hint: string) => (
    <label className="guard-way">
      <input
        type="radio"
        name="guard"
        checked={way === one}
        {...(one === 'password' && { 'data-dialog-start': '' })}
        onChange={() => setWay(one)}
      />
      <span>
        <b>{name}</b>
        <br />
        <span className={one === 'plain' ? 'bad-text' : 'dim'}>{hint}</span>
      </span>
    </label>
  );
  return (
    <Dialog title={t('export.title')} onClose={() => onAnswer(null)}>
      <form className="stack" onSubmit={submit} noValidate>
        <div className="stack" role="radiogroup" aria-label={t('export.title')}>
          {choice('password', t('export.password'), sealed)}
          {choice('plain', t('export.plain'), t('export.plain.text'))}
        </div>
        {way === 'plain' && (
          <PlainField label={t('export.why')} value={why} maxLength={300} onChange={setWhy} />
        )}
        <div>
          <Button type="submit" look="primary" keys="Enter" disabled={isMissing}>
            {t('export.go')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** In groups for the ear; between them stands no space that would be copied or typed. */
function PasswordDialog({ password, onClose }: { readonly password: string; readonly onClose: () => void }) {
  return (
    <Dialog title={t('export.made')} onClose={onClose}>
      <p className="file-password" data-password="">
        {password.match(/.{4}/g)?.map((group, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the groups stand still, and two may be alike
          <span key={at}>{group}</span>
        ))}
      </p>
      <p>{t('export.made.text')}</p>
      <p className="dim">{t('export.made.once')}</p>
      <div>
        <Button look="primary" data-dialog-start="" onClick={onClose}>
          {t('export.told')}
        </Button>
      </div>
    </Dialog>
  );
}
