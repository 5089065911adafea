/**
 * The write path. One synchronous `BEGIN IMMEDIATE` transaction: permission, rule check (by the caller, pure),
 * event, projected tables. What the caller returns may be shown only after this returns: the commit is on the disk.
 */
import { createHash } from 'node:crypto';
import { type Actor, EVENT_SCHEMA, type Event, eventHash } from '../shared/domain/event.ts';
import { requireBody } from '../shared/domain/project.ts';
import { type EventVerb, mayDo } from '../shared/domain/verbs.ts';
import { must } from '../shared/lib/must.ts';
import { fail } from '../shared/problem.ts';
import type { Clock, Ids } from './clock.ts';
import { inTransaction, type ReadDb, type WriteTx } from './handle.ts';
import { localView } from './local-view.ts';
import type { Identity } from './queries/device.ts';
import { insertEvent } from './queries/event.ts';
import { requireUnpurged } from './queries/purge.ts';
import { currentStream, streamTip } from './queries/stream.ts';
import { putSubject } from './queries/subject-table.ts';
import { named } from './sqlite-problem.ts';

export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

export interface Change {
  readonly verb: EventVerb;
  readonly subject: Event['subject'];
  /** Revision that the actor built on (see `localView().base`). */
  readonly base: number;
  readonly body: Event['body'];
}
export interface Writer {
  readonly tx: WriteTx;
  /** Appends one event and brings its subject's rows up to it. */
  record(change: Change): Event;
}
export interface Author {
  readonly db: ReadDb;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly identity: Identity;
  readonly actor: Actor;
}

/** Runs `work` in one transaction; whatever it throws leaves nothing behind. */
export function write<T>(
  author: Author,
  work: (writer: Writer) => T,
): { readonly value: T; readonly events: readonly Event[] } {
  return named(() =>
    inTransaction(author.db, (tx) => {
      const events: Event[] = [];
      const record = (change: Change) => {
        const event = append(tx, author, change);
        events.push(event);
        return event;
      };
      return { value: work({ tx, record }), events };
    }),
  );
}

function append(tx: WriteTx, { clock, ids, identity, actor }: Author, change: Change): Event {
  if (!mayDo(actor.role, change.verb)) fail('FORBIDDEN', { role: actor.role, verb: change.verb });
  requireBody(change.verb, change.body);
  if (change.subject.kind === 'dossier') requireUnpurged(tx, change.subject.id);
  // Asked here and not of `identity`: sync may have opened a new stream since that was read.
  const stream = currentStream(tx);
  const tip = streamTip(tx, stream);
  const unsealed = {
    id: ids.uuid(),
    schema: EVENT_SCHEMA,
    stream,
    seq: tip.seq + 1,
    verb: change.verb,
    subject: change.subject,
    base: change.base,
    body: change.body,
    actor,
    device: identity.device,
    office: identity.office,
    at: new Date(clock.now()).toISOString(),
    boot: clock.boot,
    mono: Math.round(clock.mono()),
    prev: tip.hash,
  };
  const event: Event = { ...unsealed, hash: eventHash(unsealed, sha256) };
  insertEvent(tx, event, { own: true, branch: 0 });
  const { subject } = localView(tx, change.subject.kind, change.subject.id);
  putSubject(tx, must(subject, `state of ${change.subject.kind} after ${change.verb}`));
  return event;
}
