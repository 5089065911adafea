/** Dossiers: index, rows, take in, correct. */

import type { ReadDb } from '../../db/handle.ts';
import { localView } from '../../db/local-view.ts';
import { ackedSeq, deliveriesOf } from '../../db/queries/delivery.ts';
import { type DossierRecord, dossierIndex, dossierRecords, nextSerial } from '../../db/queries/dossier.ts';
import { deleteDraft } from '../../db/queries/draft.ts';
import { specialDays } from '../../shared/catalogue/holidays.ts';
import { regimeOn } from '../../shared/catalogue/regimes.ts';
import { isCommune, isWithin, unitByKey, unitOn } from '../../shared/catalogue/units.ts';
import type { DossierRow } from '../../shared/contract/ipc/common.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import { dueDates } from '../../shared/domain/deadline.ts';
import {
  type Dossier,
  formChanges,
  type ReceiveBody,
  temporaryCode,
  wantedComponents,
} from '../../shared/domain/dossier.ts';
import { readForm, stops } from '../../shared/domain/read-form.ts';
import { addWorkingDays } from '../../shared/domain/working-days.ts';
import { type LocalTime, localTime, showDate } from '../../shared/lib/local-date.ts';
import { cleanText } from '../../shared/lib/vietnamese-text.ts';
import { fail } from '../../shared/problem.ts';
import { type ReadCtx, requireIdentity, type WriteCtx } from '../context.ts';

/** Working days ahead that count as "sắp đến hạn". */
export const SOON_WORKING_DAYS = 1;

export function indexDossiers(
  { db, desk, identity }: ReadCtx,
  filter: Input<'dossier.index'>,
): Uint32Array<ArrayBuffer> {
  const { stream } = requireIdentity(identity);
  const soon = addWorkingDays(localTime(desk.clock.now()).date, SOON_WORKING_DAYS, specialDays);
  return dossierIndex(db, filter, { stream, acked: ackedSeq(db, stream), soon }) as Uint32Array<ArrayBuffer>;
}

export function listRows({ db }: ReadCtx, { ns }: Input<'dossier.rows'>): DossierRow[] {
  return toRows(db, dossierRecords(db, ns));
}

export function toRows(db: ReadDb, records: readonly DossierRecord[]): DossierRow[] {
  const deliveries = deliveriesOf(
    db,
    'dossier',
    records.map((r) => r.id),
  );
  return records.map(
    ({ revision: _, regime: __, office: ___, channel: ____, receivedTime: _____, commune, ...row }) => ({
      ...row,
      communeName: unitByKey(commune)?.name ?? commune,
      delivery: deliveries.get(row.id) ?? fail('DOSSIER_NOT_FOUND'),
    }),
  );
}

export function receiveDossier(ctx: WriteCtx, input: Input<'dossier.receive'>): Output<'dossier.receive'> {
  const known = localView(ctx.tx, 'dossier', input.id);
  // The draft's id is the dossier's id: a second press, or a repeat after a crash, finds the first one done.
  if (known.subject?.kind === 'dossier') return receivedBefore(ctx, input, known.subject.state);
  const received = localTime(ctx.desk.clock.now());
  const code = temporaryCode(ctx.identity.no, received.date, serialOn(ctx, received));
  const body = receptionBody(ctx, { ...input, received, code });
  ctx.record({ verb: 'dossier.receive', subject: { kind: 'dossier', id: input.id }, base: 0, body });
  deleteDraft(ctx.tx, ctx.identity.account.id, input.id);
  return { id: input.id, code, due: body.due };
}

/** What was typed since then is never passed over in silence: it stays in the draft, and the clerk is told. */
function receivedBefore(
  ctx: WriteCtx,
  { id, chain, values }: Input<'dossier.receive'>,
  state: Dossier,
): Output<'dossier.receive'> {
  const typed = readForm(chain, values, state.receivedOn).form;
  if (Object.keys(formChanges(state.form, typed)).length > 0)
    fail('DOSSIER_RECEIVED_ALREADY', { code: state.code });
  deleteDraft(ctx.tx, ctx.identity.account.id, id);
  return summary(state);
}

function serialOn({ tx, identity }: WriteCtx, { date }: LocalTime): number {
  const first = temporaryCode(identity.no, date, 1);
  return nextSerial(tx, first.slice(0, first.lastIndexOf('-') + 1));
}

interface Reception {
  readonly chain: ReceiveBody['chain'];
  readonly channel: ReceiveBody['channel'];
  readonly commune: string;
  readonly values: Readonly<Record<string, string>>;
  readonly received: LocalTime;
  readonly code: string;
}

