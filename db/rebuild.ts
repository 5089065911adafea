/** The invariant as a tool: the tables equal the fold of the events (`db:verify`), and `db:rebuild` makes them so. */
import { isDeepStrictEqual } from 'node:util';
import { type Event, eventHash, GENESIS, type SubjectKind } from '../shared/domain/event.ts';
import { isPurged } from '../shared/domain/purged-event.ts';
import type { Tip } from '../shared/protocol/desk-ports.ts';
import { inTransaction, type ReadDb, type WriteTx } from './handle.ts';
import { localView } from './local-view.ts';
import { readIdentity } from './queries/device.ts';
import { allEvents, allSubjects, eventRow, parseEvent } from './queries/event.ts';
import { purgedEvents } from './queries/purge.ts';
import { homelessEvents, ownStreams, placesOf } from './queries/stream.ts';
import {
  expectedKeys,
  expectedPicture,
  putSubject,
  removeSubject,
  storedPicture,
} from './queries/subject-table.ts';
import { sqliteProblem } from './sqlite-problem.ts';
import { sha256 } from './write.ts';

export interface Verification {
  readonly events: number;
  readonly subjects: number;
  /** Plain sentences without personal data: ids, sequence numbers, table names. */
  readonly problems: readonly string[];
}
const MOST_PROBLEMS = 50;

type Note = (text: string) => unknown;

export function verifyDesk(db: ReadDb): Verification {
  const problems: string[] = [];
  const note: Note = (text) => {
    if (problems.length < MOST_PROBLEMS) problems.push(text);
  };
  const health = db.$client.pragma('integrity_check', { simple: true });
  if (health !== 'ok') note(`file: ${String(health)}`);
  const events = verifyChains(db, note);
  const subjects = allSubjects(db);
  for (const { kind, id } of subjects)
    if (!isFolded(db, kind, id)) note(`${kind} ${id}: table differs from its events`);
  for (const orphan of orphans(db)) note(`${orphan}: row without events`);
  const count = (sql: string) => db.$client.prepare(sql).pluck().get() as number;
  const unfound = count('SELECT count(*) FROM dossier WHERE n NOT IN (SELECT rowid FROM dossier_search)');
  if (unfound > 0) note(`dossier_search: ${unfound} dossiers missing`);
  const phantoms = count('SELECT count(*) FROM dossier_search WHERE rowid NOT IN (SELECT n FROM dossier)');
  if (phantoms > 0) note(`dossier_search: ${phantoms} words without a dossier`);
  if (readIdentity(db)) {
    const lost = homelessEvents(db).length;
    if (lost > 0) note(`own_stream: ${lost} events neither answered nor on their way`);
  }
  const keys = count('SELECT count(*) FROM duplicate_key') - expectedKeys(db);
  if (keys !== 0) note(`duplicate_key: ${Math.abs(keys)} ${keys > 0 ? 'too many' : 'missing'}`);
  return { events, subjects: subjects.length, problems };
}

/** The part of the check that needs no folding: the file's pages, each event against its hash, the chains. For copies. */
export function verifyFile(db: ReadDb): Pick<Verification, 'events' | 'problems'> {
  const problems: string[] = [];
  const health = db.$client.pragma('integrity_check', { simple: true });
  if (health !== 'ok') problems.push(`file: ${String(health)}`);
  const events = verifyChains(db, (text) => problems.length < MOST_PROBLEMS && problems.push(text));
  return { events, problems };
}

/** Events that cannot be read fold to nothing: that is a finding, not a failure of the check. */
function isFolded(db: ReadDb, kind: SubjectKind, id: string): boolean {
  try {
    return isDeepStrictEqual(storedPicture(db, kind, id), expectedPicture(localView(db, kind, id).subject));
  } catch (error) {
    return rethrowSqlite(error);
  }
}

function rethrowSqlite(error: unknown): false {
  if (sqliteProblem(error) !== error) throw error;
  return false;
}

function readable(raw: string): Event | null {
  try {
    return parseEvent(raw);
  } catch {
    return null;
  }
}

