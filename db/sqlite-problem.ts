/** Database errors become problems of the catalogue, in this one place. */
import { Problem } from '../shared/problem.ts';

export function sqliteProblem(error: unknown): unknown {
  if (error instanceof Problem || !(error instanceof Error) || !('code' in error)) return error;
  const code = String(error.code);
  if (!code.startsWith('SQLITE_')) return error;
  const known = {
    SQLITE_FULL: 'DB_FULL',
    SQLITE_READONLY: 'DB_READ_ONLY',
    SQLITE_CANTOPEN: 'DB_READ_ONLY',
    SQLITE_CORRUPT: 'DB_DAMAGED',
    SQLITE_BUSY: 'DB_IN_USE',
    SQLITE_LOCKED: 'DB_IN_USE',
  } as const;
  const family = Object.entries(known).find(([prefix]) => code.startsWith(prefix));
  return new Problem(family?.[1] ?? 'DB_FAILED', { sqlite: code }, { cause: error });
}

/** Runs synchronous database work with its errors named. */
export function named<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw sqliteProblem(error);
  }
}
