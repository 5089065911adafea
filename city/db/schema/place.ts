/** Who may send: the epoch of this database, devices, their accounts, and the codes that let a new device in. */
import { boolean, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const epochs = pgTable('epoch', {
  id: uuid('id').primaryKey(),
  counter: integer('counter').notNull(),
  /** `x` of the receipt key: a hub that lost its key file must not go on under another one. */
  receiptKey: text('receipt_key').notNull(),
  startedAt: moment('started_at').notNull(),
});

export const devices = pgTable('device', {
  id: uuid('id').primaryKey(),
  no: integer('no').notNull().generatedAlwaysAsIdentity(),
  name: text('name').notNull(),
  unit: text('unit').notNull(),
  /** `x` of the device's Ed25519 key. */
  key: text('key').notNull().unique(),
  demo: boolean('demo').notNull(),
  enrolledAt: moment('enrolled_at').notNull(),
  revokedAt: moment('revoked_at'),
});

export const accounts = pgTable('account', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  role: text('role').notNull(),
  unit: text('unit').notNull(),
  device: uuid('device').notNull(),
  demo: boolean('demo').notNull(),
  createdAt: moment('created_at').notNull(),
});

export const enrolCodes = pgTable('enrol_code', {
  /** Keyed hash of the code; the code itself is shown once and never stored. */
  hash: text('hash').primaryKey(),
  unit: text('unit').notNull(),
  role: text('role').notNull(),
  name: text('name').notNull(),
  demo: boolean('demo').notNull(),
  expiresAt: moment('expires_at').notNull(),
  usedAt: moment('used_at'),
  device: uuid('device'),
});
