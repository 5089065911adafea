/** What the papers say of a dossier, gathered from its events, the law of the day and this office. */

import { inTransaction } from '../../db/handle.ts';
import { localView, standingEvents } from '../../db/local-view.ts';
import { deliveriesOf } from '../../db/queries/delivery.ts';
import { eventsOfSubject } from '../../db/queries/event.ts';
import { logPrint } from '../../db/queries/print.ts';
import { requireUnpurged } from '../../db/queries/purge.ts';
import { type Catalogue, factOn, numberOn } from '../../shared/catalogue/law.ts';
import { type SlipKind, slipFormOn } from '../../shared/catalogue/slips.ts';
import { peoplesCommittee } from '../../shared/catalogue/units.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import type { Action } from '../../shared/domain/action-rules.ts';
import { agencyName } from '../../shared/domain/agency.ts';
import { caseFacts } from '../../shared/domain/case-facts.ts';
import { checklist } from '../../shared/domain/checklist.ts';
import type { ClockRules } from '../../shared/domain/deadline.ts';
import { type ActBody, actBody, type Dossier } from '../../shared/domain/dossier.ts';
import { subjectBirth, subjectName } from '../../shared/domain/dossier-form.ts';
import type { Event } from '../../shared/domain/event.ts';
import { takesNotes } from '../../shared/domain/read-only.ts';
import { timeClass } from '../../shared/domain/time-class.ts';
import { localTime, showDate } from '../../shared/lib/local-date.ts';
import { fail } from '../../shared/problem.ts';
import { actionWords, deliveryWords, stateWords, verbWordOf } from '../../shared/slip/case-words.ts';
import type { SlipInput } from '../../shared/slip/slip-input.ts';
import { type ReadCtx, requireIdentity, type TaskCtx } from '../context.ts';
import { clockRules, effectiveCatalogue } from './law.ts';
import { issuingUnit, promisedAtReception } from './paper-facts.ts';

/** Papers that speak of a step: printed as of its day; the others as of reception. */
const stepOf: Partial<Readonly<Record<SlipKind, Action>>> = {
  supplement: 'ask_supplement',
  refusal: 'refuse',
  extension: 'extend',
  stop: 'stop',
};
const END_OF_DESK = '17:00';

export function getSlip(ctx: ReadCtx, { id, kind }: Input<'slip.get'>): Output<'slip.get'> {
  const { subject } = localView(ctx.db, 'dossier', id);
  if (subject?.kind !== 'dossier') fail('DOSSIER_NOT_FOUND');
  requireUnpurged(ctx.db, id);
  const dossier = subject.state;
  const wanted = stepOf[kind];
  const step = wanted && (dossier.steps.findLast((s) => s.action === wanted) ?? fail('SLIP_NOT_THERE'));
  const issuedOn =
    step?.on ?? (kind === 'receipt' ? dossier.receivedOn : localTime(ctx.desk.clock.now()).date);
  // A paper keeps the numbering of the day on which its dossier came in, or its step was done.
  const form = slipFormOn(kind, step?.on ?? dossier.receivedOn) ?? fail('SLIP_NOT_THERE');
  const events = standingEvents(eventsOfSubject(ctx.db, 'dossier', id));
  return { numbering: form.numbering, input: slipInput(ctx, { dossier, step, issuedOn, events }) };
}

interface Paper {
  readonly dossier: Dossier;
  readonly step: ActBody | undefined;
  readonly issuedOn: string;
  readonly events: readonly Event[];
}

