/** The city of the exchange over HTTP: what goes out is signed, what comes back counts only with signature, purpose, shape and addressee. */
import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { Identity } from '../../db/queries/device.ts';
import { sha256 as sha256Of } from '../../db/write.ts';
import {
  accessAnchor,
  type DigestReply,
  digestReply,
  type FiguresAsked,
  type FiguresReply,
  type FileState,
  figuresReply,
  fileState,
  helloReply,
  inboxReply,
  missingReply,
  ownReply,
  readmitReply,
  receipt,
  replaceReply,
  returnedReply,
  signed,
} from '../../shared/contract/sync/messages.ts';
import { FILE_PART_BYTES, MEDIA, PROTOCOL, TYP } from '../../shared/contract/sync/version.ts';
import { EVENT_SCHEMA } from '../../shared/domain/event.ts';
import { canonicalJson } from '../../shared/lib/canonical-json.ts';
import { fail, Problem } from '../../shared/problem.ts';
import { addressed, following } from '../../shared/protocol/answer.ts';
import type { CityPort, Greeted } from '../../shared/protocol/desk-ports.ts';
import type { CityClient, CityRequest } from './city-client.ts';
import { sign, verify } from './jws.ts';

export interface HttpCity {
  readonly client: CityClient;
  readonly identity: Identity;
  /** Version of this program. */
  readonly app: string;
  now(): number;
  readonly signal: AbortSignal;
  /** What the city signed of this machine at enrolment. */
  readonly card: string | null;
  /** What the city signed in a greeting, and when. */
  greeted?(jws: string, at: string): void;
  /** The city forgot this machine and knows it again, by this number. */
  readmitted(no: number): void;
}
interface Expected<S extends z.ZodType> {
  readonly typ: string;
  readonly schema: S;
}

/** Scans at the city; small pieces, so that a cut line loses little. */
export interface FilePort {
  fileState(sha256: string, under: Greeted): Promise<FileState>;
  sendPart(
    part: {
      readonly sha256: string;
      readonly offset: number;
      readonly size: number;
      readonly bytes: Uint8Array;
    },
    under: Greeted,
  ): Promise<FileState>;
  /** The content from `offset` on, as far as one answer goes. Not signed: its hash stands in the signed event. */
  contentFrom(sha256: string, offset: number, under: Greeted): Promise<AsyncIterable<Uint8Array>>;
}

export function httpCity(city: HttpCity): CityPort & FilePort {
  const { identity } = city;
  const { device } = identity;
  return {
    async hello(message) {
      const nonce = randomBytes(16).toString('hex');
      const at = new Date(city.now()).toISOString();
      const about = { v: 1, proto: PROTOCOL, schema: EVENT_SCHEMA, app: city.app, device, nonce, at };
      const jws = await sign({ ...about, ...message }, TYP.hello, identity.privateKey);
      const asked = { typ: TYP.helloReply, schema: helloReply };
      const { content, jws: said } = await known(city, () => call(city, json('/v1/hello', { jws }), asked));
      if (content.nonce !== nonce || content.stream !== message.stream) fail('CITY_SIGNATURE');
      city.greeted?.(said, content.at);
      return content;
    },
    async sendBatch(stream, batch) {
      const path = `/v1/streams/${stream}/${batch.fromSeq}-${batch.toSeq}`;
      const headers = { 'content-type': MEDIA.batch, 'smc-batch': batch.header };
      const request = { method: 'PUT', path, headers, body: batch.body } as const;
      const { content, jws } = await call(city, request, { typ: TYP.receipt, schema: receipt });
      return { receipt: content, jws };
    },
    async inbox(after, under) {
      const request = get(`/v1/inbox?after=${after}`);
      return following(await ask(city, under, request, { typ: TYP.inbox, schema: inboxReply }), after);
    },
    async own(after, under) {
      const request = get(`/v1/own?after=${after}`);
      const asked = { typ: TYP.own, schema: ownReply };
      const reply = following(await ask(city, under, request, asked), after);
      for (const jws of reply.receipts) await verified(city, jws, { typ: TYP.receipt, schema: receipt });
      return reply;
    },
    async missing(ids, under) {
      const request = json('/v1/missing', { ids });
      const reply = await ask(city, under, request, { typ: TYP.missing, schema: missingReply });
      const known = new Set(ids);
      const fits = reply.asked === sha256Of(request.body) && reply.lacking.every((id) => known.has(id));
      return fits ? reply.lacking : fail('CITY_SIGNATURE');
    },
    async returned(events, under) {
      const request = json('/v1/returned', { events });
      const reply = await ask(city, under, request, { typ: TYP.returned, schema: returnedReply });
      if (reply.asked !== sha256Of(request.body)) fail('CITY_SIGNATURE');
    },
    async anchorAccess(said, under) {
      const request = await proven(city, under, json('/v1/access', said));
      const { content, jws } = await call(city, request, { typ: TYP.access, schema: accessAnchor });
      const anchor = addressed(content, device, under);
      const fits = anchor.stream === said.stream && canonicalJson(anchor.head) === canonicalJson(said.head);
      return fits ? { anchor, jws } : fail('CITY_SIGNATURE');
    },
    fileState: (sha256, under) => fileAt(city, under, sha256, get(`/v1/files/${sha256}`)),
    sendPart({ sha256, offset, size, bytes }, under) {
      const path = `/v1/files/${sha256}?offset=${offset}&size=${size}`;
      const headers = { 'content-type': MEDIA.file };
      return fileAt(city, under, sha256, { method: 'PUT', path, headers, body: bytes });
    },
    async contentFrom(sha256, offset, under) {
      const request = get(`/v1/files/${sha256}/content?offset=${offset}`);
      return city.client.open(await proven(city, under, request), FILE_PART_BYTES, city.signal);
    },
    async replaceStream(message, under) {
      const asked = { typ: TYP.replace, schema: replaceReply };
      const reply = await ask(city, under, json('/v1/streams', message), asked);
      if (reply.stream !== message.stream || reply.replaces !== message.replaces) fail('CITY_SIGNATURE');
    },
  };
}

