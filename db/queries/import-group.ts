/** Imports as groups of events: what one brought, and whether it was taken back. Its undo carries the group of the import. */
import type { Event } from '../../shared/domain/event.ts';
import type { ReadDb } from '../handle.ts';
import { parseEvent } from './event.ts';

const GROUP = "json_extract(raw, '$.body.group')";
const SOURCE = "json_extract(raw, '$.body.source')";
/** Word for word the terms of the index `event_group`, or it is not used. */
const GROUPED = `verb = 'count.record' AND json_valid(raw) AND ${GROUP} IS NOT NULL`;

/** Events that an import wrote, oldest first. */
export function eventsOfGroup(db: ReadDb, group: string): Event[] {
  const rows = db.$client
    .prepare(
      `SELECT raw FROM event WHERE ${GROUPED} AND ${GROUP} = ? AND ${SOURCE} = 'import' ORDER BY event.n`,
    )
    .pluck()
    .all(group) as string[];
  return rows.map(parseEvent);
}

interface ImportGroup {
  readonly group: string;
  /** Moment of the import, ISO 8601. */
  readonly at: string;
  readonly asOf: string;
  readonly units: number;
  readonly cells: number;
  readonly undone: boolean;
}

/** Imports that this machine made, newest first. */
export function importGroups(db: ReadDb): ImportGroup[] {
  const rows = db.$client
    .prepare(
      `SELECT ${GROUP} AS "group", min(at) AS at, min(json_extract(raw, '$.body.asOf')) AS asOf, count(DISTINCT subject_id) AS units,
         sum(json_array_length(raw, '$.body.cells')) AS cells,
         EXISTS (SELECT 1 FROM event u WHERE u.verb = 'count.record' AND json_valid(u.raw) AND json_extract(u.raw, '$.body.group') IS NOT NULL
           AND json_extract(u.raw, '$.body.group') = json_extract(event.raw, '$.body.group') AND json_extract(u.raw, '$.body.source') = 'undo') AS undone
       FROM event WHERE ${GROUPED} AND own = 1 AND ${SOURCE} = 'import' GROUP BY 1 ORDER BY min(n) DESC`,
    )
    .all() as (Omit<ImportGroup, 'undone'> & { undone: 0 | 1 })[];
  return rows.map((row) => ({ ...row, undone: row.undone === 1 }));
}
