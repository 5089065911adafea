/** Makes a desk: the open store, sending and dispatch. The data process, the headless tools and the tests all start here. */
import { randomUUID } from 'node:crypto';
import type { Clock, Ids } from '../../db/clock.ts';
import { removeFile, sweepFiles } from '../../db/file-store.ts';
import { inTransaction, type ReadDb } from '../../db/handle.ts';
import { fileKeyStore, type KeyStore } from '../../db/key-store.ts';
import { readMigrations } from '../../db/migrate.ts';
import { closeDesk } from '../../db/open.ts';
import { readIdentity, writeCityUrl } from '../../db/queries/device.ts';
import { forgetUnattached } from '../../db/queries/file.ts';
import { writeMachineSetting } from '../../db/queries/machine.ts';
import { noteSeenTime } from '../../db/seen-time.ts';
import { markDamaged, openSafely, type SafelyOpened } from '../../db/self-heal.ts';
import { sqliteProblem } from '../../db/sqlite-problem.ts';
import { openStreamIfPutBack, writeStreamMark } from '../../db/stream-mark.ts';
import { ipc, isMethod } from '../../shared/contract/ipc/registry.ts';
import { Problem } from '../../shared/problem.ts';
import { type AccessLog, actingIdentity, type Desk } from '../context.ts';
import { type Dispatch, makeDispatch } from '../dispatch.ts';
import { readCertificates } from '../files/certificate.ts';
import { purgeByItself } from '../handlers/retention.ts';
import { makeSyncLoop, type SyncLoop } from '../sync/sync-loop.ts';
import { makeUpdates, type UpdateOptions, type Updates } from '../update/updates.ts';
import { makeAccessLog } from './access-log.ts';
import { type Backups, makeBackups } from './backups.ts';

export interface DeskOptions {
  readonly folder: string;
  readonly migrationsFolder: string;
  readonly version: string;
  readonly cityUrl: string;
  /** True where the address was given from outside and replaces the enrolled one. */
  readonly cityUrlForced: boolean;
  readonly demo: boolean;
  readonly program: readonly string[];
  /** PEM of the city's own authority, given from outside: kept from then on. */
  readonly cityCa?: string | null;
  /** Proxy of the operating system for an address, as a URL; null = straight. */
  readonly systemProxy?: (url: string) => Promise<string | null>;
  /** Where the key comes from; absent: the plain key file. */
  readonly keys?: KeyStore;
  /** Absent: this program takes no updates. */
  readonly updates?: UpdateOptions;
  /** See `Desk.who`. */
  readonly who?: Desk['who'];
  readonly clock: Clock;
  readonly ids: Ids;
  readonly announce: Desk['announce'];
  /** Bugs and unexpected failures: never personal data, the reference is what the clerk is shown. */
  readonly report: (ref: string, error: unknown) => void;
  /** Closes this desk and starts it again: the store is damaged, or a backup was chosen. */
  readonly restart?: () => void;
}
export interface StartedDesk {
  readonly desk: Desk;
  readonly backups: Pick<Backups, 'schedule'>;
  readonly updates: Pick<Updates, 'schedule'>;
  readonly sync: SyncLoop;
  readonly dispatch: Dispatch;
  close(): Promise<void>;
}

/** As installers name it. */
export const thisPlatform = `${process.platform}-${process.arch}`;

/** A damage that shows only while the desk is made ready is healed by a second start. */
export function startDesk(options: DeskOptions): StartedDesk {
  try {
    return start(options);
  } catch (error) {
    const problem = sqliteProblem(error);
    if (!(problem instanceof Problem) || problem.code !== 'DB_DAMAGED') throw error;
    markDamaged(options.folder);
    return start(options);
  }
}

function start(options: DeskOptions): StartedDesk {
  const { folder, migrationsFolder, clock, ids } = options;
  const opened = openSafely({
    ...{ folder, migrationsFolder, clock, ids },
    keys: options.keys ?? fileKeyStore(folder),
  });
  try {
    return deskOn(opened, options);
  } catch (error) {
    opened.db.$client.close();
    throw error;
  }
}

