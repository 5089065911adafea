/** Events, what the city said of them, sealed batches and receipts, the streams of this machine. */
import { blob, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { replaceReasons } from '../../shared/contract/sync/messages.ts';
import { subjectKinds } from '../../shared/domain/event.ts';
import { verdictKinds } from '../../shared/domain/verdict.ts';

export const event = sqliteTable('event', {
  n: integer().primaryKey(),
  id: text().notNull(),
  schema: integer().notNull(),
  stream: text().notNull(),
  seq: integer().notNull(),
  verb: text().notNull(),
  subjectKind: text('subject_kind', { enum: subjectKinds }).notNull(),
  subjectId: text('subject_id').notNull(),
  base: integer().notNull(),
  at: text().notNull(),
  /** Vietnam's date of `at`. */
  day: text().notNull(),
  /** Made by this machine. */
  own: integer({ mode: 'boolean' }).notNull(),
  /** 0 = the chain as it stands here; 1.. = came from the city where something else stands at its place. */
  branch: integer().notNull(),
  raw: text().notNull(),
  hash: text().notNull(),
  /** `access.signature`: this machine's under the row as it put it here; null where an older program put it. */
  seal: text(),
});

/** Further places of own events: written again on a stream that took another one's place. */
export const resent = sqliteTable('resent', {
  stream: text().notNull(),
  seq: integer().notNull(),
  eventN: integer('event_n').notNull(),
  raw: text().notNull(),
  hash: text().notNull(),
});

export const delivery = sqliteTable('delivery', {
  eventN: integer('event_n').primaryKey(),
  verdict: text({ enum: verdictKinds }).notNull(),
  code: text(),
  field: text(),
  hubSeq: integer('hub_seq').notNull(),
  epoch: text().notNull(),
  receiptId: text('receipt_id'),
  receiptEpoch: text('receipt_epoch'),
  at: text().notNull(),
});

export const batch = sqliteTable('batch', {
  /** SHA-256 of the header JWS. */
  id: text().primaryKey(),
  stream: text().notNull(),
  fromSeq: integer('from_seq').notNull(),
  toSeq: integer('to_seq').notNull(),
  header: text().notNull(),
  body: blob({ mode: 'buffer' }).notNull(),
  sealedAt: text('sealed_at').notNull(),
  attempts: integer().notNull().default(0),
});

export const receipt = sqliteTable('receipt', {
  /** The batch that it answers; with the epoch its key. */
  id: text().notNull(),
  stream: text().notNull(),
  fromSeq: integer('from_seq').notNull(),
  toSeq: integer('to_seq').notNull(),
  epoch: text().notNull(),
  at: text().notNull(),
  jws: text().notNull(),
});

/** Streams that this machine wrote, the present one among them. */
export const ownStream = sqliteTable('own_stream', {
  id: text().primaryKey(),
  openedAt: text('opened_at').notNull(),
  why: text({ enum: ['enrolled', ...replaceReasons] }).notNull(),
  replaces: text(),
  told: text(),
  acked: integer().notNull(),
  closedAt: text('closed_at'),
});

/** The city's signature by which an event of another machine can be brought back to it. */
export const cityMark = sqliteTable('city_mark', {
  eventN: integer('event_n').primaryKey(),
  epoch: text().notNull(),
  hubSeq: integer('hub_seq').notNull(),
  mark: text().notNull(),
});
