/**
 * The city's verdict on one event. Whatever it is, the event is stored raw: a rejection never means loss,
 * and one bad event never blocks the rest.
 */
import { z } from 'zod';
import { regimes } from '../catalogue/regimes.ts';
import { isCommune, isWithin, unitByKey, unitOn } from '../catalogue/units.ts';
import type { ProblemCode } from '../problem.ts';
import { concludeBody, correctBody, type Dossier, receiveBody } from './dossier.ts';
import { fieldRule } from './dossier-form.ts';
import { EVENT_SCHEMA, type Event, type SubjectKind } from './event.ts';
import { type Subject, touchedFields } from './project.ts';
import { readForm, stops } from './read-form.ts';
import { countBody, isKnownCell, sheetId } from './sheet.ts';
import { type EventVerb, eventVerbs, mayDo, type Role } from './verbs.ts';

export const verdictKinds = ['accepted', 'merged', 'conflict', 'rejected', 'held'] as const;
export const verdictSchema = z.strictObject({
  kind: z.enum(verdictKinds),
  code: z.string().max(60).optional(),
  field: z.string().max(400).optional(),
  /** Revision of the subject at the city after this event (accepted, merged) or now (conflict). */
  revision: z.int().min(0),
});
export type Verdict = z.infer<typeof verdictSchema>;

export interface Case {
  readonly event: Event;
  /** Role and office as the city knows them, not as the event claims. */
  readonly sender: { readonly role: Role; readonly office: string };
  readonly current: Subject | undefined;
  /** Applied events of this subject, oldest first. */
  readonly applied: readonly Event[];
}

export function isApplied(verdict: Verdict): boolean {
  return verdict.kind === 'accepted' || verdict.kind === 'merged';
}

export function judge({ event, sender, current, applied }: Case): Verdict {
  const revision = current?.state.revision ?? 0;
  const no = (kind: 'rejected' | 'held' | 'conflict', code: ProblemCode, field?: string): Verdict => ({
    kind,
    code,
    revision,
    ...(field !== undefined && { field: field.slice(0, 400) }),
  });

  if (event.schema > EVENT_SCHEMA || !isEventVerb(event.verb)) return no('held', 'EVENT_SCHEMA_NEWER');
  if (!mayDo(sender.role, event.verb)) return no('rejected', 'FORBIDDEN');
  if (event.office !== sender.office) return no('rejected', 'EVENT_WRONG_OFFICE', 'office');
  const wrong = wrongBody(event, event.verb, current);
  if (wrong) return no('rejected', wrong.code, wrong.field);

  if (event.base > revision) return no('rejected', 'EVENT_BASE_UNKNOWN');
  // What the author's own stream brought he knew; of the others only the first `base` revisions.
  const later = applied.slice(event.base);
  // A reception opens its dossier: of one that stands already nobody needs another, not even from the same machine.
  const unseen = event.verb === 'dossier.receive' ? later : later.filter((e) => e.stream !== event.stream);
  if (unseen.length === 0) return { kind: 'accepted', revision: revision + 1 };
  const mine = new Set(touchedFields(event));
  const theirs = new Set(unseen.flatMap(touchedFields));
  const both = [...mine].filter((f) => theirs.has(f) || theirs.has('*') || f === '*');
  return both.length > 0
    ? no('conflict', 'EVENT_FIELDS_CONFLICT', both.join(', '))
    : { kind: 'merged', revision: revision + 1 };
}

function isEventVerb(verb: string): verb is EventVerb {
  return (eventVerbs as readonly string[]).includes(verb);
}

type Wrong = { readonly code: ProblemCode; readonly field: string } | null;

const subjectOf = {
  'dossier.receive': 'dossier',
  'dossier.correct': 'dossier',
  'dossier.conclude': 'dossier',
  'count.record': 'sheet',
} as const satisfies Record<EventVerb, SubjectKind>;

function wrongBody(event: Event, verb: EventVerb, current: Subject | undefined): Wrong {
  if (event.subject.kind !== subjectOf[verb]) return { code: 'EVENT_BODY_INVALID', field: 'subject' };
  switch (verb) {
    case 'dossier.receive':
      // A reception always opens its dossier: with a base it would count as a revision that changes nothing.
      return event.base > 0 ? { code: 'EVENT_BODY_INVALID', field: 'base' } : wrongReceive(event);
    case 'dossier.correct':
      return wrongCorrection(event, current);
    case 'dossier.conclude':
      return wrongConclusion(event, current);
    case 'count.record':
      return wrongCount(event);
  }
}

