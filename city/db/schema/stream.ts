/** What was received: streams, their events exactly as they came, and the receipts that were given. */
import { bigint, boolean, date, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
const whole = (name: string) => bigint(name, { mode: 'number' });

export const streams = pgTable('stream', {
  id: uuid('id').primaryKey(),
  device: uuid('device').notNull(),
  acked: whole('acked').notNull(),
  head: text('head').notNull(),
  frozen: boolean('frozen').notNull(),
  openedAt: moment('opened_at').notNull(),
});

/** Append-only (triggers). Columns that come from the sender's body are null where the event did not fit its schema. */
export const events = pgTable('event', {
  hubSeq: whole('hub_seq').primaryKey().generatedAlwaysAsIdentity(),
  id: uuid('id').notNull().unique(),
  stream: uuid('stream').notNull(),
  seq: whole('seq').notNull(),
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

export const receipts = pgTable('receipt', {
  /** SHA-256 of the batch header as sent. */
  batch: text('batch').primaryKey(),
  stream: uuid('stream').notNull(),
  from: whole('from_seq').notNull(),
  to: whole('to_seq').notNull(),
  jws: text('jws').notNull(),
  at: moment('at').notNull(),
});
