/** The access log: append, where it stands, a page of it by filters. */
import type { AccessEntry, AccessHead } from '../../shared/domain/access.ts';
import { once, type ReadDb, type WriteTx } from '../handle.ts';

export interface AccessRow extends AccessHead {
  readonly at: string;
  readonly actor: string | null;
  readonly action: string;
  readonly subjectKind: string | null;
  readonly subjectId: string | null;
  readonly raw: string;
  readonly signature: string;
}
type Sealed = Pick<AccessRow, 'raw' | 'hash' | 'signature'>;

const COLUMNS =
  'seq, at, actor, action, subject_kind AS subjectKind, subject_id AS subjectId, raw, hash, signature';

/** What stands in the columns, for asking; all of it follows from the entry. */
export function accessColumns(entry: AccessEntry): Omit<AccessRow, keyof Sealed> {
  const { seq, at, actor, action, subject } = entry;
  return {
    ...{ seq, at, action },
    actor: actor?.id ?? null,
    subjectKind: subject?.kind ?? null,
    subjectId: subject?.id ?? null,
  };
}

export function insertAccess(tx: WriteTx, entry: AccessEntry, sealed: Sealed): void {
  const statement = once(tx, 'access.insert', () =>
    tx.$client.prepare(
      `INSERT INTO access (seq, at, actor, action, subject_kind, subject_id, raw, hash, signature)
       VALUES (@seq, @at, @actor, @action, @subjectKind, @subjectId, @raw, @hash, @signature)`,
    ),
  );
  statement.run({ ...accessColumns(entry), ...sealed });
}

/** The newest entry; null in a log that has not begun. */
export function accessTip(db: ReadDb): AccessHead | null {
  const statement = once(db, 'access.tip', () =>
    db.$client.prepare('SELECT seq, hash FROM access ORDER BY seq DESC LIMIT 1'),
  );
  return (statement.get() as AccessHead | undefined) ?? null;
}

/** Entries after a number in order, without holding them all in memory. */
export function* accessAfter(db: ReadDb, after: number): Generator<AccessRow> {
  yield* db.$client
    .prepare<[number], AccessRow>(`SELECT ${COLUMNS} FROM access WHERE seq > ? ORDER BY seq`)
    .iterate(after);
}

export interface AccessWanted {
  /** Account. */
  readonly actor: string | null;
  readonly action: string | null;
  /** ISO 8601 UTC; from included, until not. */
  readonly from: string | null;
  readonly until: string | null;
  /** Beginning of a dossier's code, here or in the official system; '' = all. */
  readonly code: string;
  readonly before: number | null;
}

/** Newest first. */
export function accessPage(db: ReadDb, wanted: AccessWanted, limit: number): AccessRow[] {
  const { actor, action, from, until, code, before } = wanted;
  const parts = [
    ...(actor === null ? [] : ['actor = @actor']),
    ...(action === null ? [] : ['action = @action']),
    ...(from === null ? [] : ['at >= @from']),
    ...(until === null ? [] : ['at < @until']),
    ...(before === null ? [] : ['seq < @before']),
    ...(code === '' ? [] : [`subject_id IN (${WITH_CODE})`]),
  ];
  const where = parts.length === 0 ? '' : `WHERE ${parts.join(' AND ')}`;
  const statement = once(db, `access.page ${where}`, () =>
    db.$client.prepare(`SELECT ${COLUMNS} FROM access ${where} ORDER BY seq DESC LIMIT @limit`),
  );
  return statement.all({ actor, action, from, until, code, before, limit }) as AccessRow[];
}
const WITH_CODE = `SELECT id FROM dossier
  WHERE substr(code, 1, length(@code)) = @code OR substr(upper(official_code), 1, length(@code)) = @code`;

/** What was done with one dossier by somebody, newest first, and how often in all; what was refused showed nothing. */
export function accessToDossier(
  db: ReadDb,
  id: string,
  limit: number,
): { readonly total: number; readonly newest: readonly AccessRow[] } {
  const of = `FROM access WHERE subject_kind = 'dossier' AND subject_id = @id AND actor IS NOT NULL
    AND json_extract(raw, '$.outcome') = 'done'`;
  const count = once(db, 'access.to.count', () => db.$client.prepare(`SELECT count(*) ${of}`).pluck());
  const rows = once(db, 'access.to', () =>
    db.$client.prepare(`SELECT ${COLUMNS} ${of} ORDER BY seq DESC LIMIT @limit`),
  );
  return { total: count.get({ id }) as number, newest: rows.all({ id, limit }) as AccessRow[] };
}

const TOLD = `action IN ('account.reset', 'draft.take')`;
/** What others did that is about this person, since his password sign-in before the newest one; oldest first. */
export function accessAbout(db: ReadDb, id: string): AccessRow[] {
  const statement = once(db, 'access.about', () =>
    db.$client.prepare(
      `SELECT ${COLUMNS} FROM access
       WHERE ${TOLD} AND subject_kind = 'person' AND subject_id = @id AND actor <> @id
         AND json_extract(raw, '$.outcome') = 'done' AND seq > coalesce((
         SELECT seq FROM access WHERE action = 'account.sign-in' AND actor = @id ORDER BY seq DESC LIMIT 1 OFFSET 1), 0)
       ORDER BY seq`,
    ),
  );
  return statement.all({ id }) as AccessRow[];
}

/** Everybody who stands in the log, by the newest name, in the order of names. */
export function accessPeople(db: ReadDb): { id: string; name: string }[] {
  const statement = once(db, 'access.people', () =>
    db.$client.prepare(
      `SELECT actor AS id, json_extract((SELECT raw FROM access WHERE actor = who.actor ORDER BY seq DESC LIMIT 1), '$.actor.name') AS name
       FROM (SELECT DISTINCT actor FROM access WHERE actor IS NOT NULL) who ORDER BY 2, 1`,
    ),
  );
  return statement.all() as { id: string; name: string }[];
}
