/**
 * Closing of a conflict: both versions stay in the log for ever, and a person says which counts. Nothing of the returned event was
 * applied, so "thành phố" changes nothing, and what is kept of this machine's version is set anew on the city's present state.
 */
import { z } from 'zod';
import type { ProblemCode } from '../problem.ts';
import { addedSchema, changesSchema } from './body-parts.ts';
import { MAX_TEXT } from './dossier-form.ts';

const sides = ['city', 'mine'] as const;
export type Side = (typeof sides)[number];
/** `mixed` = some fields from either side. */
export const keptKinds = ['city', 'mine', 'mixed'] as const;

export const sidesSchema = z.record(z.string().min(1).max(120), z.enum(sides));

/** Body of `dossier.resolve`; `event` = the returned one. `changes`, `added`: as in `dossier.correct`, notes too. */
export const resolveBody = z.object({
  event: z.uuid(),
  kept: z.enum(keptKinds),
  fields: sidesSchema,
  changes: changesSchema,
  added: addedSchema.optional(),
  reason: z.string().min(1).max(MAX_TEXT),
});
type ResolveBody = z.infer<typeof resolveBody>;

/** A decision (reception, step, hand-over) outranks typing: it is taken from the city, or done again as what it is. */
export function isTyping(verb: string): boolean {
  return ['dossier.correct', 'dossier.annotate', 'dossier.resolve', 'count.record', 'sheet.resolve'].includes(
    verb,
  );
}

/** What `fields` add up to; of no field at all nothing of this machine is kept. */
export function keptOf(fields: Readonly<Record<string, Side>>): (typeof keptKinds)[number] {
  const chosen = new Set(Object.values(fields));
  if (!chosen.has('mine')) return 'city';
  return chosen.has('city') ? 'mixed' : 'mine';
}

/** Fields that only a decision sets: components and their days, the unit that holds the dossier, the dossier as a whole. */
function isDecided(field: string): boolean {
  return field === '*' || field === 'due' || field === 'holder' || /^(component|due|file)\//.test(field);
}

/** What is wrong with a choice, whatever stands at the city; null = nothing. */
export function choiceProblem({
  kept,
  fields,
  changes,
  added = [],
}: Pick<ResolveBody, 'kept' | 'fields' | 'changes' | 'added'>): {
  readonly code: ProblemCode;
  readonly field: string;
} | null {
  const decided = Object.keys(fields).find((name) => fields[name] === 'mine' && isDecided(name));
  if (decided !== undefined) return { code: 'RESOLVE_CITY_ONLY', field: decided };
  if (kept !== keptOf(fields)) return { code: 'EVENT_BODY_INVALID', field: 'kept' };
  const set = Object.keys(changes)[0] ?? added[0]?.code;
  return kept === 'city' && set !== undefined ? { code: 'EVENT_BODY_INVALID', field: set } : null;
}
