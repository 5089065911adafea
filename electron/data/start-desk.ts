/** Makes a desk: the open store, sending and dispatch. The data process, the headless tools and the tests all start here. */
import { randomUUID } from 'node:crypto';
import type { Clock, Ids } from '../../db/clock.ts';
import { inTransaction } from '../../db/handle.ts';
import { fileKeyStore } from '../../db/key-store.ts';
import { closeDesk, openDesk } from '../../db/open.ts';
import { readIdentity, writeCityUrl } from '../../db/queries/device.ts';
import type { Desk } from '../context.ts';
import { type Dispatch, makeDispatch } from '../dispatch.ts';
import { makeSyncLoop, type SyncLoop } from '../sync/sync-loop.ts';

export interface DeskOptions {
  readonly folder: string;
  readonly migrationsFolder: string;
  readonly version: string;
  readonly cityUrl: string;
  /** True where the address was given from outside and replaces the enrolled one. */
  readonly cityUrlForced: boolean;
  readonly demo: boolean;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly announce: Desk['announce'];
  /** Bugs and unexpected failures: never personal data, the reference is what the clerk is shown. */
  readonly report: (ref: string, error: unknown) => void;
}
export interface StartedDesk {
  readonly desk: Desk;
  readonly sync: SyncLoop;
  readonly dispatch: Dispatch;
  close(): Promise<void>;
}

export function startDesk(options: DeskOptions): StartedDesk {
  const { folder, migrationsFolder, version, cityUrl, demo, clock, ids, announce, report } = options;
  const db = openDesk({ folder, migrationsFolder, keys: fileKeyStore(folder) });
  const desk: Desk = { db, clock, ids, announce, settings: { version, dataFolder: folder, cityUrl, demo } };
  const known = readIdentity(db);
  if (options.cityUrlForced && known && known.cityUrl !== cityUrl)
    inTransaction(db, (tx) => writeCityUrl(tx, cityUrl));
  const sync = makeSyncLoop(desk, (error) => report('sync', error));
  return {
    desk,
    sync,
    dispatch: makeDispatch(desk, sync, report),
    async close() {
      await sync.stop();
      closeDesk(db);
    },
  };
}

/** The real clock, or a test clock that starts at `startsAt` (epoch ms) and runs on from there. */
export function systemClock(startsAt?: number): Clock {
  const shift = startsAt === undefined ? 0 : startsAt - Date.now();
  return { now: () => Date.now() + shift, mono: () => performance.now(), boot: randomUUID() };
}

export const randomIds: Ids = { uuid: () => randomUUID() };
