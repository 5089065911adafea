/** Dossiers: index, rows, duplicates, correct. */

import type { ReadDb } from '../../db/handle.ts';
import { localView } from '../../db/local-view.ts';
import { deliveriesOf } from '../../db/queries/delivery.ts';
import { type DossierRecord, dossierIndex, dossierRecords } from '../../db/queries/dossier.ts';
import { deleteDraft } from '../../db/queries/draft.ts';
import { eventsOfSubject } from '../../db/queries/event.ts';
import { awayHolders } from '../../db/queries/holder.ts';
import { purgedAmong } from '../../db/queries/purge.ts';
import { ackedSeq } from '../../db/queries/stream.ts';
import type { Catalogue } from '../../shared/catalogue/law.ts';
import type { DossierRow } from '../../shared/contract/ipc/common.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import { caseFacts } from '../../shared/domain/case-facts.ts';
import { checklist } from '../../shared/domain/checklist.ts';
import { type ClockRules, dueFrom } from '../../shared/domain/deadline.ts';
import {
  type ActBody,
  type AddedComponent,
  actBody,
  componentOutcome,
  type Dossier,
  formChanges,
  isAnnotation,
  wantedComponents,
} from '../../shared/domain/dossier.ts';
import { bodyOf } from '../../shared/domain/event.ts';
import { readForm, stops } from '../../shared/domain/read-form.ts';
import { isCountedAt, mayHandle } from '../../shared/domain/transfer.ts';
import { addWorkingDays, calendarOf } from '../../shared/domain/working-days.ts';
import { localTime } from '../../shared/lib/local-date.ts';
import { maskNumber, maskNumbersIn } from '../../shared/lib/mask.ts';
import { cleanText } from '../../shared/lib/vietnamese-text.ts';
import { fail } from '../../shared/problem.ts';
import { type ReadCtx, requireIdentity, type WriteCtx } from '../context.ts';
import { annotationChanges } from './annotation.ts';
import { requireHandling, unitName } from './dossier-transfer.ts';
import { clockRules, effectiveCatalogue } from './law.ts';
import { receptionAgain, withPapers } from './reception.ts';

/** Working days ahead that count as "sắp đến hạn". */
export const SOON_WORKING_DAYS = 1;

export function indexDossiers(
  { db, desk, identity }: ReadCtx,
  filter: Input<'dossier.index'>,
): Uint32Array<ArrayBuffer> {
  const { stream, office } = requireIdentity(identity);
  const now = desk.clock.now();
  const today = localTime(now).date;
  const calendar = calendarOf(effectiveCatalogue({ db, office, now }));
  const soon = addWorkingDays(today, SOON_WORKING_DAYS, calendar);
  return dossierIndex(db, filter, {
    stream,
    acked: ackedSeq(db, stream),
    soon,
    today,
    away: awayHolders(db, office),
  }) as Uint32Array<ArrayBuffer>;
}

export function listRows({ db, identity }: ReadCtx, { ns }: Input<'dossier.rows'>): DossierRow[] {
  return toRows(db, requireIdentity(identity).office, dossierRecords(db, ns));
}

/** As one office sees it: gone to another, or come from one. */
function movedOf(here: string, record: DossierRecord): DossierRow['moved'] {
  const { holder, commune } = record;
  if (holder === null) return null;
  return mayHandle(here, record) && !isCountedAt(here, record)
    ? { way: 'from', unit: unitName(commune) }
    : { way: 'to', unit: unitName(holder) };
}

/** `here` = the office whose list it is. */
export function toRows(db: ReadDb, here: string, records: readonly DossierRecord[]): DossierRow[] {
  const deliveries = deliveriesOf(
    db,
    'dossier',
    records.map((r) => r.id),
  );
  const purged = purgedAmong(
    db,
    records.map((r) => r.id),
  );
  return records.map((record) => {
    const { revision: _, regime: __, office: ___, channel: ____, receivedTime: _____, ...shown } = record;
    const { commune, holder: ______, ...row } = shown;
    return {
      ...row,
      subjectName: maskNumbersIn(row.subjectName),
      requesterName: maskNumbersIn(row.requesterName),
      requesterPhone: maskNumber(row.requesterPhone),
      communeName: unitName(commune),
      moved: movedOf(here, record),
      purgedOn: purged.get(row.id) ?? null,
      delivery: deliveries.get(row.id) ?? fail('DOSSIER_NOT_FOUND'),
    };
  });
}

