/** Dossiers: list, search, one dossier with its history, take in, correct. */
import { z } from 'zod';
import { chainCode, channels, componentOutcomes } from '../../domain/dossier.ts';
import { delivery, dossierRow, draftValues, unitRef } from './common.ts';

export const dossierFilter = z.strictObject({
  /** Words of a name without accents, a code, a phone number, an ID suffix; '' = all. */
  q: z.string().max(200),
  chain: chainCode.nullable(),
  state: z.enum(['all', 'waiting', 'returned', 'due']),
});
export type DossierFilter = z.infer<typeof dossierFilter>;

export const historyEntry = z.strictObject({
  id: z.string(),
  verb: z.string(),
  at: z.iso.datetime(),
  actorName: z.string(),
  deviceIsThis: z.boolean(),
  reason: z.string(),
  changes: z.array(z.strictObject({ field: z.string(), before: z.string(), after: z.string() })),
  delivery,
});

export const dossierDetail = z.strictObject({
  id: z.string(),
  revision: z.int(),
  code: z.string(),
  chain: chainCode,
  chainName: z.string(),
  procedureCode: z.string().nullable(),
  regimeName: z.string(),
  office: z.string(),
  commune: unitRef,
  channel: z.enum(channels),
  receivedOn: z.string(),
  receivedTime: z.string(),
  due: z.string().nullable(),
  outcome: z.enum(['under_way', 'whole', 'part', 'none']),
  components: z.array(
    z.strictObject({
      code: z.string(),
      name: z.string(),
      agency: z.string(),
      due: z.string().nullable(),
      dueVerified: z.boolean(),
      outcome: z.enum(componentOutcomes),
    }),
  ),
  form: z.record(z.string(), z.string()),
  synthetic: z.boolean(),
  delivery,
  history: z.array(historyEntry),
});
export type DossierDetail = z.infer<typeof dossierDetail>;

export const dossierIpc = {
  /** Row numbers of all matches, newest first: the list asks for the rows it shows. */
  'dossier.index': { kind: 'read', input: dossierFilter, output: z.instanceof(Uint32Array) },
  'dossier.rows': {
    kind: 'read',
    input: z.strictObject({ ns: z.array(z.int()).max(200) }),
    output: z.array(dossierRow),
  },
  'dossier.get': { kind: 'read', input: z.strictObject({ id: z.uuid() }), output: dossierDetail },
  /** `id` is the draft's id: pressing twice, or again after a crash, gives one dossier. */
  'dossier.receive': {
    kind: 'write',
    input: z.strictObject({
      id: z.uuid(),
      chain: chainCode,
      channel: z.enum(channels),
      commune: z.string().max(30),
      values: draftValues,
    }),
    output: z.strictObject({ id: z.uuid(), code: z.string(), due: z.string().nullable() }),
  },
  /** What the counter saw of one component, today. The same mark twice leaves one event. */
  'dossier.conclude': {
    kind: 'write',
    input: z.strictObject({
      id: z.uuid(),
      component: z.string().max(10),
      outcome: z.enum(componentOutcomes),
    }),
    output: z.strictObject({ revision: z.int() }),
  },
  /** Whole form again; only what differs becomes the event. `base` is the revision that the clerk saw. */
  'dossier.correct': {
    kind: 'write',
    input: z.strictObject({ id: z.uuid(), base: z.int(), values: draftValues, reason: z.string().max(300) }),
    output: z.strictObject({ revision: z.int() }),
  },
} as const;
