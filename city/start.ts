/** Starts a whole hub: database, keys, HTTP. Used by `city/main.ts`, the tests and the demo. */
import path from 'node:path';
import type { Writable } from 'node:stream';
import { buildApp } from './app.ts';
import { type Clock, systemClock } from './clock.ts';
import { migrate } from './db/migrate.ts';
import { type OpenCityDb, openCityDb } from './db/open.ts';
import { rebuildIfDue } from './db/rebuild.ts';
import { type AccountWish, addAccount, createEnrolCode, type EnrolCodeWish } from './enrol-code.ts';
import { currentEpoch, epochAtStart } from './epoch.ts';
import { openFileFolder } from './files/file-folder.ts';
import type { Hub } from './hub.ts';
import { openHubMark } from './hub-mark.ts';
import { loadKeys } from './keys.ts';
import { newMetrics } from './metrics.ts';
import { newLanes } from './pace/lanes.ts';
import { newPace, type PaceLimits } from './pace/pace.ts';
import { judgeNewer } from './receive/judge-newer.ts';
import { newFigureCache } from './report/figure-cache.ts';
import { openReleaseFolder } from './updates/release-folder.ts';

export interface HubWish {
  readonly dataDir: string;
  /** Empty or absent: the embedded database in `dataDir`. */
  readonly databaseUrl?: string | undefined;
  readonly host?: string | undefined;
  /** 0 or absent: any free port. */
  readonly port?: number | undefined;
  /** Where the release for the desks lies; absent: `updates` in the data folder. */
  readonly updatesDir?: string | undefined;
  readonly clock?: Clock | undefined;
  /** Public half of the key in the city's safe. */
  readonly recoveryKey?: string | null | undefined;
  /** How fast one device may ask; absent: as any city. */
  readonly pace?: PaceLimits | undefined;
  /** Absent: no log. */
  readonly logTo?: Writable | undefined;
}

export interface RunningHub extends Hub {
  readonly url: string;
  /** As it stands now: it may change while the hub runs. */
  epoch(): Promise<string>;
  /** Shown once; the database keeps only its hash. */
  createEnrolCode(wish: EnrolCodeWish): Promise<string>;
  /** One more person at a device, by its number. */
  addAccount(wish: AccountWish): Promise<void>;
  /** Finishes running requests, closes the database, gives the folder free. */
  close(): Promise<void>;
}

const CUT_AFTER_MS = 4_000;
/** Together fewer than the connections to the database: hello, enrolment and the console need theirs. */
const [WRITERS, READERS] = [5, 3];
/** Answers of reports, some 200 KB each. */
const KEPT_FIGURES = 32;

export async function startHub(wish: HubWish): Promise<RunningHub> {
  const opened = await openHub(wish);
  try {
    return await serve(wish, opened);
  } catch (error) {
    await opened.close();
    throw error;
  }
}

export interface OpenHub {
  readonly hub: Hub;
  close(): Promise<void>;
}

/** A hub without its door: for work by hand on the city's own machine. */
export async function openHub(
  wish: Pick<HubWish, 'dataDir' | 'databaseUrl' | 'updatesDir' | 'clock' | 'pace' | 'recoveryKey'>,
): Promise<OpenHub> {
  const opened = await openCityDb({ databaseUrl: wish.databaseUrl ?? '', dataDir: wish.dataDir });
  try {
    return { hub: await raise(wish, opened), close: () => opened.close() };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

async function raise(
  {
    dataDir,
    updatesDir,
    clock,
    pace,
    recoveryKey,
  }: Pick<HubWish, 'dataDir' | 'updatesDir' | 'clock' | 'pace' | 'recoveryKey'>,
  opened: OpenCityDb,
): Promise<Hub> {
  await migrate(opened.db);
  await rebuildIfDue(opened.db);
  const hub: Hub = {
    db: opened.db,
    settle: opened.settle,
    keys: await loadKeys(dataDir),
    clock: clock ?? systemClock,
    mark: openHubMark(dataDir),
    files: openFileFolder(dataDir),
    updates: openReleaseFolder(updatesDir ?? path.join(dataDir, 'updates')),
    metrics: newMetrics(),
    pace: newPace(pace),
    lanes: newLanes(WRITERS),
    reads: newLanes(READERS),
    slow: newLanes(1),
    figures: newFigureCache(KEPT_FIGURES),
    recoveryKey: recoveryKey ?? null,
  };
  await epochAtStart(hub);
  await judgeNewer(hub);
  return hub;
}

async function serve({ host, port, logTo }: HubWish, { hub, close: closeHub }: OpenHub): Promise<RunningHub> {
  const app = await buildApp(hub, logTo);
  const url = await app.listen({ host: host ?? '127.0.0.1', port: port ?? 0 });
  let closing: Promise<void> | null = null;
  const close = async () => {
    const cut = setTimeout(() => app.server.closeAllConnections(), CUT_AFTER_MS);
    await app.close();
    clearTimeout(cut);
    await closeHub();
  };
  return {
    ...hub,
    url,
    epoch: async () => (await currentEpoch(hub)).id,
    createEnrolCode: (wish) => createEnrolCode(hub, wish),
    addAccount: (wish) => addAccount(hub, wish),
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}
