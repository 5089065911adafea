/** Taking a dossier in: the whole reception checked against the rules of its day, its papers and clocks fixed, one commit. */
import { localView } from '../../db/local-view.ts';
import { nextSerial } from '../../db/queries/dossier.ts';
import { deleteDraft } from '../../db/queries/draft.ts';
import { lastWrittenAt } from '../../db/queries/stream.ts';
import { type Catalogue, regimeOn } from '../../shared/catalogue/law.ts';
import { officesInCharge } from '../../shared/catalogue/successors.ts';
import { isCommune, unitByKey, unitOn } from '../../shared/catalogue/units.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import { caseFacts } from '../../shared/domain/case-facts.ts';
import { checklist } from '../../shared/domain/checklist.ts';
import { dueDates } from '../../shared/domain/deadline.ts';
import {
  type Dossier,
  formChanges,
  type ReceiveBody,
  temporaryCode,
  wantedComponents,
} from '../../shared/domain/dossier.ts';
import { bodyOf } from '../../shared/domain/event.ts';
import { planAct } from '../../shared/domain/plan-act.ts';
import { readForm, stops } from '../../shared/domain/read-form.ts';
import { type LocalTime, localTime, showDate } from '../../shared/lib/local-date.ts';
import { fail } from '../../shared/problem.ts';
import type { WriteCtx } from '../context.ts';
import { cleanTexts } from './act-request.ts';
import { linkBack } from './annotation.ts';
import { clockRules, effectiveCatalogue } from './law.ts';

/** A machine whose clock stands this far before its own last record has a wrong clock. */
const CLOCK_SLACK_MS = 10 * 60_000;

export function receiveDossier(ctx: WriteCtx, input: Input<'dossier.receive'>): Output<'dossier.receive'> {
  const known = localView(ctx.tx, 'dossier', input.id);
  // The draft's id is the dossier's id: a second press, or a repeat after a crash, finds the first one done.
  if (known.subject?.kind === 'dossier') return receivedBefore(ctx, input, known.subject.state);
  const received = receivedAt(ctx, input);
  const code = temporaryCode(ctx.identity.no, received.date, serialOn(ctx, received));
  const body = receptionBody(ctx, { ...input, received, code });
  ctx.record({ verb: 'dossier.receive', subject: { kind: 'dossier', id: input.id }, base: 0, body });
  linkBack(ctx, input.id, body.form['link.dossier'] ?? '');
  if (input.atOnce) stepAtOnce(ctx, input.id, { ...input.atOnce, received });
  deleteDraft(ctx.tx, ctx.identity.account.id, input.id);
  return { id: input.id, code, due: body.due };
}

/** Now, or the day and hour on the paper; never later than now, and never by a clock that went back. */
function receivedAt({ tx, desk }: WriteCtx, { received }: Input<'dossier.receive'>): LocalTime {
  const ms = desk.clock.now();
  const now = localTime(ms);
  if (received) {
    if (received.date > now.date || (received.date === now.date && received.time > now.time))
      fail('RECEIVED_IN_FUTURE');
    return received;
  }
  const last = lastWrittenAt(tx);
  if (last !== null && ms < Date.parse(last) - CLOCK_SLACK_MS)
    fail('CLOCK_BEHIND', { now: words(now), last: words(localTime(Date.parse(last))) });
  return now;
}

function words({ date, time }: LocalTime): string {
  return `${time} ${showDate(date)}`;
}

/** What was typed since then is never passed over in silence: it stays in the draft, and the clerk is told. */
function receivedBefore(
  ctx: WriteCtx,
  { id, chain, values }: Input<'dossier.receive'>,
  state: Dossier,
): Output<'dossier.receive'> {
  const law = effectiveLaw(ctx);
  const typed = withPapers(law, chain, {
    form: readForm(chain, values, state.receivedOn, clockRules(law, state).chain).form,
    receivedOn: state.receivedOn,
    components: state.components.map((c) => c.code),
  });
  if (Object.keys(formChanges(state.form, typed)).length > 0)
    fail('DOSSIER_RECEIVED_ALREADY', { code: state.code });
  deleteDraft(ctx.tx, ctx.identity.account.id, id);
  return { id: state.id, code: state.code, due: state.due };
}

function serialOn({ tx, identity }: WriteCtx, { date }: LocalTime): number {
  const first = temporaryCode(identity.no, date, 1);
  return nextSerial(tx, first.slice(0, first.lastIndexOf('-') + 1));
}

