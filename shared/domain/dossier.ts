/** A dossier: one linked chain for one birth or death, and what its events add up to. */
import { z } from 'zod';
import type { ChainCode, ChainRule } from '../catalogue/regimes.ts';
import { fail } from '../problem.ts';
import { fieldRule, MAX_TEXT } from './dossier-form.ts';
import type { Event } from './event.ts';

export const chainCode = z.enum(['birth', 'death']) satisfies z.ZodType<ChainCode>;
export const channels = ['truc_tiep', 'truc_tuyen', 'buu_chinh'] as const;
/** Outcome of one component, and of the chain as derived from its components. */
export const componentOutcomes = ['under_way', 'done', 'refused', 'withdrawn', 'stopped'] as const;
export type ComponentOutcome = (typeof componentOutcomes)[number];
export type ChainOutcome = 'under_way' | 'whole' | 'part' | 'none';

const formSchema = z.record(z.string().max(60), z.string().min(1).max(MAX_TEXT));

/** Bodies are read by the fields known here; unknown ones stay in the stored event. Body of `dossier.receive`. `code` is the temporary number `T-<device no>-<yymmdd>-<nnn>`, never an official one. */
export const receiveBody = z.object({
  code: z.string().regex(/^T-\d+-\d{6}-\d{3,}$/),
  chain: chainCode,
  regime: z.string().min(1).max(60),
  /** Local date and time of reception; starts every clock. */
  receivedOn: z.iso.date(),
  receivedTime: z.string().regex(/^\d{2}:\d{2}$/),
  channel: z.enum(channels),
  /** `code@validFrom` of the commune that decides. */
  commune: z.string().min(3).max(30),
  components: z
    .array(z.strictObject({ code: z.string().max(10), due: z.iso.date().nullable() }))
    .min(1)
    .max(10),
  due: z.iso.date().nullable(),
  form: formSchema,
  synthetic: z.boolean(),
});
export type ReceiveBody = z.infer<typeof receiveBody>;

/** Body of `dossier.correct`: field -> new text, '' clears the field. */
export const correctBody = z.object({
  changes: z.record(z.string().max(60), z.string().max(MAX_TEXT)),
  reason: z.string().min(1).max(MAX_TEXT),
});

/** Body of `dossier.conclude`: what the counter saw of one component. `under_way` takes a wrong mark back. */
export const concludeBody = z.object({
  component: z.string().max(10),
  outcome: z.enum(componentOutcomes),
  on: z.iso.date(),
});

export interface DossierComponent {
  readonly code: string;
  readonly due: string | null;
  readonly outcome: ComponentOutcome;
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
  readonly form: Readonly<Record<string, string>>;
  readonly synthetic: boolean;
}

/** The dossier after one more event. Events of unknown verbs change nothing but the revision. */
export function projectDossier(event: Event, before: Dossier | undefined): Dossier | undefined {
  if (event.verb === 'dossier.receive') {
    // A second reception of the same dossier answers a first one that the city returned: the whole form anew.
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
      components: onceEach(components).map((c) => ({ ...c, outcome: 'under_way' })),
      form: body.form,
      synthetic: body.synthetic,
    };
  }
  if (!before) return undefined;
  const revision = before.revision + 1;
  if (event.verb === 'dossier.conclude') {
    const { component, outcome } = concludeBody.parse(event.body);
    const components = before.components.map((c) => (c.code === component ? { ...c, outcome } : c));
    return { ...before, revision, components };
  }
  if (event.verb !== 'dossier.correct') return { ...before, revision };
  const form: Record<string, string> = { ...before.form };
  for (const [key, value] of Object.entries(correctBody.parse(event.body).changes)) {
    if (value === '') delete form[key];
    else form[key] = value;
  }
  return { ...before, revision, form };
}

/** A component named twice is one component. */
function onceEach(components: ReceiveBody['components']): ReceiveBody['components'] {
  return [...new Map(components.map((c) => [c.code, c])).values()];
}

/** "Đã xử lý xong" is not success: whole only when every component is done. */
export function chainOutcome(components: readonly Pick<DossierComponent, 'outcome'>[]): ChainOutcome {
  if (components.some((c) => c.outcome === 'under_way')) return 'under_way';
  const done = components.filter((c) => c.outcome === 'done').length;
  if (done === components.length) return 'whole';
  return done > 0 ? 'part' : 'none';
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
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)]))
    if (before[key] !== after[key]) changes[key] = after[key] ?? '';
  return changes;
}

/** The temporary number; unique without a network because the city gives each device its own number. */
export function temporaryCode(deviceNo: number, date: string, serial: number): string {
  return `T-${deviceNo}-${date.slice(2).replaceAll('-', '')}-${String(serial).padStart(3, '0')}`;
}

export function requireKnownFields(chain: ChainCode, keys: readonly string[]): void {
  for (const key of keys) if (!fieldRule(chain, key)) fail('EVENT_BODY_INVALID', { field: key });
}