function slipInput(ctx: ReadCtx, { dossier, step, issuedOn, events }: Paper): SlipInput {
  const { office: here, account } = requireIdentity(ctx.identity);
  const law = effectiveCatalogue({ db: ctx.db, office: here, now: ctx.desk.clock.now() });
  const { form, chain, receivedOn, receivedTime } = dossier;
  const rules = clockRules(law, dossier);
  const unit = issuingUnit(dossier, { here, on: issuedOn });
  const promised = promisedAtReception(events);
  const name = form[subjectName[chain]] ?? '';
  const delivery = deliveriesOf(ctx.db, 'dossier', [dossier.id]).get(dossier.id);
  return {
    office: {
      agency: unit ? peoplesCommittee(unit) : '',
      desk: factOn(law, 'agency.reception', issuedOn)?.value ?? '',
      phone: '',
    },
    place: unit?.name ?? '',
    issuedOn,
    number: '',
    code: { official: form['code.official'] ?? '', temporary: dossier.code },
    procedure: { name: rules.chain.name, code: factOn(law, rules.chain.procedure, receivedOn)?.value ?? '' },
    requester: {
      name: form['requester.fullName'] ?? '',
      address: form['requester.residence'] ?? '',
      phone: form['requester.phone'] ?? '',
      email: form['requester.email'] ?? '',
      idNumber: form['requester.citizenNumber'] ?? '',
    },
    content: `${wantedWords(rules, dossier)}: ${name}`,
    papers: papersIn(law, dossier),
    sets: 1,
    limit: limitWords(law, dossier, rules.chain.chainLimit),
    receivedAt: `${receivedOn}T${receivedTime}`,
    dueAt: promised === null ? '' : `${promised}T${END_OF_DESK}`,
    newDueAt: step?.action === 'extend' ? `${newDueOf(step) ?? ''}T${END_OF_DESK}` : '',
    delivery: deliveryWords(form['result.way'] ?? '', form['result.address'] ?? ''),
    fee: '',
    book: '',
    serial: '',
    clerk: account.name,
    reasons: step?.reason ? [step.reason] : [],
    items: step?.items ?? [],
    until: step?.until ?? '',
    contact: { name: '', phone: '' },
    legalBasis: '',
    handOvers: handOvers(law, dossier),
    signer: { role: '', name: '' },
    copies: ['kept', 'given'],
    subject: [
      { label: 'Họ, chữ đệm, tên', value: name },
      { label: 'Ngày sinh', value: showDate(form[subjectBirth[chain]] ?? '') },
      ...(chain === 'death' ? [{ label: 'Ngày mất', value: showDate(form['death.date'] ?? '') }] : []),
      ...(chain === 'birth' && form['mother.fullName']
        ? [{ label: 'Mẹ', value: form['mother.fullName'] }]
        : []),
      ...(chain === 'birth' && form['father.fullName']
        ? [{ label: 'Cha', value: form['father.fullName'] }]
        : []),
    ],
    components: dossier.components.map((c) => ({
      name: rules.chain.components.find((r) => r.code === c.code)?.name ?? c.code,
      agency: agencyName(law, dossier, { code: c.code, on: issuedOn }),
      code: form[`code.${c.code}`] ?? '',
      dueOn: c.due ?? '',
      state: stateWords[c.state],
    })),
    history: events.map((event) => ({
      at: momentOf(event),
      what: whatOf(event, rules),
      who: event.actor.name,
    })),
    pending: delivery?.state !== 'received',
    sample: dossier.synthetic,
  };
}

function shortNames({ chain }: ClockRules, codes: readonly string[]): readonly string[] {
  return codes.map((code) => chain.components.find((c) => c.code === code)?.short ?? code);
}

/** What was asked for, component by component: a chain of four may have been asked for two. */
function wantedWords({ chain }: ClockRules, { components }: Dossier): string {
  const wanted = new Set(components.map((c) => c.code));
  return chain.components
    .filter((rule) => wanted.has(rule.code))
    .map((rule) => rule.short)
    .join(' - ');
}

/** The day asked for: of the components named, not of what waits behind them. */
function newDueOf(step: ActBody): string | null {
  return (
    step.dues
      .filter((d) => step.components.includes(d.code))
      .map((d) => d.due ?? '')
      .sort()
      .at(-1) ?? null
  );
}

function limitWords(
  law: Catalogue,
  { receivedOn }: Dossier,
  limit: { readonly kind: string; readonly days?: string },
): string {
  const days = limit.days === undefined ? null : numberOn(law, limit.days, receivedOn);
  return days === null ? '' : `${String(days).padStart(2, '0')} ngày làm việc`;
}

