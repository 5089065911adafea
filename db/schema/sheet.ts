/** Sheets: a unit's counts of one form at an as-of date, with their state; targets of units; what offices keep of reports. */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sheetStatuses } from '../../shared/domain/sheet.ts';

export const sheet = sqliteTable('sheet', {
  n: integer().primaryKey(),
  id: text().notNull(),
  revision: integer().notNull(),
  unit: text().notNull(),
  asOf: text('as_of').notNull(),
  form: text().notNull(),
  from: text('from_date'),
  status: text({ enum: sheetStatuses }).notNull(),
  statusReason: text('status_reason').notNull(),
  sentOn: text('sent_on'),
  /** JSON: `category/measure` -> who, when, from what paper. */
  notes: text().notNull(),
});

/** An absent row is "chưa báo cáo", a null "không thuộc địa bàn". */
export const count = sqliteTable('count', {
  sheetN: integer('sheet_n').notNull(),
  category: text().notNull(),
  measure: text().notNull(),
  value: integer(),
});

export const target = sqliteTable('target', {
  id: text().primaryKey(),
  revision: integer().notNull(),
  unit: text().notNull(),
  /** JSON: `category/measure@from` -> target. */
  targets: text().notNull(),
});

export const reportRecord = sqliteTable('report_record', {
  id: text().primaryKey(),
  revision: integer().notNull(),
  report: text().notNull(),
  from: text('from_date'),
  to: text('to_date').notNull(),
  office: text().notNull(),
  /** JSON: figures printed elsewhere, reports frozen as they were sent. */
  state: text().notNull(),
});
