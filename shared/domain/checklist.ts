/**
 * Which papers this case needs and what is missing: the law's rows of the reception date, decided by the facts of the
 * case, with what the clerk noted (`paper.<code>`, `paper.<code>.count`) on top.
 */
import {
  type Catalogue,
  type ChainCode,
  type PaperState,
  paperStates,
  type Requirement,
  validOn,
} from '../catalogue/law.ts';
import type { LocalDate } from '../lib/local-date.ts';
import { type Facts, holds } from './condition.ts';

export interface ChecklistLine
  extends Pick<
    Requirement,
    'code' | 'component' | 'name' | 'because' | 'todo' | 'weight' | 'source' | 'verified'
  > {
  /** Whether the law asks for it in this case; where not, `state` is `not_applicable`. */
  readonly needed: boolean;
  readonly state: PaperState;
  readonly count: number;
}
export interface ChecklistCase {
  readonly catalogue: Catalogue;
  readonly chain: ChainCode;
  /** The dossier's flat record: only `paper.*` is read. */
  readonly form: Readonly<Record<string, string>>;
  readonly facts: Facts;
  readonly receivedOn: LocalDate;
  /** Codes of the components that the dossier has; papers of other components are no lines. */
  readonly components: readonly string[];
}

export function checklist(of: ChecklistCase): readonly ChecklistLine[] {
  return validOn(of.catalogue.requirements, of.receivedOn)
    .filter((r) => r.chain === of.chain && of.components.includes(r.component))
    .map((r) => lineOf(r, of));
}

function lineOf(rule: Requirement, { form, facts }: ChecklistCase): ChecklistLine {
  const { code, component, name, because, todo, weight, source, verified } = rule;
  const needed = holds(rule.when, facts);
  const state = needed ? (stateIn(form[`paper.${code}`]) ?? rule.initial) : 'not_applicable';
  const count = countIn(form[`paper.${code}.count`]);
  return { code, component, name, because, todo, weight, source, verified, needed, state, count };
}

function stateIn(text: string | undefined): PaperState | undefined {
  return paperStates.find((s) => s === text);
}

function countIn(text: string | undefined): number {
  return text !== undefined && /^[1-9]\d{0,2}$/.test(text) ? Number(text) : 1;
}

/** The prediction "sẽ bị trả vì thiếu …": required papers that are missing; a by-case one never is a reason for return. */
export function missingPapers(lines: readonly ChecklistLine[]): readonly ChecklistLine[] {
  return lines.filter((l) => l.weight === 'required' && l.state === 'missing');
}
