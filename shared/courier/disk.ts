/** Files on a stick: written whole or not at all, found by their ending. The caller brings the disk (`node:fs/promises`, `node:path`). */
import { fail } from '../problem.ts';
import { type Bytes, type CourierKind, SUFFIX } from './envelope.ts';
import { stickProblem } from './stick-problem.ts';

interface OpenFile {
  appendFile(bytes: Uint8Array): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}
export interface Disk {
  open(path: string, flags: string): Promise<OpenFile>;
  rename(from: string, to: string): Promise<void>;
  rm(path: string, options: { force: boolean }): Promise<void>;
  stat(path: string): Promise<{ isDirectory(): boolean }>;
  readdir(folder: string): Promise<string[]>;
  join(folder: string, name: string): string;
}

const UNDER_WAY = '.dang-ghi';

export interface Put {
  readonly folder: string;
  readonly name: string;
  readonly bytes: Bytes;
  /** Asked between two parts; true ends with COURIER_CANCELLED. */
  cancelled?(): boolean;
  /** Bytes so far. */
  progress?(bytes: number): void;
}

/** Bytes written. Fails with STICK_*; then, and after a cancel, nothing of the file is left where the stick still is. */
export async function putWhole(disk: Disk, put: Put): Promise<number> {
  const target = disk.join(put.folder, put.name);
  const draft = `${target}${UNDER_WAY}`;
  try {
    const size = await write(disk, draft, put);
    await disk.rename(draft, target);
    await syncFolder(disk, put.folder);
    return size;
  } catch (error) {
    // The first failure is the one to tell of.
    await disk.rm(draft, { force: true }).catch(() => undefined);
    throw stickProblem(error);
  }
}

async function write(disk: Disk, draft: string, { bytes, cancelled, progress }: Put): Promise<number> {
  const file = await disk.open(draft, 'w');
  let size = 0;
  try {
    for await (const part of bytes) {
      if (cancelled?.()) fail('COURIER_CANCELLED');
      await file.appendFile(part);
      size += part.length;
      progress?.(size);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return size;
}

/** Windows opens no folder, and the file systems of many sticks sync none: the name is then as safe as it gets. */
async function syncFolder(disk: Disk, folder: string): Promise<void> {
  try {
    const handle = await disk.open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  } catch {
    return;
  }
}

/** The file itself, or every file of this kind in the folder, by name. Fails with COURIER_NONE, STICK_*. */
export async function filesAt(
  disk: Pick<Disk, 'stat' | 'readdir' | 'join'>,
  place: string,
  kind: CourierKind,
): Promise<readonly string[]> {
  try {
    if (!(await disk.stat(place)).isDirectory()) return [place];
    const names = (await disk.readdir(place)).filter((name) => kindOf(name) === kind).sort();
    return names.length > 0
      ? names.map((n) => disk.join(place, n))
      : fail('COURIER_NONE', { suffix: SUFFIX[kind] });
  } catch (error) {
    throw stickProblem(error);
  }
}

/** By its ending; what a system hides beside a file ("._…") is none. */
function kindOf(name: string): CourierKind | null {
  const low = name.toLowerCase();
  if (low.startsWith('.')) return null;
  if (low.endsWith(SUFFIX.receipts)) return 'receipts';
  return low.endsWith(SUFFIX.bundle) ? 'bundle' : null;
}

/** The name of the answer to a bundle. */
export function answerName(bundle: string): string {
  const ends = bundle.toLowerCase().endsWith(SUFFIX.bundle);
  return `${ends ? bundle.slice(0, -SUFFIX.bundle.length) : bundle}${SUFFIX.receipts}`;
}
