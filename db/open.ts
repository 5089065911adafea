/** Opens the one connection: key, cipher, pragmas (asserted), migrations. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type DatabaseConstructor from 'better-sqlite3';
import type { Database } from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { assert } from '../shared/lib/must.ts';
import { fail } from '../shared/problem.ts';
import type { ReadDb } from './handle.ts';
import type { DataKey, KeyStore } from './key-store.ts';
import { type Migration, migrate, readMigrations } from './migrate.ts';
import { syncFolder } from './private-file.ts';
import { rebuildIfDue } from './rebuild.ts';
import { named } from './sqlite-problem.ts';

export interface OpenOptions {
  readonly folder: string;
  readonly keys: KeyStore;
  readonly migrationsFolder: string;
}
export const DATA_FILE = 'desk.db';
/** One page of the smallest size that SQLite knows. */
const SMALLEST_FILE = 512;

/** RELIABILITY 3.1; read back after setting, because SQLite ignores a pragma that it cannot honour. */
const pragmas = [
  // Other processes are kept out by the lock file; a backup reads beside the desk, on a thread of this process.
  ['locking_mode', 'NORMAL', 'normal'],
  ['journal_mode', 'WAL', 'wal'],
  ['synchronous', 'FULL', 2],
  ['foreign_keys', 'ON', 1],
  ['trusted_schema', 'OFF', 0],
  ['secure_delete', 'ON', 1],
  ['cell_size_check', 'ON', 1],
  ['temp_store', 'MEMORY', 2],
  ['busy_timeout', '5000', 5000],
] as const;
/** Below this SQLite has the WAL-reset race. */
const OLDEST_SQLITE = '3.51.3';

export function openDesk(options: OpenOptions): ReadDb {
  mkdirSync(options.folder, { recursive: true, mode: 0o700 });
  const lock = lockStore(options.folder);
  try {
    const key = options.keys.open(existsSync(path.join(options.folder, DATA_FILE)));
    return openLocked({ ...options, key, lock });
  } catch (error) {
    lock.close();
    throw error;
  }
}

export interface LockedOptions extends Pick<OpenOptions, 'folder' | 'migrationsFolder'> {
  readonly key: DataKey;
  /** Freed when the store is closed, in whatever way; where opening fails it stays the caller's. */
  readonly lock: StoreLock;
  /** Called with the open file before migrations change it. */
  readonly beforeMigration?: (client: Database) => void;
}

export function openLocked({ folder, migrationsFolder, key, lock, beforeMigration }: LockedOptions): ReadDb {
  const file = path.join(folder, DATA_FILE);
  const migrations = readMigrations(migrationsFolder);
  if (!existsSync(file)) createFile(file, key, migrations);
  // A file gets its name only when it is whole, and SQLite would take an empty one for a new store.
  else if (statSync(file).size < SMALLEST_FILE) fail('DB_DAMAGED');
  const client = connect(file, key);
  try {
    return named(() => {
      if ((client.pragma('user_version', { simple: true }) as number) < migrations.length)
        beforeMigration?.(client);
      migrate(client, migrations);
      const db = drizzle({ client }) as unknown as ReadDb;
      rebuildIfDue(db);
      client.pragma('optimize');
      freeWithStore(client, lock);
      return db;
    });
  } catch (error) {
    // Held open it would keep its lock, and the next try would meet "in use" instead of the reason.
    client.close();
    throw error;
  }
}

function freeWithStore(client: Database, lock: StoreLock): void {
  const close = client.close.bind(client);
  client.close = () => {
    close();
    lock.close();
    return client;
  };
}

export function closeDesk(db: ReadDb): void {
  try {
    db.$client.pragma('optimize');
  } catch {
    // It only makes the next queries faster: a full disk must not keep the store open and locked.
  }
  db.$client.close();
}

