/**
 * The wire, protocol 1. Every message that changes anything is a compact JWS (Ed25519): desk -> hub by the device key,
 * hub -> desk by the city's receipt key. Order is by stream sequence and hub sequence, never by time.
 */
import { z } from 'zod';
import { eventSchema } from '../../domain/event.ts';
import { roles } from '../../domain/verbs.ts';
import { verdictKinds, verdictSchema } from '../../domain/verdict.ts';

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);
export const publicJwk = z.strictObject({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string().min(40).max(50),
});
export type PublicJwk = z.infer<typeof publicJwk>;

/** POST /v1/enrol {jws}: signed by the new device key (proof of possession), key inside. */
export const enrolRequest = z.strictObject({
  v: z.literal(1),
  code: z.string().min(4).max(60),
  key: publicJwk,
  name: z.string().min(1).max(80),
  at: z.iso.datetime(),
});
export const enrolReply = z.strictObject({
  device: z.uuid(),
  no: z.int().min(1),
  stream: z.uuid(),
  office: z.string(),
  account: z.strictObject({ id: z.string(), name: z.string(), role: z.enum(roles) }),
  epoch: z.uuid(),
  /** The city's receipt key: pinned from now on. */
  receiptKey: publicJwk,
  demo: z.boolean(),
});
export type EnrolReply = z.infer<typeof enrolReply>;

/** POST /v1/hello {jws}, signed by the device. */
export const hello = z.strictObject({
  v: z.literal(1),
  proto: z.strictObject({ min: z.int(), max: z.int() }),
  schema: z.int(),
  app: z.string().max(40),
  device: z.uuid(),
  stream: z.uuid(),
  /** Last sequence and head hash that this desk has written. */
  seq: z.int().min(0),
  head: sha256Hex,
  epoch: z.uuid().nullable(),
  nonce: z.string().min(16).max(64),
  at: z.iso.datetime(),
});
export type Hello = z.infer<typeof hello>;
/** Reply {jws}, signed by the city. */
export const helloReply = z.strictObject({
  v: z.literal(1),
  proto: z.int(),
  schema: z.int(),
  epoch: z.uuid(),
  stream: z.uuid(),
  acked: z.strictObject({ seq: z.int().min(0), hash: sha256Hex }),
  limits: z.strictObject({ events: z.int(), bytes: z.int() }),
  nonce: z.string(),
  /** Goes into the signed requests of this exchange; good for ten minutes of server time. */
  challenge: z.string(),
  at: z.iso.datetime(),
});
export type HelloReply = z.infer<typeof helloReply>;

/** `authorization: SMC <jws>` of GET requests: {device, challenge, method, path} signed by the device. */
export const requestProof = z.strictObject({
  device: z.uuid(),
  challenge: z.string(),
  method: z.string(),
  path: z.string(),
});

/**
 * PUT /v1/streams/{stream}/{from}-{to}: body = gzip of events, one canonical JSON a line; header `smc-batch` = this as JWS.
 * The sealed bytes are stored before the first send and re-sent unchanged.
 */
export const batchHeader = z.strictObject({
  v: z.literal(1),
  device: z.uuid(),
  stream: z.uuid(),
  from: z.int().min(1),
  to: z.int().min(1),
  prev: sha256Hex,
  head: sha256Hex,
  /** SHA-256 of the gzip body. */
  body: sha256Hex,
});
export type BatchHeader = z.infer<typeof batchHeader>;

/** Receipt {jws}: the same bytes on every repeat. `batch` = SHA-256 of the batch header JWS. */
export const receipt = z.strictObject({
  v: z.literal(1),
  epoch: z.uuid(),
  device: z.uuid(),
  stream: z.uuid(),
  from: z.int().min(1),
  to: z.int().min(1),
  head: sha256Hex,
  batch: sha256Hex,
  /** Hub sequence of the first and last event of the batch. */
  hub: z.strictObject({ first: z.int(), last: z.int() }),
  verdicts: z.array(verdictSchema.extend({ seq: z.int().min(1), id: z.uuid(), hub: z.int() })),
  at: z.iso.datetime(),
});
export type Receipt = z.infer<typeof receipt>;

/** GET /v1/inbox?after=N {jws}: applied events of others in this office's scope, by hub sequence. */
export const inboxReply = z.strictObject({
  v: z.literal(1),
  epoch: z.uuid(),
  device: z.uuid(),
  after: z.int().min(0),
  next: z.int().min(0),
  more: z.boolean(),
  events: z.array(z.strictObject({ hub: z.int(), event: eventSchema, verdict: verdictSchema })),
});
export type InboxReply = z.infer<typeof inboxReply>;

/** GET /v1/digest?day=YYYY-MM-DD: events that this device made on that day (its own clock, Vietnam's date), for Chốt ngày. */
export const oldDigest = z.strictObject({
  day: z.iso.date(),
  events: z.int(),
  by: z.record(z.string(), z.int()),
  /** SHA-256 over the sorted event ids, one a line. */
  ids: sha256Hex,
});

/** GET /v1/digest?day=YYYY-MM-DD {jws}: what the city holds of the events that this device made on that day (its own clock, Vietnam's date), for Chốt ngày. */
export const digestReply = z.strictObject({
  v: z.literal(1),
  epoch: z.uuid(),
  device: z.uuid(),
  day: z.iso.date(),
  /** By id; `hash` is that of the first copy. */
  events: z.array(
    z.strictObject({
      id: z.uuid(),
      hash: sha256Hex,
      verb: z.string().nullable(),
      verdict: z.enum(verdictKinds),
    }),
  ),
  /** Numbers of the other machines of the same office on that day. */
  others: z.array(z.strictObject({ no: z.int(), name: z.string(), events: z.int() })),
  at: z.iso.datetime(),
});
export type DigestReply = z.infer<typeof digestReply>;

/** GET /v1/reports/counts?asOf=: sums per category over all units of the asking office. */
export const countsReport = z.strictObject({
  asOf: z.iso.date(),
  events: z.int(),
  counts: z.record(z.string(), z.strictObject({ sum: z.int(), units_reported: z.int() })),
});

export const signed = z.strictObject({ jws: z.string().min(20) });
/** Every refusal of the hub: one code of the catalogue, its sentence, details. */
export const refusal = z.strictObject({
  code: z.string(),
  sentence: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Refusal = z.infer<typeof refusal>;
