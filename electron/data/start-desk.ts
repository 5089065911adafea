/** Makes a desk: the open store, sending and dispatch. The data process, the headless tools and the tests all start here. */
import { randomUUID } from 'node:crypto';
import { openAside, takeAside } from '../../db/access-aside.ts';
import type { Clock, Ids } from '../../db/clock.ts';
import { removeFile, sweepFiles } from '../../db/file-store.ts';
import { inTransaction, type ReadDb } from '../../db/handle.ts';
import { fileKeyStore, type KeyStore } from '../../db/key-store.ts';
import { readMigrations } from '../../db/migrate.ts';
import { closeDesk } from '../../db/open.ts';
import { dropCopies, openUnwritable } from '../../db/open-unwritable.ts';
import { readIdentity, writeCityUrl } from '../../db/queries/device.ts';
import { forgetUnattached } from '../../db/queries/file.ts';
import { writeMachineSetting } from '../../db/queries/machine.ts';
import { noteSeenTime } from '../../db/seen-time.ts';
import { markDamaged, openSafely, type SafelyOpened } from '../../db/self-heal.ts';
import { sqliteProblem } from '../../db/sqlite-problem.ts';
import { openStreamIfPutBack, writeStreamMark } from '../../db/stream-mark.ts';
import { ipc, isMethod } from '../../shared/contract/ipc/registry.ts';
import type { HardwareParts } from '../../shared/domain/hardware.ts';
import type { ReadOnlyReason } from '../../shared/domain/read-only.ts';
import { Problem } from '../../shared/problem.ts';
import { type AccessLog, actingIdentity, type Desk } from '../context.ts';
import { type Dispatch, makeDispatch } from '../dispatch.ts';
import { readCertificates } from '../files/certificate.ts';
import { purgeByItself } from '../handlers/retention.ts';
import { makeSyncLoop, type SyncLoop } from '../sync/sync-loop.ts';
import { makeUpdates, type UpdateOptions, type Updates } from '../update/updates.ts';
import { makeAccessLog } from './access-log.ts';
import { type Backups, makeBackups } from './backups.ts';
import { type MachineWatch, watchMachine } from './machine-watch.ts';
import { restingBackups, restingSync, restingUpdates } from './resting.ts';

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
  /** The parts of this machine, read beside the work; absent: not judged anew. */
  readonly hardware?: () => Promise<HardwareParts>;
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
    markForCheck(options.folder, problem);
    return start(options);
  }
}

/** On a disk that takes no writes nothing can be healed: the damage itself is told. */
function markForCheck(folder: string, damage: Problem): void {
  try {
    markDamaged(folder);
  } catch {
    throw damage;
  }
}

function start(options: DeskOptions): StartedDesk {
  const { folder, migrationsFolder, clock, ids } = options;
  const keys = options.keys ?? fileKeyStore(folder);
  const from = { folder, migrationsFolder, clock, ids, keys };
  const opened = openUnwritable(from) ?? openAlone(from);
  try {
    return deskOn(opened, options);
  } catch (error) {
    opened.db.$client.close();
    throw error;
  }
}

/** What every desk has, whether its store may be written or not. */
function plainDesk({ db, key }: SafelyOpened, options: DeskOptions, readOnly: () => ReadOnlyReason | null) {
  const { folder, version, cityUrl, demo, program, clock, ids, announce } = options;
  const settings = { version, dataFolder: folder, cityUrl, demo, program };
  const who = options.who ?? (() => null);
  const aside = openAside({ folder, key });
  const around = { db, clock, who, readOnly };
  const access = makeAccessLog({ ...around, aside, changed: () => announce('changed', ['session']) });
  return { plain: { ...around, ids, announce, settings, access }, aside };
}

function openAlone(from: Parameters<typeof openSafely>[0]): SafelyOpened {
  const opened = openSafely(from);
  dropCopies(opened.key);
  return opened;
}

function deskOn(opened: SafelyOpened, options: DeskOptions): StartedDesk {
  if (opened.readOnly !== null) return deskToRead(opened, options);
  const { db, key, recovery, taken, chosenBy } = opened;
  const { folder, migrationsFolder, clock, ids, report } = options;
  const watch = watchMachine({
    ...{ db, clock, hardware: options.hardware },
    report: (error) => report('hardware', error),
  });
  const { plain, aside } = plainDesk(opened, options, () => (watch.isElsewhere() ? 'hardware' : null));
  const { access } = plain;
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
  takeAside(db, { folder, key }, clock);
  notePutBack(access, { recovery, taken, chosenBy });
  marked();
  const seen = () => noteTime(db, clock, report);
  seen();
  const loop = makeSyncLoop(desk, {
    report: (error) => report('sync', error),
    marked,
    systemProxy: options.systemProxy ?? (() => Promise.resolve(null)),
  });
  const sync = syncAtHome(loop, { watch, announce: options.announce });
  return {
    desk,
    sync,
    backups,
    updates,
    dispatch: watched(makeDispatch(desk, sync, report), backups),
    async close() {
      watch.close();
      await updates.close();
      await sync.stop();
      seen();
      marked();
      await backups.close();
      aside.close();
      closeDesk(db);
    },
  };
}

/** Nothing goes by itself from a machine that is a twin of another; what it is, is judged at the start and when it is enrolled. */
function syncAtHome(
  loop: SyncLoop,
  { watch, announce }: { readonly watch: MachineWatch; readonly announce: Desk['announce'] },
): SyncLoop {
  let wanted = false;
  const judge = () =>
    watch.judge((elsewhere) => {
      if (elsewhere) void loop.stop();
      else if (wanted) loop.schedule();
      announce('changed', ['session']);
    });
  void judge();
  return {
    ...loop,
    schedule() {
      wanted = true;
      if (!watch.isElsewhere()) loop.schedule();
    },
    async enrol(input) {
      await loop.enrol(input);
      await judge();
    },
  };
}

/** Nothing is written, sent, healed or copied; what this program cannot read is said screen by screen. */
function deskToRead(opened: SafelyOpened, options: DeskOptions): StartedDesk {
  const { db, readOnly } = opened;
  const { folder, version, report } = options;
  const { plain, aside } = plainDesk(opened, options, () => readOnly);
  const backups = restingBackups(folder);
  const updates = restingUpdates(version);
  const desk: Desk = { ...plain, backups, updates };
  const loop = makeSyncLoop(desk, {
    report: (error) => report('sync', error),
    marked: () => undefined,
    systemProxy: () => Promise.resolve(null),
  });
  const sync = restingSync(loop);
  return {
    ...{ desk, sync, backups, updates },
    dispatch: makeDispatch(desk, sync, report),
    async close() {
      await sync.stop();
      aside.close();
      db.$client.close();
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
