/** Events, what the city said of them, sealed batches and receipts. */
import { blob, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
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
  raw: text().notNull(),
  hash: text().notNull(),
});

export const delivery = sqliteTable('delivery', {
  eventN: integer('event_n').primaryKey(),
  verdict: text({ enum: verdictKinds }).notNull(),
  code: text(),
  field: text(),
  hubSeq: integer('hub_seq').notNull(),
  receiptId: text('receipt_id'),
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
  /** The batch that it answers. */
  id: text().primaryKey(),
  stream: text().notNull(),
  fromSeq: integer('from_seq').notNull(),
  toSeq: integer('to_seq').notNull(),
  epoch: text().notNull(),
  at: text().notNull(),
  jws: text().notNull(),
});
