/** What the applied events add up to: dossiers with their components, sheets with their counts, corrections of the catalogue, targets, kept reports, closed days. */
import { bigint, boolean, date, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { sheetStatuses } from '../../../shared/domain/sheet.ts';

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
  steps: jsonb('steps').notNull(),
  transfers: jsonb('transfers').notNull(),
  files: jsonb('files').notNull(),
});

export const components = pgTable(
  'component',
  {
    dossier: text('dossier').notNull(),
    place: integer('place').notNull(),
    code: text('code').notNull(),
    due: date('due', { mode: 'string' }),
    firstDue: date('first_due', { mode: 'string' }),
    waitsFor: text('waits_for'),
    state: text('state').notNull(),
    since: date('since', { mode: 'string' }).notNull(),
    startedOn: date('started_on', { mode: 'string' }),
    endedOn: date('ended_on', { mode: 'string' }),
    at: text('at').notNull(),
    obstacle: text('obstacle').notNull(),
    supplements: integer('supplements').notNull(),
    askedOn: text('asked_on').notNull(),
  },
  (t) => [primaryKey({ columns: [t.dossier, t.place] })],
);

export const sheets = pgTable('sheet', {
  id: text('id').primaryKey(),
  revision,
  unit: text('unit').notNull(),
  asOf: date('as_of', { mode: 'string' }).notNull(),
  form: text('form').notNull(),
  from: text('from_date'),
  status: text('status', { enum: sheetStatuses }).notNull(),
  statusReason: text('status_reason').notNull(),
  sentOn: text('sent_on'),
  notes: jsonb('notes').notNull(),
});

/** An absent row is "chưa báo cáo", a null "không thuộc địa bàn". */
export const counts = pgTable(
  'count',
  {
    sheet: text('sheet').notNull(),
    category: text('category').notNull(),
    measure: text('measure').notNull(),
    value: integer('value'),
  },
  (t) => [primaryKey({ columns: [t.sheet, t.category, t.measure] })],
);

export const settings = pgTable('setting', {
  id: text('id').primaryKey(),
  revision,
  office: text('office').notNull(),
  corrections: jsonb('corrections').notNull(),
  clusters: jsonb('clusters').notNull(),
});

export const targets = pgTable('target', {
  id: text('id').primaryKey(),
  revision,
  unit: text('unit').notNull(),
  targets: jsonb('targets').notNull(),
});

export const reportRecords = pgTable('report_record', {
  id: text('id').primaryKey(),
  revision,
  report: text('report').notNull(),
  from: text('from_date'),
  to: text('to_date').notNull(),
  office: text('office').notNull(),
  printed: jsonb('printed').notNull(),
  frozen: jsonb('frozen').notNull(),
});

export const days = pgTable('day', {
  id: text('id').primaryKey(),
  revision,
  office: text('office').notNull(),
  device: text('device').notNull(),
  day: text('day').notNull(),
  entered: integer('entered').notNull(),
  sent: integer('sent').notNull(),
  accepted: integer('accepted').notNull(),
  returned: integer('returned').notNull(),
  waiting: integer('waiting').notNull(),
  digestHash: text('digest_hash'),
  differences: jsonb('differences').notNull(),
  closedAt: text('closed_at').notNull(),
  closedBy: text('closed_by').notNull(),
});
