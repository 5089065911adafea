/** F4: people and household of an earlier dossier into the blanks of this form. */
import { useState } from 'react';
import type { DossierRow } from '../../../../shared/contract/ipc/common.ts';
import { useDossierIf, useReadDossier } from '../../../data/intake.ts';
import { named, t } from '../../../text/text.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { notice } from '../../../ui/notice.ts';
import { type CopiedBlock, copiedFrom } from './copy-from.ts';
import { DossierPicker } from './dossier-picker.tsx';
import type { Values } from './form-values.ts';
import type { DossierForm } from './use-dossier-form.ts';

interface Props {
  readonly form: DossierForm;
  readonly onClose: () => void;
}

function Blocks({
  blocks,
  left,
  onTick,
}: {
  readonly blocks: readonly CopiedBlock[];
  readonly left: ReadonlySet<string>;
  readonly onTick: (key: string) => void;
}) {
  if (blocks.length === 0) return <p className="warn-text">{t('intake.copy.nothing')}</p>;
  return (
    <fieldset className="ticks">
      <legend className="strong">{t('intake.copy.what')}</legend>
      {blocks.map(({ key, patch }) => (
        <label key={key} className="tick">
          <input type="checkbox" checked={!left.has(key)} onChange={() => onTick(key)} />
          <span>
            {t('intake.copy.block', { section: named('section', key), n: Object.keys(patch).length })}
            <span className="dim small block">{patch[`${key}.fullName`] ?? ''}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

export function CopyDialog({ form, onClose }: Props) {
  const [row, setRow] = useState<DossierRow | undefined>(undefined);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const { data } = useDossierIf(row?.id);
  const blocks = data ? copiedFrom(form.chain, form.values, data) : [];
  const read = useReadDossier();
  const copy = async () => {
    if (!row) return;
    const chosen = copiedFrom(form.chain, form.values, await read(row.id)).filter((b) => !left.has(b.key));
    const patch: Values = Object.assign({}, ...chosen.map((b) => b.patch));
    const keys = Object.keys(patch);
    if (keys.length === 0) return;
    form.patch(patch);
    form.tell(keys);
    notice(t('form.copied', { n: keys.length }));
    onClose();
  };
  const tick = (key: string) => {
    const next = new Set(left);
    if (!next.delete(key)) next.add(key);
    setLeft(next);
  };
  return (
    <Dialog
      title={t('intake.copy')}
      wide
      onClose={onClose}
      onKeys={{ 'Control+enter': () => void copy() }}
      footer={
        <Button look="primary" keys="Ctrl Enter" disabled={!row} onClick={() => void copy()}>
          {t('intake.copy.do')}
        </Button>
      }
    >
      <p className="dim">{t('intake.copy.text')}</p>
      <DossierPicker chain={null} pointed={row} onPoint={setRow} onPick={() => void copy()} />
      {data && <Blocks blocks={blocks} left={left} onTick={tick} />}
    </Dialog>
  );
}
