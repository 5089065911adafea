/**
 * The wire, protocol 1. Every message that changes anything is a compact JWS (Ed25519): desk -> hub by the device key,
 * hub -> desk by the city's receipt key. Order is by stream sequence and hub sequence, never by time.
 */

import { z } from 'zod';
import { accessHead } from '../../domain/access.ts';
import { eventSchema } from '../../domain/event.ts';
import { roles } from '../../domain/verbs.ts';
import { verdictKinds, verdictSchema } from '../../domain/verdict.ts';
import { reportSchema } from '../../report/report-schema.ts';

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
  /** JWS of a `DeviceCard`: kept by the device. */
  card: z.string().min(20).max(8_000),
  /** JWS of the person's `RolePaper`; an older hub gives none. */
  paper: z.string().min(20).max(4_000).optional(),
});
export type EnrolReply = z.infer<typeof enrolReply>;

/** What the city signs at enrolment. A city that was put back to a copy from before it knows the machine again by this card. */
export const deviceCard = z.strictObject({
  v: z.literal(1),
  device: z.uuid(),
  no: z.int().min(1),
  name: z.string(),
  key: publicJwk,
  office: z.string(),
  account: z.strictObject({ id: z.uuid(), name: z.string(), role: z.enum(roles) }),
  demo: z.boolean(),
  at: z.iso.datetime(),
});
export type DeviceCard = z.infer<typeof deviceCard>;
/** What the city signs of each person of a device, anew with every greeting: the role that counts, and until when without another contact. */
export const rolePaper = z.strictObject({
  v: z.literal(1),
  device: z.uuid(),
  office: z.string(),
  account: z.strictObject({ id: z.string().min(1), name: z.string(), role: z.enum(roles) }),
  from: z.iso.datetime(),
  until: z.iso.datetime(),
});
export type RolePaper = z.infer<typeof rolePaper>;

/** POST /v1/readmit {jws}, signed by the device that the city forgot. A device that it knows is left as it is. */
export const readmit = z.strictObject({
  v: z.literal(1),
  device: z.uuid(),
  card: z.string().min(20).max(8_000),
  nonce: z.string().min(16).max(64),
});
/** Reply {jws}: `no` is another one where somebody else got the old one meanwhile. */
export const readmitReply = z.strictObject({
  v: z.literal(1),
  device: z.uuid(),
  no: z.int().min(1),
  nonce: z.string(),
});

/**
 * A place of the city's log that a reader saw: at `hub` stood `id`, an event or a stream that took another one's place. `mark`: the
 * city's Ed25519 signature (base64url) over `seenText`. A log in which something else stands there was put back.
 */
export const seen = z.strictObject({
  epoch: z.uuid(),
  hub: z.int().min(1),
  id: z.uuid(),
  mark: z.string().regex(/^[\w-]{80,90}$/),
});
export type Seen = z.infer<typeof seen>;
export function seenText({ epoch, hub, id }: Omit<Seen, 'mark'>): string {
  return `smc-seen\n${epoch}\n${hub}\n${id}`;
}

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
  /** The newest receipt of this stream, shown to a hub of the same epoch that remembers less than it once signed: it was put back. */
  witness: z.string().max(400_000).nullable(),
  /** How far this desk has read, in every greeting: whoever read what was lost proves it, also where nothing of its own is. */
  seen: seen.nullable(),
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
  /**
   * Up to this hub sequence the words of the epoch that the desk named still hold (`holdsUpTo`); later ones are void. Of a desk
   * without one: where the present one began.
   */
  since: z.int().min(0),
  stream: z.uuid(),
  /** True once another stream took this one's place: it takes nothing any more. */
  frozen: z.boolean(),
  acked: z.strictObject({ seq: z.int().min(0), hash: sha256Hex }),
  /** The people of this device with the roles that count at the city. */
  accounts: z.array(z.strictObject({ id: z.string(), name: z.string(), role: z.enum(roles) })),
  /** A JWS of a `RolePaper` for each of them; an older hub gives none. */
  papers: z.array(z.string().min(20).max(4_000)).optional(),
  /** age recipient (X25519) of the city: bundles that travel by USB stick are encrypted to it. */
  boxKey: z.string().regex(/^age1[0-9a-z]{50,70}$/),
  /** age recipient (X25519) of the city's safe: the data key is sealed to it, for the day on which every password is lost. */
  recoveryKey: z
    .string()
    .regex(/^age1[0-9a-z]{50,70}$/)
    .optional(),
  /** The city's newest backup that was restored and found equal: up to this number of its log nothing depends on the desks any more. From protocol 3 on. */
  backup: z.strictObject({ hub: z.int().min(0), at: z.iso.datetime() }).optional(),
  limits: z.strictObject({ events: z.int(), bytes: z.int() }),
  nonce: z.string(),
  /** Goes into the signed requests of this exchange; good for ten minutes of server time. */
  challenge: z.string(),
  at: z.iso.datetime(),
});
export type HelloReply = z.infer<typeof helloReply>;

