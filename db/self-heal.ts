/**
 * Opening the store so that a damaged, missing or older file comes back from what is left: the newest good backup, or an empty store
 * where the journal reaches back that far, and the journal after it. The damaged file is set aside, never deleted, and is left in its
 * place where nothing else brings as much. What could not be brought back is counted, never passed over.
 */
import {
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import type { Database } from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { z } from 'zod';
import type { Recovery } from '../shared/contract/ipc/backup.ts';
import { backupFileName } from '../shared/domain/backup-rules.ts';
import type { Actor } from '../shared/domain/event.ts';
import type { ReadOnlyReason } from '../shared/domain/read-only.ts';
import { roles } from '../shared/domain/verbs.ts';
import { fail, Problem } from '../shared/problem.ts';
import { isSound, makeBackup, openCopy } from './backup/copy.ts';
import { type Backup, backupFolder, listBackups, NEW, ownBackups } from './backup/folder.ts';
import { TAKEN_FILE } from './backup/take.ts';
import type { Clock, Ids } from './clock.ts';
import { requireGoodPlace } from './data-place.ts';
import { diskProblem } from './disk-problem.ts';
import { inTransaction, type ReadDb } from './handle.ts';
import { readJournalState } from './journal/live.ts';
import { type JournalMark, readMark } from './journal/mark.ts';
import {
  freshStart,
  type JournalPicture,
  type Reach,
  reachFrom,
  readJournal,
  replay,
} from './journal/replay.ts';
import { type BranchPoint, segmentNumbers } from './journal/segment.ts';
import type { DataKey, KeyStore } from './key-store.ts';
import { type Migration, readMigrations } from './migrate.ts';
import { connect, createFile, DATA_FILE, lockStore, openLocked, openNewer } from './open.ts';
import { syncFile, syncFolder, writePrivate } from './private-file.ts';
import { readIdentity, writeRecovering } from './queries/device.ts';
import { journalState } from './schema/local.ts';
import { ASIDE } from './set-aside.ts';
import { named, sqliteProblem } from './sqlite-problem.ts';
import { openStream } from './streams.ts';

export interface SafeOptions {
  readonly folder: string;
  readonly keys: KeyStore;
  readonly migrationsFolder: string;
  readonly clock: Clock;
  readonly ids: Ids;
}

const DUE_FILE = 'heal-due';
const CHOSEN_FILE = 'restore.json';
const PARTS = ['', '-wal', '-shm', '-journal'];
type Chosen = z.infer<typeof chosenRestore>;
const chosenRestore = z.strictObject({
  file: z.string(),
  at: z.iso.datetime(),
  /** Who chose it; null in a tool or before enrolment. */
  by: z.strictObject({ id: z.string(), name: z.string(), role: z.enum(roles) }).nullable(),
});

/** The next start looks at every page of the store before it opens it. */
export function markDamaged(folder: string): void {
  writePrivate(path.join(folder, DUE_FILE), '');
}

/** The next start begins with this backup; the present file is set aside. */
export function chooseRestore(folder: string, chosen: Chosen): void {
  writePrivate(path.join(folder, CHOSEN_FILE), JSON.stringify(chosen));
}

export interface SafelyOpened {
  readonly db: ReadDb;
  readonly key: DataKey;
  readonly recovery: Recovery | null;
  /** It came from the second place of another machine. */
  readonly taken: boolean;
  /** Who chose the backup that it began with. */
  readonly chosenBy: Actor | null;
  /** Why nothing may be written into it. */
  readonly readOnly: ReadOnlyReason | null;
}

interface Work extends SafeOptions {
  readonly file: string;
  readonly key: DataKey;
  readonly migrations: readonly Migration[];
  readonly now: string;
}

export function openSafely(options: SafeOptions): SafelyOpened {
  const { folder, keys, migrationsFolder, clock } = options;
  requireGoodPlace(folder);
  makeFolder(folder);
  const lock = lockStore(folder);
  try {
    const file = path.join(folder, DATA_FILE);
    const key = keys.open(existsSync(file) || hasTraces(folder));
    const migrations = readMigrations(migrationsFolder);
    const now = new Date(clock.now()).toISOString();
    const newer = openNewer(file, key, migrations.length, lock);
    // Neither healed nor brought up to date: both would be done by rules that this program does not know.
    if (newer) return { db: newer, key, recovery: null, taken: false, chosenBy: null, readOnly: 'newer' };
    const work: Work = { ...options, file, key, migrations, now };
    const chosen = readChosen(folder);
    const restored = chosen && restoreChosen(work, chosen);
    const found = restored ?? heal(work);
    const db = openLocked({
      ...{ folder, migrationsFolder, key, lock },
      beforeMigration: (client) =>
        void makeBackup(client, {
          place: backupFolder(folder),
          key,
          ...{ at: clock.now(), reason: 'update' as const },
        }),
    });
    // What the other disk does not hold of the last moments, the city may: those places of the stream are not written again.
    const taken = existsSync(path.join(folder, TAKEN_FILE));
    if (taken || (found && partsWithThePast(found))) beginAnew(db, work);
    for (const name of [DUE_FILE, CHOSEN_FILE, TAKEN_FILE]) rmSync(path.join(folder, name), { force: true });
    return {
      ...{ db, key, recovery: found, taken, readOnly: null },
      chosenBy: (restored && chosen?.by) ?? null,
    };
  } catch (error) {
    lock.close();
    throw sqliteProblem(diskProblem(error));
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    // So Node says it of a folder that would have to be made on a locked disk.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') fail('DB_READ_ONLY');
    throw diskProblem(error);
  }
}

function hasTraces(folder: string): boolean {
  return listBackups(backupFolder(folder)).length > 0 || segmentNumbers(folder).length > 0;
}

const partsWithThePast = ({ kind, lost }: Recovery) => kind === 'chosen' || lost !== 0;

/** What was written after this moment is gone from here, but may stand at the city: another branch of the journal, another stream. */
function beginAnew(db: ReadDb, { ids, now }: Work): void {
  const { branch, position } = readJournalState(db);
  named(() =>
    inTransaction(db, (tx) => {
      tx.update(journalState).set({ branch: ids.uuid(), parent: branch, parentPosition: position }).run();
      if (readIdentity(tx) === null) return;
      openStream(tx, { stream: ids.uuid(), why: 'put_back', links: [], at: now });
      writeRecovering(tx, 'put_back');
    }),
  );
}

function readChosen(folder: string): Chosen | null {
  const request = path.join(folder, CHOSEN_FILE);
  return existsSync(request) ? chosenRestore.parse(JSON.parse(readFileSync(request, 'utf8'))) : null;
}

/** A person chose a backup: its state as it was, without the journal. */
function restoreChosen(work: Work, chosen: Chosen): Recovery | null {
  const { folder, file, key, migrations, now } = work;
  const copy = openCopy(chosen.file, key);
  if (!copy) {
    rmSync(path.join(folder, CHOSEN_FILE));
    return null;
  }
  copy.$client.close();
  const store = look(work);
  takeFrom(chosen.file, file + NEW);
  const client = connect(file + NEW, key);
  // The branch goes on from where the backup stood, even if the store knew a later one.
  replay(client, { segments: [], branches: [] }, pointOf(client), migrations);
  const { position } = pointOf(client);
  finish(client);
  const aside = swap(work);
  const { at: lastAt = null, position: last = position } = readMark(folder) ?? {};
  return {
    ...{ kind: 'chosen', at: now, backupAt: chosen.at, replayed: 0, reachedAt: chosen.at, lastAt, aside },
    lost: Math.max(0, (store.point?.position ?? last) - position),
  };
}

interface Look {
  readonly state: 'missing' | 'damaged' | 'opens';
  /** How far it goes, as far as that can be read. */
  readonly point: BranchPoint | null;
}

/** Opens the file alone, without bringing it up to date. Other failures than damage (wrong key, newer version, no room) end the start. */
function look({ folder, file, key, migrations }: Work): Look {
  if (!existsSync(file)) return { state: 'missing', point: null };
  if (statSync(file).size === 0) return { state: 'damaged', point: null };
  let client: Database | null = null;
  try {
    client = connect(file, key);
    const version = client.pragma('user_version', { simple: true }) as number;
    if (version > migrations.length) fail('DB_FROM_FUTURE');
    const point = pointOf(client);
    const due = existsSync(path.join(folder, DUE_FILE));
    const sound = !due || client.pragma('quick_check', { simple: true }) === 'ok';
    return { state: sound ? 'opens' : 'damaged', point };
  } catch (error) {
    const known = error instanceof Problem ? error : null;
    if (!isDamage(error, known)) throw known ?? error;
    return { state: 'damaged', point: null };
  } finally {
    client?.close();
  }
}

function isDamage(error: unknown, known: Problem | null): boolean {
  if (known) return known.code === 'DB_DAMAGED' || known.code === 'DB_FAILED';
  return (
    error instanceof Error &&
    'code' in error &&
    /^SQLITE_(CORRUPT|NOTADB|IOERR|ERROR)/.test(String(error.code))
  );
}

/** A store of before the journal stands at its very beginning. */
function pointOf(client: Database): BranchPoint {
  const known = client
    .prepare("SELECT count(*) FROM sqlite_master WHERE name = 'journal_state'")
    .pluck()
    .get();
  if (known === 0) return { branch: 'first', position: 0 };
  return readJournalPoint(client);
}
function readJournalPoint(client: Database): BranchPoint {
  const { branch, position } = readJournalState(drizzle({ client }) as unknown as ReadDb);
  return { branch, position };
}

function heal(work: Work): Recovery | null {
  const store = look(work);
  const mark = readMark(work.folder);
  if (store.state === 'opens' && mark && isUpTo(store.point, mark)) return null;
  const picture = readJournal(work.folder, work.key, mark?.branch);
  if (store.state === 'opens' && store.point) return catchUp(work, { store: store.point, mark, picture });
  if (store.state === 'missing' && !hasTraces(work.folder) && !mark) return null;
  return rebuild(work, { store, mark, picture });
}

const isUpTo = (point: BranchPoint | null, mark: JournalMark) =>
  point !== null && point.branch === mark.branch && point.position >= mark.position;

interface Known {
  readonly mark: JournalMark | null;
  readonly picture: JournalPicture;
}

/** The file is sound, but its journal goes further: its log was lost, or an older copy was put in its place. */
function catchUp(work: Work, { store, mark, picture }: Known & { store: BranchPoint }): Recovery | null {
  const reach = reachFrom(picture, store);
  const last = lastOf(mark, picture, reach);
  if (reach.entries === 0 && last.position <= store.position) return null;
  const better = reach.position < last.position ? bestBackup(work, picture, reach.position) : null;
  if (better) return rebuildFrom(work, better, { mark, picture });
  if (!replayInto(work, picture, store))
    return rebuild(work, { store: { state: 'damaged', point: store }, mark, picture });
  return {
    ...{ kind: 'caught_up', at: work.now, backupAt: null, replayed: reach.entries, aside: null },
    ...{ lost: last.position - reach.position, reachedAt: reach.at, lastAt: last.at },
  };
}

/** False where the file turns out to be damaged: nothing is written into such a one. */
function replayInto({ file, key, migrations }: Work, picture: JournalPicture, from: BranchPoint): boolean {
  const client = connect(file, key);
  try {
    if (client.pragma('quick_check', { simple: true }) !== 'ok') return false;
    replay(client, picture, from, migrations);
    client.pragma('wal_checkpoint(TRUNCATE)');
    return true;
  } catch (error) {
    if (!isDamage(error, null)) throw error;
    return false;
  } finally {
    client.close();
  }
}

interface Base {
  /** null: an empty store. */
  readonly backup: Backup | null;
  readonly start: BranchPoint;
  readonly reach: Reach;
}

function rebuild(work: Work, { store, mark, picture }: Known & { store: Look }): Recovery {
  const base = bestBackup(work, picture, -1);
  const readable = store.point?.position ?? -1;
  if (!base || base.reach.position < readable) {
    if (store.point === null) fail(store.state === 'missing' ? 'DB_GONE' : 'DB_DAMAGED');
    const nothing = { backupAt: null, replayed: 0, lost: 0, reachedAt: null, lastAt: null, aside: null };
    return { kind: 'kept', at: work.now, ...nothing };
  }
  return rebuildFrom(work, base, { mark, picture });
}

/** What reaches furthest beyond `above`: the newest backup that is sound, or nothing but the journal. */
function bestBackup({ folder, key }: Work, picture: JournalPicture, above: number): Base | null {
  let best: Base | null = null;
  const consider = (backup: Backup | null, start: BranchPoint) => {
    const reach = reachFrom(picture, start);
    if (reach.position > (best?.reach.position ?? above)) best = { backup, start, reach };
  };
  const end = picture.segments
    .flatMap((s) => [...s.entries()].at(-1)?.p ?? [])
    .reduce((a, b) => Math.max(a, b), 0);
  for (const backup of ownBackups(backupFolder(folder), key)) {
    const copy = openCopy(backup.file, key);
    if (!copy) continue;
    try {
      if (isSound(copy)) consider(backup, pointOf(copy.$client));
    } finally {
      copy.$client.close();
    }
    if (best !== null && (best as Base).reach.position >= end) return best;
  }
  const fresh = freshStart(picture);
  if (fresh) consider(null, fresh);
  return best;
}

function rebuildFrom(work: Work, { backup, start, reach }: Base, { mark, picture }: Known): Recovery {
  const { file, key, migrations, now } = work;
  if (backup) takeFrom(backup.file, file + NEW);
  else createFile(file + NEW, key, migrations);
  const client = connect(file + NEW, key);
  replay(client, picture, start, migrations);
  finish(client);
  const last = lastOf(mark, picture, reach);
  const backupAt = backup ? new Date(backup.at).toISOString() : null;
  return {
    ...{ kind: 'rebuilt', at: now, backupAt, replayed: reach.entries, aside: swap(work) },
    lost: mark === null && picture.segments.length === 0 ? null : last.position - reach.position,
    reachedAt: reach.at ?? backupAt,
    lastAt: last.at,
  };
}

/** The last commit of which anything tells. */
function lastOf(
  mark: JournalMark | null,
  { segments }: JournalPicture,
  reach: Reach,
): { position: number; at: string | null } {
  let last = { position: reach.position, at: reach.at };
  for (const segment of segments)
    for (const { p, at } of segment.entries()) if (p > last.position) last = { position: p, at };
  return mark && mark.position > last.position ? mark : last;
}

function takeFrom(from: string, to: string): void {
  for (const part of PARTS) rmSync(to + part, { force: true });
  copyFileSync(from, to, constants.COPYFILE_FICLONE);
  syncFile(to);
}

function finish(client: Database): void {
  client.pragma('wal_checkpoint(TRUNCATE)');
  client.close();
}

/** The old file, with what belongs to it, goes aside; the new one takes its name. Answers where the old one lies. */
function swap({ folder, file, now }: Work): string | null {
  const stamp = backupFileName({ at: Date.parse(now), reason: 'asked', store: null }).replace('-asked', '');
  let aside: string | null = null;
  mkdirSync(path.join(folder, ASIDE), { recursive: true, mode: 0o700 });
  for (const part of PARTS)
    if (existsSync(file + part)) {
      aside = path.join(ASIDE, stamp);
      renameSync(file + part, path.join(folder, aside) + part);
    }
  renameSync(file + NEW, file);
  syncFolder(path.join(folder, ASIDE));
  syncFolder(folder);
  return aside;
}
