/**
 * The city's verdict on one event. Whatever it is, the event is stored raw: a rejection never means loss,
 * and one bad event never blocks the rest.
 */
import { z } from 'zod';
import { catalogue } from '../catalogue/catalogue.ts';
import { isMeasure } from '../catalogue/categories.ts';
import { findReportDef, holdsNames } from '../catalogue/report-defs.ts';
import { isWithin, unitByKey, unitOn } from '../catalogue/units.ts';
import type { ProblemCode } from '../problem.ts';
import { clusterBody, clusterProblem } from './cluster.ts';
import { checkCorrection } from './corrected.ts';
import { dayBody, dayProblem } from './day.ts';
import { EVENT_SCHEMA, type Event, type SubjectKind } from './event.ts';
import { type Subject, touchedFields } from './project.ts';
import { frozenBody, printedBody, reportRecordId } from './report-record.ts';
import { settingBody, settingId } from './setting.ts';
import {
  allowedSheetVerbs,
  type CountBody,
  countBody,
  isKnownCell,
  isOpen,
  type SheetAbout,
  type SheetVerb,
  sheetBody,
  sheetId,
  sheetResolveBody,
  sheetRules,
  standingOf,
} from './sheet.ts';
import { targetBody, targetId } from './target.ts';
import { type EventVerb, eventVerbs, mayDo, type Role } from './verbs.ts';
import {
  badShape,
  type Wrong,
  wrongAct,
  wrongAnnotation,
  wrongAttach,
  wrongCorrection,
  wrongDetach,
  wrongReceive,
  wrongResolve,
  wrongTransfer,
} from './verdict-dossier.ts';

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
  /** Role and office as the city knows them, not as the event claims; streams that the author's own one replaced, up to where he knew them. */
  readonly sender: {
    readonly role: Role;
    readonly office: string;
    readonly lineage?: readonly { readonly stream: string; readonly upTo: number }[];
  };
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
  // What it builds on has not come yet (another desk is slower after the city was put back): it waits.
  if (event.base > revision) return no('held', 'EVENT_BASE_UNKNOWN');
  const { unseen, shared } = clash(event, applied, sender.lineage ?? []);
  const wrong = wrongBody(event, event.verb, { current, role: sender.role });
  // A step that another machine's step overtook is not the author's fault: both are laid before a person. It may have been
  // a step of another component (the result that this one waits for, taken back).
  if (wrong && overtaken.has(wrong.code) && unseen > 0)
    return no('conflict', 'EVENT_FIELDS_CONFLICT', shared.join(', ') || wrong.field);
  // The city still waits for the file itself: taking it off waits with it.
  if (wrong?.code === 'SCAN_NOT_ATTACHED') return no('held', 'FILE_MISSING');
  if (wrong) return no('rejected', wrong.code, wrong.field);
  if (shared.length > 0) return no('conflict', 'EVENT_FIELDS_CONFLICT', shared.join(', '));
  return { kind: unseen === 0 ? 'accepted' : 'merged', revision: revision + 1 };
}

/** Refusals that only say that somebody else's step came first. */
const overtaken: ReadonlySet<ProblemCode> = new Set([
  'ACTION_NOT_ALLOWED',
  'DOSSIER_HANDED_OVER',
  'TRANSFER_NOTHING_OPEN',
  'SHEET_LOCKED',
  'SHEET_STEP_NOT_ALLOWED',
  'SCAN_NOT_ATTACHED',
]);

/** How many applied events the author had not seen, and the fields that he set as well as they. */
function clash(
  event: Event,
  applied: readonly Event[],
  lineage: NonNullable<Case['sender']['lineage']>,
): { readonly unseen: number; readonly shared: readonly string[] } {
  // What he wrote before on his own stream the author knew; of the others only the first `base` revisions. One that waited
  // meets what he wrote after it as something that he had not seen: the older word never covers the newer one.
  const own = (e: Event) =>
    (e.stream === event.stream && e.seq <= event.seq) ||
    lineage.some(({ stream, upTo }) => e.stream === stream && e.seq <= upTo);
  const later = applied.slice(event.base);
  // A reception opens its dossier: of one that stands already nobody needs another, not even from the same machine.
  const unseen = event.verb === 'dossier.receive' ? later : later.filter((e) => !own(e));
  const theirs = new Set(unseen.flatMap(touchedFields));
  const mine = unseen.length === 0 ? [] : touchedFields(event);
  const shared = [...new Set(mine)].filter((f) => theirs.has(f) || theirs.has('*') || f === '*');
  return { unseen: unseen.length, shared };
}

