/** What was received: streams, their events exactly as they came, and the receipts that were given. */
import {
  bigint,
  boolean,
  date,
  jsonb,
  pgTable,
  pgView,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
const whole = (name: string) => bigint(name, { mode: 'number' });

export const streams = pgTable('stream', {
  id: uuid('id').primaryKey(),
  device: uuid('device').notNull(),
  acked: whole('acked').notNull(),
  head: text('head').notNull(),
  frozen: boolean('frozen').notNull(),
  openedAt: moment('opened_at').notNull(),
  /** The stream whose place it took, and up to where its author knew that one. */
  replaces: uuid('replaces'),
  shared: whole('shared'),
  /** Number of that replacement, in the sequence of `event`. */
  hubSeq: whole('hub_seq'),
});

/** How far each machine's access log went, by the stream that it wrote then. */
export const accessHeads = pgTable('access_head', {
  stream: uuid('stream').primaryKey(),
  device: uuid('device').notNull(),
  seq: whole('seq').notNull(),
  hash: text('hash').notNull(),
  at: moment('at').notNull(),
});

/** Append-only (triggers). Columns that come from the sender's body are null where the event did not fit its schema. */
export const events = pgTable('event', {
  hubSeq: whole('hub_seq').primaryKey().generatedAlwaysAsIdentity(),
  id: uuid('id').notNull().unique(),
  /** Null where another desk brought the event back. */
  stream: uuid('stream'),
  seq: whole('seq'),
  device: uuid('device').notNull(),
  schema: whole('schema').notNull(),
  verb: text('verb'),
  subjectKind: text('subject_kind'),
  subjectId: text('subject_id'),
  base: whole('base'),
  body: jsonb('body'),
  /** The canonical JSON line as received: whatever the verdict, nothing is lost. */
  raw: text('raw').notNull(),
  hash: text('hash').notNull(),
  actorId: text('actor_id'),
  office: text('office'),
  at: moment('at'),
  /** Vietnam's date of the device clock. */
  day: date('day', { mode: 'string' }),
  receivedAt: moment('received_at').notNull(),
  verdictKind: text('verdict_kind').notNull(),
  verdict: jsonb('verdict').notNull(),
  /** Revision of the subject after this event; null where it was not applied. */
  revision: whole('revision'),
  scope: text('scope').array().notNull(),
});

/** The same event once more on another stream (a desk that was restored): the chain goes on, the effect does not. */
export const eventRepeats = pgTable('event_repeat', {
  stream: uuid('stream').notNull(),
  seq: whole('seq').notNull(),
  id: uuid('id').notNull(),
  raw: text('raw').notNull(),
  hash: text('hash').notNull(),
  verdict: jsonb('verdict').notNull(),
  receivedAt: moment('received_at').notNull(),
});

/** Later words of the city, append-only (trigger). Their numbers and those of `event` are one sequence. */
export const judgements = pgTable('judgement', {
  hubSeq: whole('hub_seq').primaryKey(),
  event: uuid('event').notNull(),
  device: uuid('device').notNull(),
  subjectKind: text('subject_kind').notNull(),
  subjectId: text('subject_id').notNull(),
  verdictKind: text('verdict_kind').notNull(),
  verdict: jsonb('verdict').notNull(),
  revision: whole('revision'),
  /** By this word the event took effect. */
  applies: boolean('applies').notNull(),
  scope: text('scope').array().notNull(),
  at: moment('at').notNull(),
});

/** Each event with the city's newest word on it. */
export const toldEvents = pgView('told_event', {
  id: uuid('id').notNull(),
  /** Its own number, and what was said of it then. */
  came: whole('came').notNull(),
  cameKind: text('came_kind').notNull(),
  stream: uuid('stream'),
  seq: whole('seq'),
  device: uuid('device').notNull(),
  day: date('day', { mode: 'string' }),
  verb: text('verb'),
  hash: text('hash').notNull(),
  raw: text('raw').notNull(),
  subjectKind: text('subject_kind'),
  subjectId: text('subject_id'),
  hubSeq: whole('hub_seq').notNull(),
  verdictKind: text('verdict_kind').notNull(),
  verdict: jsonb('verdict').notNull(),
}).existing();

/** Events that took effect, when they came or by a later word. */
export const appliedEventRows = pgView('applied_event', {
  id: uuid('id').notNull(),
  subjectKind: text('subject_kind').notNull(),
  subjectId: text('subject_id').notNull(),
  revision: whole('revision').notNull(),
  raw: text('raw').notNull(),
}).existing();

export const receipts = pgTable(
  'receipt',
  {
    /** SHA-256 of the batch header as sent. */
    batch: text('batch').notNull(),
    epoch: uuid('epoch').notNull(),
    stream: uuid('stream').notNull(),
    from: whole('from_seq').notNull(),
    to: whole('to_seq').notNull(),
    jws: text('jws').notNull(),
    /** The newest number when it was given. */
    hub: whole('hub').notNull(),
    at: moment('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.batch, t.epoch] })],
);
