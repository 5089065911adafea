/** Backups, the check of the data, and what a start brought back. */
import { z } from 'zod';
import { backupReasons } from '../../domain/backup-rules.ts';
import { emptyInput, problemValue } from './common.ts';

/** What a start brought back. */
export const recovery = z.strictObject({
  /**
   * `rebuilt`: from a backup or from nothing; `caught_up`: the file stood behind its journal; `kept`: damaged, but nothing else holds as
   * much; `chosen`: a person chose a backup.
   */
  kind: z.enum(['rebuilt', 'caught_up', 'kept', 'chosen']),
  at: z.iso.datetime(),
  /** When the backup was made that it began with; null = none was used. */
  backupAt: z.iso.datetime().nullable(),
  /** Commits that the journal brought. */
  replayed: z.int(),
  /** Commits that could not be brought back; null = nothing is left that could tell how many. */
  lost: z.int().nullable(),
  /** Time of the last commit that is there; null = unknown. */
  reachedAt: z.iso.datetime().nullable(),
  /** Time of the last commit that ever was. */
  lastAt: z.iso.datetime().nullable(),
  /** Where the damaged file lies, inside the data folder. */
  aside: z.string().nullable(),
});
export type Recovery = z.infer<typeof recovery>;

const backupPlaces = ['here', 'second'] as const;
export const backupRef = z.strictObject({ where: z.enum(backupPlaces), name: z.string().max(80) });

/** Of a check of the pages: all `full`, or the quick one. */
export const dataCheck = z.strictObject({ at: z.iso.datetime(), ok: z.boolean() });

export const backupState = z.strictObject({
  /** The newest good one on this machine. */
  newest: z.iso.datetime().nullable(),
  running: z.boolean(),
  /** False: what is written now stands in the store alone, until the next backup. */
  journalWhole: z.boolean(),
  /** A folder on another disk that a person chose. */
  second: z
    .strictObject({
      place: z.string(),
      there: z.boolean(),
      newest: z.iso.datetime().nullable(),
      /** When the journal was last brought there whole, since the start; null = not yet. */
      journal: z.iso.datetime().nullable(),
      /** What was written since is on its way there. */
      behind: z.boolean(),
    })
    .nullable(),
  quick: dataCheck.nullable(),
  full: dataCheck.nullable(),
  /** Why the last backup failed, here or at the second place. */
  problem: problemValue.nullable(),
  /** Until somebody has read it. */
  recovery: recovery.nullable(),
  /** Rows of the access log or the events that the newest checks found bent or missing. */
  logFound: z.int(),
});
export type BackupState = z.infer<typeof backupState>;

const backupRow = z.strictObject({
  ...backupRef.shape,
  at: z.iso.datetime(),
  reason: z.enum(backupReasons),
  bytes: z.int(),
});
export type BackupRow = z.infer<typeof backupRow>;

const backupLook = z.strictObject({
  brings: z.strictObject({ events: z.int(), dossiers: z.int(), drafts: z.int() }),
  /** What stands here now and would not be there; `unsent`: own events that the city does not have either. */
  missing: z.strictObject({
    events: z.int(),
    unsent: z.int(),
    dossiers: z.int(),
    sheets: z.int(),
    drafts: z.int(),
    first: z.iso.datetime().nullable(),
    last: z.iso.datetime().nullable(),
  }),
});
export type BackupLook = z.infer<typeof backupLook>;

/** Copies of a store at the second place of a PC that is gone. */
const oldStore = z.strictObject({
  /** Folder inside the chosen one; '' = the chosen one itself. */
  name: z.string(),
  /** The newest file; null = nothing of it is there. */
  reachesTo: z.iso.datetime().nullable(),
  backups: z.int(),
  /** The printed code opens it. */
  code: z.boolean(),
});
export type OldStore = z.infer<typeof oldStore>;

export const backupIpc = {
  'backup.state': { kind: 'read', input: emptyInput, output: backupState },
  /** Newest first; each was checked before it got its name. */
  'backup.list': { kind: 'read', input: emptyInput, output: z.array(backupRow) },
  'backup.make': { kind: 'task', input: emptyInput, output: backupState },
  /** Reopens the backup, checks it whole, and compares it with what stands here. */
  'backup.look': { kind: 'task', input: backupRef, output: backupLook },
  /** The data process starts again with this backup; the present file is set aside. */
  'backup.restore': { kind: 'task', input: backupRef, output: z.null() },
  /** Looks at every page of the store now. */
  'backup.check': { kind: 'task', input: emptyInput, output: backupState },
  'backup.read-recovery': { kind: 'task', input: emptyInput, output: backupState },
  'backup.choose-place': { kind: 'shell', input: emptyInput, output: backupState },
  'backup.set-place': {
    kind: 'inner',
    input: z.strictObject({ place: z.string().max(1000) }),
    output: backupState,
  },
  /** Only where this machine has no data yet. Null: no folder was chosen. */
  'backup.choose-old': { kind: 'shell', input: emptyInput, output: z.array(oldStore).nullable() },
  'backup.find-old': {
    kind: 'inner',
    input: z.strictObject({ place: z.string().max(1000) }),
    output: z.array(oldStore),
  },
  /** One of those found; the data process starts again with it, and the printed code is asked for. */
  'backup.take-old': { kind: 'task', input: z.strictObject({ name: z.string().max(60) }), output: z.null() },
  'backup.forget-place': { kind: 'task', input: emptyInput, output: backupState },
} as const;