function isEventVerb(verb: string): verb is EventVerb {
  return (eventVerbs as readonly string[]).includes(verb);
}

const subjectOf = {
  'dossier.receive': 'dossier',
  'dossier.correct': 'dossier',
  'dossier.annotate': 'dossier',
  'dossier.act': 'dossier',
  'dossier.resolve': 'dossier',
  'dossier.transfer': 'dossier',
  'dossier.attach': 'dossier',
  'dossier.detach': 'dossier',
  'count.record': 'sheet',
  'sheet.lock': 'sheet',
  'sheet.approve': 'sheet',
  'sheet.return': 'sheet',
  'sheet.unlock': 'sheet',
  'sheet.resolve': 'sheet',
  'target.set': 'target',
  'cluster.set': 'setting',
  'report.print': 'report',
  'report.freeze': 'report',
  'catalogue.correct': 'setting',
  'day.close': 'day',
} as const satisfies Record<EventVerb, SubjectKind>;

function wrongBody(
  event: Event,
  verb: EventVerb,
  { current, role }: { current: Subject | undefined; role: Role },
): Wrong {
  if (event.subject.kind !== subjectOf[verb]) return { code: 'EVENT_BODY_INVALID', field: 'subject' };
  switch (verb) {
    case 'dossier.receive':
      // A reception always opens its dossier: with a base it would count as a revision that changes nothing.
      return event.base > 0 ? { code: 'EVENT_BODY_INVALID', field: 'base' } : wrongReceive(event);
    case 'dossier.correct':
      return wrongCorrection(event, current);
    case 'dossier.annotate':
      return wrongAnnotation(event, current);
    case 'dossier.act':
      return wrongAct(event, current, role);
    case 'dossier.resolve':
      return wrongResolve(event, current);
    case 'dossier.transfer':
      return wrongTransfer(event, current);
    case 'dossier.attach':
      return wrongAttach(event, current);
    case 'dossier.detach':
      return wrongDetach(event, current);
    case 'count.record':
      return wrongCount(event, current);
    case 'sheet.lock':
    case 'sheet.approve':
    case 'sheet.return':
    case 'sheet.unlock':
      return wrongSheetStep(event, verb, { current, role });
    case 'sheet.resolve':
      return wrongSheetResolve(event, current);
    case 'target.set':
      return wrongTarget(event);
    case 'cluster.set':
      return wrongCluster(event, current);
    case 'report.print':
    case 'report.freeze':
      return wrongReport(event, verb);
    case 'catalogue.correct':
      return wrongSetting(event);
    case 'day.close':
      return wrongDay(event);
  }
}

function wrongSetting(event: Event): Wrong {
  const parsed = settingBody.safeParse(event.body);
  if (!parsed.success) return badShape(parsed.error);
  if (event.subject.id !== settingId(event.office)) return { code: 'EVENT_BODY_INVALID', field: 'subject' };
  for (const correction of parsed.data.corrections) {
    const code = checkCorrection(catalogue, correction);
    if (code) return { code, field: correction.key };
  }
  return null;
}

function wrongDay(event: Event): Wrong {
  const parsed = dayBody.safeParse(event.body);
  return parsed.success ? dayProblem(event, parsed.data) : badShape(parsed.error);
}

function wrongCount(event: Event, current: Subject | undefined): Wrong {
  const parsed = countBody.safeParse(event.body);
  return parsed.success ? wrongCells(event, current, parsed.data) : badShape(parsed.error);
}

function wrongSheetResolve(event: Event, current: Subject | undefined): Wrong {
  const parsed = sheetResolveBody.safeParse(event.body);
  if (!parsed.success) return badShape(parsed.error);
  if (current?.kind !== 'sheet') return { code: 'EVENT_BASE_UNKNOWN', field: 'base' };
  const { kept, cells } = parsed.data;
  if ((kept === 'city') !== (cells.length === 0)) return { code: 'EVENT_BODY_INVALID', field: 'kept' };
  return kept === 'city' ? wrongSheet(event, parsed.data) : wrongCells(event, current, parsed.data);
}

