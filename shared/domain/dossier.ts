/** A dossier: what its events add up to. Bodies of the dossier verbs, and their projection. */
import { z } from 'zod';
import type { ChainCode, ChainRule } from '../catalogue/law.ts';
import { actionRules, actions, type ComponentState } from './action-rules.ts';
import { type AttachedFile, filesAfter } from './attached-file.ts';
import { addedSchema, changesSchema, componentCode, formSchema } from './body-parts.ts';
import { MAX_TEXT } from './dossier-form.ts';
import type { Event } from './event.ts';
import { resolveBody } from './resolve.ts';
import { holderOf, type Transfer, transferBody } from './transfer.ts';

export const chainCode = z.enum(['birth', 'death']) satisfies z.ZodType<ChainCode>;
export const channels = ['truc_tiep', 'truc_tuyen', 'buu_chinh'] as const;
/** Outcome of one component, and of the chain as derived from its components. */
export const componentOutcomes = ['under_way', 'done', 'refused', 'withdrawn', 'stopped'] as const;
export type ComponentOutcome = (typeof componentOutcomes)[number];
export type ChainOutcome = 'under_way' | 'whole' | 'part' | 'none';

/** Hour and minute of a day, 00:00 to 23:59. */
export const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** Bodies are read by the fields known here; unknown ones stay in the stored event. Body of `dossier.receive`. `code` is the temporary number `T-<device no>-<yymmdd>-<nnn>`, never an official one. */
export const receiveBody = z.object({
  code: z.string().regex(/^T-\d+-\d{6}-\d{3,}$/),
  chain: chainCode,
  regime: z.string().min(1).max(60),
  /** Local date and time of reception; starts every clock. */
  receivedOn: z.iso.date(),
  receivedTime: clock,
  channel: z.enum(channels),
  /** `code@validFrom` of the commune that decides. */
  commune: z.string().min(3).max(30),
  components: z
    .array(
      z.strictObject({
        code: componentCode,
        due: z.iso.date().nullable(),
        /** The component whose end starts this one's clock (K2 and K3 begin when K1 ends); null, or absent in the oldest events = begins at reception. */
        waitsFor: componentCode.nullable().default(null),
      }),
    )
    .min(1)
    .max(10),
  due: z.iso.date().nullable(),
  form: formSchema,
  synthetic: z.boolean(),
});
export type ReceiveBody = z.infer<typeof receiveBody>;

/** Body of `dossier.correct`: field -> new text, '' clears the field. */
export const correctBody = z.object({
  changes: changesSchema,
  reason: z.string().min(1).max(MAX_TEXT),
  added: addedSchema.optional(),
});
export type AddedComponent = z.infer<typeof addedSchema>[number];

/** Body of `dossier.annotate`: papers, codes of other systems, "đã nhập" marks, links; '' clears. No reason is asked. */
export const annotateBody = z.object({ changes: changesSchema });

/**
 * Body of `dossier.act`: one step in the life of one or more components, as the counter saw it. Due days are worked out
 * once, by the machine that wrote the step under the law of the reception date, and stay with the step.
 */
export const actBody = z.object({
  action: z.enum(actions),
  components: z.array(componentCode).min(1).max(10),
  /** When it happened, which may be earlier than when it was typed. */
  on: z.iso.date(),
  time: clock,
  /** New due days of those components whose clock moved. */
  dues: z.array(z.strictObject({ code: componentCode, due: z.iso.date().nullable() })).max(10),
  /** New due day of the chain; absent = it did not move. */
  chainDue: z.iso.date().nullable().optional(),
  /** Code of the catalogue's ready reason, where one was taken. */
  reasonCode: z.string().max(60).optional(),
  reason: z.string().max(MAX_TEXT).optional(),
  /** What has to be completed, all at once (Mẫu 02). */
  items: z.array(z.string().min(1).max(MAX_TEXT)).max(40).optional(),
  /** The papers among them, by the catalogue's code: what is counted as missing. */
  papers: z.array(z.string().max(60)).max(40).optional(),
  /** Last day to complete the papers. */
  until: z.iso.date().optional(),
  /** Agencies of a hand-over (Phiếu kiểm soát). */
  from: z.string().max(MAX_TEXT).optional(),
  to: z.string().max(MAX_TEXT).optional(),
  /** Group of the obstacle. */
  obstacle: z.string().max(60).optional(),
  /** Papers that came, the outside code of a result: form keys of an annotation. */
  changes: changesSchema.optional(),
});
export type ActBody = z.infer<typeof actBody>;

