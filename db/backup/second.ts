/**
 * The second place: a folder of this store's own inside the folder that a person chose, best on another disk. It holds the backups, the
 * mirror journal a moment behind the first one, and the slots of the printed code and of the city's safe: enough to go on where this disk or this PC is gone.
 * People's own slots stay at home: a stick that is lost must not carry a password to guess.
 */
import { existsSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { CITY_SLOT } from '../city-slot.ts';
import { diskProblem } from '../disk-problem.ts';
import { MARK_FILE } from '../journal/mark.ts';
import { journalFolder, SEGMENT_NAME, SEGMENT_START } from '../journal/segment.ts';
import { KEYS_FOLDER, RECOVERY_SLOT } from '../key-slots.ts';
import { CHECK_FILE, type DataKey, storeId } from '../key-store.ts';
import { NEW } from './folder.ts';

export const SECOND_NAME = /^so-mot-cua-may-[0-9a-f]{8}$/;
export const secondFolder = (place: string, key: DataKey) =>
  path.join(place, `so-mot-cua-may-${storeId(key)}`);

/** Brings the journal and what opens it up to date there. Fails with BACKUP_PLACE_FULL, BACKUP_PLACE_LOCKED. */
export async function carryAway(folder: string, second: string): Promise<void> {
  try {
    // One level at a time: a disk that was just pulled out must not get a folder of its name on this one.
    for (const place of [second, journalFolder(second), path.join(second, KEYS_FOLDER)])
      if (!existsSync(place)) await mkdir(place, { mode: 0o700 });
    const keys = [RECOVERY_SLOT, CITY_SLOT].map((name) => path.join(KEYS_FOLDER, name));
    for (const name of [CHECK_FILE, ...keys]) await carryWhole(folder, second, name);
    // Read before the segments and written after them: the mark must never know more than what lies there.
    const mark = await contents(path.join(journalFolder(folder), MARK_FILE));
    const names = (await readdir(journalFolder(folder))).filter((name) => SEGMENT_NAME.test(name)).sort();
    for (const name of names) await carrySegment(journalFolder(folder), journalFolder(second), name);
    if (mark) await writeWhole(path.join(journalFolder(second), MARK_FILE), mark);
  } catch (error) {
    throw diskProblem(error, { full: 'BACKUP_PLACE_FULL', locked: 'BACKUP_PLACE_LOCKED' });
  }
}

/** Segments that the journal here has no use for any more. Only once the backup that replaces them lies there as well. */
export async function forgetCarried(folder: string, second: string): Promise<void> {
  const here = (await readdir(journalFolder(folder))).filter((name) => SEGMENT_NAME.test(name)).sort();
  for (const name of await readdir(journalFolder(second)))
    if (SEGMENT_NAME.test(name) && here[0] !== undefined && name < here[0])
      await rm(path.join(journalFolder(second), name));
}

async function contents(file: string): Promise<Buffer | null> {
  return existsSync(file) ? readFile(file) : null;
}

async function carryWhole(from: string, to: string, name: string): Promise<void> {
  const here = await contents(path.join(from, name));
  const there = await contents(path.join(to, name));
  if (here && !there?.equals(here)) await writeWhole(path.join(to, name), here);
}

async function writeWhole(file: string, bytes: Buffer): Promise<void> {
  const handle = await open(file + NEW, 'w', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(file + NEW, file);
}

/** A segment only grows; one of the same name from another history is kept under another name. */
async function carrySegment(from: string, to: string, name: string): Promise<void> {
  const target = path.join(to, name);
  const size = (await stat(path.join(from, name))).size;
  let there = existsSync(target) ? (await stat(target)).size : 0;
  if (there === size) return;
  const source = await open(path.join(from, name), 'r');
  try {
    if (there > size || (there > 0 && !(await sameStart(source, target)))) {
      await rename(target, `${target}.${Date.now()}.khac`);
      there = 0;
    }
    const bytes = Buffer.alloc(size - there);
    const { bytesRead } = await source.read(bytes, 0, bytes.length, there);
    const handle = await open(target, there === 0 ? 'w' : 'r+', 0o600);
    try {
      await handle.write(bytes, 0, bytesRead, there);
      await handle.sync();
    } finally {
      await handle.close();
    }
  } finally {
    await source.close();
  }
}

/** Each segment begins with a salt of its own. */
async function sameStart(source: Awaited<ReturnType<typeof open>>, target: string): Promise<boolean> {
  const here = Buffer.alloc(SEGMENT_START);
  const there = Buffer.alloc(SEGMENT_START);
  await source.read(here, 0, SEGMENT_START, 0);
  const handle = await open(target, 'r');
  try {
    await handle.read(there, 0, SEGMENT_START, 0);
  } finally {
    await handle.close();
  }
  return here.equals(there);
}
