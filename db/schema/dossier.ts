/** Dossiers as lists and search need them; the whole dossier is the fold of its events. */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { componentStates } from '../../shared/domain/action-rules.ts';
import { channels } from '../../shared/domain/dossier.ts';

export const dossier = sqliteTable('dossier', {
  n: integer().primaryKey(),
  id: text().notNull(),
  revision: integer().notNull(),
  code: text().notNull(),
  /** Code given by the official one-stop system; '' = none yet. */
  officialCode: text('official_code').notNull(),
  chain: text({ enum: ['birth', 'death'] }).notNull(),
  regime: text().notNull(),
  office: text().notNull(),
  commune: text().notNull(),
  channel: text({ enum: channels }).notNull(),
  receivedOn: text('received_on').notNull(),
  receivedTime: text('received_time').notNull(),
  due: text(),
  /** Earliest due day of a component whose clock runs: not ended, not waiting for the citizen. */
  nextDue: text('next_due'),
  state: text({ enum: componentStates }).notNull(),
  outcome: text({ enum: ['under_way', 'whole', 'part', 'none'] }).notNull(),
  /** How many papers are missing. */
  missing: integer().notNull(),
  subjectName: text('subject_name').notNull(),
  subjectBirth: text('subject_birth').notNull(),
  /** Folded name, for the order of lists. */
  sortName: text('sort_name').notNull(),
  /** Name of the mother or of the requester, for the duplicate check. */
  relativeName: text('relative_name').notNull(),
  requesterName: text('requester_name').notNull(),
  requesterPhone: text('requester_phone').notNull(),
  requesterAddress: text('requester_address').notNull(),
  idSuffix: text('id_suffix').notNull(),
  synthetic: integer({ mode: 'boolean' }).notNull(),
  /** `code@validFrom` of the unit that has it after a hand-over; null = it lies where it was received. */
  holder: text(),
});

export const component = sqliteTable('component', {
  dossierId: text('dossier_id').notNull(),
  code: text().notNull(),
  due: text(),
  firstDue: text('first_due'),
  waitsFor: text('waits_for'),
  state: text({ enum: componentStates }).notNull(),
  since: text().notNull(),
  startedOn: text('started_on'),
  endedOn: text('ended_on'),
  at: text().notNull(),
  obstacle: text().notNull(),
  supplements: integer().notNull(),
  askedOn: text('asked_on').notNull(),
});

export const dossierMark = sqliteTable('dossier_mark', {
  dossierN: integer('dossier_n').notNull(),
  mark: text().notNull(),
});

export const duplicateKey = sqliteTable('duplicate_key', {
  key: text().notNull(),
  dossierN: integer('dossier_n').notNull(),
});
