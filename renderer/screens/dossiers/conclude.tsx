/** What the counter saw of one component: chosen first, recorded by a second key, so that no arrow key leaves an event. */
import { type KeyboardEvent, useRef, useState } from 'react';
import type { DossierDetail } from '../../../shared/contract/ipc/dossier.ts';
import { componentOutcomes } from '../../../shared/domain/dossier.ts';
import { useConclude } from '../../data/dossier.ts';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';

const looks = {
  under_way: '',
  done: 'ok',
  refused: 'bad-text',
  withdrawn: 'warn-text',
  stopped: 'warn-text',
} as const;

interface Props {
  readonly id: string;
  readonly component: DossierDetail['components'][number];
}

export function Conclude({ id, component }: Props) {
  const conclude = useConclude();
  const [chosen, setChosen] = useState(component.outcome);
  const [stored, setStored] = useState(component.outcome);
  if (stored !== component.outcome) {
    setStored(component.outcome);
    setChosen(component.outcome);
  }
  const control = `outcome-${component.code}`;
  const select = useRef<HTMLSelectElement>(null);
  const changed = chosen !== component.outcome;
  const record = () => {
    if (!changed || conclude.isPending) return;
    conclude.mutate({ id, component: component.code, outcome: chosen });
    // The button goes away with its work; the focus stays with the component.
    select.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !changed) return;
    event.preventDefault();
    record();
  };
  return (
    <div className="conclude">
      <label className="sr" htmlFor={control}>
        {t('detail.conclude.of', { name: component.name })}
      </label>
      <select
        ref={select}
        id={control}
        className={`input ${looks[chosen]}`}
        onKeyDown={onKeyDown}
        value={chosen}
        onChange={(event) => {
          const value = event.currentTarget.value;
          setChosen(componentOutcomes.find((o) => o === value) ?? component.outcome);
        }}
      >
        {componentOutcomes.map((outcome) => (
          <option key={outcome} value={outcome}>
            {t(`component.${outcome}`)}
          </option>
        ))}
      </select>
      {changed && (
        <Button look="tiny" keys="Enter" disabled={conclude.isPending} onClick={record}>
          {t('detail.conclude')}
        </Button>
      )}
      {conclude.error && (
        <p className="bad-text small" role="alert">
          {asProblem(conclude.error, 'dossier.conclude').sentence}
        </p>
      )}
    </div>
  );
}
