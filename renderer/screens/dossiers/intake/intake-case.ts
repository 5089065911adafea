/** The case on the screen under the law of its day: papers, components, clocks, the sum of mai táng, and words on why. */

import {
  type Catalogue,
  type ChainCode,
  type ChainRule,
  type PaperState,
  type Regime,
  regimeOn,
} from '../../../../shared/catalogue/law.ts';
import { caseFacts } from '../../../../shared/domain/case-facts.ts';
import { type ChecklistLine, checklist, missingPapers } from '../../../../shared/domain/checklist.ts';
import type { Facts } from '../../../../shared/domain/condition.ts';
import {
  type ClockRules,
  type DueDates,
  dueDates,
  supplementUntil,
} from '../../../../shared/domain/deadline.ts';
import { wantedComponents } from '../../../../shared/domain/dossier.ts';
import { cremationSums, funeralSum, type SuggestedSum } from '../../../../shared/domain/funeral-sum.ts';
import type { Form } from '../../../../shared/domain/read-form.ts';
import { calendarOf } from '../../../../shared/domain/working-days.ts';
import type { LocalTime } from '../../../../shared/lib/local-date.ts';
import { isLocalDate } from '../../../../shared/lib/local-date.ts';

export interface IntakeCase {
  readonly regime: Regime;
  readonly rule: ChainRule;
  readonly clock: ClockRules;
  readonly wanted: ReadonlySet<string>;
  readonly facts: Facts;
  /** Papers that the law asks for in this very case. */
  readonly papers: readonly ChecklistLine[];
  /** Those among them that are missing and would bring the dossier back. */
  readonly missing: readonly ChecklistLine[];
  readonly dues: DueDates;
  /** Last day to complete papers asked for at reception. */
  readonly supplementUntil: string | null;
}

interface Of {
  readonly catalogue: Catalogue;
  readonly chain: ChainCode;
  /** Clean values, `paper.*` among them. */
  readonly form: Form;
  readonly received: LocalTime;
}

/** undefined: no regime of linked procedures on that day. */
export function intakeCase({ catalogue, chain, form, received }: Of): IntakeCase | undefined {
  const regime = regimeOn(catalogue, received.date);
  if (!regime) return undefined;
  const rule = regime.chains[chain];
  const clock = { catalogue, chain: rule, receivedOn: received.date, calendar: calendarOf(catalogue) };
  const wanted = wantedComponents(rule, form);
  const components = [...wanted];
  const facts = caseFacts(chain, form, { receivedOn: received.date, components });
  const papers = checklist({ catalogue, chain, form, facts, receivedOn: received.date, components }).filter(
    (line) => line.needed,
  );
  return {
    regime,
    rule,
    clock,
    wanted,
    facts,
    papers,
    missing: missingPapers(papers),
    dues: dueDates(clock, wanted, received),
    supplementUntil: supplementUntil(received.date, clock),
  };
}

/** `null` for "đủ cả": every required paper that is missing was handed in as an original. */
export function allHandedIn(papers: readonly ChecklistLine[]): Record<string, PaperState> {
  return Object.fromEntries(missingPapers(papers).map((line) => [`paper.${line.code}`, 'original']));
}

export interface FuneralSuggestion {
  readonly sum: SuggestedSum;
  readonly cremation: readonly SuggestedSum[];
  /** The sum on the form; null where none is typed. */
  readonly entered: number | null;
}

/** What mai táng would be, by group and day of death; undefined while it is not asked for or the group is not chosen. */
export function funeralSuggestion(catalogue: Catalogue, form: Form): FuneralSuggestion | undefined {
  const group = form['funeral.group'] ?? '';
  const diedOn = form['death.date'] ?? '';
  if (form['request.funeral'] !== '1' || group === '' || !isLocalDate(diedOn)) return undefined;
  const entered = form['funeral.amount'];
  return {
    sum: funeralSum({ catalogue, group, diedOn }),
    cremation: form['funeral.cremation'] === '1' ? cremationSums({ catalogue, diedOn }) : [],
    entered: entered === undefined ? null : Number(entered),
  };
}
