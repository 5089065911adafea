/** Dossiers: list, search, duplicates, one dossier with its steps and history, take in, correct, annotate, act. */
import { z } from 'zod';
import { actions, componentStates } from '../../domain/action-rules.ts';
import { attachedFile } from '../../domain/attached-file.ts';
import { actBody, chainCode, channels, clock } from '../../domain/dossier.ts';
import { keptKinds, sidesSchema } from '../../domain/resolve.ts';
import { delivery, dossierRow, draftValues, unitRef } from './common.ts';

export const listStates = [
  'all',
  'due',
  'overdue',
  'supplement',
  'missing',
  'elsewhere',
  'obstacle',
  'to_give',
  'under_way',
  'ended',
  'waiting',
  'returned',
  'moved',
] as const;
export const listOrders = ['newest', 'due', 'name'] as const;

export const dossierFilter = z.strictObject({
  /** Words of a name without accents, any code, a phone number, an address, an ID suffix; '' = all. */
  q: z.string().max(200),
  chain: chainCode.nullable(),
  state: z.enum(listStates),
  /** Code of a paper that is missing; null = whatever. */
  missing: z.string().max(60).nullable(),
  order: z.enum(listOrders),
});
export type DossierFilter = z.infer<typeof dossierFilter>;

/** What projection has read: fields that only a newer desk knows are gone. */
const step = z.strictObject(actBody.shape);

export const historyEntry = z.strictObject({
  id: z.string(),
  verb: z.string(),
  /** Of a `dossier.act`: what was done, and to which components. */
  step: step.nullable(),
  at: z.iso.datetime(),
  actorName: z.string(),
  deviceIsThis: z.boolean(),
  reason: z.string(),
  /** Of a hand-over: to which unit, and who took it over there. */
  transfer: z.strictObject({ to: z.string(), receivedBy: z.string() }).nullable(),
  /** Of the closing of a conflict: the returned event, and which version counts. */
  resolves: z.strictObject({ event: z.string(), kept: z.enum(keptKinds) }).nullable(),
  changes: z.array(z.strictObject({ field: z.string(), before: z.string(), after: z.string() })),
  delivery,
});

export const dossierComponent = z.strictObject({
  code: z.string(),
  name: z.string(),
  short: z.string(),
  /** Agency of today: after a merger the successor's name. */
  agency: z.string(),
  result: z.string(),
  due: z.string().nullable(),
  firstDue: z.string().nullable(),
  dueVerified: z.boolean(),
  waitsFor: z.string().nullable(),
  state: z.enum(componentStates),
  since: z.string(),
  startedOn: z.string().nullable(),
  endedOn: z.string().nullable(),
  at: z.string(),
  obstacle: z.string(),
  supplements: z.int(),
  askedOn: z.string(),
});

export const linkedDossier = z.strictObject({
  id: z.uuid(),
  code: z.string(),
  chain: chainCode,
  name: z.string(),
});

export const dossierDetail = z.strictObject({
  id: z.string(),
  revision: z.int(),
  code: z.string(),
  chain: chainCode,
  chainName: z.string(),
  procedureCode: z.string().nullable(),
  regime: z.string(),
  regimeName: z.string(),
  office: z.string(),
  officeName: z.string(),
  commune: unitRef,
  /** The unit that has it after a hand-over; null = it lies where it was received. */
  holder: unitRef.nullable(),
  /** Whether this office may write to it: not after it was handed over. */
  handled: z.boolean(),
  transfers: z.array(
    z.strictObject({
      to: unitRef,
      components: z.array(z.string()),
      on: z.string(),
      reason: z.string(),
      receivedBy: z.string(),
    }),
  ),
  channel: z.enum(channels),
  receivedOn: z.string(),
  receivedTime: z.string(),
  due: z.string().nullable(),
  outcome: z.enum(['under_way', 'whole', 'part', 'none']),
  components: z.array(dossierComponent),
  steps: z.array(step),
  /** Declaration, papers, codes of other systems, marks: one flat record. */
  form: z.record(z.string(), z.string()),
  /** Scans; `here` = the content stands on this machine. */
  files: z.array(z.strictObject({ ...attachedFile.shape, here: z.boolean() })),
  linked: linkedDossier.nullable(),
  synthetic: z.boolean(),
  delivery,
  history: z.array(historyEntry),
  /** Slips printed or saved on this machine, newest first. */
  prints: z.array(z.strictObject({ kind: z.string(), at: z.iso.datetime() })),
});
export type DossierDetail = z.infer<typeof dossierDetail>;

const text = z.string().max(300);