function badShape(error: z.ZodError): Wrong {
  return { code: 'EVENT_BODY_INVALID', field: error.issues[0]?.path.join('.') ?? '' };
}

function wrongReceive(event: Event): Wrong {
  const parsed = receiveBody.safeParse(event.body);
  if (!parsed.success) return badShape(parsed.error);
  const body = parsed.data;
  const regime = regimes.find((r) => r.id === body.regime);
  if (!regime || body.receivedOn < regime.from || (regime.to !== null && body.receivedOn > regime.to))
    return { code: 'NO_REGIME', field: 'regime' };
  const known = new Set(regime.chains[body.chain].components.map((c) => c.code));
  const codes = body.components.map((c) => c.code);
  if (new Set(codes).size < codes.length || codes.some((code) => !known.has(code)))
    return { code: 'EVENT_BODY_INVALID', field: 'components' };
  const commune = unitByKey(body.commune);
  if (!commune || !isCommune(commune) || unitOn(commune.code, body.receivedOn)?.key !== commune.key)
    return { code: 'COMMUNE_UNKNOWN', field: 'commune' };
  if (!isWithin(commune.code, event.office, body.receivedOn))
    return { code: 'EVENT_WRONG_OFFICE', field: 'commune' };
  const stop = stops(readForm(body.chain, body.form, body.receivedOn))[0];
  return stop ? { code: stop.code, field: stop.field } : null;
}

function wrongCorrection(event: Event, current: Subject | undefined): Wrong {
  const parsed = correctBody.safeParse(event.body);
  if (!parsed.success) return badShape(parsed.error);
  if (current?.kind !== 'dossier') return { code: 'EVENT_BASE_UNKNOWN', field: 'base' };
  const { chain, receivedOn, form } = current.state;
  if (isForeign(event, current.state)) return { code: 'EVENT_WRONG_OFFICE', field: 'office' };
  for (const key of Object.keys(parsed.data.changes))
    if (!fieldRule(chain, key)) return { code: 'EVENT_BODY_INVALID', field: key };
  const after = Object.fromEntries(
    Object.entries({ ...form, ...parsed.data.changes }).filter(([, v]) => v !== ''),
  );
  // An old fault elsewhere in the form blocks nobody; a new one does, even where it shows at a field that was not changed.
  const old = new Set(stops(readForm(chain, form, receivedOn)).map((p) => `${p.field} ${p.code}`));
  const stop = stops(readForm(chain, after, receivedOn)).find(
    (p) => p.field in parsed.data.changes || !old.has(`${p.field} ${p.code}`),
  );
  return stop ? { code: stop.code, field: stop.field } : null;
}

/** A dossier is touched by the office that received it and by the offices above its commune. */
function isForeign(event: Event, { office, commune, receivedOn }: Dossier): boolean {
  return office !== event.office && !isWithin(unitByKey(commune)?.code ?? '', event.office, receivedOn);
}

function wrongConclusion(event: Event, current: Subject | undefined): Wrong {
  const parsed = concludeBody.safeParse(event.body);
  if (!parsed.success) return badShape(parsed.error);
  if (current?.kind !== 'dossier') return { code: 'EVENT_BASE_UNKNOWN', field: 'base' };
  if (isForeign(event, current.state)) return { code: 'EVENT_WRONG_OFFICE', field: 'office' };
  if (parsed.data.on < current.state.receivedOn) return { code: 'CONCLUDED_BEFORE_RECEIVED', field: 'on' };
  return current.state.components.some((c) => c.code === parsed.data.component)
    ? null
    : { code: 'COMPONENT_UNKNOWN', field: 'component' };
}

function wrongCount(event: Event): Wrong {
  const parsed = countBody.safeParse(event.body);
  if (!parsed.success) return badShape(parsed.error);
  const { unit: key, asOf, cells } = parsed.data;
  const unit = unitByKey(key);
  if (!unit) return { code: 'UNIT_UNKNOWN', field: 'unit' };
  if (unitOn(unit.code, asOf)?.key !== key) return { code: 'UNIT_CLOSED', field: 'unit' };
  if (!isWithin(unit.code, event.office, asOf)) return { code: 'UNIT_OUT_OF_SCOPE', field: 'unit' };
  if (event.subject.id !== sheetId(key, asOf)) return { code: 'EVENT_BODY_INVALID', field: 'subject' };
  const strange = cells.find((c) => !isKnownCell(c));
  return strange ? { code: 'CATEGORY_UNKNOWN', field: strange.category } : null;
}
