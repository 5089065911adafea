/** What clerks type, and the answer that they must get: brute force over folded texts. */
import type { Random } from '../../electron/demo/random.ts';
import { seeded } from '../../electron/demo/random.ts';
import { must } from '../../shared/lib/must.ts';

export interface Sample {
  readonly code: string;
  readonly form: Readonly<Record<string, string>>;
}
export interface Query {
  readonly kind: keyof typeof KINDS;
  readonly q: string;
}

const nameOf = ({ form }: Sample) => form['child.fullName'] ?? must(form['deceased.fullName'], 'name');
const wordsOf = (sample: Sample) => nameOf(sample).split(' ');

const KINDS = {
  /** Family and given name without marks, given name first. */
  twoWords: (s: Sample) => fold(`${wordsOf(s).at(-1)} ${wordsOf(s)[0]}`),
  /** As typed half-way: every word begun. */
  prefix: (s: Sample, random: Random) =>
    wordsOf(s)
      .map((w) => fold(w).slice(0, random.int(1, 3)))
      .join(' '),
  fullName: (s: Sample) => nameOf(s),
  /** Decomposed and in capitals, as pasted from another program. */
  decomposed: (s: Sample) => nameOf(s).normalize('NFD').toUpperCase(),
  codeOrPhone: (s: Sample, random: Random) => {
    const phone = s.form['requester.phone'] ?? '';
    const number = s.form['requester.citizenNumber'] ?? '';
    return random.pick([s.code, phone, phone.slice(-6), number.slice(-4)]);
  },
} as const satisfies Record<string, (s: Sample, random: Random) => string>;
const kinds = Object.keys(KINDS) as (keyof typeof KINDS)[];

/** As many of each kind, each about a dossier that exists. */
export function makeQueries(samples: readonly Sample[], n: number): Query[] {
  return Array.from({ length: n }, (_, i) => {
    const random = seeded(23, i);
    const kind = must(kinds[i % kinds.length], 'kind');
    return { kind, q: KINDS[kind](must(samples[random.int(0, samples.length - 1)], 'sample'), random) };
  });
}

/** Written apart from the product's own folding, so that the two check each other. */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/[^a-z0-9 ]/g, '');
}

const NAMES = /\.(fullName|headOfHousehold|guardian|husband|receiver|claimant|mother)$/;
const PLACES = /\.(residence|address|cardAddress)$/;
const NUMBERS = /\.(phone|citizenNumber|headCitizenNumber|receiverNumber|claimantNumber)$/;

/** The words of a dossier, each after one space: of names, numbers and codes, and with those of addresses. */
export interface Folded {
  readonly names: string;
  readonly everything: string;
}

export function foldedText({ code, form }: Sample): Folded {
  const [names, places]: [string[], string[]] = [[], []];
  for (const [field, value] of Object.entries(form)) {
    // Joined and apart at a hyphen or an apostrophe.
    const texts = [fold(value), fold(value.replace(/[-'(),/]/g, ' '))];
    if (NAMES.test(field)) names.push(...texts);
    if (PLACES.test(field)) places.push(...texts);
    if (NUMBERS.test(field)) names.push(...[value, value.slice(-6), value.slice(-4)].map(fold));
  }
  const [, , day = '', serial = ''] = code.split('-');
  names.push(fold(code), day + serial, serial);
  const apart = (texts: string[]) => ` ${[...new Set(texts.join(' ').split(/ +/))].join(' ')}`;
  return { names: apart(names), everything: apart([...names, ...places]) };
}

/**
 * The match rule: every word of the query is the beginning of one of the dossier's folded words of names, numbers and
 * codes; where that fits no dossier at all, words of addresses count too.
 */
export function scan(texts: readonly Folded[], q: string): number[] {
  const found = scanIn(texts, q, 'names');
  return found.length > 0 ? found : scanIn(texts, q, 'everything');
}

function scanIn(texts: readonly Folded[], q: string, where: keyof Folded): number[] {
  const words = fold(q)
    .split(' ')
    .filter(Boolean)
    .map((w) => ` ${w}`);
  const found: number[] = [];
  for (const [i, folded] of texts.entries()) {
    const text = folded[where];
    if (words.every((w) => text.includes(w))) found.push(i);
  }
  return found;
}
