/** USB sticks for tests: folders on real file systems, one that is full, one that takes no writes; and the way to the city. */
import { execFileSync } from 'node:child_process';
import { createReadStream, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Imported, importBundle, receiptsFile } from '../../city/courier/import-bundle.ts';
import { answerName, type Disk, putWhole } from '../../shared/courier/disk.ts';
import type { TestHub } from './hub.ts';

export const disk: Disk = { ...fs, join: path.join };

export interface Stick {
  readonly folder: string;
  files(): string[];
  remove(): void;
}

export function newStick(): Stick {
  const folder = mkdtempSync(path.join(tmpdir(), 'smc-usb-'));
  return {
    folder,
    files: () => readdirSync(folder).sort(),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** `mib` MiB of its own file system where this user may mount one. */
function mounted(mib: number): Stick | null {
  const stick = newStick();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mib}m`, 'tmpfs', stick.folder], { stdio: 'ignore' });
  } catch {
    stick.remove();
    return null;
  }
  const remove = () => {
    execFileSync('umount', [stick.folder]);
    stick.remove();
  };
  return { ...stick, remove };
}

/** 1 MiB, of which 4 KiB are left. Without the right to mount, the draft of `name` leads to the device that is always full. */
export async function fullStick(name: string): Promise<Stick> {
  const stick = mounted(1);
  if (stick) {
    await fs.writeFile(path.join(stick.folder, 'phim.mp4'), Buffer.alloc(1024 * 1024 - 4096));
    return stick;
  }
  const plain = newStick();
  symlinkSync('/dev/full', path.join(plain.folder, `${name}.dang-ghi`));
  return plain;
}

/** Without the right to mount: a file system of the kernel that lets nobody make a file, root neither. */
export function lockedStick(): Stick {
  const stick = mounted(1);
  if (!stick) return { folder: '/sys/kernel', files: () => [], remove: () => undefined };
  execFileSync('mount', ['-o', 'remount,ro', stick.folder]);
  return stick;
}

/** Every bundle on the stick into the hub, every answer beside its bundle. */
export async function carry(hub: TestHub, { folder }: Pick<Stick, 'folder'>): Promise<Imported[]> {
  mkdirSync(folder, { recursive: true });
  const all: Imported[] = [];
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith('.somotcua') || name.endsWith('.bien-nhan.somotcua')) continue;
    const imported = await importBundle(hub, () => createReadStream(path.join(folder, name)));
    await putWhole(disk, { folder, name: answerName(name), bytes: receiptsFile(hub, imported.answer) });
    all.push(imported);
  }
  return all;
}
