/**
 * HTTP to the city. An answer counts only with our protocol header and the agreed content type: a captive portal's
 * 200 page, a proxy's error page or a bare 200 is never success. Nothing here changes the store.
 */
import { fetch, type Response } from 'undici';
import type { z } from 'zod';
import { refusal } from '../../shared/contract/sync/messages.ts';
import { MEDIA, PROTOCOL_HEADER } from '../../shared/contract/sync/version.ts';
import { fail, isProblemCode, Problem } from '../../shared/problem.ts';
import { type Road, roadTo, type Transport } from './road.ts';

export interface CityRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}
export interface CityClient {
  call<S extends z.ZodType>(request: CityRequest, schema: S, signal: AbortSignal): Promise<z.output<S>>;
  /** An answer that is bytes, as they come; at most `most` of them. */
  open(request: CityRequest, most: number, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
  /** Whether the city itself answers; changes nothing anywhere. */
  answers(signal: AbortSignal): Promise<boolean>;
  close(): void;
}

/** The hub may let a batch wait its turn for two minutes. */
const DEADLINE_MS = 60_000;
const BATCH_DEADLINE_MS = 180_000;
/** A line slower than this is no line: a full batch still gets through a poor one. */
const SLOWEST_BYTES_PER_MS = 4;
const PROBE_MS = 5_000;
const MAX_REPLY_BYTES = 16 * 1024 * 1024;
const MOST_PATIENCE_S = 3_600;

/** `passed` hears of every message: bytes of its body. */
export function cityClient(
  baseUrl: string,
  transport: Transport,
  passed: (bytes: number) => void = () => undefined,
): CityClient {
  const base = readUrl(baseUrl);
  const road = roadTo(transport);
  return {
    async call(request, schema, signal) {
      const response = await send({ url: new URL(request.path, base), road, request, signal });
      passed(sizeOf(request));
      if (response.status === 413) fail('BATCH_TOO_LARGE');
      const value = await readJson(response, signal, passed);
      if (!response.ok) throw refusalProblem(response, value);
      const parsed = schema.safeParse(value);
      return parsed.success ? parsed.data : fail('CITY_ANSWER_FOREIGN');
    },
    async open(request, most, signal) {
      const asked = { ...request, headers: { accept: MEDIA.file, ...request.headers } };
      const response = await send({ url: new URL(request.path, base), road, request: asked, signal, most });
      if (!response.ok) throw refusalProblem(response, await readJson(response, signal, passed));
      requireOurs(response, MEDIA.file);
      return counted(chunksOf(response, most, signal), passed);
    },
    async answers(signal) {
      try {
        const soon = AbortSignal.any([signal, AbortSignal.timeout(PROBE_MS)]);
        const request = { method: 'GET', path: '/health' } as const;
        const response = await send({ url: new URL('/health', base), road, request, signal: soon });
        await response.body?.cancel();
        return response.ok && response.headers.get(PROTOCOL_HEADER) !== null;
      } catch {
        return false;
      }
    },
    close: () => road.close(),
  };
}

/** Plain http only to this very machine: everything else must be https. */
export function readUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const local = url !== null && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (!url || (url.protocol !== 'https:' && !(url.protocol === 'http:' && local))) fail('URL_INVALID');
  return url;
}

function sizeOf({ body }: CityRequest): number {
  return body === undefined ? 0 : Buffer.byteLength(body);
}

function deadlineOf(request: CityRequest, most: number): number {
  const base = request.method === 'PUT' ? BATCH_DEADLINE_MS : DEADLINE_MS;
  return base + Math.ceil((sizeOf(request) + most) / SLOWEST_BYTES_PER_MS);
}

interface Sending {
  readonly url: URL;
  readonly road: Road;
  readonly request: CityRequest;
  readonly signal: AbortSignal;
  /** Bytes that may come back. */
  readonly most?: number;
}

async function send({ url, road, request, signal, most = 0 }: Sending): Promise<Response> {
  try {
    return await fetch(url, {
      method: request.method,
      headers: { accept: MEDIA.json, ...request.headers },
      redirect: 'manual',
      dispatcher: road.dispatcher,
      signal: AbortSignal.any([signal, AbortSignal.timeout(deadlineOf(request, most))]),
      ...(request.body !== undefined && {
        body: typeof request.body === 'string' ? request.body : Buffer.from(request.body),
      }),
    });
  } catch (error) {
    throw lineProblem(signal, error);
  }
}

function requireOurs({ headers }: Response, type: string): void {
  const ours = headers.get(PROTOCOL_HEADER) !== null;
  if (!ours || !(headers.get('content-type') ?? '').startsWith(type))
    fail('CITY_ANSWER_FOREIGN', patience(headers));
}

async function readJson(
  response: Response,
  signal: AbortSignal,
  passed: (bytes: number) => void,
): Promise<unknown> {
  requireOurs(response, MEDIA.json);
  const chunks: Uint8Array[] = [];
  for await (const chunk of counted(chunksOf(response, MAX_REPLY_BYTES, signal), passed)) chunks.push(chunk);
  return parseJson(Buffer.concat(chunks).toString('utf8'));
}

async function* chunksOf(response: Response, most: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.byteLength;
      if (size > most) fail('CITY_ANSWER_FOREIGN');
      yield chunk;
    }
  } catch (error) {
    throw error instanceof Problem ? error : lineProblem(signal, error);
  }
}

async function* counted(
  chunks: AsyncIterable<Uint8Array>,
  passed: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    passed(chunk.byteLength);
    yield chunk;
  }
}

/** Of OpenSSL and Node: the server is not who it should be, or not by anybody this machine trusts. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)|ERR_TLS|SSL_ALERT/;

function lineProblem(signal: AbortSignal, error: unknown): Problem {
  const options = { cause: error };
  if (signal.aborted) return new Problem('SYNC_CANCELLED', {}, options);
  const causes = causesOf(error);
  const refused = causes.flatMap((cause) => /Proxy response \((\d+)\)/.exec(cause.message)?.[1] ?? [])[0];
  if (refused) return new Problem('PROXY_REFUSED', { status: refused }, options);
  const codes = causes.flatMap((cause) => ('code' in cause ? String(cause.code) : []));
  const reason = codes.find((code) => CERTIFICATE.test(code));
  return reason
    ? new Problem('CITY_CERTIFICATE', { reason }, options)
    : new Problem('CITY_UNREACHABLE', {}, options);
}

function causesOf(error: unknown): readonly Error[] {
  return error instanceof Error ? [error, ...causesOf(error.cause)] : [];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return fail('CITY_ANSWER_FOREIGN');
  }
}

function refusalProblem({ status, headers }: Response, value: unknown): Problem {
  const parsed = refusal.safeParse(value);
  const wait = patience(headers);
  if (!parsed.success || !isProblemCode(parsed.data.code) || parsed.data.code === 'INTERNAL')
    return new Problem('CITY_ERROR', { status, ...wait });
  return new Problem(parsed.data.code, { ...parsed.data.details, ...wait });
}

/** `Retry-After` in seconds, from either form of the header. */
function patience(headers: Response['headers']): { readonly retryAfter?: number } {
  const text = headers.get('retry-after');
  if (text === null) return {};
  const seconds = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - Date.now()) / 1000;
  return seconds > 0 ? { retryAfter: Math.min(Math.ceil(seconds), MOST_PATIENCE_S) } : {};
}
