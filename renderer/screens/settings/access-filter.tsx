/** Which entries of the access log are shown: whose, which deed, between which days, of which dossier. */
import { useEffect, useId, useState } from 'react';
import type { AccessFilter } from '../../../shared/contract/ipc/access.ts';
import { accessActions } from '../../../shared/domain/access.ts';
import { type LocalDate, readDate, showDate } from '../../../shared/lib/local-date.ts';
import { problemSentence } from '../../../shared/problem.ts';
import { named, t } from '../../text/text.ts';

interface Props {
  readonly filter: AccessFilter;
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly onChange: (filter: AccessFilter) => void;
}

export function AccessFilterBar({ filter, people, onChange }: Props) {
  return (
    <div className="row wrap access-filter">
      <Choice
        label={t('access.person')}
        all={t('access.person.all')}
        value={filter.person}
        options={people.map(({ id, name }) => [id, name])}
        onPick={(person) => onChange({ ...filter, person })}
      />
      <Choice
        label={t('access.action')}
        all={t('access.action.all')}
        value={filter.action}
        options={accessActions.map((one) => [one, named('access.do', one)])}
        onPick={(picked) => onChange({ ...filter, action: accessActions.find((a) => a === picked) ?? null })}
      />
      <Day label={t('access.from')} value={filter.from} onPick={(from) => onChange({ ...filter, from })} />
      <Day label={t('access.to')} value={filter.to} onPick={(to) => onChange({ ...filter, to })} />
      <Code value={filter.code} onPick={(code) => onChange({ ...filter, code })} />
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly all: string;
  readonly value: string | null;
  readonly options: readonly (readonly [value: string, text: string])[];
  readonly onPick: (value: string | null) => void;
}
function Choice({ label, all, value, options, onPick }: ChoiceProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="input"
        value={value ?? ''}
        onChange={(event) => onPick(event.currentTarget.value || null)}
      >
        <option value="">{all}</option>
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Typed as clerks write it, or left empty; taken when the field is left or on Enter. */
function Day(props: { label: string; value: LocalDate | null; onPick: (day: LocalDate | null) => void }) {
  const { label, value, onPick } = props;
  const id = useId();
  const shown = value === null ? '' : showDate(value);
  const [text, setText] = useState(shown);
  useEffect(() => setText(shown), [shown]);
  const reading = readDate(text, false);
  const wrong = !reading.ok && text.trim().length >= 8;
  const take = () => {
    const day = text.trim() === '' ? null : reading.ok ? reading.value : value;
    if (day !== value) onPick(day);
    else if (reading.ok) setText(shown);
  };
  return (
    <div className="field day">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className={wrong ? 'input bad' : 'input'}
        value={text}
        inputMode="numeric"
        autoComplete="off"
        placeholder={t('form.dateHint')}
        aria-invalid={wrong}
        aria-describedby={wrong ? `${id}say` : undefined}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take();
        }}
      />
      {wrong && (
        <span id={`${id}say`} className="bad-text small">
          {problemSentence(reading.code)}
        </span>
      )}
    </div>
  );
}

function Code({ value, onPick }: { readonly value: string; readonly onPick: (code: string) => void }) {
  const id = useId();
  const [text, setText] = useState(value);
  return (
    <div className="field code">
      <label htmlFor={id}>{t('access.code')}</label>
      <input
        id={id}
        className="input"
        value={text}
        maxLength={40}
        autoComplete="off"
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={() => onPick(text)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onPick(text);
        }}
      />
    </div>
  );
}
