/** What belongs to this machine alone: drafts, filters, choices of reports, answers of the city to reports, prints, its identity at the city, how far it has read the city's inbox. */
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { replaceReasons } from '../../shared/contract/sync/messages.ts';
import { exportKinds } from '../../shared/domain/person-request.ts';
import { roles } from '../../shared/domain/verbs.ts';

export const draft = sqliteTable('draft', {
  id: text().primaryKey(),
  actor: text().notNull(),
  chain: text({ enum: ['birth', 'death'] }).notNull(),
  values: text().notNull(),
  savedAt: text('saved_at').notNull(),
});

/** Half typed outside the forms of dossiers: `about` names what. */
export const typed = sqliteTable('typed', {
  actor: text().notNull(),
  about: text().notNull(),
  values: text().notNull(),
  savedAt: text('saved_at').notNull(),
});

export const savedFilter = sqliteTable('saved_filter', {
  actor: text().notNull(),
  name: text().notNull(),
  filter: text().notNull(),
});

/** What the columns of count files mean, as somebody said; `headings` and `roles` are JSON lists of the same length. */
export const fileColumns = sqliteTable('file_columns', {
  form: text().notNull(),
  headings: text().notNull(),
  roles: text().notNull(),
  usedAt: text('used_at').notNull(),
});

export const savedReport = sqliteTable('saved_report', {
  actor: text().notNull(),
  name: text().notNull(),
  choice: text().notNull(),
});

export const cityReport = sqliteTable(
  'city_report',
  {
    office: text().notNull(),
    report: text().notNull(),
    from: text('from_date').notNull(),
    to: text('to_date').notNull(),
    treeOn: text('tree_on').notNull(),
    at: text().notNull(),
    reply: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.office, t.report, t.from, t.to, t.treeOn] })],
);

export const printLog = sqliteTable('print_log', {
  n: integer().primaryKey(),
  dossierId: text('dossier_id').notNull(),
  kind: text().notNull(),
  at: text().notNull(),
  actor: text().notNull(),
});

export const deviceState = sqliteTable('device_state', {
  one: integer().primaryKey(),
  device: text().notNull(),
  no: integer().notNull(),
  name: text().notNull(),
  office: text().notNull(),
  stream: text().notNull(),
  /** JWK, Ed25519; stands only inside the encrypted file. */
  privateKey: text('private_key').notNull(),
  cityUrl: text('city_url').notNull(),
  /** JWK of the city's receipt key, pinned at enrolment. */
  cityKey: text('city_key').notNull(),
  epoch: text().notNull(),
  account: text().notNull(),
  demo: integer({ mode: 'boolean' }).notNull(),
  clockOffsetMs: integer('clock_offset_ms'),
  enrolledAt: text('enrolled_at').notNull(),
  recovering: text({ enum: replaceReasons }),
  accountKnown: integer('account_known', { mode: 'boolean' }).notNull().default(true),
});

/** The people of this machine as the city last named them. `pin`: salted hash, JSON; NULL = none chosen. */
export const deskAccount = sqliteTable('desk_account', {
  id: text().primaryKey(),
  name: text().notNull(),
  role: text({ enum: roles }).notNull(),
  /** False where the city does not name the account any more. */
  known: integer({ mode: 'boolean' }).notNull(),
  pin: text(),
  /** JWS of the role paper. */
  paper: text(),
});

/** The access log; `raw` is the whole entry, the columns before it follow from it. */
export const access = sqliteTable('access', {
  seq: integer().primaryKey(),
  at: text().notNull(),
  actor: text(),
  action: text().notNull(),
  subjectKind: text('subject_kind'),
  subjectId: text('subject_id'),
  raw: text().notNull(),
  hash: text().notNull(),
  signature: text().notNull(),
});

export const machineSetting = sqliteTable('machine_setting', {
  name: text().primaryKey(),
  value: text().notNull(),
});

export const enrolment = sqliteTable('enrolment', {
  one: integer().primaryKey(),
  attempt: text().notNull(),
  privateKey: text('private_key').notNull(),
});

export const inboxCursor = sqliteTable('inbox_cursor', {
  epoch: text().primaryKey(),
  after: integer().notNull(),
});

export const journalState = sqliteTable('journal_state', {
  one: integer().primaryKey(),
  branch: text().notNull(),
  position: integer().notNull(),
  parent: text(),
  parentPosition: integer('parent_position'),
});

/** Requests of persons for their own data. Append-only (trigger). */
export const personRequest = sqliteTable('person_request', {
  id: text().primaryKey(),
  at: text().notNull(),
  actor: text().notNull(),
  actorName: text('actor_name').notNull(),
  receivedOn: text('received_on').notNull(),
  due: text().notNull(),
  reason: text().notNull(),
  name: text().notNull(),
  number: text().notNull(),
  birth: text().notNull(),
  dossiers: integer().notNull(),
});

/** What was printed or saved of a request's answer. Append-only (trigger). */
export const personExport = sqliteTable('person_export', {
  n: integer().primaryKey(),
  requestId: text('request_id').notNull(),
  what: text({ enum: exportKinds }).notNull(),
  at: text().notNull(),
  actor: text().notNull(),
});
