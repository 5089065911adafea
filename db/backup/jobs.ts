/** The long works on a store that is in use: each has a connection of its own, so that it can run on another thread. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Database } from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { BackupLook, OldStore } from '../../shared/contract/ipc/backup.ts';
import { type BackupReason, readBackupName } from '../../shared/domain/backup-rules.ts';
import type { RetentionRule } from '../../shared/domain/retention.ts';
import { fail, Problem, type ProblemDetails } from '../../shared/problem.ts';
import type { ReadDb } from '../handle.ts';
import { pruneJournal } from '../journal/prune.ts';
import { type DataKey, storeId } from '../key-store.ts';
import { connect, DATA_FILE } from '../open.ts';
import { lookAtRetention, type RetentionLook } from '../purge.ts';
import { sqliteProblem } from '../sqlite-problem.ts';
import { markedAccess } from '../stream-mark.ts';
import { type LogCheck, verifyLog } from '../verify-log.ts';
import { isSound, makeBackup, openCopy } from './copy.ts';
import { backupFolder, copyTo, ownBackups, rotate } from './folder.ts';
import { findOldStores, stageOldStore } from './take.ts';

interface At {
  readonly folder: string;
  readonly key: DataKey;
}
interface Purging {
  /** The newest purge, epoch ms: older copies go. */
  readonly purgedAt: number | null;
}
export type BackupJob =
  | (At & {
      readonly job: 'backup';
      readonly at: number;
      readonly reason: BackupReason;
      readonly second: string | null;
    } & Purging)
  /** The newest backup goes to the second place, where it was not there when it was made. */
  | (At & { readonly job: 'second'; readonly place: string } & Purging)
  /** Which dossiers have been closed for long enough. */
  | (At & { readonly job: 'retention'; readonly rule: RetentionRule })
  | (At & { readonly job: 'check'; readonly full: boolean })
  | (At & { readonly job: 'log'; readonly wanted: 'tail' | 'whole' })
  | (At & { readonly job: 'look'; readonly file: string; readonly versions: number })
  | { readonly job: 'find'; readonly place: string }
  | { readonly job: 'take'; readonly folder: string; readonly from: string };
export interface JobResult {
  backup: { readonly file: string; readonly second: JobProblem | null };
  /** Whether the pages are whole. */
  check: { readonly ok: boolean };
  log: LogCheck;
  second: JobProblem | null;
  look: BackupLook;
  retention: RetentionLook;
  find: readonly OldStore[];
  take: null;
}
export interface JobProblem {
  readonly code: string;
  readonly details: ProblemDetails;
}

export function runJob(job: BackupJob): JobResult[BackupJob['job']] {
  switch (job.job) {
    case 'backup':
      return backUp(job);
    case 'check':
      return withStore(job, (store) => ({ ok: isWhole(store, job.full) }));
    case 'log':
      return withStore(job, (store) => lookAtLog(store, job));
    case 'second':
      return copyNewest(job);
    case 'look':
      return withStore(job, (store) => lookAt(store, job));
    case 'retention':
      return withStore(job, (store) => lookAtRetention(asDb(store), job.rule));
    case 'find':
      return findOldStores(job.place);
    case 'take':
      stageOldStore(job.folder, job.from);
      return null;
  }
}

const asDb = (client: Database) => drizzle({ client }) as unknown as ReadDb;

function withStore<T>({ folder, key }: At, work: (store: Database) => T): T {
  const store = connect(path.join(folder, DATA_FILE), key);
  try {
    return work(store);
  } finally {
    store.close();
  }
}

function backUp(job: BackupJob & { job: 'backup' }): JobResult['backup'] {
  const { folder, key, at, reason, second, purgedAt } = job;
  const place = backupFolder(folder);
  const file = withStore(job, (store) => makeBackup(store, { place, key, at, reason }));
  rotate(place, key, purgedAt);
  pruneJournal(folder, key, purgedAt);
  return { file, second: second === null ? null : copyAway(file, { place: second, key, purgedAt }) };
}

function copyNewest({ folder, key, place, purgedAt }: BackupJob & { job: 'second' }): JobProblem | null {
  const [newest] = ownBackups(backupFolder(folder), key);
  return newest ? copyAway(newest.file, { place, key, purgedAt }) : null;
}

