/** Places where a hub keeps its data: made once with a device enrolled, then copied for every round. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { z } from 'zod';
import { rowsOf } from '../../city/db/handle.ts';
import { openCityDb } from '../../city/db/open.ts';

export type Engine = 'postgres' | 'pglite';

/** A hub's folder, and its database where that is a PostgreSQL ('' = embedded in the folder). */
export interface Place {
  readonly engine: Engine;
  readonly dataDir: string;
  readonly databaseUrl: string;
}
export interface Server {
  readonly url: string;
  readonly facts: string;
  stop(): Promise<void>;
}

let made = 0;
const newFolder = () => mkdtempSync(path.join(os.tmpdir(), 'smc-bench-hub-'));
const nameOf = (url: string) => new URL(url).pathname.slice(1);

export async function postgresServer(): Promise<Server> {
  const given = process.env.SMC_TEST_DATABASE_URL;
  // A script without types; the path is computed so that nobody takes it for a module of ours.
  const script = new URL('../../build/bootstrap/postgres.mjs', import.meta.url).href;
  const { throwAwayPostgres } = (await import(script)) as {
    throwAwayPostgres(): Promise<{ url: string; stop(): Promise<void> }>;
  };
  const server = given ? { url: given, stop: async () => undefined } : await throwAwayPostgres();
  const [row] = await ask(
    server.url,
    "select current_setting('server_version') as version, current_setting('fsync') as fsync, current_setting('full_page_writes') as pages",
  );
  const { version, fsync, pages } = z
    .object({ version: z.string(), fsync: z.string(), pages: z.string() })
    .parse(row);
  return { ...server, facts: `PostgreSQL ${version}, fsync ${fsync}, full_page_writes ${pages}` };
}

export async function newDatabase(server: Server, template = 'template1'): Promise<string> {
  const name = `smc_bench_${process.pid}_${++made}`;
  await ask(server.url, `create database ${name} template ${template}`);
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  return url.href;
}

export async function newPlace(engine: Engine, server: Server): Promise<Place> {
  return {
    engine,
    dataDir: newFolder(),
    databaseUrl: engine === 'postgres' ? await newDatabase(server) : '',
  };
}

/** No hub may run on the original meanwhile. */
export async function copyPlace({ engine, dataDir, databaseUrl }: Place, server: Server): Promise<Place> {
  const folder = newFolder();
  cpSync(dataDir, folder, { recursive: true });
  return {
    engine,
    dataDir: folder,
    databaseUrl: databaseUrl && (await newDatabase(server, nameOf(databaseUrl))),
  };
}

export async function dropPlace({ dataDir, databaseUrl }: Place, server: Server): Promise<void> {
  rmSync(dataDir, { recursive: true, force: true });
  if (databaseUrl) await dropDatabase(databaseUrl, server);
}

export async function dropDatabase(url: string, server: Server): Promise<void> {
  await ask(server.url, `drop database ${nameOf(url)} with (force)`);
}

/** One stream's events as they lie at the hub, read while no hub runs. */
export async function hubEvents(
  { dataDir, databaseUrl }: Place,
  stream: string,
): Promise<{ seq: number; hash: string; verdict: string }[]> {
  const opened = await openCityDb({ databaseUrl, dataDir });
  try {
    return await rowsOf(
      opened.db,
      sql`select seq, hash, verdict_kind as verdict from event where stream = ${stream} order by seq`,
      z.object({ seq: z.coerce.number(), hash: z.string(), verdict: z.string() }),
    );
  } finally {
    await opened.close();
  }
}

export async function ask(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}