/** A new database is made under another name and renamed when whole: a power cut leaves either none or a good one. */
export function createFile(file: string, key: DataKey, migrations: readonly Migration[]): void {
  const temporary = `${file}.new`;
  for (const end of ['', '-wal', '-journal']) rmSync(temporary + end, { force: true });
  const client = connect(temporary, key);
  migrate(client, migrations);
  client.pragma('wal_checkpoint(TRUNCATE)');
  client.close();
  renameSync(temporary, file);
  syncFolder(path.dirname(file));
}

export interface StoreLock {
  close(): void;
}
/** One process at a time: an empty file beside the store, locked by SQLite itself; it is free again however the holder ended. */
export function lockStore(folder: string): StoreLock {
  return named(() => {
    const client = new (loadDriver())(path.join(folder, 'desk.lock'));
    try {
      client.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      client.close();
      throw error;
    }
    return client;
  });
}

export function connect(file: string, key: DataKey): Database {
  const client = new (loadDriver())(file);
  try {
    client.pragma(`cipher = '${key.cipher}'`);
    client.pragma(`key = 'raw:${key.hex}'`);
    named(() => client.prepare('SELECT count(*) FROM sqlite_master').get());
    for (const [name, value] of pragmas) client.pragma(`${name} = ${value}`);
    assertPragmas(client);
    return client;
  } catch (error) {
    client.close();
    // The key file vouches for the key, so an unreadable first page means damage, not a wrong key.
    if (
      error instanceof Error &&
      'details' in error &&
      JSON.stringify(error.details).includes('SQLITE_NOTADB')
    )
      fail('DB_DAMAGED');
    throw error;
  }
}

/** A finished copy, for reading alone: nothing beside it is made and nothing in it changes. */
export function connectCopy(file: string, key: DataKey): ReadDb {
  const client = new (loadDriver())(file, { readonly: true, fileMustExist: true });
  try {
    client.pragma(`cipher = '${key.cipher}'`);
    client.pragma(`key = 'raw:${key.hex}'`);
    client.prepare('SELECT count(*) FROM sqlite_master').get();
    return drizzle({ client }) as unknown as ReadDb;
  } catch (error) {
    client.close();
    throw error;
  }
}

/**
 * A store that a newer program made, for reading alone: what this program knows of it can be looked at and taken out, nothing in it is
 * changed. Null where it is not newer, or where that cannot be told: the usual way then says what is wrong.
 */
export function openNewer(file: string, key: DataKey, known: number, lock: StoreLock): ReadDb | null {
  if (!existsSync(file)) return null;
  try {
    const db = connectCopy(file, key);
    const client = db.$client;
    if ((client.pragma('user_version', { simple: true }) as number) > known) {
      client.pragma('query_only = ON');
      freeWithStore(client, lock);
      return db;
    }
    client.close();
  } catch {
    // Not readable this way, as a damaged file or one of another key.
  }
  return null;
}

/** Throws where the file does not run under the promised settings. */
export function assertPragmas(client: Database): void {
  for (const [name, , expected] of pragmas) {
    const actual = client.pragma(name, { simple: true });
    assert(actual === expected, `pragma ${name} is ${String(actual)}, not ${String(expected)}`);
  }
  const version = client.prepare('SELECT sqlite_version()').pluck().get() as string;
  assert(
    version.localeCompare(OLDEST_SQLITE, 'en', { numeric: true }) >= 0,
    `SQLite ${version} is older than ${OLDEST_SQLITE}`,
  );
}

/** The shipped binary needs Node-API 10 and kills an older runtime without a word: say it in words instead. */
function loadDriver(): typeof DatabaseConstructor {
  const require = createRequire(import.meta.url);
  if (Number(process.versions.napi) < 10) {
    const prebuilds = path.join(path.dirname(require.resolve('better-sqlite3/package.json')), 'prebuilds');
    if (!readdirSync(prebuilds).includes('smc-napi8')) fail('DB_NATIVE_MISSING');
  }
  return require('better-sqlite3') as typeof DatabaseConstructor;
}
