/** Why this version: ready words or one's own. */
import { useId } from 'react';
import { t } from '../../text/text.ts';

const ready = ['conflict.reason.ready.1', 'conflict.reason.ready.2', 'conflict.reason.ready.3'] as const;

interface Props {
  readonly value: string;
  readonly onChange: (text: string) => void;
}

export function ReasonField({ value, onChange }: Props) {
  const id = useId();
  return (
    <div className="field reason-field">
      <label htmlFor={id}>{t('conflict.reason')}</label>
      <input
        id={id}
        className="input"
        list={`${id}ready`}
        maxLength={300}
        autoComplete="off"
        spellCheck={false}
        placeholder={t('conflict.reason.hint')}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <datalist id={`${id}ready`}>
        {ready.map((key) => (
          <option key={key} value={t(key)} />
        ))}
      </datalist>
    </div>
  );
}
