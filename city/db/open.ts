/** Opens the city database: a PostgreSQL by address, or the embedded one inside the data folder. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { fail } from '../../shared/problem.ts';
import { lockFolder } from './folder-lock.ts';
import type { CityDb } from './handle.ts';
import { syncAll, syncWal } from './wal-sync.ts';

export interface OpenCityDb {
  readonly db: CityDb;
  readonly kind: 'embedded' | 'postgres';
  /** Once it resolves, everything committed before the call survives a power cut. */
  settle(): Promise<void>;
  /** All of it as one archive, at one moment; the embedded database only. */
  dump(): Promise<Uint8Array>;
  close(): Promise<void>;
}

export interface CityDbPlace {
  /** postgres://… ; empty = embedded. */
  readonly databaseUrl: string;
  readonly dataDir: string;
}

export async function openCityDb({ databaseUrl, dataDir }: CityDbPlace): Promise<OpenCityDb> {
  return databaseUrl ? openPostgres(databaseUrl) : openEmbedded(dataDir);
}

async function openPostgres(url: string): Promise<OpenCityDb> {
  const [{ default: pg }, { drizzle }] = await Promise.all([
    import('pg'),
    import('drizzle-orm/node-postgres'),
  ]);
  // A receipt promises durability: no server default may soften the commit.
  const pool = new pg.Pool({
    connectionString: url,
    max: 11,
    connectionTimeoutMillis: 5_000,
    options: '-c synchronous_commit=on',
  });
  // An idle connection that the server ended is replaced at the next use.
  pool.on('error', () => undefined);
  return {
    db: drizzle({ client: pool }),
    kind: 'postgres',
    settle: async () => undefined,
    dump: async () => fail('BACKUP_BY_POSTGRES'),
    close: () => pool.end(),
  };
}

async function openEmbedded(dataDir: string): Promise<OpenCityDb> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const pgFolder = path.join(dataDir, 'pg');
  const lock = lockFolder(dataDir);
  try {
    const [{ PGlite }, { drizzle }] = await Promise.all([
      import('@electric-sql/pglite'),
      import('drizzle-orm/pglite'),
    ]);
    const client = await PGlite.create({ dataDir: pgFolder, relaxedDurability: false });
    const close = async () => {
      await client.close();
      await syncAll(pgFolder);
      lock.release();
    };
    const dump = async () => gzipSync(await (await client.dumpDataDir('none')).arrayBuffer());
    return { db: drizzle({ client }), kind: 'embedded', settle: () => syncWal(pgFolder), dump, close };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** An archive of `dump`, opened in memory beside whatever runs. */
export async function openCopy(archive: Uint8Array<ArrayBuffer>): Promise<Pick<OpenCityDb, 'db' | 'close'>> {
  const [{ PGlite }, { drizzle }] = await Promise.all([
    import('@electric-sql/pglite'),
    import('drizzle-orm/pglite'),
  ]);
  // Unpacked here: what is cut short is refused before a database is made of it.
  const client = await PGlite.create({ loadDataDir: new Blob([gunzipSync(archive)]) });
  return { db: drizzle({ client }), close: () => client.close() };
}
