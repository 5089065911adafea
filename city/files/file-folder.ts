/**
 * Contents of scans at the city: `<data>/files/<ab>/<sha256>` when whole; until then each device writes a part of its own, so that none
 * can spoil another one's.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileTypeOf } from '../../shared/domain/attached-file.ts';
import { fail } from '../../shared/problem.ts';

export interface FileFolder {
  has(sha256: string): boolean;
  /** At most `length` bytes of a whole file from `offset` on, and how large the file is; null where it is not whole here. */
  read(sha256: string, offset: number, length: number): Promise<FilePiece | null>;
  /** Bytes that this device has sent of a file that is not whole. */
  received(sha256: string, device: string): Promise<number>;
  /** Names a file whose last piece is on the disk, where the hub was killed before it could. */
  finish(sha256: string, device: string): Promise<void>;
  /** Gives up what this device has sent of a file that is not whole. */
  drop(sha256: string, device: string): Promise<void>;
  /** On the disk when it returns; the last one makes the file whole. Fails with FILE_HASH_WRONG, SCAN_TYPE: the part is dropped. */
  append(part: FilePart): Promise<void>;
}
export interface FilePiece {
  readonly bytes: Uint8Array;
  readonly size: number;
}
export interface FilePart {
  readonly sha256: string;
  readonly device: string;
  readonly offset: number;
  /** Of the whole file. */
  readonly size: number;
  readonly bytes: Uint8Array;
}

const HEAD = 16;

export function openFileFolder(dataDir: string): FileFolder {
  const placeOf = (sha256: string) => path.join(dataDir, 'files', sha256.slice(0, 2), sha256);
  const partOf = (sha256: string, device: string) => `${placeOf(sha256)}.${device}.part`;
  return {
    has: (sha256) => existsSync(placeOf(sha256)),
    async read(sha256, offset, length) {
      const handle = await open(placeOf(sha256), 'r').catch(() => null);
      if (!handle) return null;
      try {
        const { size } = await handle.stat();
        const bytes = Buffer.alloc(Math.max(0, Math.min(length, size - offset)));
        const { bytesRead } = await handle.read(bytes, 0, bytes.length, offset);
        return { bytes: bytes.subarray(0, bytesRead), size };
      } finally {
        await handle.close();
      }
    },
    async received(sha256, device) {
      return (await stat(partOf(sha256, device)).catch(() => null))?.size ?? 0;
    },
    async finish(sha256, device) {
      const part = partOf(sha256, device);
      if (existsSync(part) && (await wrongWith(part, sha256)) === null) await name(part, placeOf(sha256));
    },
    async drop(sha256, device) {
      await rm(partOf(sha256, device), { force: true });
    },
    async append({ sha256, device, offset, size, bytes }) {
      const part = partOf(sha256, device);
      await mkdir(path.dirname(part), { recursive: true, mode: 0o700 });
      const handle = await open(part, 'a', 0o600);
      try {
        await handle.appendFile(bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
      if (offset + bytes.byteLength < size) return;
      const wrong = await wrongWith(part, sha256);
      if (wrong !== null) {
        await rm(part, { force: true });
        fail(wrong);
      }
      await name(part, placeOf(sha256));
    },
  };
}

async function name(part: string, place: string): Promise<void> {
  await rename(part, place);
  await syncFolder(path.dirname(place));
}

/** Read piece by piece, never as a whole. */
async function wrongWith(part: string, sha256: string): Promise<'FILE_HASH_WRONG' | 'SCAN_TYPE' | null> {
  const hash = createHash('sha256');
  const handle = await open(part, 'r');
  try {
    const head = Buffer.alloc(HEAD);
    const { bytesRead } = await handle.read(head, 0, HEAD, 0);
    for await (const piece of handle.createReadStream({ start: 0, autoClose: false })) hash.update(piece);
    if (hash.digest('hex') !== sha256) return 'FILE_HASH_WRONG';
    return fileTypeOf(head.subarray(0, bytesRead)) === null ? 'SCAN_TYPE' : null;
  } finally {
    await handle.close();
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
