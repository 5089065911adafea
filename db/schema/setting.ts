/** Corrections of the catalogue and clusters of units, one row per office that made some. */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const setting = sqliteTable('setting', {
  id: text().primaryKey(),
  revision: integer().notNull(),
  office: text().notNull(),
  /** JSON: `key@from` -> correction. */
  corrections: text().notNull(),
  /** JSON: `cluster@from` -> version of a cluster. */
  clusters: text().notNull(),
});
