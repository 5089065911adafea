/** Which sheet: ngoại ngành or an annex, and the first day of a window. */
import { useEffect, useId, useState } from 'react';
import { findSheetForm, sheetForms } from '../../../shared/catalogue/sheet-forms.ts';
import { type LocalDate, readDate, showDate } from '../../../shared/lib/local-date.ts';
import { problemSentence } from '../../../shared/problem.ts';
import { t } from '../../text/text.ts';
import type { FormPart } from './grid-model.ts';

/** A form, or the part of it that is typed for each unit or once for the office. */
export interface FormChoice {
  readonly form: string | null;
  readonly part: FormPart;
}

const parts: readonly FormPart[] = ['units', 'office'];
const choices = sheetForms.flatMap(({ code, name, cells }) => {
  const of = parts.filter((part) => cells.some((c) => c.of === part));
  return of.map((part) => ({
    value: `${code}|${part}`,
    text: of.length > 1 ? `${name} (${t(`counts.part.${part}`)})` : name,
  }));
});

export function FormPicker({
  choice,
  onPick,
}: {
  readonly choice: FormChoice;
  readonly onPick: (c: FormChoice) => void;
}) {
  return (
    <div className="inline-field">
      <select
        aria-label={t('counts.form')}
        className="input form-picker"
        value={choice.form === null ? '' : `${choice.form}|${choice.part}`}
        onChange={(event) => {
          const [form = '', part] = event.currentTarget.value.split('|');
          onPick({ form: form || null, part: part === 'office' ? 'office' : 'units' });
        }}
      >
        <option value="">{t('room.counts')}</option>
        {choices.map(({ value, text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

export function isWindow(form: string | null): boolean {
  return form !== null && findSheetForm(form)?.period === 'window';
}

interface FromProps {
  readonly value: LocalDate;
  readonly last: LocalDate;
  readonly onPick: (date: LocalDate) => void;
}

export function FromPicker({ value, last, onPick }: FromProps) {
  const id = useId();
  const [text, setText] = useState(showDate(value));
  useEffect(() => setText(showDate(value)), [value]);
  const reading = readDate(text, false);
  const code = !reading.ok ? reading.code : reading.value > last ? 'WINDOW_REVERSED' : null;
  const take = () => {
    if (reading.ok && code === null) onPick(reading.value);
  };
  return (
    <div className="inline-field">
      <label htmlFor={id}>{t('counts.from')}</label>
      <input
        id={id}
        className={code ? 'input bad' : 'input'}
        style={{ width: 104 }}
        value={text}
        inputMode="numeric"
        autoComplete="off"
        aria-invalid={code !== null}
        title={code ? problemSentence(code) : undefined}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take();
        }}
      />
    </div>
  );
}
