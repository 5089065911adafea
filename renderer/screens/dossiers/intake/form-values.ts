/** Values of a form as typed text: defaults, what a stored form looks like when typed, copying, what a draft carries. */
import type { ChainCode } from '../../../../shared/catalogue/law.ts';
import { fieldRule, forms } from '../../../../shared/domain/dossier-form.ts';
import type { FieldKind, FieldRule } from '../../../../shared/domain/field-rule.ts';
import { type Form, readForm } from '../../../../shared/domain/read-form.ts';
import { type LocalDate, showDate } from '../../../../shared/lib/local-date.ts';
import { showCount } from '../../../../shared/lib/whole-number.ts';
import { choiceLabel, t } from '../../../text/text.ts';

/** Things that a draft remembers beside the fields of the form. */
export const CHANNEL = '$channel';
export const COMMUNE = '$commune';
const DOSSIER = '$dossier';
const BASE = '$base';
export const REASON = '$reason';

export type Values = Readonly<Record<string, string>>;

export function fieldsOf(chain: ChainCode): readonly FieldRule[] {
  return forms[chain].flatMap((section) => section.fields);
}

export function defaults(chain: ChainCode): Values {
  const person = chain === 'birth' ? 'child' : 'deceased';
  return {
    [`${person}.ethnicity`]: t('default.ethnicity'),
    [`${person}.nationality`]: t('default.nationality'),
    ...(chain === 'birth' && { 'child.birthCount': '1' }),
    'result.way': 'nhan_tai_quay',
    [CHANNEL]: 'truc_tiep',
  };
}

/** A clean value as people write it: 20/11/2026, 25.300.000; anything else as it is. */
export function shown(kind: FieldKind | undefined, value: string): string {
  if (kind === 'date' || kind === 'partial_date') return showDate(value);
  return kind === 'money' ? showCount(Number(value)) : value;
}

/** A stored form as a clerk would have typed it. */
export function asTyped(chain: ChainCode, form: Form): Values {
  return Object.fromEntries(
    Object.entries(form).map(([key, value]) => [key, shown(fieldRule(chain, key)?.kind, value)]),
  );
}

/** Only the fields of the form, without blanks: what rules and commands read. */
export function onlyFields(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).filter(([key, value]) => !key.startsWith('$') && value.trim() !== ''),
  );
}

const tidiedKinds = new Set<FieldKind>(['date', 'partial_date', 'time', 'number', 'money']);

/** What a field shows once it is left: a readable date, hour, number or sum in its usual form, anything else as typed. */
export function tidied(chain: ChainCode, key: string, values: Values, today: LocalDate): string {
  const typed = values[key] ?? '';
  const kind = fieldRule(chain, key)?.kind;
  if (!kind || !tidiedKinds.has(kind)) return typed;
  const read = readForm(chain, onlyFields(values), today).form[key];
  return read === undefined ? typed : shown(kind, read);
}

const parents: ReadonlyMap<string, 'mother' | 'father'> = new Map([
  ['me', 'mother'],
  ['cha', 'father'],
]);

/** The block that the requester's own data belong to, if the requester is mother or father of the child. */
export function parentOf(chain: ChainCode, values: Values): 'mother' | 'father' | undefined {
  return chain === 'birth' ? parents.get(values['requester.relation'] ?? '') : undefined;
}

const ofRequester = (values: Values, name: string) => values[`requester.${name}`]?.trim() ?? '';
const PERSON = ['fullName', 'birth', 'citizenNumber', 'residence', 'paperKind', 'paperDate', 'paperPlace'];

/** Fills the blank fields of the parent who files, or of the one who buries and is paid; nothing typed is overwritten. */
export function copiedFromRequester(chain: ChainCode, values: Values): Values {
  const parent = parentOf(chain, values);
  if (parent)
    return blanksOf(
      values,
      PERSON.map((name) => [`${parent}.${name}`, ofRequester(values, name)]),
    );
  if (chain === 'birth' || values['request.funeral'] !== '1') return {};
  return blanksOf(values, [
    ['funeral.receiver', ofRequester(values, 'fullName')],
    ['funeral.receiverNumber', ofRequester(values, 'citizenNumber')],
    ['funeral.receiverRelation', choiceLabel(ofRequester(values, 'relation'))],
  ]);
}

/** Of these values, those that are not blank and whose field is. */
function blanksOf(values: Values, known: readonly (readonly [key: string, value: string])[]): Values {
  return Object.fromEntries(known.filter(([key, value]) => value.trim() !== '' && !values[key]?.trim()));
}

/** What follows from "Chủ hộ là" mẹ, cha, for fields that are blank: name and number of the head, the child's relation, the address. */
export function filledFromHead(values: Values): Values {
  const parent = parents.get(values['residence.headIs'] ?? '');
  if (!parent) return {};
  return blanksOf(values, [
    ['residence.headOfHousehold', values[`${parent}.fullName`] ?? ''],
    ['residence.headCitizenNumber', values[`${parent}.citizenNumber`] ?? ''],
    ['residence.headRelation', t('default.childRelation')],
    ['residence.address', values[`${parent}.residence`] ?? ''],
  ]);
}

/** A correction is kept as a draft too, under an id of its own that follows from the dossier's. */
export function correctionDraftId(dossierId: string): string {
  const first = Number.parseInt(dossierId[0] ?? '0', 16);
  return (first ^ 8).toString(16) + dossierId.slice(1);
}

export interface CorrectionOf {
  readonly dossier: string;
  readonly base: number;
}

export function markCorrection({ dossier, base }: CorrectionOf): Values {
  return { [DOSSIER]: dossier, [BASE]: String(base) };
}

export function correctionOf(values: Values): CorrectionOf | undefined {
  const dossier = values[DOSSIER];
  return dossier ? { dossier, base: Number(values[BASE] ?? 0) } : undefined;
}

/** After the dossier moved on: the new stored values, under the clerk's own changes against the old ones. */
export function rebased(old: Values, typed: Values, current: Values): Values {
  const next: Record<string, string> = { ...current };
  for (const key of new Set([...Object.keys(old), ...Object.keys(typed)]))
    if (key.startsWith('$') || (typed[key] ?? '') !== (old[key] ?? '')) next[key] = typed[key] ?? '';
  return next;
}

/** What a correction's draft keeps: the fields that differ, marks, and the name by which the draft is found. */
export function correctionDraft(original: Values, values: Values, nameField: string): Values {
  return Object.fromEntries(
    Object.entries(values).filter(
      ([key, value]) => key.startsWith('$') || key === nameField || value !== (original[key] ?? ''),
    ),
  );
}
