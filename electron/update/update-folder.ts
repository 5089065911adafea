/**
 * Where releases wait on this machine, beside the data and independent of it: a folder per version with the signed manifest and the
 * installer. An installer gets its name only when its size and hash are those that were signed; until then it is a part that grows.
 */
import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { diskProblem } from '../../db/disk-problem.ts';
import { syncFolder, writePrivate } from '../../db/private-file.ts';
import { compareVersions, type Installer, UPDATE_FILE, versionText } from '../../shared/domain/update.ts';
import { fail, Problem } from '../../shared/problem.ts';

export interface UpdateFolder {
  /** Versions that have a manifest here, newest first. */
  versions(): readonly string[];
  manifestOf(version: string): string;
  /** Fails with UPDATE_NO_ROOM. */
  keep(version: string, installer: Installer, jws: string): void;
  fileOf(version: string, installer: Installer): string;
  /** Bytes that are here, whole or not. */
  received(version: string, installer: Installer): number;
  /** It has its name: it was whole and right when it came. */
  isNamed(version: string, installer: Installer): boolean;
  /** Appends what comes. Fails with UPDATE_NO_ROOM, UPDATE_FILE_WRONG (more than was signed). */
  add(version: string, installer: Installer, chunks: AsyncIterable<Uint8Array>): Promise<void>;
  /** Checks the part and gives it its name. Fails with UPDATE_FILE_WRONG: then it is gone. */
  finish(version: string, installer: Installer): Promise<void>;
  /** Once more, right before it is used. Fails as `finish` does. */
  check(version: string, installer: Installer): Promise<void>;
  /** Fails with UPDATE_NO_ROOM. */
  requireRoom(version: string, installer: Installer): void;
  /** All versions but these go. */
  sweep(keep: readonly string[]): void;
}

/** What the machine needs besides, to install and to go on. */
const SPARE_BYTES = 300 * 1024 * 1024;
const MB = 1024 * 1024;

export function openUpdateFolder(folder: string, spareBytes = SPARE_BYTES): UpdateFolder {
  const dirOf = (version: string) => path.join(folder, versionText.parse(version));
  const fileOf = (version: string, { name }: Installer) => path.join(dirOf(version), name);
  const partOf = (version: string, installer: Installer) => `${fileOf(version, installer)}.part`;
  const sizeOf = (file: string) => (existsSync(file) ? statSync(file).size : 0);
  const noRoom = (bytes: number, cause?: unknown) =>
    new Problem('UPDATE_NO_ROOM', { mb: Math.max(1, Math.ceil(bytes / MB)) }, { cause });
  function lackingFor(version: string, installer: Installer): number {
    // The folder is made on the disk of the one above it.
    const disk = statfsSync(existsSync(folder) ? folder : path.dirname(folder));
    return installer.size - sizeOf(partOf(version, installer)) + spareBytes - disk.bavail * disk.bsize;
  }
  function diskWords(error: unknown, version: string, installer: Installer): unknown {
    const known = diskProblem(error);
    const full = known instanceof Problem && known.code === 'DB_FULL';
    return full ? noRoom(lackingFor(version, installer), error) : known;
  }

  const isNamed: UpdateFolder['isNamed'] = (version, installer) =>
    sizeOf(fileOf(version, installer)) === installer.size;
  const versions = () =>
    (existsSync(folder) ? readdirSync(folder) : [])
      .filter((name) => versionText.safeParse(name).success)
      .filter((name) => existsSync(path.join(folder, name, UPDATE_FILE)))
      .sort((a, b) => compareVersions(b, a));

  async function requireRight(file: string, installer: Installer): Promise<void> {
    if (sizeOf(file) === installer.size && (await hashOf(file)) === installer.sha256) return;
    await rm(file, { force: true });
    fail('UPDATE_FILE_WRONG', { name: installer.name });
  }

  return {
    versions,
    isNamed,
    fileOf,
    manifestOf: (version) => readFileSync(path.join(dirOf(version), UPDATE_FILE), 'utf8'),
    keep(version, installer, jws) {
      try {
        mkdirSync(dirOf(version), { recursive: true, mode: 0o700 });
        writePrivate(path.join(dirOf(version), UPDATE_FILE), jws);
      } catch (error) {
        throw diskWords(error, version, installer);
      }
    },
    received: (version, installer) =>
      isNamed(version, installer) ? installer.size : sizeOf(partOf(version, installer)),
    async add(version, installer, chunks) {
      let handle: FileHandle | null = null;
      try {
        handle = await open(partOf(version, installer), 'a', 0o600);
        let size = (await handle.stat()).size;
        for await (const chunk of chunks) {
          size += chunk.byteLength;
          if (size > installer.size) break;
          await handle.appendFile(chunk);
        }
        await handle.sync();
        if (size <= installer.size) return;
      } catch (error) {
        throw diskWords(error, version, installer);
      } finally {
        await handle?.close();
      }
      await rm(partOf(version, installer), { force: true });
      fail('UPDATE_FILE_WRONG', { name: installer.name });
    },
    async finish(version, installer) {
      const part = partOf(version, installer);
      await requireRight(part, installer);
      await rename(part, fileOf(version, installer));
      syncFolder(dirOf(version));
    },
    check: (version, installer) => requireRight(fileOf(version, installer), installer),
    requireRoom(version, installer) {
      const lacking = lackingFor(version, installer);
      if (lacking > 0) throw noRoom(lacking);
    },
    sweep(keep) {
      for (const version of versions())
        if (!keep.includes(version)) rmSync(dirOf(version), { recursive: true, force: true });
    },
  };
}

/** Read piece by piece, never as a whole. */
async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file)) hash.update(piece as Uint8Array);
  return hash.digest('hex');
}