export interface DossierComponent {
  readonly code: string;
  /** Due day as it stands now; null = no day is promised. */
  readonly due: string | null;
  /** Due day as promised at reception. */
  readonly firstDue: string | null;
  readonly waitsFor: string | null;
  readonly state: ComponentState;
  /** Day on which it came into this state. */
  readonly since: string;
  /** Day on which its clock began; null while it waits. */
  readonly startedOn: string | null;
  /** Day of its end (QĐ 766: result there, else refused, stopped or withdrawn). */
  readonly endedOn: string | null;
  /** Agency where it lies after being forwarded; '' otherwise. */
  readonly at: string;
  /** Group of an open obstacle; '' = none. */
  readonly obstacle: string;
  /** Requests for supplement that named it. More than one makes it late (QĐ 766). */
  readonly supplements: number;
  /** Day of the request that it is waiting for; '' = none. */
  readonly askedOn: string;
}
export interface Dossier {
  readonly id: string;
  readonly revision: number;
  readonly code: string;
  readonly chain: ChainCode;
  readonly regime: string;
  readonly office: string;
  readonly commune: string;
  readonly channel: (typeof channels)[number];
  readonly receivedOn: string;
  readonly receivedTime: string;
  readonly due: string | null;
  readonly components: readonly DossierComponent[];
  /** Everything that happened to the components, in order: what slips and clocks are made from. */
  readonly steps: readonly ActBody[];
  /** Hand-overs to other wards, oldest first. */
  readonly transfers: readonly Transfer[];
  /** `code@validFrom` of the unit that it was last handed over to; null = it lies where it was received. */
  readonly holder: string | null;
  /** Scans that it shows, in the order of attaching. */
  readonly files: readonly AttachedFile[];
  readonly form: Readonly<Record<string, string>>;
  readonly synthetic: boolean;
}

/** The dossier after one more event. Events of unknown verbs change nothing but the revision. */
export function projectDossier(event: Event, before: Dossier | undefined): Dossier | undefined {
  if (event.verb === 'dossier.receive') return received(event, before);
  if (!before) return undefined;
  const state = { ...before, revision: before.revision + 1 };
  switch (event.verb) {
    case 'dossier.correct':
      return corrected(state, correctBody.parse(event.body));
    case 'dossier.annotate':
      return { ...state, form: changed(before.form, annotateBody.parse(event.body).changes) };
    case 'dossier.act':
      return acted(state, actBody.parse(event.body));
    case 'dossier.resolve':
      return corrected(state, resolveBody.parse(event.body));
    case 'dossier.transfer': {
      const transfers = [...before.transfers, transferBody.parse(event.body)];
      return { ...state, transfers, holder: holderOf(transfers) };
    }
    case 'dossier.attach':
    case 'dossier.detach':
      return { ...state, files: filesAfter(before.files, event) };
    default:
      return state;
  }
}

