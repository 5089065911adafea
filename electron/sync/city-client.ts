/**
 * HTTP to the city. An answer counts only with our protocol header and the agreed content type: a captive portal's
 * 200 page, a proxy's error page or a bare 200 is never success. Nothing here changes the store.
 */
import type { z } from 'zod';
import { refusal } from '../../shared/contract/sync/messages.ts';
import { MEDIA, PROTOCOL_HEADER } from '../../shared/contract/sync/version.ts';
import { fail, isProblemCode, Problem } from '../../shared/problem.ts';

export interface CityRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}
export interface CityClient {
  call<S extends z.ZodType>(request: CityRequest, schema: S, signal: AbortSignal): Promise<z.output<S>>;
}

const DEADLINE_MS = 60_000;
const MAX_REPLY_BYTES = 16 * 1024 * 1024;

export function cityClient(baseUrl: string): CityClient {
  const base = readUrl(baseUrl);
  return {
    async call(request, schema, signal) {
      const response = await send(new URL(request.path, base), request, signal);
      if (response.status === 413) fail('BATCH_TOO_LARGE');
      if (response.headers.get(PROTOCOL_HEADER) === null) fail('CITY_ANSWER_FOREIGN');
      if (!(response.headers.get('content-type') ?? '').startsWith(MEDIA.json)) fail('CITY_ANSWER_FOREIGN');
      const value = parseJson(await readBody(response, signal));
      if (!response.ok) throw refusalProblem(response.status, value);
      const parsed = schema.safeParse(value);
      return parsed.success ? parsed.data : fail('CITY_ANSWER_FOREIGN');
    },
  };
}

/** Plain http only to this very machine: everything else must be https. */
export function readUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const local = url !== null && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (!url || (url.protocol !== 'https:' && !(url.protocol === 'http:' && local))) fail('URL_INVALID');
  return url;
}

async function send(url: URL, request: CityRequest, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, {
      method: request.method,
      headers: { accept: MEDIA.json, ...request.headers },
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]),
      ...(request.body !== undefined && {
        body: typeof request.body === 'string' ? request.body : Buffer.from(request.body),
      }),
    });
  } catch (error) {
    throw lineProblem(signal, error);
  }
}

async function readBody(response: Response, signal: AbortSignal): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.byteLength;
      if (size > MAX_REPLY_BYTES) fail('CITY_ANSWER_FOREIGN');
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof Problem ? error : lineProblem(signal, error);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function lineProblem(signal: AbortSignal, cause: unknown): Problem {
  return new Problem(signal.aborted ? 'SYNC_CANCELLED' : 'CITY_UNREACHABLE', {}, { cause });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return fail('CITY_ANSWER_FOREIGN');
  }
}

function refusalProblem(status: number, value: unknown): Problem {
  const parsed = refusal.safeParse(value);
  if (!parsed.success || !isProblemCode(parsed.data.code) || parsed.data.code === 'INTERNAL')
    return new Problem('CITY_ERROR', { status });
  return new Problem(parsed.data.code, parsed.data.details);
}
