/** The desk's data folder for command-line tools: SMC_DATA_DIR, or where the app keeps it on this system. */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import type { ReadDb } from '../../db/handle.ts';
import { fileKeyStore } from '../../db/key-store.ts';
import { closeDesk, DATA_FILE, openDesk } from '../../db/open.ts';
import { readIdentity } from '../../db/queries/device.ts';
import type { PublicJwk } from '../../shared/contract/sync/messages.ts';

function appData(): string {
  if (process.platform === 'win32') return process.env.APPDATA ?? path.join(homedir(), 'AppData', 'Roaming');
  if (process.platform === 'darwin') return path.join(homedir(), 'Library', 'Application Support');
  return process.env.XDG_CONFIG_HOME ?? path.join(homedir(), '.config');
}

export function deskFolder(): string {
  return path.resolve(process.env.SMC_DATA_DIR ?? path.join(appData(), 'so-mot-cua', 'desk'));
}

export function withDesk<T>(work: (db: ReadDb) => T): T {
  const folder = deskFolder();
  const migrationsFolder = path.resolve(import.meta.dirname, '../../db/migrations');
  const db = openDesk({ folder, migrationsFolder, keys: fileKeyStore(folder) });
  try {
    return work(db);
  } finally {
    closeDesk(db);
  }
}

export function deskKey(): PublicJwk | null {
  if (!existsSync(path.join(deskFolder(), DATA_FILE))) return null;
  return withDesk((db) => readIdentity(db)?.cityKey ?? null);
}
