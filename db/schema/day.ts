/** Closed days, and the city's last word on each day. */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const day = sqliteTable('day', {
  id: text().primaryKey(),
  revision: integer().notNull(),
  office: text().notNull(),
  device: text().notNull(),
  day: text().notNull(),
  entered: integer().notNull(),
  sent: integer().notNull(),
  accepted: integer().notNull(),
  returned: integer().notNull(),
  waiting: integer().notNull(),
  digestHash: text('digest_hash'),
  /** JSON: kind, number of events, words. */
  differences: text().notNull(),
  closedAt: text('closed_at').notNull(),
  closedBy: text('closed_by').notNull(),
});

export const cityDay = sqliteTable('city_day', {
  day: text().primaryKey(),
  at: text().notNull(),
  reply: text().notNull(),
});
