/** Named filters of this person: a digit shows one, L keeps the one that stands. */
import { useState } from 'react';
import type { DossierFilter } from '../../../../shared/contract/ipc/dossier.ts';
import { useRemoveFilter, useSavedFilters, useSaveFilter } from '../../../data/dossier.ts';
import { asProblem } from '../../../ipc.ts';
import { isFiltered, sameFilter, useFilter } from '../../../state/filter.ts';
import { t } from '../../../text/text.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { PlainField } from '../../../ui/plain-field.tsx';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { usePageKeys } from '../../../ui/use-page-keys.ts';

/** More than the digits have no key of their own. */
const KEYED = 9;

function SaveDialog({ filter, onClose }: { readonly filter: DossierFilter; readonly onClose: () => void }) {
  const [name, setName] = useState('');
  const save = useSaveFilter();
  const commit = () => {
    const clean = name.trim();
    if (clean !== '') save.mutate({ name: clean, filter }, { onSuccess: onClose });
  };
  return (
    <Dialog
      title={t('filter.save.title')}
      onClose={onClose}
      onKeys={{ 'Control+enter': commit }}
      footer={
        <Button look="primary" keys="Enter" disabled={save.isPending} onClick={commit}>
          {t('filter.save')}
        </Button>
      }
    >
      {save.error && <ProblemNote problem={asProblem(save.error, 'filter.save')} />}
      <PlainField
        label={t('filter.save.name')}
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
      <p className="dim">{t('filter.save.text')}</p>
    </Dialog>
  );
}

export function SavedFilters() {
  const { filter, setFilter } = useFilter();
  const saved = useSavedFilters().data ?? [];
  const remove = useRemoveFilter();
  const [naming, setNaming] = useState(false);
  const maySave = isFiltered(filter) && !saved.some((s) => sameFilter(s.filter, filter));
  usePageKeys({
    ...(maySave && { l: () => setNaming(true) }),
    ...Object.fromEntries(saved.slice(0, KEYED).map((s, i) => [String(i + 1), () => setFilter(s.filter)])),
  });
  if (saved.length === 0 && !maySave) return null;
  return (
    <fieldset className="row wrap saved" aria-label={t('filter.saved')}>
      {saved.map((s, i) => {
        const isOn = sameFilter(s.filter, filter);
        return (
          <span key={s.name} className={isOn ? 'chip on' : 'chip'}>
            <Button
              look="tiny"
              aria-pressed={isOn}
              {...(i < KEYED && { keys: String(i + 1) })}
              onClick={() => setFilter(s.filter)}
            >
              {s.name}
            </Button>
            <button
              type="button"
              className="btn tiny"
              aria-label={t('filter.remove.of', { name: s.name })}
              title={t('filter.remove.of', { name: s.name })}
              onClick={() => remove.mutate(s.name)}
            >
              ×
            </button>
          </span>
        );
      })}
      {maySave && (
        <Button look="tiny" keys="L" onClick={() => setNaming(true)}>
          {t('filter.keep')}
        </Button>
      )}
      {naming && <SaveDialog filter={filter} onClose={() => setNaming(false)} />}
    </fieldset>
  );
}
