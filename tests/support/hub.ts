/** Real hubs for tests: the embedded database always, PostgreSQL where the environment names one. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { Clock } from '../../city/clock.ts';
import { type HubWish, type RunningHub, startHub } from '../../city/start.ts';
import { fillHubFolder } from './hub-template.ts';

export type Engine = 'pglite' | 'postgres';

/** The engines to run a suite on. A gate that needs PostgreSQL says so, and then its absence is a failure. */
export function engines(): readonly Engine[] {
  if (process.env.SMC_TEST_DATABASE_URL) return ['pglite', 'postgres'];
  if (process.env.SMC_REQUIRE_POSTGRES === '1')
    throw new Error('SMC_REQUIRE_POSTGRES=1 but SMC_TEST_DATABASE_URL is empty');
  return ['pglite'];
}

/** A clock that a test moves. */
export interface TestClock extends Clock {
  move(ms: number): void;
}
export function testClock(start = '2026-11-20T02:00:00Z'): TestClock {
  let now = Date.parse(start);
  return {
    now: () => now,
    move: (ms) => {
      now += ms;
    },
  };
}

export interface TestHub extends RunningHub {
  readonly clock: TestClock;
  readonly engine: Engine;
  readonly dataDir: string;
  /** '' on the embedded engine. */
  readonly databaseUrl: string;
  /** Stops the hub and removes everything it left. */
  remove(): Promise<void>;
}

export async function startTestHub(
  engine: Engine,
  wish: Pick<HubWish, 'pace' | 'updatesDir' | 'recoveryKey'> = {},
): Promise<TestHub> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'smc-hub-'));
  const database = engine === 'postgres' ? await freshDatabase() : null;
  if (!database) await fillHubFolder(dataDir);
  const clock = testClock();
  const hub = await startHub({ ...wish, dataDir, databaseUrl: database?.url, clock });
  const remove = async () => {
    await hub.close();
    await database?.drop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { ...hub, clock, engine, dataDir, databaseUrl: database?.url ?? '', remove };
}

export async function freshDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const base = process.env.SMC_TEST_DATABASE_URL ?? '';
  const name = `smc_${randomUUID().replaceAll('-', '')}`;
  await administer(base, `create database ${name}`);
  const url = new URL(base);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => administer(base, `drop database ${name} with (force)`) };
}

export async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}
