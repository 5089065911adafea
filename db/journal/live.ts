/**
 * The mirror journal of an open store: after each commit the rows that it changed, sealed, go to a file beside the store. Written before
 * the answer goes out, so that a killed program loses nothing; synced to the disk right after on another thread, one sync for all that
 * came meanwhile, so that a save does not wait for a second disk turn. Only a power cut and a spoiled store together can cost those.
 */
import { closeSync, fdatasync, fdatasyncSync, mkdirSync } from 'node:fs';
import type { Clock } from '../clock.ts';
import { type ReadDb, watchCommits } from '../handle.ts';
import type { DataKey } from '../key-store.ts';
import { syncFolder } from '../private-file.ts';
import { journalState } from '../schema/local.ts';
import { openMark, readMark } from './mark.ts';
import {
  createSegment,
  type JournalRow,
  journalFolder,
  type SegmentHeader,
  type SegmentWriter,
  segmentFile,
  segmentNumbers,
} from './segment.ts';
import { triggerSql, truthTables } from './tables.ts';

export interface Journal {
  readonly branch: string;
  position(): number;
  /** False where it could not be written, or a kill came between a commit and its entry: only a new backup makes it whole again. */
  whole(): boolean;
  /** The next commit begins a new segment, so that what stands before it can be forgotten by itself. */
  cut(): void;
  /** A backup begins: what is committed from now on is kept again, also where it could not be before. */
  resume(): void;
  /** That backup stands and is good: the next commit begins a new segment. */
  turn(): void;
  close(): void;
}
interface Surroundings {
  readonly folder: string;
  readonly key: DataKey;
  readonly clock: Clock;
  readonly report: (error: unknown) => void;
  /** After each entry. */
  readonly wrote?: () => void;
}

type Value = string | number | null | Buffer;
const toCell = (value: Value) => (Buffer.isBuffer(value) ? { b: value.toString('base64') } : value);

export function openJournal(db: ReadDb, { folder, key, clock, report, wrote }: Surroundings): Journal {
  const client = db.$client;
  mkdirSync(journalFolder(folder), { recursive: true, mode: 0o700 });
  const version = client.pragma('user_version', { simple: true }) as number;
  const tables = truthTables(client);
  const { branch, position: first, parent, parentPosition } = readJournalState(db);
  const fresh = first === 0 && tables.every(({ name }) => isEmpty(db, name));
  const header: Omit<SegmentHeader, 'base'> = {
    v: 1,
    branch,
    parent: parent === null ? null : { branch: parent, position: parentPosition ?? 0 },
    fresh,
  };
  let position = first;
  let noted: JournalRow[] = [];
  let segment: SegmentWriter | null = null;
  const before = readMark(folder);
  let whole = fresh || (before?.branch === branch && before.position === first && !before.hole);
  let broken = false;
  const mark = openMark(folder);
  const syncing = backgroundSync();
  const now = () => new Date(clock.now()).toISOString();

  client.function(
    'journal_note',
    { varargs: true },
    (table: string, what: 'put' | 'del', ...row: Value[]) => {
      noted.push([table, what, row.map(toCell)]);
      return null;
    },
  );
  for (const table of tables) client.exec(triggerSql(table, 'journal_note'));
  const count = client.prepare('UPDATE journal_state SET position = ?');

  /** A hole is remembered beyond this run: the next one would find mark and store in the same place. */
  const writeMark = () => mark.write({ branch, position, at: now(), hole: !whole });
  function append(rows: JournalRow[]): void {
    segment ??= begin(position - 1);
    segment.append({ p: position, at: now(), v: version, rows });
    writeMark();
    syncing.ask(segment.handle, mark.handle);
    wrote?.();
  }
  function begin(base: number): SegmentWriter {
    const number = (segmentNumbers(folder).at(-1) ?? 0) + 1;
    const made = createSegment(segmentFile(folder, number), key, { ...header, base });
    syncFolder(journalFolder(folder));
    return made;
  }
  function end(): void {
    if (segment) syncing.finish(segment.handle);
    segment = null;
  }

  // A branch that has no segment yet could not be followed back to the one that it left.
  if (parent !== null && parentPosition === position) segment = begin(position);
  writeMark();
  watchCommits(db, {
    noted: () => noted.length,
    forget: (place) => void noted.splice(place),
    sealing() {
      if (noted.length > 0) count.run(position + 1);
    },
    committed() {
      const rows = noted;
      noted = [];
      if (rows.length === 0) return;
      position++;
      if (broken) return;
      try {
        append(rows);
      } catch (error) {
        // The save itself is on the disk; what follows would have no beginning, so a new backup has to come first.
        whole = false;
        broken = true;
        report(error);
      }
    },
  });

  return {
    branch,
    position: () => position,
    whole: () => whole,
    cut: end,
    resume() {
      if (!broken) return;
      end();
      broken = false;
    },
    turn() {
      end();
      // What could not be written while the backup ran may stand in neither.
      if (broken) return;
      whole = true;
      try {
        writeMark();
      } catch (error) {
        report(error);
      }
    },
    close() {
      watchCommits(db, null);
      end();
      mark.close();
    },
  };
}

export function readJournalState(db: ReadDb): Omit<typeof journalState.$inferSelect, 'one'> {
  const row = db.select().from(journalState).get();
  if (!row) throw new Error('journal_state is empty');
  const { one: _, ...state } = row;
  return state;
}

function isEmpty(db: ReadDb, table: string): boolean {
  return db.$client.prepare(`SELECT NOT EXISTS (SELECT 1 FROM "${table}")`).pluck().get() === 1;
}

/** One sync at a time; what was written while it ran gets the next one. A disk that cannot sync answers with the next write. */
function backgroundSync() {
  let busy: readonly number[] | null = null;
  let next: readonly number[] | null = null;
  const closing = new Set<number>();
  const run = (handles: readonly number[]) => {
    busy = handles;
    let left = handles.length;
    for (const handle of handles)
      fdatasync(handle, () => {
        if (--left > 0) return;
        busy = null;
        for (const one of closing) closeSync(one);
        closing.clear();
        const waiting = next;
        next = null;
        if (waiting) run(waiting);
      });
  };
  return {
    ask(...handles: number[]): void {
      if (busy) next = handles;
      else run(handles);
    },
    /** Synced, and closed once nothing runs on it. */
    finish(handle: number): void {
      fdatasyncSync(handle);
      next = null;
      if (busy) closing.add(handle);
      else closeSync(handle);
    },
  };
}
