/**
 * Possible duplicates: the same person taken in twice, perhaps by two clerks offline, perhaps with a slip of the pen.
 * Always a warning and never a refusal; twins (same mother and birth, another name) are told apart.
 *
 * Finding candidates: store `duplicateKeys` of each dossier in an indexed table and look up `duplicateLookups` by equality
 * (`WHERE key IN (…)`), then ask `likeness` about each. Whatever `likeness` reports is found this way.
 */
import type { ChainCode } from '../catalogue/law.ts';
import { daysBetween, isLocalDate, isPartialDate, type PartialDate } from '../lib/local-date.ts';
import { cleanText, searchKey } from '../lib/vietnamese-text.ts';

export interface Person {
  readonly chain: ChainCode;
  /** The child or the deceased. */
  readonly name: string;
  /** Birth date of this person; for the deceased perhaps a year only. */
  readonly date: PartialDate;
  /** Name of the mother, or of the requester; '' when unknown. */
  readonly relative: string;
}
/**
 * `marks`: same letters, other or missing marks; `slip`: one typing slip, or raw Telex ("nguyeenx"); `slips`: two of them;
 * `order`: same syllables in another order; `unknown`: one of the names is blank.
 */
type NameMatch = 'same' | 'marks' | 'slip' | 'slips' | 'order' | 'other' | 'unknown';
type DateMatch = 'same' | 'day_apart' | 'swapped' | 'year_only' | 'other';
interface Match {
  readonly name: NameMatch;
  readonly date: DateMatch;
  readonly relative: NameMatch;
}
export interface Likeness {
  /** Worth a warning that this may be the same person. False for twins. */
  readonly likely: boolean;
  readonly kind: 'duplicate' | 'twin' | 'none';
  /** Null when there is nothing to compare: another chain, no name, no readable date. */
  readonly why: Match | null;
}

/** From this many letters on two slips are forgiven, though not two in the given name: it tells siblings apart. */
const LONG_NAME = 12;
const EPOCH = '2000-01-01';

export function likeness(a: Person, b: Person): Likeness {
  const name = matchNames(a.name, b.name);
  if (a.chain !== b.chain || name === 'unknown' || !isPartialDate(a.date) || !isPartialDate(b.date))
    return { likely: false, kind: 'none', why: null };
  const why = { name, date: matchDates(a.date, b.date), relative: matchNames(a.relative, b.relative) };
  const kind = isTwin(a.chain, why) ? 'twin' : isDuplicate(why) ? 'duplicate' : 'none';
  return { likely: kind === 'duplicate', kind, why };
}

/** Keys to store with a person: up to eight; none while the name or the date is missing. */
export function duplicateKeys(person: Person): string[] {
  if (!isComparable(person)) return [];
  return isLocalDate(person.date)
    ? [...dayKeys(person), ...nameKeys(person, 'full')]
    : nameKeys(person, 'year');
}

/** Keys to look up. Full dates meet by day; a bare year meets others by year and name, which are few. */
export function duplicateLookups(person: Person): string[] {
  if (!isComparable(person)) return [];
  return isLocalDate(person.date)
    ? [...dayKeys(person), ...nameKeys(person, 'year')]
    : [...nameKeys(person, 'full'), ...nameKeys(person, 'year')];
}

/** Twins may be born on both sides of midnight. */
function isTwin(chain: ChainCode, { name, date, relative }: Match): boolean {
  const sameMother = relative !== 'other' && relative !== 'unknown';
  return chain === 'birth' && name === 'other' && sameMother && (date === 'same' || date === 'day_apart');
}

function isDuplicate({ name, date, relative }: Match): boolean {
  if (name === 'other' || date === 'other') return false;
  if (date === 'year_only' && name === 'slips') return false;
  // The other paper may name the other parent: a full match still counts, a near one does not.
  return relative !== 'other' || (date === 'same' && (name === 'same' || name === 'marks'));
}

