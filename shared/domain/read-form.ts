/** Reads what a clerk typed into a clean form, with every problem named by field. The draft keeps the raw text whatever happens. */
import type { ChainCode } from '../catalogue/regimes.ts';
import { isAfter, isPartialDate, type LocalDate, readDate } from '../lib/local-date.ts';
import { cleanText, textDamage } from '../lib/vietnamese-text.ts';
import type { ProblemCode } from '../problem.ts';
import { citizenNumberWarning } from './citizen-number.ts';
import { type FieldRule, fieldRule, forms, MAX_TEXT } from './dossier-form.ts';

export type Form = Readonly<Record<string, string>>;
export interface FieldProblem {
  readonly field: string;
  readonly code: ProblemCode;
  /** `stop` keeps the dossier from being received; `warn` is only shown. */
  readonly weight: 'stop' | 'warn';
}
export interface FormReading {
  /** Clean values of the fields that could be read; blanks left out. */
  readonly form: Form;
  readonly problems: readonly FieldProblem[];
}
type Reading = { readonly value?: string; readonly code?: ProblemCode; readonly weight?: 'warn' };

export function readForm(chain: ChainCode, raw: Form, receivedOn: LocalDate): FormReading {
  const form: Record<string, string> = {};
  const problems: FieldProblem[] = [];
  const add = (field: string, code: ProblemCode, weight: 'stop' | 'warn' = 'stop') =>
    problems.push({ field, code, weight });

  for (const key of Object.keys(raw)) if (!fieldRule(chain, key)) add(key, 'FIELD_UNKNOWN');
  for (const section of forms[chain])
    for (const rule of section.fields) {
      const reading = readField(rule, raw[rule.key] ?? '', receivedOn);
      if (reading.value !== undefined) form[rule.key] = reading.value;
      if (reading.code) add(rule.key, reading.code, reading.weight ?? 'stop');
    }
  addCrossChecks(chain, form, add);
  return { form, problems };
}

export function stops(reading: FormReading): readonly FieldProblem[] {
  return reading.problems.filter((p) => p.weight === 'stop');
}

function readField(rule: FieldRule, raw: string, receivedOn: LocalDate): Reading {
  const text = cleanText(raw);
  if (text === '') return rule.required ? { code: 'FIELD_REQUIRED' } : {};
  if (text.length > MAX_TEXT) return { code: 'FIELD_TOO_LONG' };
  switch (rule.kind) {
    case 'date':
    case 'partial_date':
      return readDateField(rule, text, receivedOn);
    case 'time':
      return readTime(text);
    case 'choice':
      return rule.choices?.includes(text) ? { value: text } : { code: 'CHOICE_UNKNOWN' };
    case 'flag':
      return text === '1' ? { value: '1' } : { code: 'CHOICE_UNKNOWN' };
    case 'citizen_number':
      // Only a-z: some letters grow when raised ("ß"), and a passport has none of them.
      return { value: text.replace(/\s/g, '').replace(/[a-z]/g, (letter) => letter.toUpperCase()) };
    case 'phone':
      return readPhone(text);
    case 'name':
    case 'text':
      return readText(raw, text);
  }
}

function readText(raw: string, text: string): Reading {
  const damage = textDamage(raw);
  if (damage === 'replacement_character') return { code: 'TEXT_DAMAGED' };
  return damage ? { value: text, code: 'TEXT_DAMAGED', weight: 'warn' } : { value: text };
}

function readDateField(rule: FieldRule, text: string, receivedOn: LocalDate): Reading {
  const reading = readDate(text, rule.kind === 'partial_date');
  if (!reading.ok) return { code: reading.code };
  if (rule.past && isAfter(reading.value, receivedOn))
    return { value: reading.value, code: 'DATE_IN_FUTURE' };
  if (reading.value < '1900')
    return {
      value: reading.value,
      code: 'DATE_BEFORE_1900',
      ...(rule.ancient === 'warn' && { weight: 'warn' }),
    };
  return { value: reading.value };
}

function readTime(text: string): Reading {
  const match = /^(\d{1,2})[:hg.\s]?(\d{2})$/.exec(text);
  const [hour, minute] = [Number(match?.[1]), Number(match?.[2])];
  if (!match || hour > 23 || minute > 59) return { code: 'TIME_UNREADABLE' };
  return { value: `${String(hour).padStart(2, '0')}:${match[2]}` };
}

function readPhone(text: string): Reading {
  const digits = text.replace(/[\s.-]/g, '').replace(/^\+84/, '0');
  if (digits === '') return { code: 'PHONE_FORM', weight: 'warn' };
  return /^0[35789]\d{8}$/.test(digits)
    ? { value: digits }
    : { value: digits, code: 'PHONE_FORM', weight: 'warn' };
}

function addCrossChecks(
  chain: ChainCode,
  form: Form,
  add: (field: string, code: ProblemCode, weight?: 'warn') => void,
): void {
  for (const section of forms[chain])
    for (const { key, person } of section.fields) {
      const number = form[key];
      if (!person || !number) continue;
      const warning = citizenNumberWarning(
        number,
        (person.sex && form[person.sex]) ?? '',
        form[person.birth] ?? '',
      );
      if (warning) add(key, warning, 'warn');
    }
  const [birth, death] = [form['deceased.birth'], form['death.date']];
  if (birth && death && isPartialDate(birth) && isAfter(birth, death))
    add('death.date', 'DATE_DEATH_BEFORE_BIRTH');
}
