/**
 * The law as data: what a catalogue is made of, and how the row of a date is found. Rows carry validity dates and a source;
 * `verified: false` = the source was not read in full: the value is a default, shown as "cần xác nhận" and correctable
 * in Cài đặt > Danh mục. A dossier keeps the rows of its reception date (sums: of the date of death).
 */
import type { Condition, Facts } from '../domain/condition.ts';
import type { LocalDate } from '../lib/local-date.ts';
import type { SpecialDay } from './holidays.ts';

export type ChainCode = 'birth' | 'death';

export interface Validity {
  readonly from: LocalDate;
  readonly to: LocalDate | null;
}
export interface Sourced {
  readonly source: string;
  readonly verified: boolean;
}

export const factUnits = ['working_days', 'days', 'dong', 'times', 'text', 'code', 'hours'] as const;
export const factGroups = [
  'limit',
  'agency',
  'procedure',
  'sum',
  'reception',
  'wording',
  'retention',
] as const;
/**
 * One value of the law: a limit, an agency's name, a procedure code, a base sum ... Several rows of one key are its
 * versions by date. `value` is text: digits for days, dong and times; '' = not known, nothing is promised.
 */
export interface Fact extends Validity, Sourced {
  readonly key: string;
  readonly group: (typeof factGroups)[number];
  readonly name: string;
  readonly unit: (typeof factUnits)[number];
  readonly value: string;
}

export type Limit =
  /** Done on the working day that the complete papers arrive; after the fact `reception.sameDayUntil` on the next one. */
  | { readonly kind: 'same_day' }
  /** As many whole working days as the fact `days` says, from the end of component `after`, or from reception where `after` is null. */
  | { readonly kind: 'working_days'; readonly days: string; readonly after: string | null };

export interface ComponentRule {
  readonly code: string;
  readonly name: string;
  readonly short: string;
  /** Key of the fact that names the agency. */
  readonly agency: string;
  readonly limit: Limit;
  /** The form flag that asks for this component; null = always part of the chain. */
  readonly onRequest: string | null;
  /** The paper that ends it. */
  readonly result: string;
  /** Key of the fact that names that paper by date, where an office may correct the name. */
  readonly resultFact?: string;
}
export interface ChainRule {
  readonly name: string;
  /** Key of the fact that holds the procedure code. */
  readonly procedure: string;
  readonly chainLimit: Limit;
  readonly components: readonly ComponentRule[];
}
export interface Regime extends Validity, Sourced {
  readonly id: string;
  readonly name: string;
  readonly chains: Readonly<Record<ChainCode, ChainRule>>;
}

export const paperStates = [
  'original',
  'copy',
  'electronic',
  'replaced_by_data',
  'not_applicable',
  'missing',
] as const;
export type PaperState = (typeof paperStates)[number];

/** A paper of the dossier (thành phần hồ sơ), needed while its condition holds on the facts of the case. */
export interface Requirement extends Validity, Sourced {
  readonly code: string;
  readonly chain: ChainCode;
  /** The component whose agency needs it; it is not asked where the dossier does not have that component. */
  readonly component: string;
  readonly name: string;
  /** Why this case needs it, in words. */
  readonly because: string;
  /** What the citizen is told to do, as printed on Mẫu 02. */
  readonly todo: string;
  readonly when: Condition | null;
  /** `by_case`: shown and asked about, never predicted as a reason for return (chỗ ở hợp pháp). */
  readonly weight: 'required' | 'by_case';
  /** State until the clerk says otherwise. */
  readonly initial: PaperState;
}

export const reasonUses = ['supplement', 'refuse', 'extend', 'stop', 'withdraw', 'take_back'] as const;
/** A ready wording for slips and statistics; the clerk may edit the words, the code stays. */
export interface Reason extends Validity, Sourced {
  readonly code: string;
  readonly uses: readonly (typeof reasonUses)[number][];
  readonly text: string;
}

/** One of the seven groups of obstacles of the national report of 9/2023. */
export interface ObstacleGroup extends Validity, Sourced {
  readonly code: string;
  readonly name: string;
}

/** A group of beneficiaries of mai táng: sum = fact `base` x fact `times`, both of the date of death. */
export interface FuneralGroup extends Validity, Sourced {
  readonly code: string;
  readonly name: string;
  readonly base: string;
  readonly times: string;
  readonly basis: string;
}

export interface OutsideField {
  readonly label: string;
  /** Form fields; the first one that is filled is copied. `dossier.*` reads the dossier itself. */
  readonly from: readonly string[];
  /** How the value is written over there. */
  readonly as: 'text' | 'date' | 'upper' | 'choice';
}
/** A system that the clerk has to type into as well, with its fields in the order of its screen. */
export interface OutsideSystem extends Validity, Sourced {
  readonly code: string;
  readonly name: string;
  readonly chain: ChainCode;
  /** The component whose code it gives back; null = the code of the whole dossier. */
  readonly component: string | null;
  readonly fields: readonly OutsideField[];
}

export interface Catalogue {
  readonly version: string;
  readonly regimes: readonly Regime[];
  readonly facts: readonly Fact[];
  readonly requirements: readonly Requirement[];
  readonly reasons: readonly Reason[];
  readonly obstacles: readonly ObstacleGroup[];
  readonly funeralGroups: readonly FuneralGroup[];
  readonly outsideSystems: readonly OutsideSystem[];
  /** Public holidays, days in lieu and worked Saturdays. */
  readonly days: readonly SpecialDay[];
}

export function isValidOn({ from, to }: Validity, date: LocalDate): boolean {
  return from <= date && (to === null || date <= to);
}

export function validOn<T extends Validity>(rows: readonly T[], date: LocalDate): readonly T[] {
  return rows.filter((row) => isValidOn(row, date));
}

export function regimeOn(catalogue: Catalogue, date: LocalDate): Regime | undefined {
  return catalogue.regimes.find((r) => isValidOn(r, date));
}

export function factOn(catalogue: Catalogue, key: string, date: LocalDate): Fact | undefined {
  return catalogue.facts.find((f) => f.key === key && isValidOn(f, date));
}

/**
 * The agency `key` for a case: the row of its kind where there is one (`agency.X.foreign`, `agency.X.<funeral group>`),
 * else `agency.X`.
 */
export function agencyOn(catalogue: Catalogue, key: string, facts: Facts, date: LocalDate): Fact | undefined {
  const kinds = [facts.foreign === '1' ? 'foreign' : '', facts['funeral.group'] ?? ''];
  for (const kind of kinds) {
    const special = kind === '' ? undefined : factOn(catalogue, `${key}.${kind}`, date);
    if (special) return special;
  }
  return factOn(catalogue, key, date);
}

/** The whole number that a fact holds, or null where it is not known. */
export function numberOn(catalogue: Catalogue, key: string, date: LocalDate): number | null {
  const value = factOn(catalogue, key, date)?.value ?? '';
  return /^\d+$/.test(value) ? Number(value) : null;
}
