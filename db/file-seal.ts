/**
 * How a scan lies on this machine's disk: a header (magic, salt), then AES-256-GCM over pieces of 64 KiB under a key made from the store's
 * key and the salt. The nonce is the number of the piece and whether it is the last one, so that none can be moved, left out or cut off.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { fail } from '../shared/problem.ts';

export interface FileStore {
  /** Data folder of the desk. */
  readonly folder: string;
  readonly key: Buffer;
}

const MAGIC = Buffer.from('SMCF1');
const SALT = 16;
const TAG = 16;
export const HEADER = MAGIC.length + SALT;
/** Bytes of a piece in plain, and sealed. */
export const PIECE = 64 * 1024;
export const SEALED = PIECE + TAG;

export const rootOf = (folder: string) => path.join(folder, 'files');
export const placeOf = (folder: string, sha256: string) =>
  path.join(rootOf(folder), sha256.slice(0, 2), sha256);

/** Bytes on the disk of a content of this size. */
export function sealedSize(size: number): number {
  return HEADER + size + Math.ceil(size / PIECE) * TAG;
}

export function newHeader(store: FileStore): { readonly header: Buffer; readonly key: Buffer } {
  const salt = randomBytes(SALT);
  return { header: Buffer.concat([MAGIC, salt]), key: contentKey(store, salt) };
}

/** The key of the file that begins so; null where no such file begins so. */
export function keyBehind(store: FileStore, header: Buffer): Buffer | null {
  const fits = header.length === HEADER && header.subarray(0, MAGIC.length).equals(MAGIC);
  return fits ? contentKey(store, header.subarray(MAGIC.length)) : null;
}

function contentKey({ key }: FileStore, salt: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', key, salt, 'so-mot-cua/file/v1', 32));
}

/** Each key seals one file only, so a number is never used for two contents under it. */
function nonceOf(number: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce[0] = last ? 1 : 0;
  nonce.writeUInt32BE(number, 8);
  return nonce;
}

export function sealPiece(
  key: Buffer,
  data: Buffer,
  { number, last }: { readonly number: number; readonly last: boolean },
): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(number, last));
  return Buffer.concat([cipher.update(data), cipher.final(), cipher.getAuthTag()]);
}

function unsealPiece(
  key: Buffer,
  sealed: Buffer,
  { number, last }: { readonly number: number; readonly last: boolean },
): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(number, last), { authTagLength: TAG });
    decipher.setAuthTag(sealed.subarray(-TAG));
    return Buffer.concat([decipher.update(sealed.subarray(0, -TAG)), decipher.final()]);
  } catch {
    return fail('SCAN_DAMAGED');
  }
}

/** The content from `offset` on. Fails with SCAN_DAMAGED. */
export async function* unsealed(store: FileStore, handle: FileHandle, offset = 0): AsyncGenerator<Buffer> {
  const { size } = await handle.stat();
  const key = keyBehind(store, await readAt(handle, 0, HEADER));
  if (size <= HEADER || key === null) return fail('SCAN_DAMAGED');
  const count = Math.ceil((size - HEADER) / SEALED);
  for (let number = Math.floor(offset / PIECE); number < count; number++) {
    const sealed = await readAt(handle, HEADER + number * SEALED, SEALED);
    const plain = unsealPiece(key, sealed, { number, last: number === count - 1 });
    yield plain.subarray(Math.max(0, offset - number * PIECE));
  }
}

export async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
}
