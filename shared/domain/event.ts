/**
 * The event: the immutable record of one verb done. It is the audit row and the outbox row at once.
 * `hash` = SHA-256 over the canonical JSON of all other fields, so each event seals everything before it in its stream.
 */
import { z } from 'zod';
import { canonicalJson } from '../lib/canonical-json.ts';
import { roles } from './verbs.ts';

/** Raised when the body of a known verb changes shape; a hub holds events of a newer schema. */
export const EVENT_SCHEMA = 1;
export const GENESIS = '0'.repeat(64);

export const subjectKinds = ['dossier', 'sheet', 'setting', 'target', 'report', 'day'] as const;
export type SubjectKind = (typeof subjectKinds)[number];

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);

/** Unknown fields are kept (a newer desk may send them): they are part of the hash. */
export const eventSchema = z.looseObject({
  id: z.uuid(),
  schema: z.int().min(1),
  stream: z.uuid(),
  seq: z.int().min(1),
  verb: z.string().min(3).max(60),
  subject: z.strictObject({
    kind: z.enum(subjectKinds),
    id: z.string().min(1).max(120),
  }),
  /** How many of the city's revisions of the subject the actor had seen; earlier events of his own stream he knows besides. */
  base: z.int().min(0),
  body: z.record(z.string(), z.json()),
  actor: z.strictObject({ id: z.string().min(1).max(80), name: z.string().max(200), role: z.enum(roles) }),
  device: z.uuid(),
  office: z.string().min(1).max(12),
  /** Device clock, ISO 8601 UTC; never used for order. */
  at: z.iso.datetime(),
  boot: z.string().min(1).max(64),
  mono: z.number().min(0),
  prev: sha256Hex,
  hash: sha256Hex,
});
export type Event = z.infer<typeof eventSchema>;
export type Actor = Event['actor'];

/** A parsed body as it is recorded: fields that are not there are left out, for JSON has no word for them. */
export function bodyOf(parsed: object): Event['body'] {
  return Object.fromEntries(Object.entries(parsed).filter(([, value]) => value !== undefined));
}

export type Sha256Hex = (text: string) => string;

export function eventHash(event: object, sha256: Sha256Hex): string {
  const { hash: _, ...sealed } = event as { readonly hash?: string };
  return sha256(canonicalJson(sealed));
}

/** The first event at which a stream's chain breaks, or null. `prev` is the hash that must come before the first one. */
export function firstBreak<E extends { readonly prev: string; readonly hash: string }>(
  events: readonly E[],
  prev: string,
  sha256: Sha256Hex,
): E | null {
  let expected = prev;
  for (const event of events) {
    if (event.prev !== expected || eventHash(event, sha256) !== event.hash) return event;
    expected = event.hash;
  }
  return null;
}
