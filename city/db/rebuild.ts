/** Folds all applied events into the projection tables again, where a migration made these anew. */
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { fold, subjectKey } from '../../shared/domain/project.ts';
import { type CityDb, type CityTx, rowsOf } from './handle.ts';
import { MIGRATION_LOCK } from './migrate.ts';
import { appliedEvents } from './queries/stored-event.ts';
import { saveSubjects } from './queries/subject.ts';
import { appliedEventRows } from './schema/stream.ts';
import { counts, days, reportRecords, settings, sheets, targets } from './schema/subject.ts';

const PAGE = 500;

/** Whole or not at all; of several hub processes on one database the first one does it. */
export async function rebuildIfDue(db: CityDb): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`);
    const due = await rowsOf(
      tx,
      sql`select to_regclass('rebuild_due')::text as name`,
      z.object({ name: z.string().nullable() }),
    );
    if (due[0]?.name === null) return;
    await rebuild(tx);
    await tx.execute(sql`drop table rebuild_due`);
  });
}

async function rebuild(tx: CityTx): Promise<void> {
  await tx.execute(sql`delete from component`);
  await tx.execute(sql`delete from dossier`);
  for (const table of [counts, sheets, settings, targets, reportRecords, days]) await tx.delete(table);
  const ids = await tx.selectDistinct({ id: appliedEventRows.subjectId }).from(appliedEventRows);
  for (let from = 0; from < ids.length; from += PAGE) {
    const page = ids.slice(from, from + PAGE).map((row) => row.id);
    const bySubject = Map.groupBy(await appliedEvents(tx, page), (e) => subjectKey(e.subject));
    await saveSubjects(
      tx,
      [...bySubject.values()].flatMap((own) => fold(own) ?? []),
    );
  }
}
