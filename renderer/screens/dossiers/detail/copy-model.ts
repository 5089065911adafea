/** "Chép sang": the fields of another system in its own order, written as that system wants them. */
import {
  type Catalogue,
  type OutsideField,
  type OutsideSystem,
  validOn,
} from '../../../../shared/catalogue/law.ts';
import type { DossierDetail } from '../../../../shared/contract/ipc/dossier.ts';
import { fieldRule, wordsOf } from '../../../../shared/domain/dossier-form.ts';
import { showDate } from '../../../../shared/lib/local-date.ts';
import { choiceLabel } from '../../../text/text.ts';

export interface CopyField {
  readonly label: string;
  /** '' = nothing to copy. */
  readonly text: string;
}

/** The systems of this dossier's chain on its reception date; those of a component that it does not have are left out. */
export function systemsOf(catalogue: Catalogue, detail: DossierDetail): readonly OutsideSystem[] {
  const codes = detail.components.map((c) => c.code);
  return validOn(catalogue.outsideSystems, detail.receivedOn).filter(
    (s) => s.chain === detail.chain && (s.component === null || codes.includes(s.component)),
  );
}

export function copyFields(
  catalogue: Catalogue,
  system: OutsideSystem,
  detail: DossierDetail,
): readonly CopyField[] {
  return system.fields.map((field) => ({ label: field.label, text: textOf(catalogue, field, detail) }));
}

function textOf(catalogue: Catalogue, { from, as }: OutsideField, detail: DossierDetail): string {
  const key = from.find((name) => rawValue(name, detail) !== '');
  if (key === undefined) return '';
  const raw = rawValue(key, detail);
  const kind = fieldRule(detail.chain, key)?.kind;
  if (as === 'date' || kind === 'date' || kind === 'partial_date') return showDate(raw);
  const coded = as === 'choice' || kind === 'choice' || kind === 'flag';
  const words = coded ? choiceWords(catalogue, key, raw) : raw;
  return as === 'upper' ? words.toLocaleUpperCase('vi') : words;
}

/** The groups of mai táng are named by the catalogue, all other choices by the form. */
export function choiceWords(catalogue: Catalogue, key: string, value: string): string {
  const group = key === 'funeral.group' && catalogue.funeralGroups.findLast((g) => g.code === value);
  return group ? group.name : choiceLabel(value);
}

/** `dossier.receivedOn` and its like are facts of the dossier itself; anything else is a field of the form. */
function rawValue(name: string, detail: DossierDetail): string {
  if (!name.startsWith('dossier.')) {
    const rule = fieldRule(detail.chain, name);
    return rule?.words ? wordsOf(detail.form, rule) : (detail.form[name] ?? '');
  }
  switch (name.slice('dossier.'.length)) {
    case 'code':
      return detail.code;
    case 'receivedOn':
      return detail.receivedOn;
    case 'receivedTime':
      return detail.receivedTime;
    case 'channel':
      return choiceLabel(detail.channel);
    case 'commune':
      return detail.commune.name;
    case 'office':
      return detail.officeName;
    case 'procedure':
      return detail.procedureCode ?? '';
    case 'due':
      return detail.due ?? '';
    default:
      return '';
  }
}

/** The next field that holds something, after position `at`; -1 = none is left. */
export function nextField(fields: readonly CopyField[], at: number): number {
  return fields.findIndex((field, i) => i > at && field.text !== '');
}

/** The one-stop system of the city: its code is the official one of the whole dossier. */
const OFFICIAL = 'mot_cua';

/** Where the code that the system gives back is kept: of its component, official, or under the system's own name. */
export function codeKey({ code, component }: Pick<OutsideSystem, 'code' | 'component'>): string {
  return `code.${component ?? (code === OFFICIAL ? 'official' : code)}`;
}

export function enteredKey({ code }: OutsideSystem): string {
  return `entered.${code}`;
}
