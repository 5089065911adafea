/** Places that hold backups: the folder `backups` beside the store, and one that a person chose, best on another disk. */
import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { type BackupName, keptBackups, readBackupName } from '../../shared/domain/backup-rules.ts';
import { diskProblem } from '../disk-problem.ts';
import { type DataKey, storeId } from '../key-store.ts';
import { syncFile, syncFolder } from '../private-file.ts';

export interface Backup extends BackupName {
  readonly name: string;
  readonly file: string;
  readonly bytes: number;
}
export const NEW = '.new';
const PIECE = 1 << 20;

export const backupFolder = (folder: string) => path.join(folder, 'backups');

/** Newest first. A file gets its name only after it was checked. */
export function listBackups(place: string): readonly Backup[] {
  if (!existsSync(place)) return [];
  return readdirSync(place)
    .flatMap((name) => {
      const read = readBackupName(name);
      const file = path.join(place, name);
      return read ? [{ ...read, name, file, bytes: statSync(file).size }] : [];
    })
    .sort((a, b) => b.at - a.at);
}

/** Those of this store, newest first: what somebody put here from another machine protects nothing and is never taken away. */
export function ownBackups(place: string, key: DataKey): readonly Backup[] {
  return listBackups(place).filter(({ store }) => store === null || store === storeId(key));
}

/** Takes away those that no day, week or month needs any more, and what a killed program left half made. */
export function rotate(place: string, key: DataKey, purgedAt: number | null): void {
  const all = ownBackups(place, key);
  const kept = keptBackups(
    all.map((one) => one.at),
    purgedAt,
  );
  for (const { at, file } of all) if (!kept.has(at)) rmSync(file);
}

export function sweepHalfMade(place: string): void {
  if (!existsSync(place)) return;
  for (const name of readdirSync(place))
    if (name.includes(`.db${NEW}`)) rmSync(path.join(place, name), { force: true });
}

/** On the disk under its name, or not there. */
export function nameFile(file: string): void {
  syncFile(file + NEW);
  renameSync(file + NEW, file);
  syncFolder(path.dirname(file));
}

/** The very bytes of a checked backup at another place; they are read back before it gets its name. Fails with BACKUP_PLACE_… */
export function copyTo(place: string, { file, name }: Pick<Backup, 'file' | 'name'>): void {
  const target = path.join(place, name);
  try {
    mkdirSync(place, { recursive: true, mode: 0o700 });
    copyFileSync(file, target + NEW, constants.COPYFILE_FICLONE);
    syncFile(target + NEW);
    if (hashOf(target + NEW) !== hashOf(file)) throw new Error('the copy differs');
    nameFile(target);
  } catch (error) {
    rmSync(target + NEW, { force: true });
    throw diskProblem(error, { full: 'BACKUP_PLACE_FULL', locked: 'BACKUP_PLACE_LOCKED' });
  }
}

function hashOf(file: string): string {
  const hash = createHash('sha256');
  const buffer = Buffer.alloc(PIECE);
  const handle = openSync(file, 'r');
  try {
    for (let n = readSync(handle, buffer); n > 0; n = readSync(handle, buffer))
      hash.update(buffer.subarray(0, n));
  } finally {
    closeSync(handle);
  }
  return hash.digest('hex');
}
