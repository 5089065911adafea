/**
 * A data folder that takes no writes: its disk was locked, or this account may not write there. SQLite cannot open a store in WAL mode then,
 * so a copy of it is opened under the system's temporary folder, encrypted as it is, brought up to this program's tables, and only read. It is
 * gone when it is closed; what a kill left of it goes at the next start.
 */
import { accessSync, constants, copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Database } from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { fail, Problem } from '../shared/problem.ts';
import { requireGoodPlace } from './data-place.ts';
import { diskProblem } from './disk-problem.ts';
import type { ReadDb } from './handle.ts';
import { type DataKey, storeId } from './key-store.ts';
import { migrate, readMigrations } from './migrate.ts';
import { connect, DATA_FILE } from './open.ts';
import { writePrivate } from './private-file.ts';
import { rebuildIfDue } from './rebuild.ts';
import type { SafelyOpened, SafeOptions } from './self-heal.ts';
import { named, sqliteProblem } from './sqlite-problem.ts';

const PROBE = 'write-probe';
const HELD = ['EBUSY', 'EPERM', 'EACCES', 'ENOTEMPTY'];
const copiesOf = (key: DataKey) => `so-mot-cua-xem-${storeId(key)}-`;

/** Null where the folder may be written, or holds no store. Fails as `openSafely` does. */
export function openUnwritable({ folder, keys, migrationsFolder }: SafeOptions): SafelyOpened | null {
  if (!existsSync(path.join(folder, DATA_FILE)) || takesWrites(folder)) return null;
  requireGoodPlace(folder);
  const key = keys.open(true);
  const place = copyStore(folder, key);
  try {
    const client = connect(path.join(place, DATA_FILE), key);
    removeWithStore(client, place);
    const nothing = { recovery: null, taken: false, chosenBy: null };
    return { ...nothing, key, ...named(() => readable(client, migrationsFolder)) };
  } catch (error) {
    rmSync(place, { recursive: true, force: true });
    throw sqliteProblem(diskProblem(error));
  }
}

function readable(client: Database, migrationsFolder: string): Pick<SafelyOpened, 'db' | 'readOnly'> {
  try {
    // Another account may have written while it was copied.
    if (client.pragma('quick_check', { simple: true }) !== 'ok') fail('DB_DAMAGED');
    const migrations = readMigrations(migrationsFolder);
    const db = drizzle({ client }) as unknown as ReadDb;
    const newer = (client.pragma('user_version', { simple: true }) as number) > migrations.length;
    if (!newer) {
      migrate(client, migrations);
      rebuildIfDue(db);
    }
    client.pragma('query_only = ON');
    return { db, readOnly: newer ? 'newer' : 'disk' };
  } catch (error) {
    client.close();
    throw error;
  }
}

/** A full disk is another matter. */
function takesWrites(folder: string): boolean {
  try {
    writePrivate(path.join(folder, PROBE), '');
    rmSync(path.join(folder, PROBE));
    accessSync(path.join(folder, DATA_FILE), constants.W_OK);
    return true;
  } catch (error) {
    const known = diskProblem(error);
    return !(known instanceof Problem && known.code === 'DB_READ_ONLY');
  }
}

/** What a kill left. One that another account has open stays: Windows holds it, and its holder takes it away. */
export function dropCopies(key: DataKey): void {
  for (const name of readdirSync(tmpdir()).filter((one) => one.startsWith(copiesOf(key))))
    try {
      rmSync(path.join(tmpdir(), name), { recursive: true, force: true });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && HELD.includes(String(error.code)))) throw error;
    }
}

/** The store and its log; the index of the log is made anew. */
function copyStore(folder: string, key: DataKey): string {
  dropCopies(key);
  const place = mkdtempSync(path.join(tmpdir(), copiesOf(key)));
  for (const name of [DATA_FILE, `${DATA_FILE}-wal`])
    if (existsSync(path.join(folder, name))) copyFileSync(path.join(folder, name), path.join(place, name));
  return place;
}

function removeWithStore(client: Database, place: string): void {
  const close = client.close.bind(client);
  client.close = () => {
    close();
    rmSync(place, { recursive: true, force: true });
    return client;
  };
}