function papersIn(law: Catalogue, dossier: Dossier): SlipInput['papers'] {
  const { chain, form, receivedOn } = dossier;
  const components = dossier.components.map((c) => c.code);
  const facts = caseFacts(chain, form, { receivedOn, components });
  return checklist({ catalogue: law, chain, form, facts, receivedOn, components }).flatMap(
    ({ name, state, count }) =>
      state === 'missing' || state === 'not_applicable' ? [] : [{ name, form: state, count }],
  );
}

/** One row per hand-over, as it happened: from the desk to the agencies, between agencies, and back with the result. */
function handOvers(law: Catalogue, dossier: Dossier): SlipInput['handOvers'] {
  const { receivedOn, receivedTime, components, steps } = dossier;
  const rules = clockRules(law, dossier);
  const desk = factOn(law, 'agency.reception', receivedOn)?.value ?? '';
  const firstAgency = (codes: readonly string[], on: string) =>
    [...new Set(codes.map((code) => agencyName(law, dossier, { code, on })))].join(', ');
  const begun = components.filter((c) => c.waitsFor === null).map((c) => c.code);
  const at = `${receivedOn}T${receivedTime}`;
  const first = {
    from: desk,
    to: firstAgency(begun, receivedOn),
    givenAt: at,
    receivedAt: at,
    result: '',
    note: '',
  } as const;
  const later = steps.flatMap((step) => rowOf(step));
  return [first, ...later.sort((a, b) => (a.givenAt < b.givenAt ? -1 : a.givenAt > b.givenAt ? 1 : 0))];

  function rowOf(step: ActBody): SlipInput['handOvers'] {
    const when = `${step.on}T${step.time}`;
    const agency = firstAgency(step.components, step.on);
    const row = {
      givenAt: when,
      receivedAt: when,
      result: '',
      note: shortNames(rules, step.components).join(', '),
    } as const;
    switch (step.action) {
      case 'forward':
      case 'hand_over':
        return [{ ...row, from: step.from || desk, to: step.to ?? '' }];
      case 'came_back':
        return [{ ...row, from: step.from || agency, to: desk }];
      case 'result_received':
        return [{ ...row, from: agency, to: desk, result: resultOf(dossier, step) }];
      default:
        return [];
    }
  }
}

/** Against the due day; '' where that result was taken back since. */
function resultOf({ components }: Dossier, step: ActBody): SlipInput['handOvers'][number]['result'] {
  const classes = components
    .filter((c) => step.components.includes(c.code) && c.endedOn === step.on)
    .map((c) => timeClass(c, step.on));
  if (classes.includes('late')) return 'late';
  if (classes.includes('on')) return 'on_time';
  return classes.includes('before') ? 'early' : '';
}

function momentOf(event: Event): string {
  const { date, time } = localTime(Date.parse(event.at));
  return `${date}T${time}`;
}

function whatOf(event: Event, rules: ClockRules): string {
  if (event.verb !== 'dossier.act') return verbWordOf(event.verb);
  const step = actBody.safeParse(event.body);
  return step.success
    ? `${actionWords[step.data.action]} (${shortNames(rules, step.data.components).join(', ')})`
    : verbWordOf(event.verb);
}

/** A paper without a row of its own went to a printer or into a file: the access log alone remembers it. */
export const logPaper = (): null => null;

export function logSlip(ctx: TaskCtx, { id, kind }: Input<'slip.log'>): null {
  const actor = requireIdentity(ctx.identity).account.id;
  const at = new Date(ctx.desk.clock.now()).toISOString();
  const deed = { action: 'slip.log', subject: { kind: 'dossier', id }, facts: { paper: kind } } as const;
  if (!takesNotes(ctx.desk.readOnly())) {
    ctx.desk.access.note(deed);
    return null;
  }
  inTransaction(ctx.db, (tx) => {
    logPrint(tx, { dossierId: id, kind, at, actor });
    ctx.desk.access.within(tx, deed);
  });
  ctx.changed('dossier');
  return null;
}
