/** Who may send: the epoch of this database, devices, their accounts, and the codes that let a new device in. */
import { bigint, boolean, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const epochs = pgTable('epoch', {
  id: uuid('id').primaryKey(),
  counter: integer('counter').notNull(),
  /** `x` of the receipt key: a hub that lost its key file must not go on under another one. */
  receiptKey: text('receipt_key').notNull(),
  startedAt: moment('started_at').notNull(),
  /** Hub sequence after which it began. */
  since: bigint('since', { mode: 'number' }).notNull(),
  /** PostgreSQL's own identifier and timeline; null where it does not tell them. */
  systemId: text('system_id'),
  timeline: bigint('timeline', { mode: 'number' }),
  why: text('why').notNull(),
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

/** The newest greeting of each machine, and how far it had written then. */
export const deviceContacts = pgTable('device_contact', {
  device: uuid('device').primaryKey(),
  at: moment('at').notNull(),
  stream: uuid('stream').notNull(),
  seq: bigint('seq', { mode: 'number' }).notNull(),
});

/** Append-only (trigger): one for each machine whose key counts no more. */
export const deviceRevocations = pgTable('device_revocation', {
  device: uuid('device').primaryKey(),
  at: moment('at').notNull(),
  /** Null where it was done on the city's own console. */
  byDevice: uuid('by_device'),
  byAccount: uuid('by_account'),
  byName: text('by_name').notNull(),
  reason: text('reason').notNull(),
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

export const alertKinds = [
  'fork',
  'replaced',
  'clone',
  'restored',
  'returned',
  'mark',
  'readmitted',
  'access_log',
] as const;
/** Append-only (trigger); each alert is told once (unique index). */
export const alerts = pgTable('alert', {
  n: bigint('n', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  kind: text('kind', { enum: alertKinds }).notNull(),
  epoch: uuid('epoch').notNull(),
  device: uuid('device'),
  stream: uuid('stream'),
  /** The stream that took its place. */
  successor: uuid('successor'),
  at: moment('at').notNull(),
});

/** Append-only (trigger): backups that were opened again and found equal. */
export const backupMarks = pgTable('backup_mark', {
  n: bigint('n', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  hub: bigint('hub', { mode: 'number' }).notNull(),
  events: bigint('events', { mode: 'number' }).notNull(),
  digest: text('digest').notNull(),
  place: text('place').notNull(),
  at: moment('at').notNull(),
});
