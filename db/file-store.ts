/**
 * Contents of scans beside the database, named by their SHA-256: `<folder>/files/<ab>/<sha256>`. A file is its header (magic, salt)
 * and AES-256-GCM over pieces of 64 KiB, under a key made from the store's key and the salt; the nonce is the number of the piece and
 * whether it is the last one, so that none can be moved, left out or cut off. Nothing is ever written in plain.
 */
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { FILE_MAX_BYTES, type FileType, fileTypeOf } from '../shared/domain/attached-file.ts';
import { fail, Problem } from '../shared/problem.ts';
import type { KeptFile } from './queries/file.ts';

export interface FileStore {
  /** Data folder of the desk. */
  readonly folder: string;
  readonly key: Buffer;
}

const MAGIC = Buffer.from('SMCF1');
const SALT = 16;
const HEADER = MAGIC.length + SALT;
const PIECE = 64 * 1024;
const TAG = 16;
const NEW = '.new';

const rootOf = (folder: string) => path.join(folder, 'files');
const placeOf = (folder: string, sha256: string) => path.join(rootOf(folder), sha256.slice(0, 2), sha256);

export function hasFile(folder: string, sha256: string): boolean {
  return existsSync(placeOf(folder, sha256));
}

export function removeFile(folder: string, sha256: string): void {
  rmSync(placeOf(folder, sha256), { force: true });
}

/** What a killed program left half written. */
export function sweepFiles(folder: string): void {
  if (!existsSync(rootOf(folder))) return;
  for (const name of readdirSync(rootOf(folder)))
    if (name.endsWith(NEW)) rmSync(path.join(rootOf(folder), name), { force: true });
}

/**
 * Takes a file in, piece by piece: whole and on the disk when it returns, else nothing of it is left. Fails with SCAN_EMPTY,
 * SCAN_TOO_LARGE, SCAN_TYPE; `wanted`: with SCAN_DAMAGED where the content has another hash.
 */
export async function keepFile(
  store: FileStore,
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  wanted?: string,
): Promise<KeptFile> {
  await mkdir(rootOf(store.folder), { recursive: true, mode: 0o700 });
  const temporary = path.join(rootOf(store.folder), `${randomUUID()}${NEW}`);
  try {
    const kept = await writeSealed(store, temporary, source);
    if (wanted !== undefined && kept.sha256 !== wanted) fail('SCAN_DAMAGED');
    const place = placeOf(store.folder, kept.sha256);
    await mkdir(path.dirname(place), { recursive: true, mode: 0o700 });
    await rename(temporary, place);
    await syncFolder(path.dirname(place));
    await syncFolder(rootOf(store.folder));
    return kept;
  } catch (error) {
    await rm(temporary, { force: true });
    throw diskProblem(error);
  }
}

async function writeSealed(
  store: FileStore,
  temporary: string,
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<KeptFile> {
  const out = await open(temporary, 'wx', 0o600);
  try {
    const salt = randomBytes(SALT);
    const key = contentKey(store, salt);
    await out.write(Buffer.concat([MAGIC, salt]));
    const hash = createHash('sha256');
    let [size, number] = [0, 0];
    let type: FileType | null = null;
    for await (const { data, last } of pieces(source)) {
      if (data.length === 0) fail('SCAN_EMPTY');
      if (number === 0) type = fileTypeOf(data) ?? fail('SCAN_TYPE');
      size += data.length;
      if (size > FILE_MAX_BYTES) fail('SCAN_TOO_LARGE', { max: FILE_MAX_BYTES / 1024 / 1024 });
      hash.update(data);
      const cipher = createCipheriv('aes-256-gcm', key, nonceOf(number++, last));
      await out.write(Buffer.concat([cipher.update(data), cipher.final(), cipher.getAuthTag()]));
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
    const { size } = await handle.stat();
    const header = await readAt(handle, 0, HEADER);
    if (size <= HEADER || !header.subarray(0, MAGIC.length).equals(MAGIC)) fail('SCAN_DAMAGED');
    const key = contentKey(store, header.subarray(MAGIC.length));
    const count = Math.ceil((size - HEADER) / (PIECE + TAG));
    for (let number = Math.floor(offset / PIECE); number < count; number++) {
      const sealed = await readAt(handle, HEADER + number * (PIECE + TAG), PIECE + TAG);
      const plain = unseal(sealed, key, nonceOf(number, number === count - 1));
      yield plain.subarray(Math.max(0, offset - number * PIECE));
    }
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

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
}

function unseal(sealed: Buffer, key: Buffer, nonce: Buffer): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG });
    decipher.setAuthTag(sealed.subarray(-TAG));
    return Buffer.concat([decipher.update(sealed.subarray(0, -TAG)), decipher.final()]);
  } catch {
    return fail('SCAN_DAMAGED');
  }
}

function contentKey({ key }: FileStore, salt: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', key, salt, 'so-mot-cua/file/v1', 32));
}

/** Each key seals one file only, so a number is never used twice under it. */
function nonceOf(number: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce[0] = last ? 1 : 0;
  nonce.writeUInt32BE(number, 8);
  return nonce;
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

function diskProblem(error: unknown): unknown {
  if (error instanceof Problem || !(error instanceof Error) || !('code' in error)) return error;
  const code = String(error.code);
  if (code === 'ENOSPC' || code === 'EDQUOT') return new Problem('DB_FULL', {}, { cause: error });
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM')
    return new Problem('DB_READ_ONLY', {}, { cause: error });
  return error;
}
