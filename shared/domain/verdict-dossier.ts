/** What is wrong with an event of a dossier, as the city sees it; null = nothing. */
import type { z } from 'zod';
import { catalogue } from '../catalogue/catalogue.ts';
import { type ChainRule, isValidOn } from '../catalogue/law.ts';
import { officesInCharge } from '../catalogue/successors.ts';
import { isCommune, unitByKey, unitOn } from '../catalogue/units.ts';
import type { ProblemCode } from '../problem.ts';
import { allowedActions } from './allowed-actions.ts';
import { annotationProblem } from './annotation.ts';
import { attachBody, detachBody, isPaper } from './attached-file.ts';
import {
  type AddedComponent,
  actBody,
  annotateBody,
  correctBody,
  type Dossier,
  isAnnotation,
  receiveBody,
} from './dossier.ts';
import { fieldRule } from './dossier-form.ts';
import type { Event } from './event.ts';
import { missingNeed } from './plan-act.ts';
import type { Subject } from './project.ts';
import { readForm, stops } from './read-form.ts';
import { choiceProblem, resolveBody } from './resolve.ts';
import { mayHandle, officesSeeing, transferBody, transferProblem } from './transfer.ts';
import type { Role } from './verbs.ts';

export type Wrong = { readonly code: ProblemCode; readonly field: string } | null;

export function badShape(error: z.ZodError): Wrong {
  return { code: 'EVENT_BODY_INVALID', field: error.issues[0]?.path.join('.') ?? '' };
}

export function wrongReceive(event: Event): Wrong {
  const parsed = receiveBody.safeParse(event.body);
  if (!parsed.success) return badShape(parsed.error);
  const body = parsed.data;
  const regime = catalogue.regimes.find((r) => r.id === body.regime);
  if (!regime || !isValidOn(regime, body.receivedOn)) return { code: 'NO_REGIME', field: 'regime' };
  const known = new Set(regime.chains[body.chain].components.map((c) => c.code));
  const codes = body.components.map((c) => c.code);
  const lost = body.components.some((c) => c.waitsFor !== null && !codes.includes(c.waitsFor));
  if (lost || new Set(codes).size < codes.length || codes.some((code) => !known.has(code)))
    return { code: 'EVENT_BODY_INVALID', field: 'components' };
  const commune = unitByKey(body.commune);
  if (!commune || !isCommune(commune) || unitOn(commune.code, body.receivedOn)?.key !== commune.key)
    return { code: 'COMMUNE_UNKNOWN', field: 'commune' };
  if (!officesInCharge(commune.key, body.receivedOn).includes(event.office))
    return { code: 'EVENT_WRONG_OFFICE', field: 'commune' };
  const stop = stops(readForm(body.chain, body.form, body.receivedOn, regime.chains[body.chain]))[0];
  return stop ? { code: stop.code, field: stop.field } : null;
}

export function wrongCorrection(event: Event, current: Subject | undefined): Wrong {
  const parsed = correctBody.safeParse(event.body);
  if (!parsed.success) return badShape(parsed.error);
  if (current?.kind !== 'dossier') return { code: 'EVENT_BASE_UNKNOWN', field: 'base' };
  return (
    wrongAdded(current.state, parsed.data.added ?? []) ??
    foreign(event, current.state) ??
    wrongChanges(current.state, parsed.data.changes)
  );
}

function ruleOf({ chain, regime }: Dossier): ChainRule | undefined {
  return catalogue.regimes.find((r) => r.id === regime)?.chains[chain];
}

function wrongAdded(dossier: Dossier, added: readonly AddedComponent[]): Wrong {
  const rule = ruleOf(dossier);
  const strange = added.find((c) => !rule?.components.some((known) => known.code === c.code));
  if (strange) return { code: 'COMPONENT_UNKNOWN', field: strange.code };
  const there = new Set([...dossier.components, ...added].map((c) => c.code));
  const lost = added.find((c) => c.waitsFor !== null && !there.has(c.waitsFor));
  return lost ? { code: 'COMPONENT_UNKNOWN', field: lost.code } : null;
}

function wrongChanges(dossier: Dossier, changes: Readonly<Record<string, string>>): Wrong {
  const { chain, receivedOn, form } = dossier;
  const rule = ruleOf(dossier);
  for (const key of Object.keys(changes))
    if (isAnnotation(key) || !fieldRule(chain, key)) return { code: 'EVENT_BODY_INVALID', field: key };
  const after = Object.fromEntries(Object.entries({ ...form, ...changes }).filter(([, v]) => v !== ''));
  // An old fault elsewhere in the form blocks nobody; a new one does, even where it shows at a field that was not changed.
  const old = new Set(stops(readForm(chain, form, receivedOn, rule)).map((p) => `${p.field} ${p.code}`));
  const stop = stops(readForm(chain, after, receivedOn, rule)).find(
    (p) => p.field in changes || !old.has(`${p.field} ${p.code}`),
  );
  return stop ? { code: stop.code, field: stop.field } : null;
}