/** `authorization: SMC <jws>` of every request but hello, enrol and batches: signed by the device. */
export const requestProof = z.strictObject({
  device: z.uuid(),
  challenge: z.string(),
  method: z.string(),
  path: z.string(),
  /** SHA-256 of the body's bytes; null without one. */
  body: sha256Hex.nullable(),
});

/** GET, PUT /v1/files/{sha256}: bytes that the city holds of the asking device's sending; 0 once the file is whole. */
export const fileState = z.strictObject({
  v: z.literal(1),
  epoch: z.uuid(),
  device: z.uuid(),
  sha256: sha256Hex,
  received: z.int().min(0),
  complete: z.boolean(),
});
export type FileState = z.infer<typeof fileState>;

/** POST /v1/missing {ids}: which of these events the city does not hold, on whatever stream they came. */
export const MISSING_PAGE = 5_000;
export const missing = z.strictObject({ ids: z.array(z.uuid()).max(MISSING_PAGE) });
export const missingReply = z.strictObject({
  v: z.literal(1),
  epoch: z.uuid(),
  device: z.uuid(),
  /** SHA-256 of the request's body. */
  asked: sha256Hex,
  lacking: z.array(z.uuid()).max(MISSING_PAGE),
});

/** POST /v1/streams: a new stream takes the place of an old one of the same device, which is frozen; the city tells an officer. Repeat is harmless. */
export const replaceReasons = ['behind', 'forked', 'frozen', 'city_restored', 'put_back'] as const;
export const replaceStream = z.strictObject({
  stream: z.uuid(),
  replaces: z.uuid(),
  /** Up to this place the author of the new stream knew the old one as the city holds it. */
  shared: z.int().min(0),
  why: z.enum(replaceReasons),
});
export type ReplaceStream = z.infer<typeof replaceStream>;
export const replaceReply = z.strictObject({
  v: z.literal(1),
  epoch: z.uuid(),
  device: z.uuid(),
  stream: z.uuid(),
  replaces: z.uuid(),
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
  /** How far the access log of this machine went when the batch was sealed; only to a city of protocol 2, absent while the log is empty. */
  access: accessHead.optional(),
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
  /** What the batch said of the access log. */
  access: accessHead.optional(),
  at: z.iso.datetime(),
});
export type Receipt = z.infer<typeof receipt>;

/** POST /v1/access {stream, head}, from protocol 2 on: how far the access log goes, where no batch carries it. */
export const accessSaid = z.strictObject({ stream: z.uuid(), head: accessHead });
/** Answer {jws}: the city holds it. */
export const accessAnchor = z.strictObject({
  v: z.literal(1),
  epoch: z.uuid(),
  device: z.uuid(),
  stream: z.uuid(),
  head: accessHead,
  at: z.iso.datetime(),
});
export type AccessAnchor = z.infer<typeof accessAnchor>;

/**
 * One event with the city's newest word on it. `mark`: the city's Ed25519 signature (base64url) over `markText`, by which any desk
 * can prove later that the city once held this event.
 */