/** A second reception of the same dossier answers a first one that the city returned: the whole form anew. */
function received(event: Event, before: Dossier | undefined): Dossier {
  const { components, ...body } = receiveBody.parse(event.body);
  return {
    id: event.subject.id,
    revision: (before?.revision ?? 0) + 1,
    code: body.code,
    chain: body.chain,
    regime: body.regime,
    office: event.office,
    commune: body.commune,
    channel: body.channel,
    receivedOn: body.receivedOn,
    receivedTime: body.receivedTime,
    due: body.due,
    components: onceEach(components).map((c) =>
      opened({ ...c, startedOn: c.waitsFor ? null : body.receivedOn }, body.receivedOn),
    ),
    ...{ steps: [], transfers: [], holder: null, files: [] },
    form: body.form,
    synthetic: body.synthetic,
  };
}

function opened({ code, due, waitsFor, startedOn }: AddedComponent, since: string): DossierComponent {
  return {
    code,
    due,
    firstDue: due,
    waitsFor,
    state: startedOn === null ? 'waiting' : 'processing',
    since: startedOn ?? since,
    startedOn,
    endedOn: null,
    at: '',
    obstacle: '',
    supplements: 0,
    askedOn: '',
  };
}

type Correction = Pick<z.infer<typeof correctBody>, 'changes' | 'added'>;
function corrected(dossier: Dossier, { changes, added = [] }: Correction): Dossier {
  const known = new Set(dossier.components.map((c) => c.code));
  const fresh = onceEach(added.filter((c) => !known.has(c.code)));
  const more = fresh.map((c) => begunAlready(dossier, opened(c, dossier.receivedOn)));
  return { ...dossier, components: [...dossier.components, ...more], form: changed(dossier.form, changes) };
}

/** Another machine may have recorded the result that this one waits for before the correction came: nothing else would start it. */
function begunAlready({ components }: Dossier, component: DossierComponent): DossierComponent {
  const first = components.find((c) => c.code === component.waitsFor);
  const done = first?.state === 'done' || first?.state === 'given';
  return component.startedOn === null && done && first.endedOn !== null
    ? begin(component, first.endedOn)
    : component;
}

/** A component named twice is one component. */
function onceEach<T extends { readonly code: string }>(components: readonly T[]): T[] {
  return [...new Map(components.map((c) => [c.code, c])).values()];
}

function changed(
  form: Dossier['form'],
  changes: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries({ ...form, ...changes }).filter(([, value]) => value !== ''));
}

function acted(dossier: Dossier, step: ActBody): Dossier {
  const named = new Set(step.components);
  const dues = new Map(step.dues.map((d) => [d.code, d.due]));
  const reopened = new Set(reopenedBy(dossier, step));
  const components = dossier.components.map((component) => {
    const own = named.has(component.code) ? stepped(component, step) : component;
    const begun = begins(own, step)
      ? begin(own, step.on)
      : own.waitsFor !== null && reopened.has(own.waitsFor)
        ? halt(own)
        : own;
    return dues.has(component.code) ? { ...begun, due: dues.get(component.code) ?? null } : begun;
  });
  return {
    ...dossier,
    components,
    steps: [...dossier.steps, step],
    due: step.chainDue === undefined ? dossier.due : step.chainDue,
    form: step.changes ? changed(dossier.form, step.changes) : dossier.form,
  };
}

/** Whether the step ends the component that this one waits for. */
function begins(component: DossierComponent, { action, components }: ActBody): boolean {
  return (
    action === 'result_received' &&
    component.startedOn === null &&
    component.waitsFor !== null &&
    components.includes(component.waitsFor)
  );
}

function begin(component: DossierComponent, on: string): DossierComponent {
  if (component.state !== 'waiting') return { ...component, startedOn: on };
  const since = on > component.since ? on : component.since;
  return { ...component, startedOn: on, state: 'processing', since };
}

/** Components whose result is taken back: it was not there. A result handed over by mistake is still there. */
function reopenedBy({ components }: Dossier, step: ActBody): readonly string[] {
  if (step.action !== 'take_back') return [];
  return components.filter((c) => c.state === 'done' && step.components.includes(c.code)).map((c) => c.code);
}

