/** From what a clerk asks for to the body of `dossier.act`: checked against the state, with the clocks that it moves. */
import { type Limit, numberOn } from '../catalogue/law.ts';
import type { LocalDate, LocalTime } from '../lib/local-date.ts';
import { fail, type ProblemCode } from '../problem.ts';
import { type Action, actionRules } from './action-rules.ts';
import { allowedActions } from './allowed-actions.ts';
import {
  type ClockRules,
  dueAfterPause,
  dueFrom,
  dueWhenComplete,
  type Pause,
  supplementUntil,
} from './deadline.ts';
import { type ActBody, componentOutcome, type Dossier, type DossierComponent } from './dossier.ts';
import type { Role } from './verbs.ts';

/** What a clerk says of a step. Blank texts are absent. */
export interface ActRequest {
  readonly action: Action;
  readonly components: readonly string[];
  readonly at: LocalTime;
  readonly reason?: string | undefined;
  readonly reasonCode?: string | undefined;
  readonly items?: readonly string[] | undefined;
  readonly papers?: readonly string[] | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly obstacle?: string | undefined;
  readonly newDue?: LocalDate | undefined;
  readonly changes?: Readonly<Record<string, string>> | undefined;
}

type Due = ActBody['dues'][number];

/** Fails with the problem that a clerk can mend; the dossier's own regime gives the clocks. */
export function planAct(
  dossier: Dossier,
  request: ActRequest,
  by: { role: Role; office: string; rules: ClockRules },
): ActBody {
  const components = withDependents(dossier, request);
  requireAllowed(dossier, request, { ...by, components });
  requireNeeds(dossier, request);
  const chosen = dossier.components.filter((c) => components.includes(c.code));
  const clocks = movedClocks(dossier, chosen, request, by.rules);
  const { reason, reasonCode, items, papers, from, to, obstacle, changes, action, at } = request;
  const until = action === 'ask_supplement' ? supplementUntil(at.date, by.rules) : null;
  return {
    action,
    components: [...components],
    on: at.date,
    time: at.time,
    ...clocks,
    ...(reason && { reason }),
    ...(reasonCode && { reasonCode }),
    ...(items && items.length > 0 && { items: [...items] }),
    ...(papers && papers.length > 0 && { papers: [...papers] }),
    ...(from && { from }),
    ...(to && { to }),
    ...(obstacle && { obstacle }),
    ...(until && { until }),
    ...(changes && Object.keys(changes).length > 0 && { changes: { ...changes } }),
  };
}

/** Where the first step of a chain is refused, stopped or withdrawn, what waits for it can never begin. */
function withDependents(
  { components }: Dossier,
  { action, components: chosen }: ActRequest,
): readonly string[] {
  const taken = new Set(chosen);
  if (!['refuse', 'stop', 'withdraw'].includes(action)) return [...taken];
  // A component stands behind the one that it waits for, so one pass reaches also those that wait for a waiting one.
  for (const c of components) if (waitsForOneOf(c, taken)) taken.add(c.code);
  return [...taken];
}

function waitsForOneOf(component: DossierComponent, codes: Pick<ReadonlySet<string>, 'has'>): boolean {
  const { waitsFor, startedOn } = component;
  return startedOn === null && waitsFor !== null && codes.has(waitsFor) && isOpen(component);
}

function isOpen(component: DossierComponent): boolean {
  return componentOutcome(component.state) === 'under_way';
}

function requireAllowed(
  dossier: Dossier,
  { action, at }: ActRequest,
  { components, ...by }: { role: Role; office: string; components: readonly string[] },
): void {
  if (components.length === 0) fail('COMPONENT_UNKNOWN');
  if (at.date < dossier.receivedOn) fail('STEP_BEFORE_RECEIVED');
  const allowed = allowedActions(dossier, by, at.date).find((a) => a.action === action)?.components ?? [];
  for (const code of components) {
    const component = dossier.components.find((c) => c.code === code) ?? fail('COMPONENT_UNKNOWN');
    if (actionRules[action].from.includes(component.state) && at.date < component.since)
      fail('STEP_BEFORE_LAST', { component: code });
    if (!allowed.includes(code)) fail('ACTION_NOT_ALLOWED', { action, component: code });
  }
}

const missing = {
  reason: 'REASON_REQUIRED',
  items: 'ITEMS_REQUIRED',
  to: 'AGENCY_REQUIRED',
  new_due: 'NEW_DUE_REQUIRED',
  obstacle: 'OBSTACLE_REQUIRED',
} as const satisfies Record<string, ProblemCode>;

type Said = Pick<ActRequest, 'action' | 'reason' | 'items' | 'to' | 'newDue' | 'obstacle'>;

/** What the step must carry and does not, as the problem to show; null = nothing. */
export function missingNeed(said: Said): ProblemCode | null {
  const given = {
    reason: Boolean(said.reason),
    items: (said.items?.length ?? 0) > 0,
    to: Boolean(said.to),
    new_due: Boolean(said.newDue),
    obstacle: Boolean(said.obstacle),
  };
  const need = actionRules[said.action].needs.find((n) => !given[n]);
  return need ? missing[need] : null;
}

function requireNeeds(dossier: Dossier, request: ActRequest): void {
  const code = missingNeed(request);
  if (code) fail(code);
  if (request.action !== 'extend' || !request.newDue) return;
  const { newDue } = request;
  const old = dossier.components.filter((c) => request.components.includes(c.code)).map((c) => c.due ?? '');
  if (old.some((due) => newDue <= due)) fail('NEW_DUE_NOT_LATER');
}

