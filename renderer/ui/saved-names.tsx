/** What a person keeps under names (filters, choices of reports): a digit takes one, a letter keeps what stands, × drops one. */
import { useState } from 'react';
import type { ProblemValue } from '../../shared/contract/ipc/common.ts';
import { t } from '../text/text.ts';
import type { TextKey } from '../text/vi.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { PlainField } from './plain-field.tsx';
import { ProblemNote } from './problem-note.tsx';
import { usePageKeys } from './use-page-keys.ts';

/** More than the digits have no key of their own. */
const KEYED = 9;

interface Saved {
  readonly name: string;
  readonly isOn: boolean;
  readonly onPick: () => void;
}
/** A call that keeps something under a name. */
interface Saving {
  readonly isPending: boolean;
  readonly problem: ProblemValue | null;
  save(name: string, done: { onSuccess: () => void }): void;
}
export interface SavedWords {
  readonly all: TextKey;
  readonly keep: TextKey;
  readonly title: TextKey;
  readonly name: TextKey;
  readonly text: TextKey;
  readonly save: TextKey;
  /** Takes {name}. */
  readonly remove: TextKey;
}
interface Props {
  readonly words: SavedWords;
  readonly saved: readonly Saved[];
  readonly saving: Saving;
  /** Key that keeps what stands; null = nothing to keep. */
  readonly keepKey: string | null;
  /** Name that is offered. */
  readonly proposed?: string;
  readonly onRemove: (name: string) => void;
}

export function SavedNames({ words, saved, saving, keepKey, proposed = '', onRemove }: Props) {
  const [naming, setNaming] = useState(false);
  usePageKeys({
    ...(keepKey !== null && { [keepKey.toLowerCase()]: () => setNaming(true) }),
    ...Object.fromEntries(saved.slice(0, KEYED).map((s, i) => [String(i + 1), s.onPick])),
  });
  if (saved.length === 0 && keepKey === null) return null;
  return (
    <fieldset className="row wrap saved" aria-label={t(words.all)}>
      {saved.map(({ name, isOn, onPick }, i) => (
        <span key={name} className={isOn ? 'chip on' : 'chip'}>
          <Button
            look="tiny"
            aria-pressed={isOn}
            {...(i < KEYED && { keys: String(i + 1) })}
            onClick={onPick}
          >
            {name}
          </Button>
          <button
            type="button"
            className="btn tiny"
            aria-label={t(words.remove, { name })}
            title={t(words.remove, { name })}
            onClick={() => onRemove(name)}
          >
            ×
          </button>
        </span>
      ))}
      {keepKey !== null && (
        <Button look="tiny" keys={keepKey} onClick={() => setNaming(true)}>
          {t(words.keep)}
        </Button>
      )}
      {naming && <NameDialog {...{ words, saving, proposed }} onClose={() => setNaming(false)} />}
    </fieldset>
  );
}

interface NameProps extends Required<Pick<Props, 'words' | 'saving' | 'proposed'>> {
  readonly onClose: () => void;
}

function NameDialog({ words, saving, proposed, onClose }: NameProps) {
  const [name, setName] = useState(proposed);
  const commit = () => {
    const clean = name.trim();
    if (clean !== '' && !saving.isPending) saving.save(clean, { onSuccess: onClose });
  };
  return (
    <Dialog
      title={t(words.title)}
      onClose={onClose}
      onKeys={{ 'Control+enter': commit }}
      footer={
        <Button look="primary" keys="Enter" disabled={saving.isPending} onClick={commit}>
          {t(words.save)}
        </Button>
      }
    >
      {saving.problem && <ProblemNote problem={saving.problem} />}
      <PlainField
        label={t(words.name)}
        value={name}
        maxLength={60}
        data-dialog-start=""
        onChange={setName}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
          event.preventDefault();
          commit();
        }}
      />
      <p className="dim">{t(words.text)}</p>
    </Dialog>
  );
}
