/**
 * The two one-page declarations as data. A form is a flat record field -> text; a blank is an absent key. Every blank that
 * law allows (father, hour, cause, exact birth date) is allowed here. The same record holds what the desk notes of the case:
 * states of papers, codes of other systems, what was typed over there, the linked dossier.
 */
import { type ChainCode, type ChainRule, paperStates } from '../catalogue/law.ts';
import { outsideSystems } from '../catalogue/outside-systems.ts';
import { regimes } from '../catalogue/regimes.ts';
import { requirements } from '../catalogue/requirements.ts';
import { dateInWords } from '../lib/date-words.ts';
import { birthForm } from './birth-form.ts';
import { type Facts, holds } from './condition.ts';
import { deathForm } from './death-form.ts';
import { type FieldRule, field, type SectionRule } from './field-rule.ts';

export const MAX_TEXT = 300;

/** Every section and field that a chain knows; what a case is asked is `fieldsFor`. */
export const forms: Readonly<Record<ChainCode, readonly SectionRule[]>> = {
  birth: birthForm,
  death: deathForm,
};

/**
 * The sections and fields that are part of a case with these facts (`caseFacts`); a section without fields is left out.
 * Where the chain's `rule` is given, a flag that asks for a component (`request.*` of some regime) it does not have is left out.
 */
export function fieldsFor(
  chain: ChainCode,
  facts: Facts,
  rule?: Pick<ChainRule, 'components'>,
): readonly SectionRule[] {
  const offered = (field: FieldRule) =>
    !rule || !field.component || rule.components.some((c) => c.onRequest === field.key);
  return forms[chain].flatMap((section) => {
    if (!holds(section.when, facts)) return [];
    const fields = section.fields.filter((f) => offered(f) && holds(f.when, facts));
    return fields.length > 0 ? [{ ...section, fields }] : [];
  });
}

const index = {
  birth: new Map(birthForm.flatMap((s) => s.fields).map((f) => [f.key, f])),
  death: new Map(deathForm.flatMap((s) => s.fields).map((f) => [f.key, f])),
} satisfies Record<ChainCode, Map<string, FieldRule>>;

/** The rule of a key of the record: a field of the declaration, or a note of the desk (`paper.*`, `code.*`, `entered.*`, `link.dossier`). */
export function fieldRule(chain: ChainCode, key: string): FieldRule | undefined {
  return index[chain].get(key) ?? noteRule(chain, key);
}

/** Codes that notes may name: papers of the chain, its components under any regime, outside systems. */
const codesOf = (chain: ChainCode) => ({
  paper: new Set(requirements.filter((r) => r.chain === chain).map((r) => r.code)),
  code: new Set(['official', ...regimes.flatMap((r) => r.chains[chain].components.map((c) => c.code))]),
  entered: new Set(outsideSystems.filter((s) => s.chain === chain).map((s) => s.code)),
});
const known = { birth: codesOf('birth'), death: codesOf('death') } satisfies Record<ChainCode, unknown>;

function noteRule(chain: ChainCode, key: string): FieldRule | undefined {
  if (key === 'link.dossier') return field(key, 'text', 12);
  const [, group, code = '', part] = /^(paper|code|entered)\.([^.]+)(\.count)?$/.exec(key) ?? [];
  if (group === 'paper' && known[chain].paper.has(code))
    return part ? field(key, 'number', 1) : field(key, 'choice', 2, { choices: paperStates });
  if (part) return undefined;
  if (group === 'code' && known[chain].code.has(code)) return field(key, 'text', 4);
  return group === 'entered' && known[chain].entered.has(code) ? field(key, 'flag', 2) : undefined;
}

/** What a "ghi bằng chữ" field says: the clerk's own words, or else the usual words of its date. `form` holds clean values. */
export function wordsOf(form: Facts, { key, words = '' }: FieldRule): string {
  return form[key] ?? dateInWords(form[words] ?? '');
}

/** Field that carries the name of the child or the deceased: what lists show. */
export const subjectName: Readonly<Record<ChainCode, string>> = {
  birth: 'child.fullName',
  death: 'deceased.fullName',
};
export const subjectBirth: Readonly<Record<ChainCode, string>> = {
  birth: 'child.birth',
  death: 'deceased.birth',
};
export const subjectNumber: Readonly<Record<ChainCode, string | null>> = {
  birth: null,
  death: 'deceased.citizenNumber',
};
