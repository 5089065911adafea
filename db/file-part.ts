/**
 * A scan that comes from the city, piece by piece, encrypted from its first byte: `<folder>/files/<sha256>.part`. Cut anywhere, it goes
 * on behind its last whole piece; it gets its name only when its content has the hash that the event says.
 */
import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { fileTypeOf } from '../shared/domain/attached-file.ts';
import { fail, Problem } from '../shared/problem.ts';
import { diskProblem } from './disk-problem.ts';
import {
  type FileStore,
  HEADER,
  keyBehind,
  newHeader,
  PIECE,
  readAt,
  rootOf,
  SEALED,
  sealedSize,
  sealPiece,
  unsealed,
} from './file-seal.ts';
import { partOf, putInPlace } from './file-store.ts';
import type { KeptFile } from './queries/file.ts';

export interface FilePart {
  /** Bytes of the content that stand on the disk in whole pieces. */
  received(): number;
  /** Content that follows `received()`; what does not fill a piece is lost when the source ends early. Fails as `source` does. */
  add(source: AsyncIterable<Uint8Array>, moved: (received: number) => void): Promise<void>;
  close(): Promise<void>;
}

export async function openPart(store: FileStore, { sha256, size }: KeptFile): Promise<FilePart> {
  await mkdir(rootOf(store.folder), { recursive: true, mode: 0o700 });
  const handle = await open(partOf(store.folder, sha256), 'a+', 0o600);
  const { key, start } = await begin(store, handle, size);
  let received = start;
  const write = async (data: Buffer) => {
    const last = received + data.length === size;
    await handle.appendFile(sealPiece(key, data, { number: received / PIECE, last }));
    received += data.length;
  };
  return {
    received: () => received,
    async add(source, moved) {
      let rest = Buffer.alloc(0);
      try {
        for await (const chunk of source) {
          rest = Buffer.concat([rest, chunk]);
          if (received + rest.length > size) fail('SCAN_HASH_WRONG');
          while (rest.length > 0 && rest.length >= Math.min(PIECE, size - received)) {
            const piece = rest.subarray(0, PIECE);
            rest = rest.subarray(piece.length);
            await write(piece);
          }
          moved(received);
        }
      } catch (error) {
        throw diskProblem(error);
      }
    },
    close: () => handle.close(),
  };
}

/** Where it goes on; a file that is none of ours, or longer than its content may be, begins anew. */
async function begin(
  store: FileStore,
  handle: FileHandle,
  size: number,
): Promise<{ readonly key: Buffer; readonly start: number }> {
  const { size: found } = await handle.stat();
  const known = found <= sealedSize(size) ? keyBehind(store, await readAt(handle, 0, HEADER)) : null;
  if (known === null) {
    const { header, key } = newHeader(store);
    await handle.truncate(0);
    await handle.appendFile(header);
    return { key, start: 0 };
  }
  if (found === sealedSize(size)) return { key: known, start: size };
  const whole = Math.floor((found - HEADER) / SEALED);
  await handle.truncate(HEADER + whole * SEALED);
  return { key: known, start: whole * PIECE };
}

/** Checks what came and gives it its name. Fails with SCAN_HASH_WRONG: then nothing of it is left. */
export async function finishPart(store: FileStore, wanted: KeptFile): Promise<void> {
  const part = partOf(store.folder, wanted.sha256);
  if (!(await isWanted(store, part, wanted))) {
    await rm(part, { force: true });
    fail('SCAN_HASH_WRONG');
  }
  await putInPlace(store, part, wanted.sha256);
}

async function isWanted(store: FileStore, part: string, { sha256, size, type }: KeptFile): Promise<boolean> {
  const handle = await open(part, 'r+');
  try {
    const hash = createHash('sha256');
    let length = 0;
    for await (const piece of unsealed(store, handle)) {
      if (length === 0 && fileTypeOf(piece) !== type) return false;
      hash.update(piece);
      length += piece.length;
    }
    await handle.sync();
    return length === size && hash.digest('hex') === sha256;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw diskProblem(error);
  } finally {
    await handle.close();
  }
}
