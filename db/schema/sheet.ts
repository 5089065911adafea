/** Count sheets: a unit at an as-of date, and its figures. An absent row is "chưa báo cáo". */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const sheet = sqliteTable('sheet', {
  id: text().primaryKey(),
  revision: integer().notNull(),
  unit: text().notNull(),
  asOf: text('as_of').notNull(),
});

export const count = sqliteTable('count', {
  sheetId: text('sheet_id').notNull(),
  category: text().notNull(),
  measure: text().notNull(),
  value: integer().notNull(),
});
