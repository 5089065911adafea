/** Values of a form as typed text: defaults, what a stored form looks like when typed, copying, what a draft carries. */
import type { ChainCode } from '../../../shared/catalogue/regimes.ts';
import { type FieldRule, fieldRule, forms } from '../../../shared/domain/dossier-form.ts';
import { type Form, readForm } from '../../../shared/domain/read-form.ts';
import { type LocalDate, showDate } from '../../../shared/lib/local-date.ts';
import { t } from '../../text/text.ts';

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
    [CHANNEL]: 'truc_tiep',
  };
}

/** A stored form as a clerk would have typed it. */
export function asTyped(chain: ChainCode, form: Form): Values {
  return Object.fromEntries(
    Object.entries(form).map(([key, value]) => {
      const kind = fieldRule(chain, key)?.kind;
      return [key, kind === 'date' || kind === 'partial_date' ? showDate(value) : value];
    }),
  );
}

/** Only the fields of the form, without blanks: what rules and commands read. */
export function onlyFields(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).filter(([key, value]) => !key.startsWith('$') && value.trim() !== ''),
  );
}

/** What a field shows once it is left: a readable date or hour in its usual form, anything else as typed. */
export function tidied(chain: ChainCode, key: string, values: Values, today: LocalDate): string {
  const typed = values[key] ?? '';
  const kind = fieldRule(chain, key)?.kind;
  if (kind !== 'date' && kind !== 'partial_date' && kind !== 'time') return typed;
  const read = readForm(chain, { [key]: typed }, today).form[key];
  return read === undefined ? typed : showDate(read);
}

const parents: Readonly<Record<string, 'mother' | 'father'>> = { me: 'mother', cha: 'father' };

/** The block that the requester's own data belong to, if the requester is mother or father of the child. */
export function parentOf(chain: ChainCode, values: Values): 'mother' | 'father' | undefined {
  return chain === 'birth' ? parents[values['requester.relation'] ?? ''] : undefined;
}

/** Fills the blank fields of that block; nothing typed is overwritten. */
export function copiedFromRequester(chain: ChainCode, values: Values): Values {
  const parent = parentOf(chain, values);
  const copied: Record<string, string> = {};
  if (!parent) return copied;
  for (const name of ['fullName', 'birth', 'citizenNumber', 'residence']) {
    const from = values[`requester.${name}`]?.trim();
    if (from && !values[`${parent}.${name}`]?.trim()) copied[`${parent}.${name}`] = from;
  }
  return copied;
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
