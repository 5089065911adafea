/** One line of a batch: canonical JSON with an envelope, and whatever this hub can read of the rest. */
import { z } from 'zod';
import { EVENT_SCHEMA, eventSchema } from '../../shared/domain/event.ts';
import { eventVerbs } from '../../shared/domain/verbs.ts';
import { canonicalJson } from '../../shared/lib/canonical-json.ts';
import { fail } from '../../shared/problem.ts';
import type { Envelope, Line, Reading } from '../../shared/protocol/hub-ports.ts';

const envelope = z.looseObject({
  id: z.uuid().regex(/^[0-9a-f-]+$/),
  schema: z.int().min(1),
  stream: z.string(),
  seq: z.int().min(1),
  device: z.string(),
  prev: z.string(),
  hash: z.string(),
});

/** Ten times the longest that a desk writes. An applied event goes to every inbox of its scope, so none may fill a page alone. */
const MAX_EVENT_LENGTH = 512 * 1024;

export function readLine(raw: string, index: number): Line {
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
