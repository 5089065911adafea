/** What rests while a newer program's store is only read: nothing is copied, checked, taken, cleared away or sent; what stands is shown. */
import { backupFolder, listBackups } from '../../db/backup/folder.ts';
import { fail } from '../../shared/problem.ts';
import type { SyncLoop } from '../sync/sync-loop.ts';
import type { Updates } from '../update/updates.ts';
import type { Backups } from './backups.ts';

const refused = (): never => fail('DB_NEWER_READ_ONLY');
const nothing = () => undefined;

export function restingBackups(folder: string): Backups {
  const quiet = { running: false, journalWhole: true, second: null, quick: null, full: null };
  return {
    state() {
      const newest = listBackups(backupFolder(folder))[0]?.at;
      return {
        ...{ ...quiet, problem: null, recovery: null, logFound: 0 },
        newest: newest === undefined ? null : new Date(newest).toISOString(),
      };
    },
    list: () => [],
    logState: () => ({ tail: null, whole: null }),
    ...{ make: refused, check: refused, checkLog: refused, look: refused, restore: refused },
    ...{
      lookAtRetention: refused,
      forgetOlder: refused,
      setPlace: refused,
      findOld: refused,
      takeOld: refused,
      readRecovery: refused,
      beginAnew: refused,
    },
    ...{ schedule: nothing, touched: nothing, damaged: nothing },
    close: () => Promise.resolve(),
  };
}

/** The installer itself brings the newer program: nothing is offered from in here. */
export function restingUpdates(version: string): Updates {
  return {
    state: () => ({
      ...{ version, taken: false, offered: null, loading: false, due: false, laterUntil: null },
      ...{ checkedAt: null, problem: null, outcome: null, previous: null },
    }),
    ...{
      check: refused,
      take: refused,
      load: refused,
      prepare: refused,
      later: refused,
      readOutcome: refused,
    },
    ...{ cancel: nothing, schedule: nothing },
    close: () => Promise.resolve(),
  };
}

/** A bundle can be written; nothing goes over the line. */
export function restingSync(loop: SyncLoop): SyncLoop {
  return { ...loop, schedule: nothing, networkChanged: nothing, settingsChanged: nothing };
}
