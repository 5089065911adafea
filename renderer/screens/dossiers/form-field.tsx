/** One field of the form: label, control by kind, and its problem in words once it was left. */
import { memo } from 'react';
import { type FieldRule, MAX_TEXT } from '../../../shared/domain/dossier-form.ts';
import type { FieldProblem } from '../../../shared/domain/read-form.ts';
import { problemSentence } from '../../../shared/problem.ts';
import { choiceLabel, fieldLabel, t } from '../../text/text.ts';
import { spanOf } from './layout.ts';

interface Props {
  readonly rule: FieldRule;
  readonly value: string;
  /** Shown only after the field was left, or after a try to commit. */
  readonly problem: FieldProblem | undefined;
  readonly onType: (key: string, value: string) => void;
  readonly onLeave: (key: string) => void;
}

export function fieldId(key: string): string {
  return `field-${key.replaceAll('.', '-')}`;
}

const hints: Partial<Record<FieldRule['kind'], string>> = {
  date: t('form.dateHint'),
  partial_date: t('form.partialDateHint'),
  time: t('form.timeHint'),
};
const numeric = new Set<FieldRule['kind']>(['date', 'partial_date', 'time', 'citizen_number', 'phone']);

export const FormField = memo(function FormField({ rule, value, problem, onType, onLeave }: Props) {
  const id = fieldId(rule.key);
  const common = {
    id,
    'data-field': rule.key,
    'aria-invalid': problem?.weight === 'stop',
    'aria-required': rule.required,
    ...(problem && { 'aria-describedby': `${id}-say` }),
    onBlur: () => onLeave(rule.key),
  };
  const look = `input ${problem ? (problem.weight === 'stop' ? 'bad' : 'warn') : ''}`;
  return (
    <div className="field" style={{ gridColumn: `span ${spanOf(rule)}` }}>
      <label htmlFor={id} title={fieldLabel(rule.key)}>
        {fieldLabel(rule.key)}
        {rule.required && (
          <span className="star" aria-hidden="true">
            {' '}
            *
          </span>
        )}
      </label>
      {rule.kind === 'choice' && (
        <select
          {...common}
          className={look}
          value={value}
          onChange={(event) => onType(rule.key, event.currentTarget.value)}
        >
          <option value="">{t('choice.none')}</option>
          {value !== '' && !rule.choices?.includes(value) && <option value={value}>{value}</option>}
          {rule.choices?.map((choice) => (
            <option key={choice} value={choice}>
              {choiceLabel(choice)}
            </option>
          ))}
        </select>
      )}
      {rule.kind === 'flag' && (
        <span className="flag">
          <input
            {...common}
            type="checkbox"
            checked={value === '1'}
            onChange={(event) => onType(rule.key, event.currentTarget.checked ? '1' : '')}
          />
          <span aria-hidden="true">{t('form.yes')}</span>
        </span>
      )}
      {rule.kind !== 'choice' && rule.kind !== 'flag' && (
        <input
          {...common}
          className={look}
          value={value}
          title={value}
          placeholder={hints[rule.kind]}
          inputMode={numeric.has(rule.kind) ? 'numeric' : 'text'}
          maxLength={2000}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onType(rule.key, event.currentTarget.value)}
        />
      )}
      {problem && (
        <p id={`${id}-say`} className={`say ${problem.weight === 'stop' ? 'bad-text' : 'warn-text'}`}>
          {problemSentence(problem.code, { max: MAX_TEXT, field: fieldLabel(rule.key) })}
        </p>
      )}
    </div>
  );
});
