/** The invariant as a tool: the projection tables equal the fold of the applied events. */
import { asc } from 'drizzle-orm';
import type { SubjectKind } from '../../shared/domain/event.ts';
import { project, type Subject, subjectKey } from '../../shared/domain/project.ts';
import { canonicalJson } from '../../shared/lib/canonical-json.ts';
import type { CityDb, CityTx } from './handle.ts';
import { eventOf } from './queries/stored-event.ts';
import { loadSubjects } from './queries/subject.ts';
import { appliedEventRows } from './schema/stream.ts';
import { days, dossiers, reportRecords, settings, sheets, targets } from './schema/subject.ts';

export interface Mismatch {
  readonly subject: string;
  readonly table: Subject | null;
  readonly fold: Subject | null;
}

/** Subjects whose tables are not what their events add up to; empty = all good. */
export async function verifyProjections(db: CityDb | CityTx): Promise<Mismatch[]> {
  const folded = new Map<string, Subject | undefined>();
  const rows = await db
    .select({ raw: appliedEventRows.raw })
    .from(appliedEventRows)
    .orderBy(asc(appliedEventRows.revision));
  for (const { raw } of rows) {
    const event = eventOf(raw);
    const key = subjectKey(event.subject);
    folded.set(key, project(event, folded.get(key)));
  }
  const refsOf = async (
    kind: SubjectKind,
    table:
      | typeof dossiers
      | typeof sheets
      | typeof settings
      | typeof targets
      | typeof reportRecords
      | typeof days,
  ) => (await db.select({ id: table.id }).from(table)).map(({ id }) => ({ kind, id }));
  const refs = [
    ...(await refsOf('dossier', dossiers)),
    ...(await refsOf('sheet', sheets)),
    ...(await refsOf('setting', settings)),
    ...(await refsOf('target', targets)),
    ...(await refsOf('report', reportRecords)),
    ...(await refsOf('day', days)),
  ];
  const tables = await loadSubjects(db, refs);
  const keys = new Set([...folded.keys(), ...tables.keys()]);
  return [...keys].flatMap((subject) => {
    const [table, fold] = [tables.get(subject) ?? null, folded.get(subject) ?? null];
    return canonicalJson(table) === canonicalJson(fold) ? [] : [{ subject, table, fold }];
  });
}
