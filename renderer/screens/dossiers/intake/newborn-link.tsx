/** A newborn who died has two dossiers: the death form finds the birth dossier, takes its data and points to it. */
import { useState } from 'react';
import type { DossierRow } from '../../../../shared/contract/ipc/common.ts';
import { useReadDossier } from '../../../data/intake.ts';
import { t } from '../../../text/text.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { newbornFrom } from './copy-from.ts';
import { DossierPicker } from './dossier-picker.tsx';
import type { DossierForm } from './use-dossier-form.ts';

export const LINK = 'link.dossier';

export function NewbornTools({ form, onPick }: { readonly form: DossierForm; readonly onPick: () => void }) {
  const linked = (form.values[LINK] ?? '') !== '';
  return (
    <>
      {linked && (
        <>
          <span className="word ok">{t('intake.newborn.linked')}</span>
          <Button look="tiny" tabIndex={-1} onClick={() => form.patch({ [LINK]: '' })}>
            {t('intake.newborn.unlink')}
          </Button>
        </>
      )}
      <Button look="tiny" keys="Ctrl L" tabIndex={-1} onClick={onPick}>
        {t('intake.newborn.pick')}
      </Button>
    </>
  );
}

export function NewbornDialog({
  form,
  onClose,
}: {
  readonly form: DossierForm;
  readonly onClose: () => void;
}) {
  const [row, setRow] = useState<DossierRow | undefined>(undefined);
  const read = useReadDossier();
  const link = async () => {
    if (!row) return;
    const patch = newbornFrom(await read(row.id), form.values);
    form.patch(patch);
    form.tell(Object.keys(patch));
    onClose();
  };
  return (
    <Dialog
      title={t('intake.newborn.title')}
      wide
      onClose={onClose}
      onKeys={{ 'Control+enter': () => void link() }}
      footer={
        <Button look="primary" keys="Ctrl Enter" disabled={!row} onClick={() => void link()}>
          {t('intake.newborn.do')}
        </Button>
      }
    >
      <p className="dim">{t('intake.newborn.text')}</p>
      <DossierPicker chain="birth" pointed={row} onPoint={setRow} onPick={() => void link()} />
    </Dialog>
  );
}
