/** File systems of their own for tests, as small as wanted, that can be filled, made free again and shut against writing. */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, truncateSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface SmallDisk {
  readonly folder: string;
  /** Takes what is left, but for `spare` bytes. */
  fill(spare?: number): void;
  free(): void;
  /** Nothing can be written any more, by root neither; until `unlock`. */
  lock(): void;
  unlock(): void;
  remove(): void;
}

const FILLER = 'phim.mp4';
const PIECE = Buffer.alloc(64 * 1024);

/** `mib` MiB of its own file system; null where this user may not mount one. */
export function smallDisk(mib: number): SmallDisk | null {
  const folder = mkdtempSync(path.join(tmpdir(), 'smc-disk-'));
  try {
    mount('-t', 'tmpfs', '-o', `size=${mib}m`, 'tmpfs', folder);
  } catch {
    rmSync(folder, { recursive: true });
    return null;
  }
  let locked = false;
  const unlock = () => {
    if (locked) execFileSync('umount', ['-l', folder]);
    locked = false;
  };
  return {
    folder,
    fill: (spare = 0) => fill(path.join(folder, FILLER), spare),
    free: () => rmSync(path.join(folder, FILLER), { force: true }),
    // A second mount over the first: a handle that some thread still closes keeps no disk from being locked.
    lock() {
      mount('--bind', folder, folder);
      mount('-o', 'remount,bind,ro', folder);
      locked = true;
    },
    unlock,
    remove() {
      unlock();
      execFileSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true });
    },
  };
}

const mount = (...args: string[]) => execFileSync('mount', args, { stdio: 'ignore' });

function fill(file: string, spare: number): void {
  const handle = openSync(file, 'a');
  try {
    for (;;) writeSync(handle, PIECE);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    closeSync(handle);
  }
  if (spare > 0) truncateSync(file, Math.max(0, statSync(file).size - spare));
}
