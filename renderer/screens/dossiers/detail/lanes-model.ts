/** The life of a component as stretches of time, and the day strip that they are drawn on. */
import type { DossierDetail } from '../../../../shared/contract/ipc/dossier.ts';
import { actionRules, type ComponentState } from '../../../../shared/domain/action-rules.ts';
import { componentOutcome } from '../../../../shared/domain/dossier.ts';
import { addDays, daysBetween, type LocalDate } from '../../../../shared/lib/local-date.ts';

type Component = DossierDetail['components'][number];
type Step = DossierDetail['steps'][number];

/** One state of a component, from a day to a day, both included. */
export interface Stretch {
  readonly state: ComponentState;
  readonly from: LocalDate;
  readonly to: LocalDate;
  /** Agency where it lay; '' = here. */
  readonly at: string;
}

interface Now {
  readonly state: ComponentState;
  readonly since: LocalDate;
  readonly begun: boolean;
  readonly at: string;
}

function after(component: Component, { state, begun, since, at }: Now, step: Step): Now {
  if (!step.components.includes(component.code)) {
    const starts =
      !begun && step.action === 'result_received' && step.components.includes(component.waitsFor ?? '');
    if (!starts) return { state, since, begun, at };
    return state === 'waiting'
      ? { state: 'processing', since: step.on, begun: true, at: '' }
      : { state, since, begun: true, at };
  }
  const to = actionRules[step.action].to;
  if (to === 'same') return { state, since, begun, at };
  const running = begun ? 'processing' : 'waiting';
  const back = step.action === 'take_back' && state === 'given' ? 'done' : running;
  const next = to === 'running' ? back : to;
  return { state: next, since: step.on, begun, at: next === 'elsewhere' ? (step.to ?? '') : '' };
}

/** The states that a component went through; the last one reaches to today, an ended one stays on its day. */
export function stretches(
  component: Component,
  { receivedOn, steps }: Pick<DossierDetail, 'receivedOn' | 'steps'>,
  today: LocalDate,
): readonly Stretch[] {
  const begun = component.waitsFor === null;
  let now: Now = { state: begun ? 'processing' : 'waiting', since: receivedOn, begun, at: '' };
  const past: Stretch[] = [];
  for (const step of steps) {
    const next = after(component, now, step);
    if (next.state !== now.state || next.at !== now.at)
      past.push({ state: now.state, from: now.since, to: step.on, at: now.at });
    now = next;
  }
  const ended = componentOutcome(now.state) !== 'under_way' && now.state !== 'done';
  const last = ended || now.since > today ? now.since : today;
  return [...past, { state: now.state, from: now.since, to: last, at: now.at }];
}

export interface Strip {
  readonly from: LocalDate;
  readonly days: number;
  /** Every how many days one is written. */
  readonly every: number;
}

const FEWEST_DAYS = 7;
const MOST_WRITTEN = 10;
const STEPS = [1, 2, 7, 14, 28, 56, 112, 365];

/** From the reception to a day after the last due day, step or, while something is open, today. */
export function strip(detail: DossierDetail, today: LocalDate): Strip {
  const open = detail.outcome === 'under_way' || detail.components.some((c) => c.state === 'done');
  const days = [
    ...detail.components.flatMap((c) => [c.due, c.endedOn, c.since]),
    detail.due,
    open ? today : null,
  ].filter((day) => day !== null);
  const last = days.reduce((a, b) => (b > a ? b : a), detail.receivedOn);
  const n = Math.max(FEWEST_DAYS, daysBetween(detail.receivedOn, last) + 2);
  return { from: detail.receivedOn, days: n, every: STEPS.find((s) => n / s <= MOST_WRITTEN) ?? 365 };
}

/** Where a day begins on the strip, in percent. */
export function place({ from, days }: Strip, day: LocalDate, share: 0 | 1 = 0): number {
  const at = ((daysBetween(from, day) + share) / days) * 100;
  return Math.max(0, Math.min(100, Math.round(at * 100) / 100));
}

export function daysOf({ from, days }: Strip): readonly LocalDate[] {
  return Array.from({ length: days }, (_, i) => addDays(from, i));
}

/** The first day is day 1: "ngày thứ n". */
export function nthDay(since: LocalDate, today: LocalDate): number {
  return Math.max(1, daysBetween(since, today) + 1);
}
