/** A date typed as clerks write it; taken when the field is left or on Enter, and never half-typed. */
import { useEffect, useId, useState } from 'react';
import { type LocalDate, readDate, showDate } from '../../../shared/lib/local-date.ts';
import { problemSentence } from '../../../shared/problem.ts';
import { t } from '../../text/text.ts';

interface Props {
  readonly label: string;
  readonly value: LocalDate;
  readonly onPick: (date: LocalDate) => void;
}

export function DateField({ label, value, onPick }: Props) {
  const id = useId();
  const [text, setText] = useState(showDate(value));
  useEffect(() => setText(showDate(value)), [value]);
  const reading = readDate(text, false);
  const wrong = !reading.ok && text.trim().length >= 8;
  const take = () => {
    if (!reading.ok) return;
    setText(showDate(reading.value));
    if (reading.value !== value) onPick(reading.value);
  };
  return (
    <div className="inline-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className={wrong ? 'input bad report-date' : 'input report-date'}
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
