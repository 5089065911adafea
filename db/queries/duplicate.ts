/** Stored dossiers that may be about the same person: candidates by key, for `likeness` to judge. */
import type { Person } from '../../shared/domain/duplicate.ts';
import { once, type ReadDb } from '../handle.ts';

export interface DuplicateCandidate extends Person {
  readonly id: string;
  readonly code: string;
  readonly receivedOn: string;
}

/** Newest first. `keys` = `duplicateLookups` of the person; `exceptId` = the dossier (or draft) that asks. */
export function duplicateCandidates(
  db: ReadDb,
  keys: readonly string[],
  exceptId: string,
): DuplicateCandidate[] {
  const statement = once(db, 'duplicate.candidates', () =>
    db.$client.prepare(
      `SELECT id, code, chain, subject_name AS name, subject_birth AS date, relative_name AS relative, received_on AS receivedOn FROM dossier
       WHERE n IN (SELECT dossier_n FROM duplicate_key WHERE key IN (SELECT value FROM json_each(?))) AND id <> ? ORDER BY n DESC`,
    ),
  );
  return statement.all(JSON.stringify(keys), exceptId) as DuplicateCandidate[];
}