/** What a clerk says of a step; blanks and absent mean the same. */
export const actInput = z.strictObject({
  action: z.enum(actions),
  components: z.array(z.string().max(10)).min(1).max(10),
  /** Day and hour of the step; null = now. */
  on: z.iso.date().nullable(),
  time: clock.nullable(),
  reason: text.optional(),
  reasonCode: z.string().max(60).optional(),
  items: z.array(text).max(40).optional(),
  papers: z.array(z.string().max(60)).max(40).optional(),
  from: text.optional(),
  to: text.optional(),
  obstacle: z.string().max(60).optional(),
  newDue: z.iso.date().optional(),
  changes: z.record(z.string().max(60), text).optional(),
});
export type ActInput = z.infer<typeof actInput>;

export const duplicateFound = z.strictObject({
  id: z.string(),
  kind: z.enum(['dossier', 'draft']),
  code: z.string(),
  name: z.string(),
  date: z.string(),
  other: z.string(),
  receivedOn: z.string(),
  /** `same` = probably the same case; `twin` = same mother and day, another name. */
  why: z.enum(['same', 'twin']),
});

export const dossierIpc = {
  /** Row numbers of all matches in the order asked for: the list asks for the rows it shows. */
  'dossier.index': { kind: 'read', input: dossierFilter, output: z.instanceof(Uint32Array) },
  'dossier.rows': {
    kind: 'read',
    input: z.strictObject({ ns: z.array(z.int()).max(200) }),
    output: z.array(dossierRow),
  },
  'dossier.get': { kind: 'read', input: z.strictObject({ id: z.uuid() }), output: dossierDetail },
  /** Dossiers and drafts of this machine that may be the same case. A warning only: twins are real. */
  'dossier.duplicates': {
    kind: 'read',
    input: z.strictObject({ id: z.uuid(), chain: chainCode, values: draftValues }),
    output: z.array(duplicateFound).max(10),
  },
  /** `id` is the draft's id: pressing twice, or again after a crash, gives one dossier. */
  'dossier.receive': {
    kind: 'write',
    input: z.strictObject({
      id: z.uuid(),
      chain: chainCode,
      channel: z.enum(channels),
      commune: z.string().max(30),
      values: draftValues,
      /** When it came in, where it is typed later from paper; null = now. */
      received: z.strictObject({ date: z.iso.date(), time: clock }).nullable(),
      /** What is done at once, in the same commit: Mẫu 02 or Mẫu 03. Components = all of the dossier. */
      atOnce: actInput
        .pick({ reason: true, reasonCode: true, items: true, papers: true })
        .extend({ action: z.enum(['ask_supplement', 'refuse']) })
        .nullable(),
    }),
    output: z.strictObject({ id: z.uuid(), code: z.string(), due: z.string().nullable() }),
  },
  /** Whole declaration again; only what differs becomes the event. `base` is the revision that the clerk saw. */
  'dossier.correct': {
    kind: 'write',
    input: z.strictObject({ id: z.uuid(), base: z.int(), values: draftValues, reason: z.string().max(300) }),
    output: z.strictObject({ revision: z.int() }),
  },
  /** Papers, codes of other systems, "đã nhập" marks, the link of a newborn's two dossiers; '' clears. */
  'dossier.annotate': {
    kind: 'write',
    input: z.strictObject({ id: z.uuid(), changes: z.record(z.string().max(60), text) }),
    output: z.strictObject({ revision: z.int() }),
  },
  /** One step of one or more components. `base` is the revision that the clerk saw. */
  'dossier.act': {
    kind: 'write',
    input: z.strictObject({ id: z.uuid(), base: z.int(), step: actInput }),
    output: z.strictObject({ revision: z.int() }),
  },
  /**
   * Closes a conflict: `event` = the returned one, `fields` = whose version counts for each, `changes` = the values set for those of
   * this machine. A step is taken from the city only. Notes and corrections alike.
   */
  'dossier.resolve': {
    kind: 'write',
    input: z.strictObject({
      id: z.uuid(),
      base: z.int(),
      event: z.uuid(),
      kept: z.enum(keptKinds),
      fields: sidesSchema,
      changes: draftValues,
      reason: text,
    }),
    output: z.strictObject({ revision: z.int() }),
  },
  /** Hands the dossier over to another ward (`code@validFrom`); all open components move. */
  'dossier.transfer': {
    kind: 'write',
    input: z.strictObject({
      id: z.uuid(),
      base: z.int(),
      to: z.string().max(30),
      reason: text,
      /** Who took it over there; '' = not known. */
      receivedBy: text,
    }),
    output: z.strictObject({ revision: z.int() }),
  },
  /** Named filters of the person signed in, kept on this machine. */
  'filter.list': {
    kind: 'read',
    input: z.strictObject({}),
    output: z.array(z.strictObject({ name: z.string(), filter: dossierFilter })),
  },
  'filter.save': {
    kind: 'task',
    input: z.strictObject({ name: z.string().min(1).max(60), filter: dossierFilter }),
    output: z.null(),
  },
  'filter.remove': { kind: 'task', input: z.strictObject({ name: z.string().max(60) }), output: z.null() },
} as const;
