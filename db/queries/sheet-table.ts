/** Projected tables of sheets, targets and kept reports, and their pictures for `db:verify`. */
import { eq, sql } from 'drizzle-orm';
import type { ReportRecord } from '../../shared/domain/report-record.ts';
import type { Sheet } from '../../shared/domain/sheet.ts';
import type { Targets } from '../../shared/domain/target.ts';
import { once, type ReadDb, type WriteTx } from '../handle.ts';
import { count, reportRecord, sheet, target } from '../schema/sheet.ts';

/** A cell that is outside has a row without a figure. */
const OUTSIDE = null;

export function putSheet(tx: WriteTx, state: Sheet): void {
  const n = upsertSheet(tx, state);
  once(tx, 'count.clear', () => tx.$client.prepare('DELETE FROM count WHERE sheet_n = ?')).run(n);
  const insert = once(tx, 'count.put', () =>
    tx.$client.prepare('INSERT INTO count (sheet_n, category, measure, value) VALUES (?, ?, ?, ?)'),
  );
  for (const [key, value] of Object.entries(rowsOf(state))) insert.run(n, ...key.split('/'), value);
}

/** `category/measure` -> figure, or null where the unit has nothing of the kind. */
function rowsOf({ cells, notes }: Sheet): Readonly<Record<string, number | null>> {
  const outside = Object.keys(notes).filter((key) => notes[key]?.outside);
  return { ...cells, ...Object.fromEntries(outside.map((key) => [key, OUTSIDE])) };
}

function upsertSheet(tx: WriteTx, { cells: _, notes, ...state }: Sheet): number {
  const statement = once(tx, 'sheet.put', () =>
    tx.$client
      .prepare(
        `INSERT INTO sheet (id, revision, unit, as_of, form, from_date, status, status_reason, sent_on, notes)
         VALUES (@id, @revision, @unit, @asOf, @form, @from, @status, @statusReason, @sentOn, @notes)
         ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, status = excluded.status,
           status_reason = excluded.status_reason, sent_on = excluded.sent_on, notes = excluded.notes RETURNING n`,
      )
      .pluck(),
  );
  return statement.get({ ...state, notes: JSON.stringify(notes) }) as number;
}

export function removeSheet(tx: WriteTx, id: string): void {
  const n = tx.$client.prepare('SELECT n FROM sheet WHERE id = ?').pluck().get(id);
  tx.$client.prepare('DELETE FROM count WHERE sheet_n = ?').run(n ?? null);
  tx.delete(sheet).where(eq(sheet.id, id)).run();
}

export function sheetPicture(db: ReadDb, id: string): unknown {
  const row = once(db, 'sheet.stored', () =>
    db
      .select()
      .from(sheet)
      .where(eq(sheet.id, sql.placeholder('id')))
      .prepare(),
  ).get({ id });
  if (!row) return undefined;
  const { n, notes, ...picture } = row;
  const rows = db.select().from(count).where(eq(count.sheetN, n)).all();
  return {
    ...picture,
    notes: JSON.parse(notes) as unknown,
    rows: Object.fromEntries(rows.map((c) => [`${c.category}/${c.measure}`, c.value])),
  };
}

export function expectedSheet(sheet: Sheet): unknown {
  const { cells: _, ...state } = sheet;
  return { ...state, rows: rowsOf(sheet) };
}

export function putTargets(tx: WriteTx, { id, revision, unit, targets }: Targets): void {
  const row = { revision, unit, targets: JSON.stringify(targets) };
  tx.insert(target)
    .values({ id, ...row })
    .onConflictDoUpdate({ target: target.id, set: row })
    .run();
}

export function targetsPicture(db: ReadDb, id: string): unknown {
  const row = db.select().from(target).where(eq(target.id, id)).get();
  return row && { ...row, targets: JSON.parse(row.targets) as unknown };
}

export function putReportRecord(tx: WriteTx, { printed, frozen, id, ...about }: ReportRecord): void {
  const row = { ...about, state: JSON.stringify({ printed, frozen }) };
  tx.insert(reportRecord)
    .values({ id, ...row })
    .onConflictDoUpdate({ target: reportRecord.id, set: row })
    .run();
}

export function reportPicture(db: ReadDb, id: string): unknown {
  const row = db.select().from(reportRecord).where(eq(reportRecord.id, id)).get();
  if (!row) return undefined;
  const { state, ...about } = row;
  return { ...about, ...(JSON.parse(state) as object) };
}
