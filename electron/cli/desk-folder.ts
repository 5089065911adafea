/** The desk's data folder for command-line tools: SMC_DATA_DIR, or where the app keeps it on this system. */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import type { ReadDb } from '../../db/handle.ts';
import { openKeySlots } from '../../db/key-slots.ts';
import { fileKeyStore, heldKeyStore, type KeyStore } from '../../db/key-store.ts';
import { closeDesk, DATA_FILE, openDesk } from '../../db/open.ts';
import { readIdentity } from '../../db/queries/device.ts';
import type { PublicJwk } from '../../shared/contract/sync/messages.ts';
import { DEMO_PASSWORD } from '../../shared/domain/sign-in.ts';
import { fail } from '../../shared/problem.ts';

function appData(): string {
  if (process.platform === 'win32') return process.env.APPDATA ?? path.join(homedir(), 'AppData', 'Roaming');
  if (process.platform === 'darwin') return path.join(homedir(), 'Library', 'Application Support');
  return process.env.XDG_CONFIG_HOME ?? path.join(homedir(), '.config');
}

export function deskFolder(): string {
  return path.resolve(process.env.SMC_DATA_DIR ?? path.join(appData(), 'so-mot-cua', 'desk'));
}

/**
 * The data key for a tool: SMC_SIGN_IN is somebody's password; a demonstration's is no secret. A slot inside the layer of the
 * operating system opens only in the app itself (`so-mot-cua --verify --password-stdin`).
 */
async function deskKeys(folder: string): Promise<KeyStore> {
  const slots = openKeySlots(folder);
  const people = slots.people();
  if (people.length === 0 && !slots.hasRecovery()) return fileKeyStore(folder);
  const given = process.env.SMC_SIGN_IN;
  for (const { id, demo } of people) {
    const password = given ?? (demo ? DEMO_PASSWORD : null);
    const key = password === null ? null : await slots.open(id, password).catch(() => null);
    if (key) return heldKeyStore(folder, key);
  }
  return fail(given === undefined ? 'SIGN_IN_NEEDED' : 'PASSWORD_WRONG');
}

export async function withDesk<T>(work: (db: ReadDb) => T): Promise<T> {
  const folder = deskFolder();
  const migrationsFolder = path.resolve(import.meta.dirname, '../../db/migrations');
  const db = openDesk({ folder, migrationsFolder, keys: await deskKeys(folder) });
  try {
    return work(db);
  } finally {
    closeDesk(db);
  }
}

export async function deskKey(): Promise<PublicJwk | null> {
  if (!existsSync(path.join(deskFolder(), DATA_FILE))) return null;
  return withDesk((db) => readIdentity(db)?.cityKey ?? null);
}
