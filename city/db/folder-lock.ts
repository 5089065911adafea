/** One program per folder: the embedded database lets a second one in, and the two would silently part ways. */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fail } from '../../shared/problem.ts';

export interface FolderLock {
  release(): void;
}

export function lockFolder(folder: string): FolderLock {
  const file = path.join(folder, 'hub.lock');
  const mine = `${process.pid} ${startOf(process.pid)}`;
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, mine, { mode: 0o600 });
  try {
    if (!tryLink(draft, file)) {
      const holder = contentOf(file);
      if (holder === null || isAlive(holder)) fail('HUB_FOLDER_IN_USE', { file });
      takeOver(file, holder);
      if (!tryLink(draft, file)) fail('HUB_FOLDER_IN_USE', { file });
    }
  } finally {
    rmSync(draft, { force: true });
  }
  return { release: () => rmSync(file, { force: true }) };
}

/** A hard link either appears whole or not at all, so two programs can never both hold the file. */
function tryLink(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function takeOver(file: string, holder: string): void {
  const aside = `${file}.stale.${process.pid}`;
  renameSync(file, aside);
  // Another program may have taken over between our look and our rename: then what we moved is its live lock.
  const moved = contentOf(aside);
  if (moved !== holder) {
    tryLink(aside, file);
    rmSync(aside, { force: true });
    fail('HUB_FOLDER_IN_USE', { file });
  }
  rmSync(aside, { force: true });
}

function contentOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

function isAlive(holder: string): boolean {
  const [pid, start] = holder.split(' ');
  if (!pid || !/^\d+$/.test(pid)) return false;
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  const now = startOf(Number(pid));
  return start === now || start === '?' || now === '?';
}

/** A process id is used again after a restart; with its start time (Linux) it names one process. */
function startOf(pid: number): string {
  const stat = contentOf(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '?';
}
