/** Small files beside the database, for the user alone, whole or not at all. */
import {
  chmodSync,
  closeSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';

export function writePrivate(file: string, text: string): void {
  const temporary = `${file}.new`;
  try {
    writeSynced(temporary, 'w', text);
    chmodSync(temporary, 0o600);
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(path.dirname(file));
}

/** Over what stands there, which a full disk allows where a new file has no room: a power cut may leave it bent. Fails where there is none. */
export function overwritePrivate(file: string, text: string): void {
  writeSynced(file, 'r+', text);
}

function writeSynced(file: string, flags: 'w' | 'r+', text: string): void {
  const handle = openSync(file, flags, 0o600);
  try {
    const written = writeSync(handle, text);
    if (flags === 'r+') ftruncateSync(handle, written);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** So that the name survives a power cut as well as the contents. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

export function syncFile(file: string): void {
  const handle = openSync(file, 'r+');
  fsyncSync(handle);
  closeSync(handle);
}
