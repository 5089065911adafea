/**
 * When the people of a dossier may be taken off a desk: after it was closed for long enough, and only what the city proved to hold
 * (Luật 91/2025/QH15: no longer than the purpose needs). The city keeps everything; how long is another matter (Luật Lưu trữ).
 */
import { addDays, type LocalDate } from '../lib/local-date.ts';

/** Whatever an office sets: earlier than this people still come back with questions. */
export const LEAST_DAYS = 30;

/** A dossier as far as this is concerned. */
export interface RetentionFacts {
  readonly outcome: 'under_way' | 'whole' | 'part' | 'none';
  /** A result lies at the counter, or somebody is waited for. */
  readonly toDo: boolean;
  /** The last day on which anything happened to it. */
  readonly lastDay: LocalDate;
  /** Events without the city's word, without a receipt where this machine wrote them, or with a place on the way. */
  readonly unsent: number;
  /** Events that came back and that nobody answered yet, or that the city holds back. */
  readonly returned: number;
  /** The city's greatest number among its events; 0 = none. */
  readonly hub: number;
  /** Half typed corrections. */
  readonly drafts: number;
  /** Scans on this machine that the city of this epoch does not have whole. */
  readonly scans: number;
}

/** Why it stays, the first that holds. `young`: closed, but not for long enough. `no_backup`: the city's newest verified backup does not reach it. */
export const keptReasons = ['open', 'young', 'unsent', 'returned', 'typing', 'scan', 'no_backup'] as const;
export type KeptReason = (typeof keptReasons)[number];

export interface RetentionRule {
  readonly today: LocalDate;
  readonly days: number;
  /** Number of the city's log up to which a backup was restored and found equal; null = none was named. */
  readonly backedUp: number | null;
}

export function keptBecause(
  facts: RetentionFacts,
  { today, days, backedUp }: RetentionRule,
): KeptReason | null {
  if (facts.outcome === 'under_way' || facts.toDo) return 'open';
  if (addDays(facts.lastDay, Math.max(days, LEAST_DAYS)) >= today) return 'young';
  if (facts.unsent > 0 || facts.hub === 0) return 'unsent';
  if (facts.returned > 0) return 'returned';
  if (facts.drafts > 0) return 'typing';
  if (facts.scans > 0) return 'scan';
  return backedUp === null || facts.hub > backedUp ? 'no_backup' : null;
}

/** Days between two purges that nobody asked for: older backups go with each of them, so there must be some between. */
const AUTO_DAYS = 28;

export function purgeIsDue(last: LocalDate | null, today: LocalDate): boolean {
  return last === null || addDays(last, AUTO_DAYS) <= today;
}