export function correctDossier(ctx: WriteCtx, input: Input<'dossier.correct'>): Output<'dossier.correct'> {
  const { subject, revision, base, receptionReturned } = localView(ctx.tx, 'dossier', input.id);
  if (subject?.kind !== 'dossier') fail('DOSSIER_NOT_FOUND');
  const before = subject.state;
  requireHandling(ctx, before);
  const reason = cleanText(input.reason);
  const law = effectiveCatalogue({ db: ctx.tx, office: ctx.identity.office, now: ctx.desk.clock.now() });
  const rules = clockRules(law, before);
  const reading = readForm(before.chain, input.values, before.receivedOn, rules.chain);
  const wrong = stops(reading);
  if (wrong.length > 0) fail('DOSSIER_INCOMPLETE', { count: wrong.length, field: wrong[0]?.field ?? '' });
  const changes = formChanges(declaration(before.form), declaration(reading.form));
  // A returned reception may be right as it is: the right of the account was missing, not a field.
  if (Object.keys(changes).length === 0 && !receptionReturned) fail('NOTHING_CHANGED');
  if (reason === '') fail('REASON_REQUIRED');
  if (input.base !== revision) fail('DOSSIER_CHANGED');
  const at = { kind: 'dossier', id: input.id } as const;
  if (receptionReturned) {
    // The city holds no dossier to correct: the mended form is sent as the reception itself, under its first day and code.
    const steps = returnedSteps(ctx.tx, input.id);
    ctx.record({
      verb: 'dossier.receive',
      subject: at,
      base: 0,
      body: receptionAgain(ctx, before, { ...annotations(before.form), ...reading.form }),
    });
    stepsAgain(ctx, input.id, steps);
  } else {
    const added = addedComponents(ctx, { before, form: reading.form, rules });
    const body = { changes, reason, ...(added.length > 0 && { added: [...added] }) };
    ctx.record({ verb: 'dossier.correct', subject: at, base, body });
    const components = [...before.components, ...added].map((c) => c.code);
    settlePapers(ctx, { before, components, form: reading.form, law, base });
  }
  deleteDraft(ctx.tx, ctx.identity.account.id, input.id);
  return { revision: localView(ctx.tx, 'dossier', input.id).revision };
}

interface Resolution {
  readonly changes: Form;
  readonly added: readonly AddedComponent[];
  readonly form: Form;
  readonly law: Catalogue;
}

/** What is kept of a returned version, as a correction of the city's present state: fields are read anew with all that stand there. */
export function planResolution(ctx: WriteCtx, before: Dossier, wanted: Form): Resolution {
  const law = effectiveCatalogue({ db: ctx.tx, office: ctx.identity.office, now: ctx.desk.clock.now() });
  const notes = annotationChanges(before, annotations(wanted));
  const [old, fields] = [declaration(before.form), declaration(wanted)];
  if (Object.keys(fields).length === 0) return { changes: notes, added: [], form: old, law };
  const rules = clockRules(law, before);
  const reading = readForm(before.chain, { ...old, ...fields }, before.receivedOn, rules.chain);
  const wrong = stops(reading);
  if (wrong.length > 0) fail('DOSSIER_INCOMPLETE', { count: wrong.length, field: wrong[0]?.field ?? '' });
  const added = addedComponents(ctx, { before, form: reading.form, rules });
  const form = declaration(reading.form);
  return { changes: { ...notes, ...formChanges(old, form) }, added, form, law };
}

/** The papers that the kept version needs besides. */
export function settleAfter(
  ctx: WriteCtx,
  before: Dossier,
  { changes, added, form, law, base }: Resolution & { readonly base: number },
): void {
  const components = [...before.components, ...added].map((c) => c.code);
  const noted = { ...before, form: { ...before.form, ...annotations(changes) } };
  settlePapers(ctx, { before: noted, components, form, law, base });
}

