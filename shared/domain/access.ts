/**
 * The access log: who looked at a dossier, printed it, carried it away, came in, let others in. Changes are events and stand in
 * their own chain. An entry holds ids, codes and counts, never contents (Luật 91/2025, NĐ 356/2025).
 */
import { z } from 'zod';
import { canonicalJson } from '../lib/canonical-json.ts';
import { type Sha256Hex, subjectKinds } from './event.ts';
import { type Role, roles } from './verbs.ts';

/** The call that did it; those after the empty line are no calls of their own. */
export const accessActions = [
  'account.sign-in',
  'account.sign-in-by-pin',
  'account.lock',
  'account.choose',
  'account.change',
  'account.recover',
  'account.recover-by-city',
  'account.new-recovery',
  'account.set-pin',
  'account.add',
  'account.remove',
  'account.set-idle',
  'dossier.get',
  'slip.get',
  'slip.log',
  'register.get',
  'file.read',
  'file.log',
  'paper.log',
  'report.make',
  'report.file',
  'report.clipping',
  'count.file',
  'target.file',
  'courier.write',
  'courier.read',
  'retention.purge',
  'retention.set-auto',
  'backup.restore',
  'backup.set-place',
  'backup.forget-place',
  'sync.set-day-end',
  'sync.set-ca',
  'draft.take',
  'person.open',
  'person.get',
  'person.log',
  'machine.begin-anew',
  'machine.revoke',
  'update.prepare',
  'access.list',
  'access.file',
  'access.verify',

  /** A new password for somebody who had one. */
  'account.reset',
  /** The first entry of a store. */
  'log.begin',
  /** So many entries could not be written: the disk was full or could not be written to. */
  'log.missed',
  /** A start put the store back to an older state. */
  'log.put-back',
] as const;
export type AccessAction = (typeof accessActions)[number];

export const accessSubjects = [...subjectKinds, 'person', 'scan'] as const;

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);
/** Where the chain stands. */
export const accessHead = z.strictObject({ seq: z.int().min(1), hash: sha256Hex });
export type AccessHead = z.infer<typeof accessHead>;

const fact = z.union([z.string().max(120), z.int()]);
export const accessEntry = z.strictObject({
  v: z.literal(1),
  seq: z.int().min(1),
  prev: sha256Hex,
  device: z.uuid(),
  /** As the machine knew him then; null = the machine by itself. */
  actor: z.strictObject({ id: z.string(), name: z.string(), role: z.enum(roles) }).nullable(),
  /** Device clock, ISO 8601 UTC; never used for order. */
  at: z.iso.datetime(),
  boot: z.string(),
  mono: z.int().min(0),
  action: z.enum(accessActions),
  subject: z.strictObject({ kind: z.enum(accessSubjects), id: z.string().min(1).max(120) }).nullable(),
  /** Refused: tried, and not let in. */
  outcome: z.enum(['done', 'refused']),
  /** Where the person was asked. */
  why: z.string().max(300).nullable(),
  facts: z.record(z.string().max(40), fact),
  /** Number of the newest event of this store then: the two tables vouch for each other's length. */
  events: z.int().min(0),
});
export type AccessEntry = z.infer<typeof accessEntry>;

export function accessHash(entry: AccessEntry, sha256: Sha256Hex): string {
  return sha256(canonicalJson(entry));
}

/** What the device signs of an entry. */
export const accessText = (hash: string): string => `smc-access\n${hash}`;

export interface EventPlace {
  readonly device: string;
  readonly n: number;
  readonly own: boolean;
  readonly branch: number;
  readonly hash: string;
}
/** What the device signs of a row of events after its content went; `hash` = SHA-256 of what is left. */
export function purgedText({
  device,
  n,
  purge,
  hash,
}: Pick<EventPlace, 'device' | 'n' | 'hash'> & { readonly purge: string }): string {
  return `smc-purged\n${device}\n${n}\n${purge}\n${hash}`;
}
/** What the device signs of a row of events; `access` = how far the access log went. */
export function sealText({ device, n, own, branch, hash }: EventPlace, access: number): string {
  return `smc-row\n${device}\n${n}\n${own ? 1 : 0}\n${branch}\n${hash}\n${access}`;
}

const readers: readonly Role[] = ['head', 'admin', 'auditor'];
/** Whoever answers for the office, or comes to inspect it; not those whom the log is about. */
export function mayReadAccess(role: Role): boolean {
  return readers.includes(role);
}

/** A dossier that somebody keeps open, or comes back to within this time, is one entry: the window reads by itself. */
export const OPENING_MS = 10 * 60_000;
