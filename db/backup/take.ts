/**
 * The old PC or its disk is gone: what lies at its second place becomes the data of this machine, which has none of its own yet. The copies
 * are made beside the data first; the next start exchanges them, step by step, each of which may be repeated after a power cut.
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import type { OldStore } from '../../shared/contract/ipc/backup.ts';
import { fail } from '../../shared/problem.ts';
import { ASIDE_FOLDER } from '../access-aside.ts';
import { diskProblem } from '../disk-problem.ts';
import { journalFolder, SEGMENT_NAME } from '../journal/segment.ts';
import { KEYS_FOLDER, RECOVERY_SLOT } from '../key-slots.ts';
import { CHECK_FILE } from '../key-store.ts';
import { syncFolder, writePrivate } from '../private-file.ts';
import { backupFolder, listBackups } from './folder.ts';
import { SECOND_NAME } from './second.ts';

const STAGE = 'taking';
const STEP_FILE = 'taking-step';
/** What makes up a store, apart from scans. */
const OF_A_STORE = [
  ...['desk.db', 'desk.db-wal', 'desk.db-shm', 'desk.db-journal', 'desk.key', CHECK_FILE, KEYS_FOLDER],
  ...['journal', 'backups', ASIDE_FOLDER, 'stream-mark.json', 'heal-due', 'restore.json'],
];
/** Stands from the exchange until the store was opened once: it goes on in a stream of its own. */
export const TAKEN_FILE = 'taken';

/** Stores whose copies lie in a folder, or which is one itself; newest first. */
export function findOldStores(place: string): readonly OldStore[] {
  const inside = readdirSync(place, { withFileTypes: true }).flatMap((one) =>
    one.isDirectory() && SECOND_NAME.test(one.name) ? [one.name] : [],
  );
  const names = existsSync(path.join(place, CHECK_FILE)) ? ['', ...inside] : inside;
  return names
    .map((name) => oldStore(path.join(place, name), name))
    .sort((a, b) => (b.reachesTo ?? '').localeCompare(a.reachesTo ?? ''));
}

function oldStore(folder: string, name: string): OldStore {
  const [newest] = listBackups(folder);
  const journal = journalFolder(folder);
  const segments = existsSync(journal) ? readdirSync(journal).filter((one) => SEGMENT_NAME.test(one)) : [];
  const times = [newest?.at, ...segments.map((one) => statSync(path.join(journal, one)).mtimeMs)].filter(
    (at) => at !== undefined,
  );
  return {
    name,
    reachesTo: times.length === 0 ? null : new Date(Math.max(...times)).toISOString(),
    backups: listBackups(folder).length,
    code: existsSync(path.join(folder, KEYS_FOLDER, RECOVERY_SLOT)),
  };
}

/** Copies; nothing of the present data changes before the next start. Fails with OLD_STORE_…, DB_FULL. */
export function stageOldStore(folder: string, from: string): void {
  const { reachesTo, code } = oldStore(from, '');
  if (reachesTo === null) fail('OLD_STORE_EMPTY');
  if (!code) fail('OLD_STORE_NO_CODE');
  const stage = path.join(folder, STAGE);
  try {
    rmSync(stage, { recursive: true, force: true });
    mkdirSync(backupFolder(stage), { recursive: true, mode: 0o700 });
    for (const { file, name } of listBackups(from)) cpSync(file, path.join(backupFolder(stage), name));
    for (const name of [path.basename(journalFolder(from)), KEYS_FOLDER, CHECK_FILE])
      if (existsSync(path.join(from, name)))
        cpSync(path.join(from, name), path.join(stage, name), { recursive: true });
    writePrivate(path.join(folder, STEP_FILE), 'out');
  } catch (error) {
    rmSync(stage, { recursive: true, force: true });
    throw diskProblem(error);
  }
}

/** The next start sets everything of this store aside and begins with none. */
export function stageAnew(folder: string): void {
  rmSync(path.join(folder, STAGE), { recursive: true, force: true });
  writePrivate(path.join(folder, STEP_FILE), 'anew');
}

/** At a start, before anything is opened. `aside`: where the data that this machine had goes. `step` is told before each step. */
export function finishTaking(folder: string, aside: string, step: () => void = () => undefined): void {
  const due = path.join(folder, STEP_FILE);
  if (!existsSync(due)) return;
  const what = readFileSync(due, 'utf8');
  const move = (from: string, to: string, names = OF_A_STORE) => {
    mkdirSync(to, { recursive: true, mode: 0o700 });
    for (const name of names)
      if (existsSync(path.join(from, name))) {
        step();
        renameSync(path.join(from, name), path.join(to, name));
      }
    syncFolder(to);
  };
  // Its scans go with it: they are sealed with a key that stands in it.
  if (what === 'anew') move(folder, path.join(folder, aside), [...OF_A_STORE, 'files']);
  if (what === 'out') {
    move(folder, path.join(folder, aside));
    step();
    writePrivate(path.join(folder, TAKEN_FILE), '');
    step();
    writePrivate(due, 'in');
  }
  if (existsSync(path.join(folder, STAGE))) move(path.join(folder, STAGE), folder);
  rmSync(path.join(folder, STAGE), { recursive: true, force: true });
  step();
  rmSync(due);
  syncFolder(folder);
}
