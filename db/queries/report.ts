/** What reports are made from: figures of counts, how the sheets stand, targets, what the office keeps of a report. */
import { eq } from 'drizzle-orm';
import { countColumns } from '../../shared/catalogue/categories.ts';
import { findSheetForm } from '../../shared/catalogue/sheet-forms.ts';
import type { ReportRecord } from '../../shared/domain/report-record.ts';
import { COUNTS_FORM } from '../../shared/domain/sheet.ts';
import { storedReport, storedTargets } from '../../shared/domain/stored-state.ts';
import type { CountFigure, SheetFigure, Target } from '../../shared/report/figures.ts';
import { once, type ReadDb } from '../handle.ts';
import { reportRecord as table, target } from '../schema/sheet.ts';

/** Days, both included. */
interface Days {
  readonly from: string;
  readonly to: string;
}

/**
 * Figures of snapshots taken on these days, and of flows whose window touches them; null form = of every form.
 * Sheets first, then their figures: a million rows share the few texts of their sheets.
 */
export function countFigures(
  db: ReadDb,
  { from, to, form = null }: Days & { readonly form?: string | null },
): CountFigure[] {
  const sheets = once(db, 'figures.sheets', () =>
    db.$client
      .prepare(
        `SELECT n, unit, as_of, from_date FROM sheet WHERE (@form IS NULL OR form = @form) AND as_of >= @from
           AND coalesce(from_date, as_of) <= @to ORDER BY n`,
      )
      .raw(),
  );
  const figures = once(db, 'figures.counts', () =>
    db.$client.prepare('SELECT category, measure, value FROM count WHERE sheet_n = ?').raw(),
  );
  const found: CountFigure[] = [];
  for (const row of sheets.all({ form, from, to })) {
    const [n, unit, asOf, start] = row as [number, string, string, string | null];
    const about = start === null ? { unit, asOf } : { unit, asOf, from: start };
    for (const cell of figures.all(n)) {
      const [category, measure, value] = cell as [string, string, number | null];
      found.push({ ...about, category, measure, value: value ?? 'outside' });
    }
  }
  return found;
}

/** How the sheets of a form stand whose as-of date lies in these days. */
export function sheetStates(
  db: ReadDb,
  { from, to, form = COUNTS_FORM }: Days & { readonly form?: string },
): SheetFigure[] {
  const expected = form === COUNTS_FORM ? countColumns.length : (findSheetForm(form)?.cells.length ?? 0);
  const rows = db.$client
    .prepare(
      `SELECT unit, as_of AS asOf, (SELECT count(*) FROM count WHERE sheet_n = n) AS filled, sent_on AS sentOn
       FROM sheet WHERE form = ? AND as_of BETWEEN ? AND ? ORDER BY as_of, unit`,
    )
    .all(form, from, to) as Omit<SheetFigure, 'expected'>[];
  return rows.map((row) => ({ ...row, expected }));
}

export function targetsOf(db: ReadDb): Target[] {
  const rows = db.select().from(target).all();
  return rows
    .flatMap((row) => Object.values(storedTargets.parse(JSON.parse(row.targets))))
    .flatMap(({ value, ...about }) => (value === null ? [] : [{ ...about, value, verified: true }]));
}

export function reportRecord(db: ReadDb, id: string): ReportRecord | null {
  const row = db.select().from(table).where(eq(table.id, id)).get();
  return row ? toRecord(row) : null;
}

/** What an office keeps of all its reports. */
export function reportRecords(db: ReadDb, office: string): ReportRecord[] {
  return db.select().from(table).where(eq(table.office, office)).orderBy(table.id).all().map(toRecord);
}

function toRecord({ state, ...about }: typeof table.$inferSelect): ReportRecord {
  return { ...about, ...storedReport.parse(JSON.parse(state)) };
}
