/** Dossiers whose people were taken off this machine, and the events of them that were emptied. */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** One transaction that took some off. */
export const purge = sqliteTable('purge', {
  id: text().primaryKey(),
  /** ISO 8601 UTC, this machine's clock. */
  at: text().notNull(),
  /** Account; null = the machine by itself. */
  actor: text(),
  days: integer().notNull(),
  /** Up to this number of its log the city had proven a backup. */
  hub: integer().notNull(),
  /** The greeting that said so (JWS). */
  proof: text().notNull(),
});

export const purgedDossier = sqliteTable('purged_dossier', {
  id: text().primaryKey(),
  purgeId: text('purge_id').notNull(),
});

export const purgedEvent = sqliteTable('purged_event', {
  eventN: integer('event_n').primaryKey(),
  purgeId: text('purge_id').notNull(),
  /** This machine's signature under what is left of the row. */
  seal: text().notNull(),
});
