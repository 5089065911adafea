/** What the fields of a form say about each other. Warnings, but for one certain contradiction: death before birth. */
import type { ChainCode } from '../catalogue/law.ts';
import { dateInWords } from '../lib/date-words.ts';
import { isAfter, isPartialDate, type PartialDate } from '../lib/local-date.ts';
import { searchKey } from '../lib/vietnamese-text.ts';
import type { ProblemCode } from '../problem.ts';
import { isForeign } from './case-facts.ts';
import { citizenNumberWarning } from './citizen-number.ts';
import type { Facts } from './condition.ts';
import type { FieldRule, PersonFields } from './field-rule.ts';

export type AddProblem = (field: string, code: ProblemCode, weight?: 'stop' | 'warn') => void;

const MOTHER_YEARS = 12;

/** `facts` are those of the clean form, `fields` the ones that are part of the case. */
export function checkForm(
  chain: ChainCode,
  facts: Facts,
  fields: readonly FieldRule[],
  add: AddProblem,
): void {
  for (const { key, person, words } of fields) {
    const value = facts[key];
    if (!value) continue;
    const misfit = person && personMisfit(value, person, facts);
    if (misfit) add(key, misfit, 'warn');
    if (words && differs(value, facts[words] ?? '')) add(key, 'DATE_WORDS_DIFFER', 'warn');
  }
  for (const who of ['requester', 'mother', 'father', 'deceased'])
    if (isBefore(facts[`${who}.paperDate`], facts[`${who}.birth`]))
      add(`${who}.paperDate`, 'ISSUED_BEFORE_EVENT', 'warn');
  if (chain === 'birth') checkBirth(facts, add);
  else checkDeath(facts, add);
}

/** The number of a foreigner's passport has no structure known here. */
function personMisfit(number: string, person: PersonFields, facts: Facts): ProblemCode | null {
  if (person.nationality && isForeign(facts[person.nationality])) return null;
  const sex = (person.sex && facts[person.sex]) ?? person.sexIs ?? '';
  const birth = (person.birth && facts[person.birth]) ?? '';
  return citizenNumberWarning(number, sex, birth);
}

/** Ways of saying the same date: ngàn for nghìn, lẻ for linh, mồng or nothing for mùng. */
function differs(words: string, date: PartialDate): boolean {
  const usual = (text: string) =>
    ` ${searchKey(text)} `
      .replaceAll(' ngan ', ' nghin ')
      .replaceAll(' le ', ' linh ')
      .replace(/ (mung|mong) /g, ' ')
      .trim();
  const generated = dateInWords(date);
  return generated !== '' && usual(words) !== usual(generated);
}

function checkBirth(facts: Facts, add: AddProblem): void {
  const birth = facts['child.birth'] ?? '';
  const { late } = facts;
  if (late === '1') add('child.birth', 'REGISTERED_LATE', 'warn');
  const parentsUnknown = facts['mother.known'] !== '1' && facts['father.known'] !== '1';
  if (parentsUnknown && facts['child.birthPlaceKind'] !== 'bo_roi')
    add('mother.fullName', 'PARENTS_BLANK', 'warn');
  if (certainlyYounger(facts['mother.birth'] ?? '', birth, MOTHER_YEARS))
    add('mother.birth', 'MOTHER_TOO_YOUNG', 'warn');
  if (isBefore(facts['child.certificateDate'], birth))
    add('child.certificateDate', 'ISSUED_BEFORE_EVENT', 'warn');
  if (Number(facts['child.birthOrder'] ?? 0) > Number(facts['child.birthCount'] ?? 1))
    add('child.birthOrder', 'BIRTH_ORDER', 'warn');
}

function checkDeath(facts: Facts, add: AddProblem): void {
  const death = facts['death.date'] ?? '';
  const { late } = facts;
  if (late === '1') add('death.date', 'REGISTERED_LATE', 'warn');
  if (isBefore(death, facts['deceased.birth'])) add('death.date', 'DATE_DEATH_BEFORE_BIRTH');
  if (isBefore(facts['death.noticeDate'], death)) add('death.noticeDate', 'ISSUED_BEFORE_EVENT', 'warn');
  const number = facts['requester.citizenNumber'];
  if (number && number === facts['deceased.citizenNumber'])
    add('requester.citizenNumber', 'REQUESTER_IS_DECEASED', 'warn');
}

/** Certain even where only years are known; a blank or unreadable date proves nothing. */
function isBefore(a: string | undefined, b: string | undefined): boolean {
  return isPartialDate(a ?? '') && isPartialDate(b ?? '') && isAfter(b ?? '', a ?? '');
}

/** Less than so many years between the two births, whatever days a bare year stands for. */
function certainlyYounger(parent: PartialDate, child: PartialDate, years: number): boolean {
  if (!isPartialDate(parent) || !isPartialDate(child)) return false;
  const comesOfAge = String(Number(parent.slice(0, 4)) + years) + parent.slice(4);
  return isAfter(comesOfAge, child);
}