function deskOn({ db, key, recovery, taken, chosenBy }: SafelyOpened, options: DeskOptions): StartedDesk {
  const { folder, migrationsFolder, version, cityUrl, demo, program, clock, ids, announce, report } = options;
  const settings = { version, dataFolder: folder, cityUrl, demo, program };
  const who = options.who ?? (() => null);
  const access = makeAccessLog({ db, clock, who });
  const plain = { db, clock, ids, announce, who, settings, access };
  const backups = makeBackups({
    ...{ desk: plain, key, recovery, migrationsFolder },
    ...(options.restart && { restart: options.restart }),
    report: (error) => report('backup', error),
    beforeNight: () => purgeByItself({ desk, db, identity: actingIdentity(desk) }),
  });
  const updates = makeUpdates({
    desk: { ...plain, backups },
    sync: () => sync,
    options: options.updates ?? { keys: [], folder: `${folder}-updates`, platform: thisPlatform },
    schema: readMigrations(migrationsFolder).length,
    report: (error) => report('update', error),
  });
  const desk: Desk = { ...plain, backups, updates };
  takeGiven(db, options);
  sweepScans(db, folder);
  const marked = () => keepMark(db, folder, report);
  // Before the first write of any kind: a store that was put back must not write on its old stream.
  openStreamIfPutBack(db, folder, { clock, ids });
  notePutBack(access, { recovery, taken, chosenBy });
  marked();
  const seen = () => noteTime(db, clock, report);
  seen();
  const sync = makeSyncLoop(desk, {
    report: (error) => report('sync', error),
    marked,
    systemProxy: options.systemProxy ?? (() => Promise.resolve(null)),
  });
  return {
    desk,
    sync,
    backups,
    updates,
    dispatch: watched(makeDispatch(desk, sync, report), backups),
    async close() {
      await updates.close();
      await sync.stop();
      seen();
      marked();
      await backups.close();
      closeDesk(db);
    },
  };
}

/** Who looks into the log later must know why it may lack what was there. */
function notePutBack(
  access: AccessLog,
  { recovery, taken, chosenBy }: Pick<SafelyOpened, 'recovery' | 'taken' | 'chosenBy'>,
): void {
  if (recovery?.kind === 'kept' || !(recovery || taken)) return;
  const { kind, lost, backupAt } = recovery ?? { kind: 'taken', lost: 0, backupAt: null };
  const facts = { kind, lost: lost ?? -1, backupAt: backupAt ?? '' };
  access.note({ action: 'log.put-back', facts }, chosenBy);
}

/** Reading is no work: the window reads by itself. A page that could not be read is looked into. */
function watched(dispatch: Dispatch, backups: Backups): Dispatch {
  return async (method, input) => {
    if (isMethod(method) && ipc[method].kind !== 'read') backups.touched();
    const reply = await dispatch(method, input);
    if (!reply.ok && reply.problem.code === 'DB_DAMAGED') backups.damaged();
    return reply;
  };
}

/** Scans that nobody attached, and what a killed program left half written. */
function sweepScans(db: ReadDb, folder: string): void {
  sweepFiles(folder);
  for (const sha256 of forgetUnattached(db)) removeFile(folder, sha256);
}

/** What was given from outside replaces what the store knows. */
function takeGiven(db: ReadDb, { cityUrl, cityUrlForced, cityCa }: DeskOptions): void {
  const known = readIdentity(db);
  if (cityUrlForced && known && known.cityUrl !== cityUrl)
    inTransaction(db, (tx) => writeCityUrl(tx, cityUrl));
  if (cityCa == null) return;
  readCertificates(cityCa);
  inTransaction(db, (tx) => writeMachineSetting(tx, 'city_ca', cityCa));
}

/** How far the city's time was seen to go: a clock that is set back while the program is shut prolongs no paper. */
function noteTime(db: ReadDb, clock: Clock, report: DeskOptions['report']): void {
  try {
    if (readIdentity(db)) inTransaction(db, (tx) => noteSeenTime(tx, clock));
  } catch (error) {
    report('seen-time', error);
  }
}

/** A full or locked disk must not stop the desk: without the mark the city alone notices a store that was put back. */
function keepMark(db: ReadDb, folder: string, report: DeskOptions['report']): void {
  try {
    writeStreamMark(db, folder);
  } catch (error) {
    report('stream-mark', error);
  }
}

/** The real clock, or a test clock that starts at `startsAt` (epoch ms) and runs on from there. */
export function systemClock(startsAt?: number): Clock {
  const shift = startsAt === undefined ? 0 : startsAt - Date.now();
  return { now: () => Date.now() + shift, mono: () => performance.now(), boot: randomUUID() };
}

export const randomIds: Ids = { uuid: () => randomUUID() };
