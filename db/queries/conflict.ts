/** A returned event of this machine that a person has to decide. */
import { z } from 'zod';
import type { Event } from '../../shared/domain/event.ts';
import { verdictKinds } from '../../shared/domain/verdict.ts';
import type { ReadDb } from '../handle.ts';
import { ANSWERED } from './delivery.ts';
import { parseEvent } from './event.ts';

const row = z.object({ raw: z.string(), verdict: z.enum(verdictKinds) });

/** The event, if it is in conflict and nothing has answered it yet. */
export function openConflict(db: ReadDb, id: string): Event | null {
  const found = db.$client
    .prepare(
      `SELECT e.raw, d.verdict FROM event e JOIN delivery d ON d.event_n = e.n
       WHERE e.id = ? AND d.verdict = 'conflict' AND NOT ${ANSWERED}`,
    )
    .get(id);
  return found === undefined ? null : parseEvent(row.parse(found).raw);
}