/** What began with that result waits again, so that its clock begins with the true one. */
function halt(component: DossierComponent): DossierComponent {
  if (componentOutcome(component.state) !== 'under_way') return component;
  return {
    ...component,
    startedOn: null,
    ...(component.state === 'processing' && { state: 'waiting' }),
  };
}

/** One component after a step that names it. */
function stepped(before: DossierComponent, step: ActBody): DossierComponent {
  const state = nextState(before, step.action);
  const component = {
    ...before,
    state,
    since: state === before.state ? before.since : step.on,
    at: state === 'elsewhere' ? before.at : '',
    askedOn: state === 'supplement' ? before.askedOn : '',
  };
  switch (step.action) {
    case 'ask_supplement':
      return { ...component, supplements: before.supplements + 1, askedOn: step.on };
    case 'forward':
      return { ...component, at: step.to ?? '' };
    case 'report_obstacle':
      return { ...component, obstacle: step.obstacle ?? '' };
    case 'clear_obstacle':
      return { ...component, obstacle: '' };
    case 'result_received':
    case 'refuse':
    case 'stop':
    case 'withdraw':
      return { ...component, endedOn: step.on, obstacle: '' };
    case 'take_back':
      return { ...component, endedOn: state === 'done' ? before.endedOn : null };
    default:
      return component;
  }
}

function nextState(before: DossierComponent, action: ActBody['action']): ComponentState {
  const to = actionRules[action].to;
  if (to === 'same') return before.state;
  if (action === 'take_back' && before.state === 'given') return 'done';
  return to === 'running' ? (before.startedOn === null ? 'waiting' : 'processing') : to;
}

export function componentOutcome(state: ComponentState): ComponentOutcome {
  switch (state) {
    case 'done':
    case 'given':
      return 'done';
    case 'refused':
    case 'withdrawn':
    case 'stopped':
      return state;
    default:
      return 'under_way';
  }
}

/** "Đã xử lý xong" is not success: whole only when every component is done. */
export function chainOutcome(components: readonly Pick<DossierComponent, 'state'>[]): ChainOutcome {
  const outcomes = components.map((c) => componentOutcome(c.state));
  if (outcomes.includes('under_way')) return 'under_way';
  const done = outcomes.filter((o) => o === 'done').length;
  if (done === outcomes.length) return 'whole';
  return done > 0 ? 'part' : 'none';
}

/** One word for the whole dossier in lists: what somebody has to do next decides. */
export function chainState(components: readonly Pick<DossierComponent, 'state'>[]): ComponentState {
  const order: readonly ComponentState[] = [
    'supplement',
    'payment',
    'elsewhere',
    'processing',
    'waiting',
    'done',
    'refused',
    'stopped',
    'withdrawn',
    'given',
  ];
  return order.find((state) => components.some((c) => c.state === state)) ?? 'processing';
}

/** The components that this form asks for under these rules. */
export function wantedComponents(
  rule: ChainRule,
  form: Readonly<Record<string, string>>,
): ReadonlySet<string> {
  return new Set(
    rule.components.filter((c) => c.onRequest === null || form[c.onRequest] === '1').map((c) => c.code),
  );
}

/** Fields that differ, as the body of a correction; '' for a field that was cleared. */
export function formChanges(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): Record<string, string> {
  const changes: Record<string, string> = {};
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)]))
    if (before[name] !== after[name]) changes[name] = after[name] ?? '';
  return changes;
}

const ANNOTATIONS = ['paper.', 'code.', 'entered.', 'link.'] as const;
/** Keys of the record that are not part of the declaration: papers, codes of other systems, marks, links. */
export function isAnnotation(name: string): boolean {
  return ANNOTATIONS.some((prefix) => name.startsWith(prefix));
}

/** The temporary number; unique without a network because the city gives each device its own number. */
export function temporaryCode(deviceNo: number, date: string, serial: number): string {
  return `T-${deviceNo}-${date.slice(2).replaceAll('-', '')}-${String(serial).padStart(3, '0')}`;
}
