/** Dossiers as lists and search need them; the whole dossier is the fold of its events. */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { channels, componentOutcomes } from '../../shared/domain/dossier.ts';

export const dossier = sqliteTable('dossier', {
  n: integer().primaryKey(),
  id: text().notNull(),
  revision: integer().notNull(),
  code: text().notNull(),
  chain: text({ enum: ['birth', 'death'] }).notNull(),
  regime: text().notNull(),
  office: text().notNull(),
  commune: text().notNull(),
  channel: text({ enum: channels }).notNull(),
  receivedOn: text('received_on').notNull(),
  receivedTime: text('received_time').notNull(),
  due: text(),
  /** Earliest due day of a component still under way. */
  nextDue: text('next_due'),
  outcome: text({ enum: ['under_way', 'whole', 'part', 'none'] }).notNull(),
  subjectName: text('subject_name').notNull(),
  subjectBirth: text('subject_birth').notNull(),
  requesterName: text('requester_name').notNull(),
  requesterPhone: text('requester_phone').notNull(),
  idSuffix: text('id_suffix').notNull(),
  synthetic: integer({ mode: 'boolean' }).notNull(),
});

export const component = sqliteTable('component', {
  dossierId: text('dossier_id').notNull(),
  code: text().notNull(),
  due: text(),
  outcome: text({ enum: componentOutcomes }).notNull(),
});
