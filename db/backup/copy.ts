/**
 * A copy of the store that counts as a backup: `VACUUM INTO` under another name, reopened by a connection of its own, checked, synced,
 * and only then named. Runs on a connection beside the desk's own, on its own thread; before a migration on the one there is.
 */
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Database } from 'better-sqlite3';
import { type BackupReason, backupFileName } from '../../shared/domain/backup-rules.ts';
import { fail } from '../../shared/problem.ts';
import { diskProblem } from '../disk-problem.ts';
import type { ReadDb } from '../handle.ts';
import { truthTables } from '../journal/tables.ts';
import { type DataKey, storeId } from '../key-store.ts';
import { connectCopy } from '../open.ts';
import { verifyFile } from '../rebuild.ts';
import { sqliteProblem } from '../sqlite-problem.ts';
import { NEW, nameFile, sweepHalfMade } from './folder.ts';

interface Wanted {
  /** Folder of the backups. */
  readonly place: string;
  readonly key: DataKey;
  readonly at: number;
  readonly reason: BackupReason;
}

/** Rows that are only ever added: of the store before and after, the copy stands between. */
interface Level {
  readonly position: number;
  readonly counts: Readonly<Record<string, number>>;
}
const GROWING = [
  'event',
  'resent',
  'receipt',
  'city_mark',
  'print_log',
  'file_log',
  'access',
  'person_request',
  'person_export',
  'purge',
  'purged_event',
];

/** The backup's file. Fails with BACKUP_FAILED (the copy is not sound), DB_FULL, DB_READ_ONLY, DB_DAMAGED. */
export function makeBackup(store: Database, { place, key, at, reason }: Wanted): string {
  const file = path.join(place, backupFileName({ at, reason, store: storeId(key) }));
  try {
    mkdirSync(place, { recursive: true, mode: 0o700 });
    sweepHalfMade(place);
    const before = levelOf(store);
    store.prepare('VACUUM INTO ?').run(file + NEW);
    checkCopy(file + NEW, key, { before, after: levelOf(store) });
    nameFile(file);
    return file;
  } catch (error) {
    rmSync(file + NEW, { force: true });
    throw sqliteProblem(diskProblem(error));
  }
}

function levelOf(client: Database): Level {
  const one = (sql: string) => client.prepare(sql).pluck().get() as number;
  const tables = truthTables(client).map((table) => table.name);
  const counts = tables
    .filter((name) => GROWING.includes(name))
    .map((name) => [name, one(`SELECT count(*) FROM ${name}`)]);
  return { counts: Object.fromEntries(counts) as Level['counts'], position: positionOf(client) };
}

/** 0 in a store of before the journal. */
function positionOf(client: Database): number {
  const known = client
    .prepare("SELECT count(*) FROM sqlite_master WHERE name = 'journal_state'")
    .pluck()
    .get();
  return known === 1 ? (client.prepare('SELECT position FROM journal_state').pluck().get() as number) : 0;
}

function checkCopy(file: string, key: DataKey, { before, after }: { before: Level; after: Level }): void {
  const copy = openCopy(file, key) ?? fail('BACKUP_FAILED', { detail: 'không mở lại được' });
  try {
    const level = levelOf(copy.$client);
    const between = (a: number, b: number | undefined, c: number | undefined) =>
      b !== undefined && a <= b && b <= (c ?? a);
    if (!between(before.position, level.position, after.position))
      fail('BACKUP_FAILED', { detail: 'mốc ghi' });
    for (const [table, rows] of Object.entries(before.counts))
      if (!between(rows, level.counts[table], after.counts[table])) fail('BACKUP_FAILED', { detail: table });
    if (!isSound(copy)) fail('BACKUP_FAILED', { detail: 'chuỗi băm' });
  } finally {
    copy.$client.close();
  }
}

/** Pages, events and chains; a copy of before the streams is checked by its pages alone. */
export function isSound(copy: ReadDb): boolean {
  try {
    const streams = copy.$client
      .prepare("SELECT count(*) FROM sqlite_master WHERE name = 'own_stream'")
      .pluck()
      .get();
    if (streams === 0) return copy.$client.pragma('integrity_check', { simple: true }) === 'ok';
    return verifyFile(copy).problems.length === 0;
  } catch (error) {
    if (sqliteProblem(error) === error) throw error;
    return false;
  }
}

/** null where it is damaged or gone; SQLite takes an empty file for a store without tables. */
export function openCopy(file: string, key: DataKey): ReadDb | null {
  if (!existsSync(file)) return null;
  try {
    const copy = connectCopy(file, key);
    if ((copy.$client.pragma('user_version', { simple: true }) as number) > 0) return copy;
    copy.$client.close();
    return null;
  } catch (error) {
    if (sqliteProblem(error) === error) throw error;
    return null;
  }
}
