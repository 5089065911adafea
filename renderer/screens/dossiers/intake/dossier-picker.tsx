/** Finds one dossier by name, number, code or phone: type, arrows, Enter. */
import { type KeyboardEvent, useId, useState } from 'react';
import type { ChainCode } from '../../../../shared/catalogue/law.ts';
import type { DossierRow } from '../../../../shared/contract/ipc/common.ts';
import { showDate } from '../../../../shared/lib/local-date.ts';
import { useFound } from '../../../data/intake.ts';
import { t } from '../../../text/text.ts';
import { PlainField } from '../../../ui/plain-field.tsx';

interface Props {
  readonly chain: ChainCode | null;
  readonly onPoint: (row: DossierRow | undefined) => void;
  readonly onPick: () => void;
  readonly pointed: DossierRow | undefined;
}

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5 };

function rowWords(row: DossierRow): string {
  return [row.code, showDate(row.subjectBirth), row.requesterName].filter(Boolean).join(' · ');
}

export function DossierPicker({ chain, onPoint, onPick, pointed }: Props) {
  const id = useId();
  const [q, setQ] = useState('');
  const rows = useFound(q, chain).data ?? [];
  const at = rows.findIndex((row) => row.id === pointed?.id);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = steps[event.key];
    if (step !== undefined) {
      event.preventDefault();
      onPoint(rows[Math.max(0, Math.min(rows.length - 1, at + step))]);
    }
    if (event.key !== 'Enter' || event.ctrlKey) return;
    event.preventDefault();
    if (pointed) onPick();
    else onPoint(rows[0]);
  };
  return (
    <div className="picker">
      <PlainField
        label={t('intake.pick.search')}
        value={q}
        data-dialog-start=""
        role="combobox"
        aria-expanded
        aria-controls={`${id}list`}
        aria-activedescendant={pointed ? `${id}${pointed.id}` : undefined}
        placeholder={t('intake.pick.hint')}
        onChange={(text) => {
          setQ(text);
          onPoint(undefined);
        }}
        onKeyDown={onKeyDown}
      />
      {rows.length === 0 && <p className="empty">{t('search.none')}</p>}
      <div className="picker-list" role="listbox" id={`${id}list`} aria-label={t('intake.pick.list')}>
        {rows.map((row) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the line above, by the book of comboboxes
          <div
            key={row.id}
            id={`${id}${row.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={row.id === pointed?.id}
            className="option"
            onClick={() => onPoint(row)}
          >
            <span className="strong">{row.subjectName}</span>
            <span className="dim small block">{rowWords(row)}</span>
          </div>
        ))}
      </div>
    </div>
  );
}