function matchNames(a: string, b: string): NameMatch {
  const [keyA, keyB] = [searchKey(a), searchKey(b)];
  if (keyA === '' || keyB === '') return 'unknown';
  if (keyA === keyB) return cleanText(a).toLowerCase() === cleanText(b).toLowerCase() ? 'same' : 'marks';
  const [plainA, plainB] = [telexFolded(keyA), telexFolded(keyB)];
  if (plainA.join('') === plainB.join('')) return 'slip';
  if (plainA.sort().join('') === plainB.sort().join('')) return 'order';
  return matchBySlips(keyA, keyB);
}

function matchBySlips(a: string, b: string): NameMatch {
  const [lettersA, lettersB] = [joined(a), joined(b)];
  const slips = slipsBetween(lettersA, lettersB);
  if (slips <= 1) return 'slip';
  const long = Math.min(lettersA.length, lettersB.length) >= LONG_NAME;
  return slips === 2 && long && slipsBetween(givenName(a), givenName(b)) <= 1 ? 'slips' : 'other';
}

function matchDates(a: PartialDate, b: PartialDate): DateMatch {
  if (!isLocalDate(a) || !isLocalDate(b)) return a.slice(0, 4) === b.slice(0, 4) ? 'year_only' : 'other';
  if (a === b) return 'same';
  if (Math.abs(daysBetween(a, b)) === 1) return 'day_apart';
  return `${a.slice(0, 4)}-${a.slice(8)}-${a.slice(5, 7)}` === b ? 'swapped' : 'other';
}

/**
 * Syllables as they would be had a Vietnamese keyboard been on: behind the first letters of a syllable s f r x j z are
 * only Telex tones, w makes ư ơ ă, a doubled letter is â ê ô đ or a bounce of the key.
 */
function telexFolded(key: string): string[] {
  return key.split(' ').map((syllable) => {
    const onset = syllable.startsWith('tr') ? 2 : 1;
    const rest = syllable.slice(onset).replace(/[sfrxjz]/g, '');
    return (syllable.slice(0, onset) + rest.replace(/(?<=[uoa])w/g, '').replace(/w/g, 'u')).replace(
      /(.)\1+/g,
      '$1',
    );
  });
}

/** Letters inserted, left out, replaced, or swapped with their neighbour (optimal string alignment); 3 means more than two. */
function slipsBetween(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  let [beforeLast, last]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = at(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(
        Math.min(replaced, at(last, j) + 1, at(row, j - 1) + 1, swapped ? at(beforeLast, j - 2) + 1 : 3),
      );
    }
    [beforeLast, last] = [last, row];
  }
  return Math.min(at(last, b.length), 3);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? 3;
}

function isComparable(person: Person): boolean {
  return searchKey(person.name) !== '' && isPartialDate(person.date);
}

/** Two overlapping pairs of days, so that neighbours share one, and the date with day and month in rising order. */
function dayKeys({ chain, date }: Person): string[] {
  const day = daysBetween(EPOCH, date);
  const [year, ...monthDay] = date.split('-');
  const keys = [`${chain}:even:${Math.floor(day / 2)}`, `${chain}:odd:${Math.floor((day + 1) / 2)}`];
  if (date.slice(8) <= '12') keys.push(`${chain}:swap:${year}-${monthDay.sort().join('-')}`);
  return keys;
}

/**
 * One slip anywhere leaves the first or the last half of the letters whole; both ways of halving are kept because a slip
 * may change the length. The last key, the letters in alphabetical order, is for raw Telex and other orders.
 */
function nameKeys({ chain, name, date }: Person, kind: 'full' | 'year'): string[] {
  const key = searchKey(name);
  const letters = joined(key);
  const halves = new Set([Math.floor(letters.length / 2), Math.floor((letters.length - 1) / 2)]);
  const keys = [...halves].flatMap((half) => [
    `first:${letters.slice(0, half)}`,
    `last:${letters.slice(letters.length - half)}`,
  ]);
  keys.push(`letters:${[...telexFolded(key).join('')].sort().join('')}`);
  return keys.map((k) => `${chain}:${kind}:${date.slice(0, 4)}:${k}`);
}

function joined(key: string): string {
  return key.replace(/ /g, '');
}

function givenName(key: string): string {
  return key.slice(key.lastIndexOf(' ') + 1);
}