/** A dossier is touched by the offices in charge of the ward that has it now; who had it before is told who has it. */
function foreign(event: Event, dossier: Dossier): Wrong {
  if (mayHandle(event.office, dossier)) return null;
  const had = officesSeeing(dossier).includes(event.office);
  return { code: had ? 'DOSSIER_HANDED_OVER' : 'EVENT_WRONG_OFFICE', field: 'office' };
}

export function wrongAnnotation(event: Event, current: Subject | undefined): Wrong {
  const parsed = annotateBody.safeParse(event.body);
  if (!parsed.success) return badShape(parsed.error);
  if (current?.kind !== 'dossier') return { code: 'EVENT_BASE_UNKNOWN', field: 'base' };
  return foreign(event, current.state) ?? wrongAnnotationKey(parsed.data.changes, current.state);
}

function wrongAnnotationKey(changes: Readonly<Record<string, string>>, { chain }: Dossier): Wrong {
  const strange = Object.entries(changes).find(([key, value]) => annotationProblem(chain, key, value));
  return strange ? { code: 'EVENT_BODY_INVALID', field: strange[0] } : null;
}

export function wrongAct(event: Event, current: Subject | undefined, role: Role): Wrong {
  const parsed = actBody.safeParse(event.body);
  if (!parsed.success) return badShape(parsed.error);
  if (current?.kind !== 'dossier') return { code: 'EVENT_BASE_UNKNOWN', field: 'base' };
  const { state } = current;
  const { action, components, dues, on, changes } = parsed.data;
  const stranger = foreign(event, state);
  if (stranger) return stranger;
  if (on < state.receivedOn) return { code: 'STEP_BEFORE_RECEIVED', field: 'on' };
  const known = new Set(state.components.map((c) => c.code));
  const strange = [...components, ...dues.map((d) => d.code)].find((code) => !known.has(code));
  if (strange !== undefined) return { code: 'COMPONENT_UNKNOWN', field: strange };
  const allowed =
    allowedActions(state, { role, office: event.office }, on).find((a) => a.action === action)?.components ??
    [];
  const refused = components.find((code) => !allowed.includes(code));
  if (refused !== undefined) return { code: 'ACTION_NOT_ALLOWED', field: `component/${refused}` };
  const need = missingNeed({ ...parsed.data, newDue: dues[0]?.due ?? undefined });
  if (need) return { code: need, field: 'step' };
  return changes ? wrongAnnotationKey(changes, state) : null;
}

/** Keeping the city's version changes nothing, so who has handed the dossier over may still close what came back to him. */
export function wrongResolve(event: Event, current: Subject | undefined): Wrong {
  const parsed = resolveBody.safeParse(event.body);
  if (!parsed.success) return badShape(parsed.error);
  if (current?.kind !== 'dossier') return { code: 'EVENT_BASE_UNKNOWN', field: 'base' };
  const choice = choiceProblem(parsed.data);
  if (choice) return choice;
  const stranger = foreign(event, current.state);
  if (stranger && (parsed.data.kept !== 'city' || stranger.code !== 'DOSSIER_HANDED_OVER')) return stranger;
  const { changes, added = [] } = parsed.data;
  const notes = Object.entries(changes).filter(([key]) => isAnnotation(key));
  const fields = Object.entries(changes).filter(([key]) => !isAnnotation(key));
  return (
    wrongAdded(current.state, added) ??
    wrongAnnotationKey(Object.fromEntries(notes), current.state) ??
    (fields.length > 0 ? wrongChanges(current.state, Object.fromEntries(fields)) : null)
  );
}

export function wrongTransfer(event: Event, current: Subject | undefined): Wrong {
  const parsed = transferBody.safeParse(event.body);
  if (!parsed.success) return badShape(parsed.error);
  if (current?.kind !== 'dossier') return { code: 'EVENT_BASE_UNKNOWN', field: 'base' };
  return foreign(event, current.state) ?? transferProblem(current.state, parsed.data);
}

export function wrongAttach(event: Event, current: Subject | undefined): Wrong {
  const parsed = attachBody.safeParse(event.body);
  if (!parsed.success) return badShape(parsed.error);
  if (current?.kind !== 'dossier') return { code: 'EVENT_BASE_UNKNOWN', field: 'base' };
  const { paper } = parsed.data;
  const known = paper === null || isPaper(current.state.chain, paper);
  return foreign(event, current.state) ?? (known ? null : { code: 'EVENT_BODY_INVALID', field: 'paper' });
}

export function wrongDetach(event: Event, current: Subject | undefined): Wrong {
  const parsed = detachBody.safeParse(event.body);
  if (!parsed.success) return badShape(parsed.error);
  if (current?.kind !== 'dossier') return { code: 'EVENT_BASE_UNKNOWN', field: 'base' };
  const { sha256 } = parsed.data;
  const there = current.state.files.some((f) => f.sha256 === sha256);
  return (
    foreign(event, current.state) ?? (there ? null : { code: 'SCAN_NOT_ATTACHED', field: `file/${sha256}` })
  );
}