type Clocks = Pick<ActBody, 'dues' | 'chainDue'>;

function movedClocks(
  dossier: Dossier,
  chosen: readonly DossierComponent[],
  request: ActRequest,
  rules: ClockRules,
): Clocks {
  const { action, at, newDue = '' } = request;
  if (action === 'extend') return extendedClocks(dossier, chosen, newDue, rules);
  if (actionRules[action].to === 'same') return { dues: [] };
  // Whatever ends the waiting for papers, a refusal too: the citizen's time was never the office's.
  const paused = pausedClocks(dossier, chosen, at, rules);
  const ends = new Map(paused.dues.flatMap((d) => (d.due === null ? [] : [[d.code, d.due]])));
  if (action === 'result_received') for (const c of chosen) ends.set(c.code, at.date);
  return { ...paused, dues: [...paused.dues, ...followers(dossier, ends, rules)] };
}

/** Due days of what waits: counted from the end, or the new due day, of the component that it waits for. */
function followers(
  { components }: Dossier,
  ends: ReadonlyMap<string, LocalDate>,
  rules: ClockRules,
): readonly Due[] {
  const known = new Map(ends);
  return components.flatMap((c): Due[] => {
    const limit = limitOf(c, rules);
    if (known.has(c.code) || !limit || !waitsForOneOf(c, known)) return [];
    const due = dueFrom(limit, known.get(c.waitsFor ?? '') ?? '', rules);
    if (due !== null) known.set(c.code, due);
    return due === c.due ? [] : [{ code: c.code, due }];
  });
}

function limitOf({ code }: DossierComponent, { chain }: ClockRules): Limit | undefined {
  return chain.components.find((rule) => rule.code === code)?.limit;
}

/** Supplement time is taken off the clock of each component that stood still, and once off the chain's. */
function pausedClocks(
  dossier: Dossier,
  chosen: readonly DossierComponent[],
  arrived: LocalTime,
  rules: ClockRules,
): Clocks {
  const waited = chosen.filter((c) => c.state === 'supplement');
  const dues = waited.flatMap((c): Due[] => {
    // A clock that has not begun does not stand still: it follows the component that it waits for.
    if (c.due === null || c.startedOn === null) return [];
    const asked = c.askedOn > c.startedOn ? c.askedOn : c.startedOn;
    const due =
      limitOf(c, rules)?.kind === 'same_day'
        ? dueWhenComplete(c.due, asked, arrived, rules)
        : dueAfterPause(c.due, [{ asked, arrived: arrived.date }], rules.calendar);
    return due === c.due ? [] : [{ code: c.code, due }];
  });
  if (dossier.due === null || waited.length === 0) return { dues };
  const now = waited.map((c) => ({ asked: c.askedOn, arrived: arrived.date }));
  const chainDue = dueAfterPause(dossier.due, now, rules.calendar, pausesBefore(dossier));
  return chainDue === dossier.due ? { dues } : { dues, chainDue };
}

/** The pauses that are over, component by component, from the steps. */
function pausesBefore({ steps, components }: Dossier): readonly Pause[] {
  return components.flatMap(({ code }) => {
    const over: Pause[] = [];
    let asked: LocalDate | null = null;
    for (const { action, on } of steps.filter((s) => s.components.includes(code))) {
      if (action === 'ask_supplement') asked = on;
      else if (asked !== null && actionRules[action].to !== 'same') {
        over.push({ asked, arrived: on });
        asked = null;
      }
    }
    return over;
  });
}

/** The new day that Mẫu 04 asks for; the chain never ends before its components. */
function extendedClocks(
  dossier: Dossier,
  chosen: readonly DossierComponent[],
  newDue: LocalDate,
  rules: ClockRules,
): Clocks {
  const ends = new Map(chosen.map((c) => [c.code, newDue]));
  const dues = [...chosen.map((c) => ({ code: c.code, due: newDue })), ...followers(dossier, ends, rules)];
  return dossier.due !== null && dossier.due < newDue ? { dues, chainDue: newDue } : { dues };
}

/** What a clerk should know before the step is recorded; nothing here refuses it. */
export function actWarnings(
  dossier: Dossier,
  request: ActRequest,
  rules: ClockRules,
): readonly ProblemCode[] {
  const chosen = dossier.components.filter((c) => request.components.includes(c.code));
  const warnings: ProblemCode[] = [];
  // The index counts requests of the dossier, whichever component they name.
  if (request.action === 'ask_supplement' && dossier.steps.some((s) => s.action === 'ask_supplement'))
    warnings.push('SUPPLEMENT_SECOND');
  if (request.action === 'extend') {
    const before = dossier.steps.filter((s) => s.action === 'extend').length;
    const legal = numberOn(rules.catalogue, 'reception.extensions', rules.receivedOn) ?? 1;
    if (before >= legal) warnings.push('EXTENSION_AGAIN');
    if (chosen.some((c) => c.due !== null && c.due < request.at.date)) warnings.push('EXTENSION_AFTER_DUE');
  }
  if (request.action === 'refuse' && chosen.some((c) => stillMayComplete(c, request.at.date, rules)))
    warnings.push('REFUSAL_BEFORE_SUPPLEMENT_END');
  return warnings;
}

function stillMayComplete(component: DossierComponent, on: LocalDate, rules: ClockRules): boolean {
  if (component.state !== 'supplement') return false;
  const until = supplementUntil(component.askedOn, rules);
  return until !== null && on <= until;
}
