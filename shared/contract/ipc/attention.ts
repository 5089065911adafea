/** What the city did not take and who has to do something about it; why things come back; two versions side by side; papers that prove. */
import { z } from 'zod';
import { chainCode } from '../../domain/dossier.ts';
import { sidesSchema } from '../../domain/resolve.ts';
import { paperSizes } from '../../slip/paper-size.ts';
import { replaceReasons } from '../sync/messages.ts';
import { delivery, emptyInput } from './common.ts';
import { dayView } from './day.ts';
import { guard, savedFile } from './export.ts';
import { syncItem } from './sync.ts';

/** What came back, by what a person has to do. */
export const openStates = ['returned', 'conflict', 'held'] as const;
const openState = z.enum(openStates);
/** One code of the catalogue; '' where the city gave none. */
const code = z.string().max(60);

export const attentionCard = z.strictObject({
  state: openState,
  code,
  total: z.int().min(1),
  /** Device time of the oldest item. */
  since: z.iso.datetime(),
});
export type AttentionCard = z.infer<typeof attentionCard>;

/** Why things came back in the last 90 days: `paper` = a requirement's code, `item` = words of a request, `code` = the city's. */
export const cause = z.strictObject({
  kind: z.enum(['paper', 'item', 'code']),
  key: z.string(),
  /** First field that the city named; '' where it named none. */
  field: z.string(),
  n: z.int().min(1),
});
export type Cause = z.infer<typeof cause>;

const who = z.strictObject({
  at: z.iso.datetime(),
  name: z.string(),
  /** Written on this machine. */
  here: z.boolean(),
  verb: z.string(),
});
/** One field of two versions. '' = blank. */
export const versionField = z.strictObject({
  field: z.string(),
  /** What stood there when this machine wrote; null where it is not known any more. */
  base: z.string().nullable(),
  mine: z.string(),
  city: z.string(),
  /** Who set the city's value; null where nobody did since this machine read it. */
  by: who.nullable(),
  /** Set by a step, a reception or a hand-over at the city: typing does not outrank it. */
  decided: z.boolean(),
});
export type VersionField = z.infer<typeof versionField>;

export const conflictView = z.strictObject({
  item: syncItem,
  mine: who,
  /** The revision that is looked at: `base` of the answer. */
  revision: z.int(),
  /** Fields that this machine set and that stand otherwise at the city. */
  differing: z.array(versionField),
  /** The city's values of all other fields. */
  rest: z.array(z.strictObject({ field: z.string(), value: z.string() })),
  /** A step or a lock of this machine: it is not merged, it is recorded again if it is still right. */
  isStep: z.boolean(),
  /** The event that closed this conflict; null while it is open. */
  closedBy: who.nullable(),
  /** What was chosen then, by field. */
  chosen: sidesSchema.nullable(),
  /** Other open conflicts of this machine about the same fields. */
  alikeEvents: z.array(z.string()).max(500),
});
export type ConflictView = z.infer<typeof conflictView>;

/** A page that proves something, by what it is about: a receipt, a dossier, a day of this machine (its date). */
export const proofKinds = ['receipt', 'dossier', 'day'] as const;
export const proofRequest = z.strictObject({ kind: z.enum(proofKinds), id: z.string().min(1).max(80) });
export type ProofRequest = z.infer<typeof proofRequest>;

const receiptMark = z.strictObject({
  id: z.string(),
  at: z.iso.datetime(),
  /** SHA-256 of the signed receipt as it is stored, hex: what the square on the page carries. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});
const place = z.strictObject({
  office: z.string(),
  machine: z.string(),
  madeOn: z.iso.date(),
  by: z.string(),
});
export const receiptProof = z.strictObject({
  kind: z.literal('receipt'),
  place,
  receipt: receiptMark.extend({ from: z.int(), to: z.int(), accepted: z.int(), returned: z.int() }),
  lines: z.array(
    z.strictObject({
      seq: z.int(),
      verb: z.string(),
      title: z.string(),
      code: z.string(),
      verdict: z.string(),
    }),
  ),
});
export const dossierProof = z.strictObject({
  kind: z.literal('dossier'),
  place,
  code: z.string(),
  officialCode: z.string(),
  chainName: z.string(),
  name: z.string(),
  events: z.array(
    z.strictObject({
      at: z.iso.datetime(),
      verb: z.string(),
      /** Of a step: which one. */
      action: z.string(),
      by: z.string(),
      here: z.boolean(),
      delivery,
      receipt: receiptMark.nullable(),
    }),
  ),
});
export const dayProof = z.strictObject({ kind: z.literal('day'), place, day: dayView });
const proof = z.discriminatedUnion('kind', [receiptProof, dossierProof, dayProof]);
export type Proof = z.infer<typeof proof>;
const printed = proofRequest.extend({ size: z.enum(paperSizes) });

const why = z.enum(replaceReasons);
/** A city or a machine that was put back: what goes on now, and the last one of the past week. */
export const recovery = z.strictObject({
  under: why.nullable(),
  last: z.strictObject({ why, at: z.iso.datetime(), resent: z.int() }).nullable(),
});
export type RecoveryView = z.infer<typeof recovery>;

export const attentionIpc = {
  'sync.recovery': { kind: 'read', input: emptyInput, output: recovery },
  'attention.cards': { kind: 'read', input: emptyInput, output: z.array(attentionCard) },
  /** Newest first, 50 a page. */
  'attention.items': {
    kind: 'read',
    input: z.strictObject({ state: openState, code, before: z.int().nullable() }),
    output: z.strictObject({ items: z.array(syncItem), next: z.int().nullable() }),
  },
  /** The five most frequent ones, counted now: of everything that this machine writes, or what whoever takes in this chain can avoid. */
  'attention.causes': {
    kind: 'read',
    input: z.strictObject({ chain: chainCode.nullable() }),
    output: z.strictObject({ since: z.iso.date(), causes: z.array(cause).max(5) }),
  },
  /** Own events by their ids, in the order asked for; `unknown` = those that this machine does not have. */
  'attention.events': {
    kind: 'read',
    input: z.strictObject({ ids: z.array(z.uuid()).max(500) }),
    output: z.strictObject({ items: z.array(syncItem), unknown: z.array(z.string()) }),
  },
  'conflict.get': { kind: 'read', input: z.strictObject({ event: z.uuid() }), output: conflictView },
  'proof.get': { kind: 'read', input: proofRequest, output: proof },
  /** Prints the page of the preview; `done` false = the clerk closed the printer's window. */
  'proof.print': { kind: 'shell', input: printed, output: z.strictObject({ done: z.boolean() }) },
  'proof.save': { kind: 'shell', input: printed.extend({ guard }), output: savedFile },
} as const;
