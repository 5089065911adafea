/** What the applied events add up to: dossiers with their components, sheets with their counts. */
import { bigint, boolean, date, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';

const revision = bigint('revision', { mode: 'number' }).notNull();

export const dossiers = pgTable('dossier', {
  id: text('id').primaryKey(),
  revision,
  code: text('code').notNull(),
  chain: text('chain').notNull(),
  regime: text('regime').notNull(),
  office: text('office').notNull(),
  commune: text('commune').notNull(),
  channel: text('channel').notNull(),
  receivedOn: date('received_on', { mode: 'string' }).notNull(),
  receivedTime: text('received_time').notNull(),
  due: date('due', { mode: 'string' }),
  form: jsonb('form').notNull(),
  synthetic: boolean('synthetic').notNull(),
});

export const components = pgTable(
  'component',
  {
    dossier: text('dossier').notNull(),
    place: integer('place').notNull(),
    code: text('code').notNull(),
    due: date('due', { mode: 'string' }),
    outcome: text('outcome').notNull(),
  },
  (t) => [primaryKey({ columns: [t.dossier, t.place] })],
);

export const sheets = pgTable('sheet', {
  id: text('id').primaryKey(),
  revision,
  unit: text('unit').notNull(),
  asOf: date('as_of', { mode: 'string' }).notNull(),
});

export const counts = pgTable(
  'count',
  {
    sheet: text('sheet').notNull(),
    category: text('category').notNull(),
    measure: text('measure').notNull(),
    value: integer('value').notNull(),
  },
  (t) => [primaryKey({ columns: [t.sheet, t.category, t.measure] })],
);
