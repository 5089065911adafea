/** The invariant as a tool: the tables equal the fold of the events (`db:verify`), and `db:rebuild` makes them so. */
import { isDeepStrictEqual } from 'node:util';
import { type Event, eventHash, GENESIS, type SubjectKind } from '../shared/domain/event.ts';
import { inTransaction, type ReadDb, type WriteTx } from './handle.ts';
import { localView } from './local-view.ts';
import { allEvents, allSubjects, parseEvent } from './queries/event.ts';
import { expectedPicture, putSubject, removeSubject, storedPicture } from './queries/subject-table.ts';
import { sha256 } from './write.ts';

export interface Verification {
  readonly events: number;
  readonly subjects: number;
  /** Plain sentences without personal data: ids, sequence numbers, table names. */
  readonly problems: readonly string[];
}
const MOST_PROBLEMS = 50;

export function verifyDesk(db: ReadDb): Verification {
  const problems: string[] = [];
  const note = (text: string) => problems.length < MOST_PROBLEMS && problems.push(text);

  const health = db.$client.pragma('integrity_check', { simple: true });
  if (health !== 'ok') note(`file: ${String(health)}`);
  const events = verifyChains(db, note);
  const subjects = allSubjects(db);
  for (const { kind, id } of subjects)
    if (!isDeepStrictEqual(storedPicture(db, kind, id), expectedPicture(localView(db, kind, id).subject)))
      note(`${kind} ${id}: table differs from its events`);
  for (const orphan of orphans(db)) note(`${orphan}: row without events`);
  const unfound = db.$client
    .prepare('SELECT count(*) FROM dossier WHERE n NOT IN (SELECT rowid FROM dossier_search)')
    .pluck()
    .get() as number;
  if (unfound > 0) note(`dossier_search: ${unfound} dossiers missing`);
  return { events, subjects: subjects.length, problems };
}

function verifyChains(db: ReadDb, note: (text: string) => void): number {
  let count = 0;
  let last: Pick<Event, 'stream' | 'seq' | 'hash'> | undefined;
  for (const row of allEvents(db)) {
    count++;
    const event = parseEvent(row.raw);
    const follows = last?.stream === event.stream;
    // Of other machines' streams only what concerns this office comes here, so gaps in them are normal.
    const expected =
      follows && last?.seq === event.seq - 1 ? last.hash : event.seq === 1 ? GENESIS : event.prev;
    if (event.prev !== expected) note(`stream ${event.stream} seq ${event.seq}: chain broken`);
    if (eventHash(event, sha256) !== event.hash)
      note(`stream ${event.stream} seq ${event.seq}: content changed`);
    last = event;
  }
  return count;
}

function orphans(db: ReadDb): string[] {
  const of = (kind: SubjectKind) =>
    db.$client
      .prepare(
        `SELECT '${kind} ' || id FROM ${kind} WHERE id NOT IN (SELECT subject_id FROM event WHERE subject_kind = ?) LIMIT 20`,
      )
      .pluck()
      .all(kind) as string[];
  return [...of('dossier'), ...of('sheet')];
}

/** Empties the projected tables and folds every subject again. Row numbers of dossiers follow their first event. */
export function rebuildDesk(db: ReadDb): number {
  return inTransaction(db, (tx) => {
    tx.$client.exec("INSERT INTO dossier_search (dossier_search) VALUES ('delete-all')");
    for (const table of ['component', 'dossier', 'count', 'sheet']) tx.$client.exec(`DELETE FROM ${table}`);
    const subjects = tx.$client
      .prepare('SELECT subject_kind AS kind, subject_id AS id FROM event GROUP BY 1, 2 ORDER BY min(n)')
      .all() as { kind: SubjectKind; id: string }[];
    for (const { kind, id } of subjects) reproject(tx, kind, id);
    return subjects.length;
  });
}

/** Brings one subject's rows in line with its events. */
export function reproject(tx: WriteTx, kind: SubjectKind, id: string): void {
  const { subject } = localView(tx, kind, id);
  if (subject) putSubject(tx, subject);
  else removeSubject(tx, kind, id);
}
