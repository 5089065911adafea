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
    .prepare<[number], AccessRow>(
      `SELECT seq, at, actor, action, subject_kind AS subjectKind, subject_id AS subjectId, raw, hash, signature
       FROM access WHERE seq > ? ORDER BY seq`,
    )
    .iterate(after);
}