function wrongCells(
  event: Event,
  current: Subject | undefined,
  about: SheetAbout & Pick<CountBody, 'cells'>,
): Wrong {
  const { form, cells } = about;
  const wrong = wrongSheet(event, about);
  if (wrong) return wrong;
  const strange = cells.find((c) => !isKnownCell(form, c));
  if (strange) return { code: 'CATEGORY_UNKNOWN', field: strange.category };
  return current?.kind === 'sheet' && !isOpen(current.state)
    ? { code: 'SHEET_LOCKED', field: 'status' }
    : null;
}

/** The sheet names a unit of that day below (or is) the office that writes. */
function wrongSheet(event: Event, about: SheetAbout): Wrong {
  const { unit: key, asOf } = about;
  const unit = unitByKey(key);
  if (!unit) return { code: 'UNIT_UNKNOWN', field: 'unit' };
  if (unitOn(unit.code, asOf)?.key !== key) return { code: 'UNIT_CLOSED', field: 'unit' };
  if (!isWithin(unit.code, event.office, asOf)) return { code: 'UNIT_OUT_OF_SCOPE', field: 'unit' };
  return event.subject.id === sheetId(about) ? null : { code: 'EVENT_BODY_INVALID', field: 'subject' };
}

function wrongSheetStep(
  event: Event,
  verb: SheetVerb,
  { current, role }: { current: Subject | undefined; role: Role },
): Wrong {
  const parsed = sheetBody.safeParse(event.body);
  if (!parsed.success) return badShape(parsed.error);
  const wrong = wrongSheet(event, parsed.data);
  if (wrong) return wrong;
  if (current?.kind !== 'sheet') return { code: 'EVENT_BASE_UNKNOWN', field: 'base' };
  const { unit, reason } = parsed.data;
  if (sheetRules[verb].reason && !reason) return { code: 'REASON_REQUIRED', field: 'reason' };
  const standing = { role, ...standingOf(event.office, unit) };
  return allowedSheetVerbs(current.state, standing).includes(verb)
    ? null
    : { code: 'SHEET_STEP_NOT_ALLOWED', field: 'status' };
}

function wrongTarget(event: Event): Wrong {
  const parsed = targetBody.safeParse(event.body);
  if (!parsed.success) return badShape(parsed.error);
  const { unit, category, measure, from } = parsed.data;
  if (event.subject.id !== targetId(unit)) return { code: 'EVENT_BODY_INVALID', field: 'subject' };
  if (!unitOn(unit, from)) return { code: 'UNIT_UNKNOWN', field: 'unit' };
  if (!isWithin(unit, event.office, from)) return { code: 'UNIT_OUT_OF_SCOPE', field: 'unit' };
  return isMeasure(category, measure) ? null : { code: 'CATEGORY_UNKNOWN', field: category };
}

/** Two machines that put one unit into two clusters: the second one is returned. */
function wrongCluster(event: Event, current: Subject | undefined): Wrong {
  const parsed = clusterBody.safeParse(event.body);
  if (!parsed.success) return badShape(parsed.error);
  if (event.subject.id !== settingId(event.office)) return { code: 'EVENT_BODY_INVALID', field: 'subject' };
  const clusters = current?.kind === 'setting' ? current.state.clusters : {};
  const problem = clusterProblem(parsed.data, { office: event.office, clusters });
  return problem && { code: problem.code, field: 'units' };
}

function wrongReport(event: Event, verb: 'report.print' | 'report.freeze'): Wrong {
  const parsed = (verb === 'report.print' ? printedBody : frozenBody).safeParse(event.body);
  if (!parsed.success) return badShape(parsed.error);
  const { report, from, to } = parsed.data;
  const def = findReportDef(report);
  if (!def || holdsNames(def)) return { code: 'REPORT_UNKNOWN', field: report };
  return event.subject.id === reportRecordId(event.office, report, { from, to })
    ? null
    : { code: 'EVENT_BODY_INVALID', field: 'subject' };
}