async function fileAt(
  city: HttpCity,
  under: Greeted,
  sha256: string,
  request: CityRequest,
): Promise<FileState> {
  const reply = await ask(city, under, request, { typ: TYP.file, schema: fileState });
  return reply.sha256 === sha256 ? reply : fail('CITY_SIGNATURE');
}

/** A city that was put back to before this machine's enrolment lets it in again by its card, and is asked once more. */
async function known<T>(city: HttpCity, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'DEVICE_UNKNOWN' || city.card === null) throw error;
    await readmit(city, city.card);
    return work();
  }
}

async function readmit(city: HttpCity, card: string): Promise<void> {
  const { device, privateKey } = city.identity;
  const nonce = randomBytes(16).toString('hex');
  const jws = await sign({ v: 1, device, card, nonce }, TYP.readmit, privateKey);
  const asked = { typ: TYP.readmitReply, schema: readmitReply };
  const { content } = await call(city, json('/v1/readmit', { jws }), asked);
  if (content.device !== device || content.nonce !== nonce) fail('CITY_SIGNATURE');
  city.readmitted(content.no);
}

/** What the city holds of this machine's day (YYYY-MM-DD), for Chốt ngày. */
export async function readDigest(city: HttpCity, day: string, under: Greeted): Promise<DigestReply> {
  const asked = { typ: TYP.digest, schema: digestReply };
  const reply = await ask(city, under, get(`/v1/digest?day=${day}`), asked);
  return reply.day === day ? reply : fail('CITY_SIGNATURE');
}

/** A report over the dossiers that the city holds of this office. */
export async function readFigures(
  city: HttpCity,
  wanted: FiguresAsked,
  under: Greeted,
): Promise<FiguresReply> {
  const request = get(`/v1/reports/figures?${new URLSearchParams(wanted)}`);
  const reply = await ask(city, under, request, { typ: TYP.figures, schema: figuresReply });
  return canonicalJson(reply.asked) === canonicalJson(wanted) ? reply : fail('CITY_SIGNATURE');
}

/** The release that the city hands out: as its maker signed it, verified by whoever takes it. */
export async function readUpdate(city: HttpCity, under: Greeted): Promise<string> {
  const { jws } = await city.client.call(await proven(city, under, get('/v1/update')), signed, city.signal);
  return jws;
}

/** An installer from `offset` on, as far as one answer goes. Not signed: its hash stands in the signed manifest. */
export async function readInstaller(
  city: HttpCity,
  { sha256, offset }: { readonly sha256: string; readonly offset: number },
  under: Greeted,
): Promise<AsyncIterable<Uint8Array>> {
  const request = get(`/v1/update/${sha256}?offset=${offset}`);
  return city.client.open(await proven(city, under, request), FILE_PART_BYTES, city.signal);
}

export const get = (path: string): CityRequest => ({ method: 'GET', path });

export function json(path: string, message: object): CityRequest & { readonly body: string } {
  const headers = { 'content-type': MEDIA.json };
  return { method: 'POST', path, headers, body: JSON.stringify(message) };
}

/** A request that proves who asks, and its answer. */
export async function ask<S extends z.ZodType<{ readonly device: string; readonly epoch: string }>>(
  city: HttpCity,
  under: Greeted,
  request: CityRequest,
  expected: Expected<S>,
): Promise<z.output<S>> {
  const { content } = await call(city, await proven(city, under, request), expected);
  return addressed(content, city.identity.device, under);
}

async function proven(
  { identity }: HttpCity,
  { challenge }: Greeted,
  request: CityRequest,
): Promise<CityRequest> {
  const { device, privateKey } = identity;
  const { method, path, body } = request;
  const proof = { device, challenge, method, path, body: body === undefined ? null : sha256Of(body) };
  const authorization = `SMC ${await sign(proof, TYP.request, privateKey)}`;
  return { ...request, headers: { ...request.headers, authorization } };
}

async function call<S extends z.ZodType>(
  city: HttpCity,
  request: CityRequest,
  expected: Expected<S>,
): Promise<{ readonly content: z.output<S>; readonly jws: string }> {
  const { jws } = await city.client.call(request, signed, city.signal);
  return { content: await verified(city, jws, expected), jws };
}

function verified<S extends z.ZodType>(
  { identity }: HttpCity,
  jws: string,
  { typ, schema }: Expected<S>,
): Promise<z.output<S>> {
  return verify(jws, { typ, key: identity.cityKey, schema, otherwise: 'CITY_SIGNATURE' });
}
