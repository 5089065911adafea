/** A hub on its own address that is stopped, copied, put back and started again, as an operator would from a backup. */
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type HubWish, type RunningHub, startHub } from '../../city/start.ts';
import { administer, type Engine, freshDatabase, type TestClock, testClock } from './hub.ts';
import { fillHubFolder } from './hub-template.ts';

export interface RestorableHub {
  readonly clock: TestClock;
  readonly dataDir: string;
  now(): RunningHub;
  restart(change?: () => Promise<void> | void): Promise<void>;
  /** Keeps the database as it stands. */
  backup(): Promise<void>;
  /** Puts the kept database back; `mark`: whether the file beside it stays or went with it. */
  restore(mark: 'kept' | 'lost'): Promise<void>;
  /** A database with nothing in it. */
  empty(): Promise<void>;
  remove(): Promise<void>;
}

export async function startRestorableHub(
  engine: Engine,
  wish: Pick<HubWish, 'pace'> = {},
): Promise<RestorableHub> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'smc-restore-'));
  const copies = engine === 'postgres' ? await postgresCopies() : await folderCopies(dataDir);
  const clock = testClock();
  let hub = await startHub({ ...wish, dataDir, databaseUrl: copies.url, clock });
  const port = Number(new URL(hub.url).port);
  const restart = async (change?: () => Promise<void> | void) => {
    await hub.close();
    await change?.();
    hub = await startHub({ ...wish, dataDir, databaseUrl: copies.url, clock, port });
  };
  return {
    clock,
    dataDir,
    now: () => hub,
    restart,
    backup: () => restart(copies.keep),
    restore: (mark) =>
      restart(async () => {
        await copies.putBack();
        if (mark === 'lost') rmSync(path.join(dataDir, 'hub-mark.json'), { force: true });
      }),
    empty: () => restart(copies.empty),
    async remove() {
      await hub.close();
      await copies.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function folderCopies(dataDir: string) {
  await fillHubFolder(dataDir);
  const [pg, copy] = [path.join(dataDir, 'pg'), path.join(dataDir, 'pg-copy')];
  const wipe = () => rmSync(pg, { recursive: true, force: true });
  return {
    url: '',
    keep: () => {
      if (existsSync(copy)) rmSync(copy, { recursive: true });
      cpSync(pg, copy, { recursive: true });
    },
    putBack: () => {
      wipe();
      cpSync(copy, pg, { recursive: true });
    },
    empty: wipe,
    drop: async () => undefined,
  };
}

async function postgresCopies() {
  const base = process.env.SMC_TEST_DATABASE_URL ?? '';
  const { url, drop } = await freshDatabase();
  const name = new URL(url).pathname.slice(1);
  const again = async (template: string) => {
    await administer(base, `drop database ${name} with (force)`);
    await administer(base, `create database ${name} ${template}`);
  };
  return {
    url,
    keep: async () => {
      await administer(base, `drop database if exists ${name}_copy`);
      await administer(base, `create database ${name}_copy template ${name}`);
    },
    putBack: () => again(`template ${name}_copy`),
    empty: () => again(''),
    drop: async () => {
      await drop();
      await administer(base, `drop database if exists ${name}_copy`);
    },
  };
}
