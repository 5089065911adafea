/** Suggested sum of mai táng: by group and date of death, never by today; an office may pay another sum. */
import { type Catalogue, type Fact, factOn, isValidOn, numberOn } from '../catalogue/law.ts';
import type { LocalDate } from '../lib/local-date.ts';

export interface SuggestedSum {
  /** Whole đồng; null = not known for that group on that day. */
  readonly amount: number | null;
  /** Legal basis in words. */
  readonly basis: string;
  /** Whether rule, base and multiple were all read in their sources. */
  readonly verified: boolean;
  readonly source: string;
}
export interface FuneralCase {
  readonly catalogue: Catalogue;
  /** Code of a funeral group. */
  readonly group: string;
  readonly diedOn: LocalDate;
}

const UNKNOWN: SuggestedSum = { amount: null, basis: '', verified: false, source: '' };

export function funeralSum({ catalogue, group, diedOn }: FuneralCase): SuggestedSum {
  const rule = catalogue.funeralGroups.find((g) => g.code === group && isValidOn(g, diedOn));
  if (!rule) return UNKNOWN;
  const base = numberOn(catalogue, rule.base, diedOn);
  const times = numberOn(catalogue, rule.times, diedOn);
  const facts = [factOn(catalogue, rule.base, diedOn), factOn(catalogue, rule.times, diedOn)];
  return {
    amount: base === null || times === null ? null : base * times,
    basis: rule.basis,
    verified: rule.verified && facts.every((f) => f?.verified === true),
    source: [...new Set([rule.source, ...facts.map((f) => f?.source ?? '')])].filter(Boolean).join('; '),
  };
}

/** The city's support for a cremation (QĐ 14/2015/QĐ-UBND TP.HCM): one row per sum, the clerk picks by the case. */
export function cremationSums({
  catalogue,
  diedOn,
}: Pick<FuneralCase, 'catalogue' | 'diedOn'>): readonly SuggestedSum[] {
  return ['sum.cremation.priority', 'sum.cremation.other']
    .map((key) => factOn(catalogue, key, diedOn))
    .filter((f): f is Fact => f !== undefined)
    .map((f) => ({
      amount: numberOn(catalogue, f.key, diedOn),
      basis: f.name,
      verified: f.verified,
      source: f.source,
    }));
}