/** Steps that came back with the reception they stood on (the request for supplement made at the counter): the paper is in the citizen's hands. */
function returnedSteps(db: ReadDb, id: string): readonly ActBody[] {
  const stored = eventsOfSubject(db, 'dossier', id);
  const last = stored.findLastIndex(({ event }) => event.verb === 'dossier.receive');
  return stored.slice(last + 1).flatMap(({ event, verdict }) => {
    const step = event.verb === 'dossier.act' && verdict !== null ? actBody.safeParse(event.body) : undefined;
    return step?.success ? [step.data] : [];
  });
}

/** They stand behind the mended reception as they were, but for components that it asks for no more. */
function stepsAgain(ctx: WriteCtx, id: string, steps: readonly ActBody[]): void {
  const { subject, base } = localView(ctx.tx, 'dossier', id);
  if (subject?.kind !== 'dossier') fail('DOSSIER_NOT_FOUND');
  const there = new Set(subject.state.components.map((c) => c.code));
  for (const step of steps) {
    const components = step.components.filter((code) => there.has(code));
    if (components.length === 0) continue;
    const body = { ...step, components, dues: step.dues.filter((d) => there.has(d.code)) };
    ctx.record({ verb: 'dossier.act', subject: { kind: 'dossier', id }, base, body: bodyOf(body) });
  }
}

type Form = Readonly<Record<string, string>>;

/** Components that the corrected form asks for besides; their clocks begin today. None is dropped by a correction: it is withdrawn. */
function addedComponents(
  ctx: WriteCtx,
  { before, form, rules }: { readonly before: Dossier; readonly form: Form; readonly rules: ClockRules },
): readonly AddedComponent[] {
  const wanted = wantedComponents(rules.chain, form);
  const dropped = before.components.find(
    (c) => !wanted.has(c.code) && componentOutcome(c.state) === 'under_way',
  );
  if (dropped) fail('COMPONENT_STAYS', { component: dropped.code });
  const today = localTime(ctx.desk.clock.now()).date;
  const fresh = rules.chain.components.filter(
    (rule) => wanted.has(rule.code) && !before.components.some((c) => c.code === rule.code),
  );
  return fresh.map(({ code, limit }) => {
    const after = limit.kind === 'working_days' ? limit.after : null;
    const first = before.components.find((c) => c.code === after);
    const waits = first !== undefined && componentOutcome(first.state) === 'under_way';
    const start = waits ? first.due : today;
    return {
      code,
      due: start === null ? null : dueFrom(limit, start, rules),
      waitsFor: waits ? first.code : null,
      startedOn: waits ? null : today,
    };
  });
}

function declaration(form: Form): Form {
  return Object.fromEntries(Object.entries(form).filter(([key]) => !isAnnotation(key)));
}

function annotations(form: Form): Form {
  return Object.fromEntries(Object.entries(form).filter(([key]) => isAnnotation(key)));
}

interface Corrected {
  readonly before: Dossier;
  /** Codes of its components, those that the correction added among them. */
  readonly components: readonly string[];
  readonly form: Form;
  readonly law: Catalogue;
  readonly base: number;
}

/** A corrected fact, or a component asked for besides, may need papers that are missing from now on; what it needs no more is missing no more. */
function settlePapers(ctx: WriteCtx, { before, components, form, law, base }: Corrected): void {
  const { chain, receivedOn } = before;
  const noted = annotations(before.form);
  const needed = withPapers(law, chain, { form: { ...noted, ...declaration(form) }, receivedOn, components });
  const asked = Object.entries(needed).filter(([key]) => isAnnotation(key) && noted[key] === undefined);
  const facts = caseFacts(chain, declaration(form), { receivedOn, components });
  const lines = checklist({ catalogue: law, chain, form: noted, facts, receivedOn, components });
  const needless = lines
    .filter((line) => !line.needed && noted[`paper.${line.code}`] === 'missing')
    .map((line) => [`paper.${line.code}`, '']);
  const changes = Object.fromEntries([...asked, ...needless]);
  if (Object.keys(changes).length === 0) return;
  ctx.record({
    verb: 'dossier.annotate',
    subject: { kind: 'dossier', id: before.id },
    base,
    body: { changes },
  });
}
