/** Reading the journal back: what follows a position, over branches and segments, and putting it into a store. */
import type { Database, Statement } from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { type SubjectKind, subjectKinds } from '../../shared/domain/event.ts';
import { fail } from '../../shared/problem.ts';
import { inTransaction, type ReadDb } from '../handle.ts';
import type { DataKey } from '../key-store.ts';
import { type Migration, migrate } from '../migrate.ts';
import { rebuildIfDue, reproject } from '../rebuild.ts';
import {
  type BranchPoint,
  type Entry,
  type JournalRow,
  readSegment,
  type Segment,
  type SegmentHeader,
  segmentNumbers,
} from './segment.ts';
import { deleteSql, putSql, truthTables } from './tables.ts';

export interface JournalPicture {
  readonly segments: readonly Segment[];
  /** From the oldest branch to the one that is written now, each with the position where the next one left it. */
  readonly branches: readonly { readonly branch: string; readonly upTo: number }[];
}

export function readJournal(folder: string, key: DataKey, current?: string): JournalPicture {
  const segments = segmentNumbers(folder).flatMap((n) => readSegment(folder, n, key) ?? []);
  const branches: { branch: string; upTo: number }[] = [];
  let next: BranchPoint | null = {
    branch: current ?? segments.at(-1)?.header.branch ?? '',
    position: Infinity,
  };
  while (next !== null) {
    const { branch, position }: BranchPoint = next;
    branches.unshift({ branch, upTo: position });
    next = segments.find((s) => s.header.branch === branch)?.header.parent ?? null;
  }
  return { segments, branches };
}

/** A branch that began with an empty store can be made anew from nothing. */
export function freshStart({ segments }: JournalPicture): BranchPoint | null {
  const header = segments.find((s) => s.header.fresh && s.header.base === 0)?.header;
  return header ? { branch: header.branch, position: 0 } : null;
}

/** All that comes after `start` without a gap; nothing where `start` lies on a branch that was left before it. */
export function* entriesAfter(
  { segments, branches }: JournalPicture,
  start: BranchPoint,
): Generator<Entry & BranchPoint & Pick<SegmentHeader, 'parent'>> {
  let at = start.position;
  const from = branches.findIndex(({ branch, upTo }) => branch === start.branch && at <= upTo);
  if (from < 0) return;
  for (const { branch, upTo } of branches.slice(from)) {
    for (const segment of segments.filter((s) => s.header.branch === branch))
      for (const entry of segment.entries())
        if (entry.p === at + 1 && entry.p <= upTo) {
          at = entry.p;
          yield { ...entry, branch, position: at, parent: segment.header.parent };
        }
    if (at !== upTo) return;
  }
}

export interface Reach extends BranchPoint {
  /** When the last of it was written; null where nothing follows. */
  readonly at: string | null;
  readonly entries: number;
}
export function reachFrom(picture: JournalPicture, start: BranchPoint): Reach {
  let reach: Reach = { ...start, at: null, entries: 0 };
  for (const { branch, position, at } of entriesAfter(picture, start))
    reach = { branch, position, at, entries: reach.entries + 1 };
  return reach;
}

/** Row by row as it was written, under the tables of its time; then what follows from the events is folded anew. */
export function replay(
  client: Database,
  picture: JournalPicture,
  start: BranchPoint,
  migrations: readonly Migration[],
): void {
  const touched = new Map<string, { kind: SubjectKind; id: string }>();
  client.pragma('foreign_keys = OFF');
  let version = client.pragma('user_version', { simple: true }) as number;
  let put = putter(client, touched);
  for (const entry of entriesAfter(picture, start)) {
    if (entry.v > migrations.length) fail('DB_FROM_FUTURE');
    if (entry.v > version) {
      migrate(client, migrations.slice(0, entry.v));
      client.pragma('foreign_keys = OFF');
      version = entry.v;
      put = putter(client, touched);
    }
    client.transaction(() => {
      for (const row of entry.rows) put(row);
      const { branch, position, parent } = entry;
      client
        .prepare('UPDATE journal_state SET branch = ?, position = ?, parent = ?, parent_position = ?')
        .run(branch, position, parent?.branch ?? null, parent?.position ?? null);
    })();
  }
  migrate(client, migrations);
  client.pragma('foreign_keys = ON');
  const db = drizzle({ client }) as unknown as ReadDb;
  rebuildIfDue(db);
  inTransaction(db, (tx) => {
    for (const { kind, id } of touched.values()) reproject(tx, kind, id);
  });
}

type Touched = Map<string, { kind: SubjectKind; id: string }>;
function putter(client: Database, touched: Touched): (row: JournalRow) => void {
  const tables = new Map(truthTables(client).map((table) => [table.name, table]));
  const statements = new Map<string, Statement>();
  const ofEvent = client.prepare('SELECT subject_kind AS kind, subject_id AS id FROM event WHERE n = ?');
  const touch = (row: unknown) => {
    const { kind, id } = row as { kind: SubjectKind; id: string };
    if (subjectKinds.includes(kind)) touched.set(`${kind} ${id}`, { kind, id });
  };
  return ([name, what, cells]) => {
    const table = tables.get(name);
    if (!table) return;
    const statement =
      statements.get(`${what} ${name}`) ?? client.prepare(what === 'put' ? putSql(table) : deleteSql(table));
    statements.set(`${what} ${name}`, statement);
    statement.run(
      cells.map((cell) => (cell !== null && typeof cell === 'object' ? Buffer.from(cell.b, 'base64') : cell)),
    );
    const n = name === 'event' || name === 'delivery' ? ofEvent.get(cells[0]) : undefined;
    if (n) touch(n);
  };
}
