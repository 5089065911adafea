/** Contents of scans beside the database, named by their SHA-256: `<folder>/files/<ab>/<sha256>`. Nothing is ever written in plain. */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { FILE_MAX_BYTES, type FileType, fileTypeOf } from '../shared/domain/attached-file.ts';
import { fail } from '../shared/problem.ts';
import { diskProblem } from './disk-problem.ts';
import { type FileStore, newHeader, PIECE, placeOf, rootOf, sealPiece, unsealed } from './file-seal.ts';
import type { KeptFile } from './queries/file.ts';

const NEW = '.new';
const PART = '.part';

/** Of a file that is being fetched: what came so far. */
export const partOf = (folder: string, sha256: string) => path.join(rootOf(folder), `${sha256}${PART}`);

export function hasFile(folder: string, sha256: string): boolean {
  return existsSync(placeOf(folder, sha256));
}

export function removeFile(folder: string, sha256: string): void {
  rmSync(placeOf(folder, sha256), { force: true });
}

/** What a killed program left half written; a fetch that was cut goes on where it was. */
export function sweepFiles(folder: string): void {
  sweep(folder, NEW);
}

/** Gives up what came so far of every fetch that was cut. */
export function dropParts(folder: string): void {
  sweep(folder, PART);
}

function sweep(folder: string, ending: string): void {
  if (!existsSync(rootOf(folder))) return;
  for (const name of readdirSync(rootOf(folder)))
    if (name.endsWith(ending)) rmSync(path.join(rootOf(folder), name), { force: true });
}

/**
 * Takes a file in, piece by piece: whole and on the disk when it returns, else nothing of it is left. Fails with SCAN_EMPTY,
 * SCAN_TOO_LARGE, SCAN_TYPE.
 */
export async function keepFile(
  store: FileStore,
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<KeptFile> {
  await mkdir(rootOf(store.folder), { recursive: true, mode: 0o700 });
  const temporary = path.join(rootOf(store.folder), `${randomUUID()}${NEW}`);
  try {
    const kept = await writeSealed(store, temporary, source);
    await putInPlace(store, temporary, kept.sha256);
    return kept;
  } catch (error) {
    await rm(temporary, { force: true });
    throw diskProblem(error);
  }
}

/** A sealed file that is whole and synced gets its name. */
export async function putInPlace({ folder }: FileStore, from: string, sha256: string): Promise<void> {
  const place = placeOf(folder, sha256);
  await mkdir(path.dirname(place), { recursive: true, mode: 0o700 });
  await rename(from, place);
  await syncFolder(path.dirname(place));
  await syncFolder(rootOf(folder));
}

async function writeSealed(
  store: FileStore,
  temporary: string,
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<KeptFile> {
  const out = await open(temporary, 'wx', 0o600);
  try {
    const { header, key } = newHeader(store);
    await out.write(header);
    const hash = createHash('sha256');
    let [size, number] = [0, 0];
    let type: FileType | null = null;
    for await (const { data, last } of pieces(source)) {
      if (data.length === 0) fail('SCAN_EMPTY');
      if (number === 0) type = fileTypeOf(data) ?? fail('SCAN_TYPE');
      size += data.length;
      if (size > FILE_MAX_BYTES) fail('SCAN_TOO_LARGE', { max: FILE_MAX_BYTES / 1024 / 1024 });
      hash.update(data);
      await out.write(sealPiece(key, data, { number: number++, last }));
    }
    await out.sync();
    return { sha256: hash.digest('hex'), size, type: type ?? fail('SCAN_EMPTY') };
  } finally {
    await out.close();
  }
}

/** Cuts into pieces of one size; the last one says so, and is empty where nothing came at all. */
async function* pieces(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<{ readonly data: Buffer; readonly last: boolean }> {
  let rest = Buffer.alloc(0);
  for await (const part of source) {
    rest = Buffer.concat([rest, part]);
    for (; rest.length > PIECE; rest = rest.subarray(PIECE))
      yield { data: rest.subarray(0, PIECE), last: false };
  }
  yield { data: rest, last: true };
}

/** The content from `offset` on. Fails with SCAN_NOT_KEPT, SCAN_DAMAGED. */
export async function* readFile(store: FileStore, sha256: string, offset = 0): AsyncGenerator<Buffer> {
  const handle = await openKept(store, sha256);
  try {
    yield* unsealed(store, handle, offset);
  } finally {
    await handle.close();
  }
}

async function openKept(store: FileStore, sha256: string): Promise<FileHandle> {
  try {
    return await open(placeOf(store.folder, sha256), 'r');
  } catch {
    return fail('SCAN_NOT_KEPT');
  }
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