function verifyChains(db: ReadDb, note: Note): number {
  const { device } = readIdentity(db) ?? {};
  const written = new Set(ownStreams(db));
  let count = 0;
  const purged = purgedEvents(db);
  let last: Pick<Event, 'stream' | 'seq' | 'hash'> | undefined;
  for (const { n, own, branch, ...row } of allEvents(db)) {
    count++;
    const event = readable(row.raw);
    if (!event) {
      note(`event ${n}: unreadable`);
      continue;
    }
    const place = `stream ${event.stream} seq ${event.seq}`;
    const itself = purged.has(n) ? isPurged(event, row.raw) : eventHash(event, sha256) === event.hash;
    if (!itself) note(`${place}: content changed`);
    if (!isDeepStrictEqual({ ...row, own: own === 1 }, { ...eventRow(event), own: event.device === device }))
      note(`event ${n}: row differs from its content`);
    if (branch > 0 || written.has(event.stream)) continue;
    // Of other machines' streams only what concerns this office comes here, so gaps in them are normal.
    if (last?.stream === event.stream && last.seq === event.seq - 1 && event.prev !== last.hash)
      note(`${place}: chain broken`);
    last = event;
  }
  for (const stream of written) verifyOwnStream(db, { stream, purged }, note);
  return count;
}

/** Place by place, with those of events that were written again: gap-free, linked, and each the same event at another place. */
function verifyOwnStream(
  db: ReadDb,
  { stream, purged }: { readonly stream: string; readonly purged: ReadonlySet<number> },
  note: Note,
): void {
  let before: Tip = { seq: 0, hash: GENESIS };
  for (const { seq, hash, raw, n, made } of placesOf(db, stream)) {
    const place = `stream ${stream} seq ${seq}`;
    const event = readable(raw);
    if (seq !== before.seq + 1) note(`${place}: gap before it`);
    else if (event && event.prev !== before.hash) note(`${place}: chain broken`);
    if (made !== null && event) {
      if (
        !(purged.has(n) ? isPurged(event, raw) : eventHash(event, sha256) === hash) ||
        event.hash !== hash ||
        event.seq !== seq ||
        event.stream !== stream
      )
        note(`${place}: content changed`);
      if (!isDeepStrictEqual(contentOf(event), contentOf(readable(made))))
        note(`${place}: another event than the one it repeats`);
    }
    before = { seq, hash };
  }
}

/** What an event says wherever it stands. */
function contentOf(event: Event | null): object | null {
  if (!event) return null;
  const { stream: _, seq: __, prev: ___, hash: ____, ...content } = event;
  return content;
}

function orphans(db: ReadDb): string[] {
  const of = (kind: SubjectKind, table: string = kind) =>
    db.$client
      .prepare(
        `SELECT '${kind} ' || id FROM ${table} WHERE id NOT IN (SELECT subject_id FROM event WHERE subject_kind = ?) LIMIT 20`,
      )
      .pluck()
      .all(kind) as string[];
  return [
    ...of('dossier'),
    ...of('sheet'),
    ...of('setting'),
    ...of('target'),
    ...of('report', 'report_record'),
    ...of('day'),
  ];
}

/** Children before their parents. */
export const PROJECTED = [
  'component',
  'dossier_mark',
  'duplicate_key',
  'dossier',
  'count',
  'sheet',
  'setting',
  'target',
  'report_record',
  'day',
] as const;

/** Empties the projected tables and folds every subject again. Row numbers of dossiers follow their first event. */
export function rebuildDesk(db: ReadDb): number {
  return inTransaction(db, (tx) => {
    tx.$client.exec("INSERT INTO dossier_search (dossier_search) VALUES ('delete-all')");
    for (const table of PROJECTED) tx.$client.exec(`DELETE FROM ${table}`);
    const subjects = tx.$client
      .prepare('SELECT subject_kind AS kind, subject_id AS id FROM event GROUP BY 1, 2 ORDER BY min(n)')
      .all() as { kind: SubjectKind; id: string }[];
    for (const { kind, id } of subjects) reproject(tx, kind, id);
    tx.$client.exec('DROP TABLE IF EXISTS rebuild_due');
    return subjects.length;
  });
}

/** After a migration that made projected tables anew: it leaves `rebuild_due` behind, which goes with the rebuild's own commit. */
export function rebuildIfDue(db: ReadDb): void {
  const due = db.$client.prepare("SELECT count(*) FROM sqlite_master WHERE name = 'rebuild_due'").pluck();
  if (due.get() === 1) rebuildDesk(db);
}

/** Brings one subject's rows in line with its events. */
export function reproject(tx: WriteTx, kind: SubjectKind, id: string): void {
  const { subject } = localView(tx, kind, id);
  if (subject) putSubject(tx, subject);
  else removeSubject(tx, kind, id);
}
