/**
 * Wrong passwords in a row, by account, in a file beside the database. The wait is counted by a clock that cannot be set:
 * from the last wrong password, or anew from the start of the program. So neither a restart nor the wall clock shortens it.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { PASSWORD_TRIES, waitAfter } from '../shared/domain/sign-in.ts';
import { fail, Problem } from '../shared/problem.ts';
import { diskProblem } from './disk-problem.ts';
import { KEYS_FOLDER } from './key-slots.ts';
import { overwritePrivate, writePrivate } from './private-file.ts';

const tries = z.strictObject({ v: z.literal(1), failures: z.record(z.string(), z.int().min(0)) });

export interface FailedTries {
  /** Whole seconds still to wait; `locked` = no password opens this account any more; `wrong` = passwords in a row. */
  standing(id: string): { readonly waitS: number; readonly locked: boolean; readonly wrong: number };
  /** Counts a try before it is made, so that pulling the plug during it does not save it. Refuses while there is to wait. */
  begin(id: string): void;
  /** It came to no guess: the file of the key could not be read at all. */
  takeBack(id: string): void;
  /** It was right, or the account was set anew. */
  forget(id: string): void;
}

/** A file that somebody took away or bent counts as many failures, for everybody: the longest wait, not yet the lock. */
const UNKNOWN = 12;

/** `mono`: milliseconds, never set back. `begun`: people can sign in already, so the file must be there. */
export function openFailedTries(
  dataFolder: string,
  { mono, begun }: { readonly mono: () => number; readonly begun: boolean },
): FailedTries {
  const file = path.join(dataFolder, KEYS_FOLDER, 'tries.json');
  const start = mono();
  const last = new Map<string, number>();
  let { failures, unknown } = readTries(file, begun);

  const count = (id: string) => failures[id] ?? unknown;
  function store(id: string, n: number): void {
    failures = { ...failures, [id]: n };
    const text = JSON.stringify({ v: 1, failures });
    try {
      mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
      writePrivate(file, text);
    } catch (error) {
      keepAnyhow(error, text);
    }
  }
  /** People must come in to their data on a full disk, and a guess must count there as well; on a locked one it counts until the end of the program. */
  function keepAnyhow(error: unknown, text: string): void {
    const known = diskProblem(error);
    if (!(known instanceof Problem) || !existsSync(file)) throw known;
    if (known.code === 'DB_FULL') overwritePrivate(file, text);
  }
  function standing(id: string) {
    const since = mono() - (last.get(id) ?? start);
    const left = Math.ceil(waitAfter(count(id)) - since / 1_000);
    return { waitS: Math.max(left, 0), locked: count(id) >= PASSWORD_TRIES, wrong: count(id) };
  }
  return {
    standing,
    begin(id) {
      const { waitS, locked } = standing(id);
      if (locked) fail('PASSWORD_LOCKED');
      if (waitS > 0) fail('PASSWORD_WAIT', { seconds: waitS });
      store(id, count(id) + 1);
      last.set(id, mono());
    },
    takeBack: (id) => store(id, Math.max(count(id) - 1, 0)),
    forget(id) {
      store(id, 0);
      last.delete(id);
    },
  };
}

function readTries(file: string, begun: boolean) {
  try {
    const { failures } = tries.parse(JSON.parse(readFileSync(file, 'utf8')));
    return { failures, unknown: 0 };
  } catch {
    return { failures: {}, unknown: begun || existsSync(file) ? UNKNOWN : 0 };
  }
}
