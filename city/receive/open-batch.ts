/** From the sealed bytes to lines whose chain is whole: everything that can be checked without the database. */
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { z } from 'zod';
import type { BatchHeader } from '../../shared/contract/sync/messages.ts';
import { BATCH_MAX_EVENTS, BATCH_MAX_UNPACKED } from '../../shared/contract/sync/version.ts';
import { EVENT_SCHEMA, type Event, eventSchema, firstBreak } from '../../shared/domain/event.ts';
import { eventVerbs } from '../../shared/domain/verbs.ts';
import { canonicalJson } from '../../shared/lib/canonical-json.ts';
import { fail } from '../../shared/problem.ts';
import { sha256Hex } from '../sha256.ts';

/** The least that an event must have to keep its place in the chain. The rest may be newer than this hub, or wrong. */
const envelope = z.looseObject({
  id: z.uuid().regex(/^[0-9a-f-]+$/),
  schema: z.int().min(1),
  stream: z.string(),
  seq: z.int().min(1),
  device: z.string(),
  prev: z.string(),
  hash: z.string(),
});
type Envelope = z.infer<typeof envelope>;

export type Reading =
  | { readonly kind: 'event'; readonly event: Event }
  /** Made by a newer desk in a shape that this hub does not know. */
  | { readonly kind: 'newer' }
  | { readonly kind: 'wrong'; readonly field: string };
export interface Line {
  readonly envelope: Envelope;
  readonly reading: Reading;
  /** The canonical JSON as received. */
  readonly raw: string;
}

/** Ten times the longest that a desk writes. An applied event goes to every inbox of its scope, so none may fill a page alone. */
const MAX_EVENT_LENGTH = 512 * 1024;

const gunzipBounded = promisify(gunzip);
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export async function openBatch(header: BatchHeader, body: Uint8Array): Promise<Line[]> {
  if (header.to < header.from) fail('BATCH_BROKEN', { detail: 'range' });
  if (header.to - header.from + 1 > BATCH_MAX_EVENTS) fail('BATCH_TOO_LARGE');
  if (sha256Hex(body) !== header.body) fail('BATCH_BROKEN', { detail: 'body hash' });
  const text = readUtf8(await unpack(body));
  const raws = (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
  if (raws.length !== header.to - header.from + 1) fail('BATCH_BROKEN', { detail: 'number of lines' });
  const lines = raws.map(readLine);
  requirePlaces(lines, header);
  return lines;
}

async function unpack(body: Uint8Array): Promise<Uint8Array> {
  try {
    return await gunzipBounded(body, { maxOutputLength: BATCH_MAX_UNPACKED });
  } catch (error) {
    const bomb = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    return bomb ? fail('BATCH_TOO_LARGE') : fail('BATCH_BROKEN', { detail: 'gzip' });
  }
}

function readUtf8(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return fail('BATCH_BROKEN', { detail: 'utf-8' });
  }
}

function readLine(raw: string, index: number): Line {
  const value = readJson(raw, index);
  // Only the canonical text is what the hash seals; any other spelling (a key twice) could say two things.
  if (canonicalOf(value) !== raw) fail('BATCH_BROKEN', { detail: 'canonical form', line: index + 1 });
  const parsed = envelope.safeParse(value);
  if (!parsed.success) return fail('BATCH_BROKEN', { detail: 'envelope', line: index + 1 });
  const reading = readEvent(parsed.data, value);
  const tooLong = reading.kind === 'event' && raw.length > MAX_EVENT_LENGTH;
  return { envelope: parsed.data, reading: tooLong ? { kind: 'wrong', field: 'body' } : reading, raw };
}

function readJson(raw: string, index: number): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return fail('BATCH_BROKEN', { detail: 'json', line: index + 1 });
  }
}

/** Some JSON has no canonical form (half a surrogate pair, nested without end): nobody can have sealed it. */
function canonicalOf(value: unknown): string | null {
  try {
    return canonicalJson(value);
  } catch {
    return null;
  }
}

function readEvent({ schema, verb }: Envelope, value: unknown): Reading {
  const known = typeof verb !== 'string' || (eventVerbs as readonly string[]).includes(verb);
  const [odd, parsed] = isOdd(value) ? [true] : [false, eventSchema.safeParse(value)];
  if (parsed?.success) return { kind: 'event', event: parsed.data };
  if (schema > EVENT_SCHEMA || !known) return { kind: 'newer' };
  return { kind: 'wrong', field: odd ? 'body' : (parsed?.error.issues[0]?.path.join('.') ?? '') };
}

const MAX_DEPTH = 50;

/**
 * PostgreSQL text holds no NUL, neither it nor our own parsers nest for ever, and parsers drop a key `__proto__`, so
 * that a desk could no longer check the hash: such an event is kept raw and not applied.
 */
export function isOdd(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return value.includes('\0');
  if (typeof value !== 'object' || value === null) return false;
  return (
    depth > MAX_DEPTH ||
    Object.entries(value).some(([key, inner]) => key === '__proto__' || isOdd(key) || isOdd(inner, depth + 1))
  );
}

function requirePlaces(lines: readonly Line[], header: BatchHeader): void {
  const envelopes = lines.map((l) => l.envelope);
  const stranger = envelopes.findIndex(
    (e, i) => e.seq !== header.from + i || e.stream !== header.stream || e.device !== header.device,
  );
  if (stranger >= 0) fail('BATCH_BROKEN', { detail: 'order, stream or device', line: stranger + 1 });
  const broken = firstBreak(envelopes, header.prev, sha256Hex);
  if (broken) fail('BATCH_BROKEN', { detail: 'chain', line: broken.seq - header.from + 1 });
  if (envelopes.at(-1)?.hash !== header.head) fail('BATCH_BROKEN', { detail: 'head' });
}
