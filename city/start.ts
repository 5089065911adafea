/** Starts a whole hub: database, keys, HTTP. Used by `city/main.ts`, the tests and the demo. */
import type { Writable } from 'node:stream';
import { buildApp } from './app.ts';
import { type Clock, systemClock } from './clock.ts';
import { migrate } from './db/migrate.ts';
import { type OpenCityDb, openCityDb } from './db/open.ts';
import { rebuildIfDue } from './db/rebuild.ts';
import { createEnrolCode, type EnrolCodeWish } from './enrol-code.ts';
import type { Hub } from './hub.ts';
import { loadKeys } from './keys.ts';

export interface HubWish {
  readonly dataDir: string;
  /** Empty or absent: the embedded database in `dataDir`. */
  readonly databaseUrl?: string | undefined;
  readonly host?: string | undefined;
  /** 0 or absent: any free port. */
  readonly port?: number | undefined;
  readonly clock?: Clock | undefined;
  /** Absent: no log. */
  readonly logTo?: Writable | undefined;
}

export interface RunningHub extends Hub {
  readonly url: string;
  /** Shown once; the database keeps only its hash. */
  createEnrolCode(wish: EnrolCodeWish): Promise<string>;
  /** Finishes running requests, closes the database, gives the folder free. */
  close(): Promise<void>;
}

const CUT_AFTER_MS = 4_000;

export async function startHub(wish: HubWish): Promise<RunningHub> {
  const opened = await openCityDb({ databaseUrl: wish.databaseUrl ?? '', dataDir: wish.dataDir });
  try {
    return await serve(wish, opened);
  } catch (error) {
    await opened.close();
    throw error;
  }
}

async function serve(
  { dataDir, host, port, clock, logTo }: HubWish,
  opened: OpenCityDb,
): Promise<RunningHub> {
  await migrate(opened.db);
  await rebuildIfDue(opened.db);
  const keys = await loadKeys(dataDir);
  const { app, hub } = await buildApp({
    db: opened.db,
    settle: opened.settle,
    keys,
    clock: clock ?? systemClock,
    logTo,
  });
  const url = await app.listen({ host: host ?? '127.0.0.1', port: port ?? 0 });
  let closing: Promise<void> | null = null;
  const close = async () => {
    const cut = setTimeout(() => app.server.closeAllConnections(), CUT_AFTER_MS);
    await app.close();
    clearTimeout(cut);
    await opened.close();
  };
  return {
    ...hub,
    url,
    createEnrolCode: (wish) => createEnrolCode(hub, wish),
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}
