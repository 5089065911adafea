/** Scans on a stick: which go out, whether there is room for them, and which of them the city says it holds. */
import fs from 'node:fs/promises';
import type { FileStore } from '../../db/file-seal.ts';
import { readFile } from '../../db/file-store.ts';
import { inTransaction, type ReadDb } from '../../db/handle.ts';
import { type KeptFile, markSent } from '../../db/queries/file.ts';
import { fail, Problem } from '../../shared/problem.ts';
import type { Answer } from '../../shared/protocol/courier.ts';

/** Beside the content: headers, seals, the end. */
const SPARE_BYTES = 1024 * 1024;
const MB = 1024 * 1024;

export function sumOf(files: readonly KeptFile[]): { readonly count: number; readonly bytes: number } {
  return { count: files.length, bytes: files.reduce((sum, f) => sum + f.size, 0) };
}

/** Read once to the end before any of it stands in a bundle: a damaged one stays behind and stops nobody. */
export async function soundFiles(store: FileStore, files: readonly KeptFile[]): Promise<readonly KeptFile[]> {
  const sound: KeptFile[] = [];
  for (const file of files) if (await isSound(store, file)) sound.push(file);
  return sound;
}

async function isSound(store: FileStore, { sha256, size }: KeptFile): Promise<boolean> {
  try {
    let length = 0;
    for await (const part of readFile(store, sha256)) length += part.length;
    return length === size;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}

/** Asked before anything is written: a stick that is too small for the scans may still take everything else. */
export async function requireRoom(folder: string, bytes: number): Promise<void> {
  const disk = await fs.statfs(folder).catch(() => null);
  if (!disk) return;
  const free = disk.bavail * disk.bsize;
  if (free < bytes + SPARE_BYTES)
    fail('STICK_SMALL', { need: Math.ceil((bytes + SPARE_BYTES) / MB), free: Math.floor(free / MB) });
}

/** Scans that the city says it holds whole. */
export function keepSent(db: ReadDb, unsent: readonly KeptFile[], { epoch, files = [] }: Answer): number {
  const there = unsent.filter((f) => files.includes(f.sha256));
  inTransaction(db, (tx) => {
    for (const { sha256 } of there) markSent(tx, sha256, epoch);
  });
  return there.length;
}
