/** The as-of date: typed, or chosen from the dates that hold figures behind the arrow at its end. */
import { useEffect, useId, useState } from 'react';
import { type LocalDate, readDate, showDate } from '../../shared/lib/local-date.ts';
import { problemSentence } from '../../shared/problem.ts';
import { t } from '../text/text.ts';
import './as-of.css';

interface Props {
  readonly value: LocalDate;
  readonly today: LocalDate;
  readonly dates: readonly LocalDate[];
  readonly onPick: (date: LocalDate) => void;
}

export function AsOfPicker({ value, today, dates, onPick }: Props) {
  const id = useId();
  const [text, setText] = useState(showDate(value));
  useEffect(() => setText(showDate(value)), [value]);
  const reading = readDate(text, false);
  const code = !reading.ok ? reading.code : reading.value > today ? 'ASOF_IN_FUTURE' : null;
  const changed = text !== showDate(value);
  const take = () => {
    if (reading.ok && code === null && reading.value !== value) onPick(reading.value);
    else if (reading.ok && code === null) setText(showDate(value));
  };
  const wrong = changed && code !== null && text.trim().length >= 8;
  return (
    <>
      <div className="inline-field">
        <label htmlFor={`${id}date`}>{t('counts.asOf')}</label>
        <span className="as-of">
          <input
            id={`${id}date`}
            className={wrong ? 'input bad' : 'input'}
            value={text}
            inputMode="numeric"
            autoComplete="off"
            placeholder={t('form.dateHint')}
            aria-invalid={wrong}
            aria-describedby={`${id}say`}
            onChange={(event) => setText(event.currentTarget.value)}
            onBlur={take}
            onKeyDown={(event) => {
              if (event.key === 'Enter') take();
            }}
          />
          <select
            className="input"
            aria-label={t('counts.dates')}
            title={t('counts.dates')}
            value={dates.includes(value) ? value : ''}
            onChange={(event) => event.currentTarget.value && onPick(event.currentTarget.value)}
          >
            <option value="">{t('counts.dates.pick')}</option>
            {dates.map((date) => (
              <option key={date} value={date}>
                {showDate(date)}
              </option>
            ))}
          </select>
        </span>
      </div>
      <span id={`${id}say`} className="bad-text small">
        {wrong && code && problemSentence(code)}
      </span>
    </>
  );
}