const heldEvent = z.strictObject({
  hub: z.int().min(1),
  event: eventSchema,
  verdict: verdictSchema,
  mark: z.string().regex(/^[\w-]{80,90}$/),
});
export type HeldEvent = z.infer<typeof heldEvent>;
export function markText(
  epoch: string,
  hub: number,
  event: { readonly id: string; readonly hash: string },
): string {
  return `smc-mark\n${epoch}\n${hub}\n${event.id}\n${event.hash}`;
}

const page = z.strictObject({
  v: z.literal(1),
  epoch: z.uuid(),
  device: z.uuid(),
  after: z.int().min(0),
  next: z.int().min(0),
  more: z.boolean(),
  events: z.array(heldEvent),
});

/**
 * GET /v1/inbox?after=N {jws}: by hub sequence, applied events of others in this office's scope, and later words on this device's own
 * events (one that was held is judged when what it waited for has come). The same event may come again with a later number: the later word counts.
 */
export const inboxReply = page.extend({
  /** What stands at `next`; null where nothing does, at 0. */
  seen: seen.nullable(),
});
export type InboxReply = z.infer<typeof inboxReply>;

/** GET /v1/own?after=N {jws}: every event that this device ever sent, on all its streams, with the receipts: for a desk that was put back. */
export const ownReply = page.extend({
  receipts: z.array(z.string()),
  /** Own events in a shape that this hub does not know, as the canonical JSON line that was sent: a newer desk reads them. */
  unread: z.array(heldEvent.omit({ event: true }).extend({ raw: z.string() })),
});
export type OwnReply = z.infer<typeof ownReply>;

/** POST /v1/returned: events of others that the city lost, brought back by a desk that read them; the city believes its own marks. */
export const RETURNED_PAGE = 200;
export const returned = z.strictObject({
  events: z.array(heldEvent.omit({ verdict: true }).extend({ epoch: z.uuid() })).max(RETURNED_PAGE),
});
export type Returned = z.infer<typeof returned>;
export const returnedReply = z.strictObject({
  v: z.literal(1),
  epoch: z.uuid(),
  device: z.uuid(),
  asked: sha256Hex,
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

/** GET /v1/catalogue {jws}: the catalogue by which the city judges; `hash` = SHA-256 of its canonical JSON. */
export const catalogueReply = z.strictObject({
  v: z.literal(1),
  device: z.uuid(),
  version: z.string().max(60),
  hash: sha256Hex,
});
export type CatalogueReply = z.infer<typeof catalogueReply>;

/** GET /v1/reports/counts?asOf=: sums per category over all units of the asking office. */
export const countsReport = z.strictObject({
  asOf: z.iso.date(),
  events: z.int(),
  counts: z.record(z.string(), z.strictObject({ sum: z.int(), units_reported: z.int() })),
});

/** Query of GET /v1/reports/figures: a report that counts dossiers, its window, the day of the unit tree. */
const plainDay = z.iso.date().refine((d) => !d.startsWith('0000'));
export const figuresAsked = z.strictObject({
  report: z.string().min(1).max(60),
  from: plainDay,
  to: plainDay,
  treeOn: plainDay,
});
export type FiguresAsked = z.infer<typeof figuresAsked>;
/** Answer {jws}: the report of the asking office over all dossiers that the city holds of it. Figures only, no row is one dossier's. */
export const figuresReply = z.strictObject({
  v: z.literal(1),
  epoch: z.uuid(),
  device: z.uuid(),
  asked: figuresAsked,
  /** The newest hub sequence that is in it. */
  hub: z.int().min(0),
  plain: reportSchema,
  /** The same, compared with the window of the same kind before. */
  compared: reportSchema,
  /** When it was counted. */
  at: z.iso.datetime(),
});
export type FiguresReply = z.infer<typeof figuresReply>;

export const signed = z.strictObject({ jws: z.string().min(20) });
/** Every refusal of the hub: one code of the catalogue, its sentence, details. */
export const refusal = z.strictObject({
  code: z.string(),
  sentence: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Refusal = z.infer<typeof refusal>;