/** Checks the whole reception against the rules of its day and fixes its clocks. */
function receptionBody(
  { identity }: WriteCtx,
  { chain, channel, commune, values, received, code }: Reception,
): ReceiveBody {
  const regime = regimeOn(received.date) ?? fail('NO_REGIME', { date: showDate(received.date) });
  const unit = unitByKey(commune) ?? unitOn(commune, received.date);
  if (!unit || !isCommune(unit) || unitOn(unit.code, received.date)?.key !== unit.key)
    fail('COMMUNE_UNKNOWN', { code: commune, date: showDate(received.date) });
  if (!isWithin(unit.code, identity.office, received.date)) fail('UNIT_OUT_OF_SCOPE', { code: unit.code });
  const reading = readForm(chain, values, received.date);
  const wrong = stops(reading);
  if (wrong.length > 0) fail('DOSSIER_INCOMPLETE', { count: wrong.length, field: wrong[0]?.field ?? '' });
  const rule = regime.chains[chain];
  const wanted = wantedComponents(rule, reading.form);
  const due = dueDates(rule, wanted, received, specialDays);
  return {
    code,
    chain,
    regime: regime.id,
    receivedOn: received.date,
    receivedTime: received.time,
    channel,
    commune: unit.key,
    components: [...wanted].map((component) => ({ code: component, due: due.components[component] ?? null })),
    due: due.chain,
    form: reading.form,
    synthetic: identity.demo,
  };
}

function summary({ id, code, due }: Dossier): Output<'dossier.receive'> {
  return { id, code, due };
}

export function correctDossier(ctx: WriteCtx, input: Input<'dossier.correct'>): Output<'dossier.correct'> {
  const { subject, revision, base, receptionReturned } = localView(ctx.tx, 'dossier', input.id);
  if (subject?.kind !== 'dossier') fail('DOSSIER_NOT_FOUND');
  const before = subject.state;
  const reason = cleanText(input.reason);
  const reading = readForm(before.chain, input.values, before.receivedOn);
  const wrong = stops(reading);
  if (wrong.length > 0) fail('DOSSIER_INCOMPLETE', { count: wrong.length, field: wrong[0]?.field ?? '' });
  const changes = formChanges(before.form, reading.form);
  if (Object.keys(changes).length === 0) fail('NOTHING_CHANGED');
  if (reason === '') fail('REASON_REQUIRED');
  if (input.base !== revision) fail('DOSSIER_CHANGED');
  const at = { kind: 'dossier', id: input.id } as const;
  if (receptionReturned) {
    // The city holds no dossier to correct: the mended form is sent as the reception itself, under its first day and code.
    ctx.record({
      verb: 'dossier.receive',
      subject: at,
      base: 0,
      body: receptionAgain(ctx, before, reading.form),
    });
  } else {
    ctx.record({ verb: 'dossier.correct', subject: at, base, body: { changes, reason } });
  }
  deleteDraft(ctx.tx, ctx.identity.account.id, input.id);
  return { revision: revision + 1 };
}

function receptionAgain(ctx: WriteCtx, before: Dossier, form: Readonly<Record<string, string>>): ReceiveBody {
  const received = { date: before.receivedOn, time: before.receivedTime };
  return receptionBody(ctx, {
    chain: before.chain,
    channel: before.channel,
    commune: before.commune,
    values: form,
    received,
    code: before.code,
  });
}

export function concludeComponent(
  ctx: WriteCtx,
  { id, component, outcome }: Input<'dossier.conclude'>,
): Output<'dossier.conclude'> {
  const { subject, revision, base, receptionReturned } = localView(ctx.tx, 'dossier', id);
  if (subject?.kind !== 'dossier') fail('DOSSIER_NOT_FOUND');
  // A dossier that the city has not taken in is mended first.
  if (receptionReturned) fail('DOSSIER_RETURNED');
  const before = subject.state.components.find((c) => c.code === component) ?? fail('COMPONENT_UNKNOWN');
  if (before.outcome === outcome) return { revision };
  const on = localTime(ctx.desk.clock.now()).date;
  if (on < subject.state.receivedOn) fail('CONCLUDED_BEFORE_RECEIVED');
  ctx.record({
    verb: 'dossier.conclude',
    subject: { kind: 'dossier', id },
    base,
    body: { component, outcome, on },
  });
  return { revision: revision + 1 };
}