function effectiveLaw({ tx, desk, identity }: WriteCtx): Catalogue {
  return effectiveCatalogue({ db: tx, office: identity.office, now: desk.clock.now() });
}

interface Reception {
  readonly chain: ReceiveBody['chain'];
  readonly channel: ReceiveBody['channel'];
  readonly commune: string;
  readonly values: Readonly<Record<string, string>>;
  readonly received: LocalTime;
  readonly code: string;
}

function receptionBody(ctx: WriteCtx, reception: Reception): ReceiveBody {
  const { chain, channel, values, received, code } = reception;
  const law = effectiveLaw(ctx);
  const regime = regimeOn(law, received.date) ?? fail('NO_REGIME', { date: showDate(received.date) });
  const commune = decidingCommune(ctx, reception);
  const rule = regime.chains[chain];
  const reading = readForm(chain, values, received.date, rule);
  const wrong = stops(reading);
  if (wrong.length > 0) fail('DOSSIER_INCOMPLETE', { count: wrong.length, field: wrong[0]?.field ?? '' });
  const wanted = wantedComponents(rule, reading.form);
  const due = dueDates(
    clockRules(law, { regime: regime.id, chain, receivedOn: received.date }),
    wanted,
    received,
  );
  const components = rule.components.filter((c) => wanted.has(c.code));
  return {
    code,
    chain,
    regime: regime.id,
    receivedOn: received.date,
    receivedTime: received.time,
    channel,
    commune,
    components: components.map(({ code: component, limit }) => ({
      code: component,
      due: due.components[component] ?? null,
      waitsFor: limit.kind === 'working_days' && wanted.has(limit.after ?? '') ? limit.after : null,
    })),
    due: due.chain,
    form: withPapers(law, chain, { form: reading.form, receivedOn: received.date, components: [...wanted] }),
    synthetic: ctx.identity.demo,
  };
}

function decidingCommune({ identity }: WriteCtx, { commune, received: { date } }: Reception): string {
  const unit = unitByKey(commune) ?? unitOn(commune, date);
  if (!unit || !isCommune(unit) || unitOn(unit.code, date)?.key !== unit.key)
    fail('COMMUNE_UNKNOWN', { code: commune, date: showDate(date) });
  // An old paper may be typed in by the ward that took over from the one that received it.
  if (!officesInCharge(unit.key, date).includes(identity.office))
    fail('UNIT_OUT_OF_SCOPE', { code: unit.code });
  return unit.key;
}

interface Case {
  readonly form: Readonly<Record<string, string>>;
  readonly receivedOn: string;
  readonly components: readonly string[];
}

/** The form with the state of every paper that this very case needs: what lists count as missing does not move with the catalogue. */
export function withPapers(law: Catalogue, chain: ReceiveBody['chain'], one: Case): Record<string, string> {
  const { form, receivedOn, components } = one;
  const facts = caseFacts(chain, form, { receivedOn, components });
  const lines = checklist({ catalogue: law, chain, form, facts, receivedOn, components });
  const papers = lines
    .filter((line) => line.weight === 'required' && line.state !== 'not_applicable')
    .map((line) => [`paper.${line.code}`, line.state]);
  return { ...form, ...Object.fromEntries(papers) };
}

/** The request for supplement, or the refusal, that the clerk chose at the counter: same commit, same minute. */
function stepAtOnce(
  ctx: WriteCtx,
  id: string,
  step: NonNullable<Input<'dossier.receive'>['atOnce']> & { readonly received: LocalTime },
): void {
  const { subject, base } = localView(ctx.tx, 'dossier', id);
  if (subject?.kind !== 'dossier') fail('DOSSIER_NOT_FOUND');
  const { received, action, ...said } = step;
  const body = planAct(
    subject.state,
    { action, at: received, components: subject.state.components.map((c) => c.code), ...cleanTexts(said) },
    {
      role: ctx.identity.account.role,
      office: ctx.identity.office,
      rules: clockRules(effectiveLaw(ctx), subject.state),
    },
  );
  ctx.record({ verb: 'dossier.act', subject: { kind: 'dossier', id }, base, body: bodyOf(body) });
}

/** The city holds no dossier to correct: the mended form is sent as the reception itself, under its first day and code. */
export function receptionAgain(
  ctx: WriteCtx,
  before: Dossier,
  form: Readonly<Record<string, string>>,
): ReceiveBody {
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
