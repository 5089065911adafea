/** The facts of a case: everything on its form, and what follows from it. Conditions of papers, fields and clocks read these. */
import { facts as lawFacts } from '../catalogue/facts.ts';
import { type ChainCode, isValidOn } from '../catalogue/law.ts';
import { daysBetween, isLocalDate, type LocalDate } from '../lib/local-date.ts';
import { searchKey } from '../lib/vietnamese-text.ts';
import type { Facts } from './condition.ts';

interface Case {
  readonly receivedOn: LocalDate;
  /** Codes of the components that the dossier has. */
  readonly components: Iterable<string>;
}

const happened: Readonly<Record<ChainCode, string>> = { birth: 'child.birth', death: 'death.date' };
const nationalities: Readonly<Record<ChainCode, readonly string[]>> = {
  birth: ['child.nationality', 'mother.nationality', 'father.nationality'],
  death: ['deceased.nationality'],
};
const VIETNAMESE = new Set(['', 'viet nam', 'vietnam', 'vn']);

/** A nationality that is named and is not Việt Nam; a blank is not foreign (old papers name none). */
export function isForeign(nationality: string | undefined): boolean {
  return !VIETNAMESE.has(searchKey(nationality ?? ''));
}

/**
 * `form` is a clean form (`readForm`). Derived facts are '1' or absent: component.<code>, foreign, late, mother.known,
 * father.known, authorised.certified, twins, child.idMissing.
 */
export function caseFacts(chain: ChainCode, form: Facts, { receivedOn, components }: Case): Facts {
  const facts: Record<string, string> = { ...form };
  const note = (fact: string, is: boolean) => {
    if (is) facts[fact] = '1';
  };
  for (const code of components) note(`component.${code}`, true);
  note(
    'foreign',
    nationalities[chain].some((key) => isForeign(form[key])),
  );
  note('late', isLate(chain, form, receivedOn));
  // The rule is a certified paper; nearness to the family is the exception, and has to be said.
  note(
    'authorised.certified',
    form['requester.relation'] === 'uy_quyen' && form['requester.authorisedBy'] !== 'than_thich',
  );
  if (chain === 'birth') {
    note('mother.known', Boolean(form['mother.fullName']));
    note('father.known', Boolean(form['father.fullName']));
    note('twins', Number(form['child.birthCount'] ?? 1) >= 2);
    note('child.idMissing', !form['child.citizenNumber']);
  }
  return facts;
}

/** Luật Hộ tịch 2014 art. 15 (60 days) and 33 (15 days). Late is legal: only the fee may change. */
function isLate(chain: ChainCode, form: Facts, receivedOn: LocalDate): boolean {
  const day = form[happened[chain]] ?? '';
  const duty = lawFacts.find((f) => f.key === `limit.duty.${chain}` && isValidOn(f, receivedOn));
  return duty !== undefined && isLocalDate(day) && daysBetween(day, receivedOn) > Number(duty.value);
}
