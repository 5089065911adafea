/** One field of the form: label and control by kind; the words on its problem stand under the row (FieldSay). */
import { memo } from 'react';
import { MAX_TEXT } from '../../../../shared/domain/dossier-form.ts';
import type { FieldRule } from '../../../../shared/domain/field-rule.ts';
import type { FieldProblem } from '../../../../shared/domain/read-form.ts';
import { problemSentence } from '../../../../shared/problem.ts';
import { choiceLabel, fieldLabel, t } from '../../../text/text.ts';
import { RequiredStar } from '../../../ui/required-star.tsx';
import { hintOf } from './layout.ts';

interface Props {
  readonly rule: FieldRule;
  /** Columns of twelve that it takes in its row. */
  readonly span: number;
  readonly value: string;
  /** Shown only after the field was left, or after a try to commit. */
  readonly problem: FieldProblem | undefined;
  readonly onType: (key: string, value: string) => void;
  readonly onLeave: (key: string) => void;
}

export function fieldId(key: string): string {
  return `field-${key.replaceAll('.', '-')}`;
}

const numeric = new Set<FieldRule['kind']>([
  'date',
  'partial_date',
  'time',
  'citizen_number',
  'phone',
  'number',
  'money',
]);
/** Kinds with a control of their own; all others are one line of text. */
const ownControl = new Set<FieldRule['kind']>(['choice', 'flag', 'long_text']);

export const FormField = memo(function FormField({ rule, span, value, problem, onType, onLeave }: Props) {
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
    <div className="field" style={{ gridColumn: `span ${span}` }}>
      <label htmlFor={id} title={fieldLabel(rule.key)}>
        {fieldLabel(rule.key)}
        {rule.required && <RequiredStar />}
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
      {rule.kind === 'long_text' && (
        <textarea
          {...common}
          className={look}
          value={value}
          rows={2}
          maxLength={2000}
          spellCheck={false}
          onChange={(event) => onType(rule.key, event.currentTarget.value)}
        />
      )}
      {!ownControl.has(rule.kind) && (
        <input
          {...common}
          className={look}
          value={value}
          title={value}
          placeholder={hintOf(rule)}
          inputMode={numeric.has(rule.kind) ? 'numeric' : 'text'}
          maxLength={2000}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onType(rule.key, event.currentTarget.value)}
        />
      )}
    </div>
  );
});

/** The problem of a field, on a line of its own: nothing beside the field moves. */
export function FieldSay({ problem, start }: { readonly problem: FieldProblem; readonly start: number }) {
  const field = fieldLabel(problem.field);
  return (
    <p
      id={`${fieldId(problem.field)}-say`}
      className={`say ${problem.weight === 'stop' ? 'bad-text' : 'warn-text'}`}
      style={{ gridColumn: `${start} / -1` }}
    >
      {t('form.say', { field, sentence: problemSentence(problem.code, { max: MAX_TEXT, field }) })}
    </p>
  );
}
