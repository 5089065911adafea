/** Scans that stand on this machine, and what was saved of them. */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { fileTypes } from '../../shared/domain/attached-file.ts';

export const fileKey = sqliteTable('file_key', {
  one: integer().primaryKey(),
  key: text().notNull(),
});

export const file = sqliteTable('file', {
  sha256: text().primaryKey(),
  /** Bytes. */
  size: integer().notNull(),
  type: text({ enum: fileTypes }).notNull(),
  state: text({ enum: ['kept', 'attached', 'fetched'] }).notNull(),
  /** Epoch of the city that had the whole file. */
  sentTo: text('sent_to'),
});

export const fileLog = sqliteTable('file_log', {
  n: integer().primaryKey(),
  dossierId: text('dossier_id').notNull(),
  sha256: text().notNull(),
  at: text().notNull(),
  actor: text().notNull(),
});
