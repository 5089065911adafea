/** A judged line as a row of the log. What did not fit its schema leaves its columns empty; the raw line holds it. */
import { isApplied } from '../../shared/domain/verdict.ts';
import { localTime } from '../../shared/lib/local-date.ts';
import type { Judged } from '../../shared/protocol/hub-ports.ts';
import { iso } from '../clock.ts';
import type { EventRow } from '../db/queries/stored-event.ts';
import { isOdd } from './read-line.ts';

const FIRST_YEAR_MS = 0;
const LAST_YEAR_MS = Date.UTC(9999, 0, 1);

/** `road`: on its own stream, or returned by another desk, which gives it no place there. */
export function eventRow(
  { line, verdict, scope }: Judged,
  { now, road }: { readonly now: number; readonly road: 'stream' | 'returned' },
): EventRow {
  const { envelope, reading, raw } = line;
  const event = reading.kind === 'event' ? reading.event : null;
  const ms = deviceTime(envelope['at']);
  return {
    id: envelope.id,
    stream: road === 'stream' ? envelope.stream : null,
    seq: road === 'stream' ? envelope.seq : null,
    device: envelope.device,
    schema: envelope.schema,
    verb: shortText(envelope['verb']),
    subject_kind: event?.subject.kind ?? null,
    subject_id: event?.subject.id ?? null,
    base: event?.base ?? null,
    body: event?.body ?? null,
    raw,
    hash: envelope.hash,
    actor_id: event?.actor.id ?? null,
    office: event?.office ?? null,
    at: ms === null ? null : iso(ms),
    day: ms === null ? null : localTime(ms).date,
    received_at: iso(now),
    verdict_kind: verdict.kind,
    verdict,
    revision: isApplied(verdict) ? verdict.revision : null,
    scope,
  };
}

function shortText(value: unknown): string | null {
  return typeof value === 'string' && value.length <= 60 && !isOdd(value) ? value : null;
}

function deviceTime(value: unknown): number | null {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return ms >= FIRST_YEAR_MS && ms < LAST_YEAR_MS ? ms : null;
}
