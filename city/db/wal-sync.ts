/** The embedded database writes its log but never asks the disk to keep it: this does, before a receipt leaves. */
import { open, readdir } from 'node:fs/promises';
import path from 'node:path';

/** Once it resolves, everything committed before the call survives a power cut. */
export async function syncWal(pgFolder: string): Promise<void> {
  const folder = path.join(pgFolder, 'pg_wal');
  const segments = (await readdir(folder)).filter((name) => /^[0-9A-F]{24}$/.test(name));
  for (const file of [...segments.map((name) => path.join(folder, name)), folder]) await syncFile(file);
}

/** At the end the log is folded into the tables: all of them must reach the disk. */
export async function syncAll(pgFolder: string): Promise<void> {
  for (const entry of await readdir(pgFolder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) await syncFile(path.join(entry.parentPath, entry.name));
}

async function syncFile(file: string): Promise<void> {
  // A folder can be opened for reading only; on Windows a file must be opened for writing to be flushed.
  const handle = await open(file, process.platform === 'win32' ? 'r+' : 'r').catch(() => null);
  try {
    await handle?.sync();
  } finally {
    await handle?.close();
  }
}