interface Away extends Purging {
  readonly place: string;
  readonly key: DataKey;
}
/** The backup here counts also where the second place cannot be written. */
function copyAway(file: string, { place, key, purgedAt }: Away): JobProblem | null {
  try {
    // A disk that is not there must not get a folder of its name on this one.
    if (!existsSync(path.dirname(place))) fail('BACKUP_PLACE_MISSING', { place: path.dirname(place) });
    copyTo(place, { file, name: path.basename(file) });
    rotate(place, key, purgedAt);
    return null;
  } catch (error) {
    if (error instanceof Problem) return { code: error.code, details: error.details };
    throw error;
  }
}

function isWhole(store: Database, full: boolean): boolean {
  try {
    return store.pragma(full ? 'integrity_check' : 'quick_check', { simple: true }) === 'ok';
  } catch (error) {
    const known = sqliteProblem(error);
    if (known instanceof Problem && known.code === 'DB_DAMAGED') return false;
    throw known;
  }
}

/** As of one moment: people go on working meanwhile. */
function lookAtLog(client: Database, { folder, wanted }: BackupJob & { job: 'log' }): LogCheck {
  const db = asDb(client);
  const mark = markedAccess(folder);
  return client.transaction(() => verifyLog(db, wanted, { mark }))();
}

/** What a restore would leave out of what stands here now. */
function lookAt(store: Database, { file, key, versions }: BackupJob & { job: 'look' }): BackupLook {
  // Its key is another one: opened with ours it would look damaged.
  const of = readBackupName(path.basename(file))?.store ?? null;
  if (of !== null && of !== storeId(key)) fail('BACKUP_OTHER_MACHINE');
  const copy = openCopy(file, key) ?? fail('BACKUP_DAMAGED');
  try {
    if ((copy.$client.pragma('user_version', { simple: true }) as number) > versions)
      fail('BACKUP_FROM_FUTURE');
    if (!isSound(copy)) fail('BACKUP_DAMAGED');
    if (deviceOf(copy.$client) !== deviceOf(store)) fail('BACKUP_OTHER_MACHINE');
    return compare(store, copy);
  } finally {
    copy.$client.close();
  }
}

/** Of a copied disk that was enrolled under a name of its own: the same key, another machine. */
const deviceOf = (client: Database) =>
  client.prepare('SELECT device FROM device_state').pluck().get() as string | undefined;

function compare(store: Database, { $client: copy }: ReadDb): BackupLook {
  const one = (client: Database, sql: string) => client.prepare(sql).pluck().get() as number;
  const kept = new Set(copy.prepare('SELECT id FROM event').pluck().all() as string[]);
  const missing = { dossiers: new Set<string>(), sheets: new Set<string>(), events: 0, unsent: 0 };
  let [first, last]: [string | null, string | null] = [null, null];
  const rows = store.prepare(
    `SELECT e.id, e.subject_kind AS kind, e.subject_id AS subject, e.at, e.own, d.event_n IS NULL AS waits
     FROM event e LEFT JOIN delivery d ON d.event_n = e.n ORDER BY e.n`,
  );
  type Row = { id: string; kind: string; subject: string; at: string; own: number; waits: number };
  for (const { id, kind, subject, at, own, waits } of rows.iterate() as IterableIterator<Row>) {
    if (kept.has(id)) continue;
    missing.events++;
    if (kind === 'dossier') missing.dossiers.add(subject);
    if (kind === 'sheet') missing.sheets.add(subject);
    if (own === 1 && waits === 1) missing.unsent++;
    first ??= at;
    last = at;
  }
  const drafts = new Set(copy.prepare('SELECT id FROM draft').pluck().all() as string[]);
  const typed = store.prepare('SELECT id FROM draft').pluck().all() as string[];
  return {
    brings: { events: kept.size, dossiers: one(copy, 'SELECT count(*) FROM dossier'), drafts: drafts.size },
    missing: {
      ...{ events: missing.events, unsent: missing.unsent, first, last },
      ...{ dossiers: missing.dossiers.size, sheets: missing.sheets.size },
      drafts: typed.filter((id) => !drafts.has(id)).length,
    },
  };
}
