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

/** Words under which a dossier is found, each after one space: full names, residences, numbers and their ends, the code. */
export function foldedText({ code, form }: Sample): string {
  const words = Object.entries(form).flatMap(([field, value]) => {
    if (/\.(fullName|residence)$/.test(field)) return [fold(value), fold(value.replace(/[-'(),/]/g, ' '))];
    return /\.(phone|citizenNumber)$/.test(field) ? [value, value.slice(-6), value.slice(-4)] : [];
  });
  const [, , day = '', serial = ''] = code.split('-');
  return ` ${[...new Set([...words, fold(code), day + serial, serial].join(' ').split(/ +/))].join(' ')}`;
}

/** The match rule: every word of the query is the beginning of one of the dossier's folded words. */
export function scan(texts: readonly string[], q: string): number[] {
  const words = fold(q)
    .split(' ')
    .filter(Boolean)
    .map((w) => ` ${w}`);
  const found: number[] = [];
  for (let i = 0; i < texts.length; i++) {
    const text = texts[i] as string;
    if (words.every((w) => text.includes(w))) found.push(i);
  }
  return found;
}
