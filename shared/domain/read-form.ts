/**
 * Reads what a clerk typed into a clean form, with every problem named by field. The draft keeps the raw text whatever
 * happens; the clean form holds only fields that are part of the case, so that a stored form never says what was not asked.
 */
import type { ChainCode, ChainRule } from '../catalogue/law.ts';
import { isAfter, type LocalDate, readDate } from '../lib/local-date.ts';
import { cleanText, textDamage } from '../lib/vietnamese-text.ts';
import { readCount } from '../lib/whole-number.ts';
import type { ProblemCode } from '../problem.ts';
import { caseFacts } from './case-facts.ts';
import { emailWarning, mobilePhoneWarning } from './document-checks.ts';
import { fieldRule, fieldsFor, forms, MAX_TEXT } from './dossier-form.ts';
import type { FieldRule, SectionRule } from './field-rule.ts';
import { type AddProblem, checkForm } from './form-checks.ts';

export type Form = Readonly<Record<string, string>>;
export interface FieldProblem {
  readonly field: string;
  readonly code: ProblemCode;
  /** `stop` keeps the dossier from being received; `warn` is only shown. */
  readonly weight: 'stop' | 'warn';
}
export interface FormReading {
  /** Clean values of the fields that are part of the case and could be read; blanks left out. */
  readonly form: Form;
  readonly problems: readonly FieldProblem[];
  /** The sections and fields that this case is asked, in the order of the paper. */
  readonly sections: readonly SectionRule[];
}
type Reading = { readonly value?: string; readonly code?: ProblemCode; readonly weight?: 'warn' };
type Readings = ReadonlyMap<string, Reading>;

/** `rule`: the chain under the regime of the day; flags that ask for a component it does not have are not part of the case. */
export function readForm(
  chain: ChainCode,
  raw: Form,
  receivedOn: LocalDate,
  rule?: Pick<ChainRule, 'components'>,
): FormReading {
  const readings = new Map<string, Reading>();
  for (const field of forms[chain].flatMap((s) => s.fields))
    readings.set(field.key, readField(field, raw[field.key] ?? '', receivedOn));
  const { sections, form, facts } = caseOf(chain, readings, { receivedOn, rule });

  const problems: FieldProblem[] = [];
  const add: AddProblem = (field, code, weight = 'stop') => problems.push({ field, code, weight });
  const notes = readNotes(chain, raw, receivedOn, add);
  const fields = sections.flatMap((s) => s.fields);
  for (const { key } of fields) {
    const reading = readings.get(key);
    if (reading?.code) add(key, reading.code, reading.weight);
  }
  checkForm(chain, facts, fields, add);
  return { form: { ...form, ...notes }, problems, sections };
}

export function stops(reading: Pick<FormReading, 'problems'>): readonly FieldProblem[] {
  return reading.problems.filter((p) => p.weight === 'stop');
}

interface Day {
  readonly receivedOn: LocalDate;
  readonly rule: Pick<ChainRule, 'components'> | undefined;
}

/**
 * Which fields are asked depends on values, and only values of asked fields count. Conditions look back along the form, so
 * each round settles at least one more field; a condition in a circle would end with the last round, never loop.
 */
function caseOf(chain: ChainCode, readings: Readings, day: Day) {
  let asked = askedFor(chain, [...readings.keys()], readings, day);
  for (let round = 0; round < readings.size; round++) {
    const next = askedFor(chain, asked.keys, readings, day);
    if (next.keys.join() === asked.keys.join()) return next;
    asked = next;
  }
  return asked;
}

/** The fields asked where the values of these keys count. */
function askedFor(
  chain: ChainCode,
  counted: readonly string[],
  readings: Readings,
  { receivedOn, rule }: Day,
) {
  const form = valuesOf(counted, readings);
  const facts = caseFacts(chain, form, { receivedOn, components: [] });
  const sections = fieldsFor(chain, facts, rule);
  const keys = sections.flatMap((s) => s.fields.map((f) => f.key));
  return { sections, keys, form, facts };
}

function valuesOf(keys: readonly string[], readings: Readings): Form {
  const form: Record<string, string> = {};
  for (const key of keys) {
    const value = readings.get(key)?.value;
    if (value !== undefined) form[key] = value;
  }
  return form;
}

/** Notes of the desk beside the declaration; anything that no rule knows is named. */
function readNotes(chain: ChainCode, raw: Form, receivedOn: LocalDate, add: AddProblem): Form {
  const declared = new Set(forms[chain].flatMap((s) => s.fields.map((f) => f.key)));
  const notes: Record<string, string> = {};
  for (const [key, text] of Object.entries(raw)) {
    if (declared.has(key)) continue;
    const rule = fieldRule(chain, key);
    const reading: Reading = rule ? readField(rule, text, receivedOn) : { code: 'FIELD_UNKNOWN' };
    if (reading.value !== undefined) notes[key] = reading.value;
    if (reading.code) add(key, reading.code, reading.weight);
  }
  return notes;
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
    case 'email':
      return warned(text, emailWarning(text));
    case 'number':
      return readWhole(text, 'NUMBER_UNREADABLE');
    case 'money':
      return readWhole(text.replace(/\s?(?:đồng|đ|VNĐ|VND)\.?$/i, ''), 'AMOUNT_UNREADABLE');
    case 'name':
    case 'text':
    case 'long_text':
      return readText(rule, raw, text);
  }
}

function warned(value: string, code: ProblemCode | null): Reading {
  return code ? { value, code, weight: 'warn' } : { value };
}

function readText(rule: FieldRule, raw: string, text: string): Reading {
  const damage = textDamage(raw);
  if (damage === 'replacement_character') return { code: 'TEXT_DAMAGED' };
  return warned(text, damage ? 'TEXT_DAMAGED' : (rule.shape?.(text) ?? null));
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
  return digits === '' ? { code: 'PHONE_FORM', weight: 'warn' } : warned(digits, mobilePhoneWarning(digits));
}

function readWhole(text: string, code: ProblemCode): Reading {
  const reading = readCount(text);
  return reading.ok ? { value: String(reading.value) } : { code };
}
