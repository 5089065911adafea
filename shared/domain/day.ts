/**
 * Chốt ngày: what one machine wrote on one day against what the city holds of it. A day is closed when every difference is
 * explained; closing it again is a new revision. The closing itself is not among what is counted.
 */
import { z } from 'zod';
import { localTime } from '../lib/local-date.ts';
import type { ProblemCode } from '../problem.ts';
import type { Event } from './event.ts';

export const differenceKinds = [
  /** Events that have not left this machine. */
  'waiting',
  /** Returned, in conflict or held, and nobody has answered them yet. */
  'returned',
  /** The city was not asked since the last sending. */
  'no_digest',
  /** The city signed for it and does not name it. */
  'digest_lacks',
  /** The city holds what this machine does not: its store was put back. */
  'digest_more',
  /** The same event with another content. */
  'digest_differs',
] as const;
type DifferenceKind = (typeof differenceKinds)[number];

const amount = z.int().min(0).max(1_000_000);

/** Body of `day.close`; the subject is `<office>/<device>/<day>`. */
export const dayBody = z.object({
  day: z.iso.date(),
  entered: amount,
  sent: amount,
  accepted: amount,
  /** Returned, in conflict or held, answered since or not. */
  returned: amount,
  waiting: amount,
  /** SHA-256 of `digestText` of what the city named; null = the city was not asked since the last sending. */
  digestHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  /** Each with the number of events that it is about and the words of who closed the day. */
  differences: z
    .array(z.strictObject({ kind: z.enum(differenceKinds), n: amount, note: z.string().min(1).max(300) }))
    .max(differenceKinds.length),
});
export type DayBody = z.infer<typeof dayBody>;

export interface Day extends DayBody {
  readonly id: string;
  readonly revision: number;
  readonly office: string;
  readonly device: string;
  readonly closedAt: string;
  readonly closedBy: string;
}

export function dayId({ office, device, day }: Pick<Day, 'office' | 'device' | 'day'>): string {
  return `${office}/${device}/${day}`;
}

export function projectDay(event: Event, before: Day | undefined): Day | undefined {
  if (event.verb !== 'day.close') return before && { ...before, revision: before.revision + 1 };
  return {
    ...dayBody.parse(event.body),
    id: event.subject.id,
    revision: (before?.revision ?? 0) + 1,
    office: event.office,
    device: event.device,
    closedAt: event.at,
    closedBy: event.actor.name,
  };
}

/** What is wrong with a closing: figures that do not add up, a difference that follows from them without a word; null = nothing. */
export function dayProblem(
  event: Pick<Event, 'at' | 'office' | 'device' | 'subject'>,
  body: DayBody,
): { readonly code: ProblemCode; readonly field: string } | null {
  if (event.subject.id !== dayId({ ...event, day: body.day }))
    return { code: 'EVENT_BODY_INVALID', field: 'subject' };
  if (body.day > localTime(Date.parse(event.at)).date) return { code: 'DAY_IN_FUTURE', field: 'day' };
  const { entered, sent, accepted, returned, waiting, differences } = body;
  if (entered !== sent + waiting) return { code: 'EVENT_BODY_INVALID', field: 'entered' };
  if (sent !== accepted + returned) return { code: 'EVENT_BODY_INVALID', field: 'sent' };
  const explained = new Set(differences.map((d) => d.kind));
  if (explained.size < differences.length) return { code: 'EVENT_BODY_INVALID', field: 'differences' };
  if (waiting > 0 && !explained.has('waiting')) return { code: 'DAY_UNEXPLAINED', field: 'waiting' };
  if (body.digestHash === null && !explained.has('no_digest'))
    return { code: 'DAY_UNEXPLAINED', field: 'no_digest' };
  return null;
}

/** One own event of the day, as this machine has it. */
export interface DayEvent {
  readonly id: string;
  /** Of each place on which it was written: after a recovery the city's first copy may be the one of a later stream. */
  readonly hashes: readonly string[];
  readonly verb: string;
  /** The city's word; null while it waits. */
  readonly verdict: string | null;
  /** City's time of that word. */
  readonly at: string | null;
  /** It came back and nobody has answered it. */
  readonly open: boolean;
}
/** What the city holds of this machine's day, at its own time. */
export interface CityDay {
  readonly at: string;
  readonly events: readonly { readonly id: string; readonly hash: string; readonly verb: string | null }[];
}

type DayFigures = Pick<DayBody, 'day' | 'entered' | 'sent' | 'accepted' | 'returned' | 'waiting'>;
export interface Difference {
  readonly kind: DifferenceKind;
  /** Ids of the events that it is about, in their order. */
  readonly events: readonly string[];
}

const counts = (event: { readonly verb: string | null }) => event.verb !== 'day.close';

export function dayFigures(day: string, all: readonly DayEvent[]): DayFigures {
  const events = all.filter(counts);
  const of = (test: (verdict: string | null) => boolean) => events.filter((e) => test(e.verdict)).length;
  const waiting = of((v) => v === null);
  const accepted = of((v) => v === 'accepted' || v === 'merged');
  const [entered, sent] = [events.length, events.length - waiting];
  return { day, entered, sent, accepted, returned: sent - accepted, waiting };
}

/** Every difference, each kind once; none = all that was written that day lies at the city. */
export function dayDifferences(all: readonly DayEvent[], city: CityDay | null): readonly Difference[] {
  const own = all.filter(counts);
  const sent = own.filter((e) => e.verdict !== null);
  const held = new Map((city?.events ?? []).filter(counts).map((e) => [e.id, e.hash]));
  // What was signed after the city was asked cannot stand in its answer.
  const late = sent.some((e) => city === null || (e.at ?? '') > city.at);
  const asked = city === null ? [] : sent.filter((e) => (e.at ?? '') <= city.at);
  const known = new Set(own.map((e) => e.id));
  const ids: Readonly<Record<DifferenceKind, readonly string[]>> = {
    waiting: own.filter((e) => e.verdict === null).map((e) => e.id),
    returned: own.filter((e) => e.open).map((e) => e.id),
    no_digest: late || city === null ? sent.filter((e) => !held.has(e.id)).map((e) => e.id) : [],
    digest_lacks: asked.filter((e) => !held.has(e.id)).map((e) => e.id),
    digest_more: [...held.keys()].filter((id) => !known.has(id)),
    digest_differs: asked.filter((e) => differs(e, held.get(e.id))).map((e) => e.id),
  };
  return differenceKinds
    .filter((kind) => ids[kind].length > 0 || (kind === 'no_digest' && city === null))
    .map((kind) => ({ kind, events: ids[kind] }));
}

function differs({ hashes }: DayEvent, held: string | undefined): boolean {
  return held !== undefined && !hashes.includes(held);
}

/** Whether the city's answer is as new as its last receipt for this day. */
export function isDigestNew(differences: readonly Difference[]): boolean {
  return !differences.some((d) => d.kind === 'no_digest');
}

/** What `digestHash` seals: id and content of every event that the city named, closings left out. */
export function digestText({ events }: Pick<CityDay, 'events'>): string {
  return events
    .filter(counts)
    .map((e) => `${e.id} ${e.hash}`)
    .sort()
    .join('\n');
}
