/** The city of the exchange over HTTP: what goes out is signed, what comes back counts only with signature, purpose, shape and addressee. */
import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { Identity } from '../../db/queries/device.ts';
import { sha256 as sha256Of } from '../../db/write.ts';
import {
  type DigestReply,
  digestReply,
  type FiguresAsked,
  type FiguresReply,
  type FileState,
  figuresReply,
  fileState,
  helloReply,
  type InboxReply,
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
import type { CityPort } from '../../shared/protocol/desk-ports.ts';
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
  /** The city forgot this machine and knows it again, by this number. */
  readmitted(no: number): void;
}
interface Expected<S extends z.ZodType> {
  readonly typ: string;
  readonly schema: S;
}

/** Scans at the city; small pieces, so that a cut line loses little. */
export interface FilePort {
  fileState(sha256: string, challenge: string): Promise<FileState>;
  sendPart(
    part: {
      readonly sha256: string;
      readonly offset: number;
      readonly size: number;
      readonly bytes: Uint8Array;
    },
    challenge: string,
  ): Promise<FileState>;
  /** The content from `offset` on, as far as one answer goes. Not signed: its hash stands in the signed event. */
  contentFrom(sha256: string, offset: number, challenge: string): Promise<AsyncIterable<Uint8Array>>;
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
      const { content } = await known(city, () => call(city, json('/v1/hello', { jws }), asked));
      return content.nonce === nonce ? content : fail('CITY_SIGNATURE');
    },
    async sendBatch(stream, batch) {
      const path = `/v1/streams/${stream}/${batch.fromSeq}-${batch.toSeq}`;
      const headers = { 'content-type': MEDIA.batch, 'smc-batch': batch.header };
      const request = { method: 'PUT', path, headers, body: batch.body } as const;
      const { content, jws } = await call(city, request, { typ: TYP.receipt, schema: receipt });
      return { receipt: content, jws };
    },
    inbox: (after, challenge) =>
      page(city, { path: '/v1/inbox', after, challenge }, { typ: TYP.inbox, schema: inboxReply }),
    async own(after, challenge) {
      const reply = await page(
        city,
        { path: '/v1/own', after, challenge },
        { typ: TYP.own, schema: ownReply },
      );
      for (const jws of reply.receipts) await verified(city, jws, { typ: TYP.receipt, schema: receipt });
      return reply;
    },
    async missing(ids, challenge) {
      const asked = { typ: TYP.missing, schema: missingReply };
      const { content, body } = await ask(city, { path: '/v1/missing', message: { ids }, challenge }, asked);
      const known = new Set(ids);
      const fits = content.asked === body && content.lacking.every((id) => known.has(id));
      return fits && content.device === device ? content.lacking : fail('CITY_SIGNATURE');
    },
    async returned(events, challenge) {
      const asked = { typ: TYP.returned, schema: returnedReply };
      const { content, body } = await ask(
        city,
        { path: '/v1/returned', message: { events }, challenge },
        asked,
      );
      if (content.asked !== body || content.device !== device) fail('CITY_SIGNATURE');
    },
    fileState: (sha256, challenge) =>
      fileAt(city, {
        sha256,
        request: { method: 'GET', path: `/v1/files/${sha256}` },
        challenge,
        body: null,
      }),
    sendPart({ sha256, offset, size, bytes }, challenge) {
      const path = `/v1/files/${sha256}?offset=${offset}&size=${size}`;
      const request = { method: 'PUT', path, headers: { 'content-type': MEDIA.file }, body: bytes } as const;
      return fileAt(city, { sha256, request, challenge, body: sha256Of(bytes) });
    },
    async contentFrom(sha256, offset, challenge) {
      const request = { method: 'GET', path: `/v1/files/${sha256}/content?offset=${offset}` } as const;
      const asked = await proven(city, request, { challenge, body: null });
      return city.client.open(asked, FILE_PART_BYTES, city.signal);
    },
    async replaceStream(message, challenge) {
      const asked = { typ: TYP.replace, schema: replaceReply };
      const { content } = await ask(city, { path: '/v1/streams', message, challenge }, asked);
      const { stream, replaces } = message;
      if (content.device !== device || content.stream !== stream || content.replaces !== replaces)
        fail('CITY_SIGNATURE');
    },
  };
}

async function fileAt(
  city: HttpCity,
  {
    sha256,
    request,
    challenge,
    body,
  }: {
    readonly sha256: string;
    readonly request: CityRequest;
    readonly challenge: string;
    readonly body: string | null;
  },
): Promise<FileState> {
  const expected = { typ: TYP.file, schema: fileState };
  const { content } = await call(city, await proven(city, request, { challenge, body }), expected);
  return content.device === city.identity.device && content.sha256 === sha256
    ? content
    : fail('CITY_SIGNATURE');
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
export async function readDigest(city: HttpCity, day: string, challenge: string): Promise<DigestReply> {
  const request = { method: 'GET', path: `/v1/digest?day=${day}` } as const;
  const asked = { typ: TYP.digest, schema: digestReply };
  const { content } = await call(city, await proven(city, request, { challenge, body: null }), asked);
  return content.device === city.identity.device && content.day === day ? content : fail('CITY_SIGNATURE');
}

/** A report over the dossiers that the city holds of this office. */
export async function readFigures(
  city: HttpCity,
  wanted: FiguresAsked,
  challenge: string,
): Promise<FiguresReply> {
  const path = `/v1/reports/figures?${new URLSearchParams(wanted)}`;
  const expected = { typ: TYP.figures, schema: figuresReply };
  const request = await proven(city, { method: 'GET', path }, { challenge, body: null });
  const { content } = await call(city, request, expected);
  const { device, asked } = content;
  const isOurs = device === city.identity.device && canonicalJson(asked) === canonicalJson(wanted);
  return isOurs ? content : fail('CITY_SIGNATURE');
}

function json(path: string, message: object): CityRequest & { readonly body: string } {
  const headers = { 'content-type': MEDIA.json };
  return { method: 'POST', path, headers, body: JSON.stringify(message) };
}

/** A request that proves who asks, about a body whose hash the answer repeats. */
async function ask<S extends z.ZodType>(
  city: HttpCity,
  {
    path,
    message,
    challenge,
  }: { readonly path: string; readonly message: object; readonly challenge: string },
  expected: Expected<S>,
): Promise<{ readonly content: z.output<S>; readonly body: string }> {
  const request = json(path, message);
  const body = sha256Of(request.body);
  const { content } = await call(city, await proven(city, request, { challenge, body }), expected);
  return { content, body };
}

/** A page of the city's order that follows `after` and is meant for this machine. */
async function page<S extends z.ZodType<InboxReply>>(
  city: HttpCity,
  { path, after, challenge }: { readonly path: string; readonly after: number; readonly challenge: string },
  expected: Expected<S>,
): Promise<z.output<S>> {
  const request = { method: 'GET', path: `${path}?after=${after}` } as const;
  const { content } = await call(city, await proven(city, request, { challenge, body: null }), expected);
  const fits = content.device === city.identity.device && content.after === after && content.next >= after;
  return fits ? content : fail('CITY_SIGNATURE');
}

async function proven(
  { identity }: HttpCity,
  request: CityRequest,
  { challenge, body }: { readonly challenge: string; readonly body: string | null },
): Promise<CityRequest> {
  const { method, path } = request;
  const proof = { device: identity.device, challenge, method, path, body };
  const authorization = `SMC ${await sign(proof, TYP.request, identity.privateKey)}`;
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
