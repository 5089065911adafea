/** Count sheets: the figures of many units at one date, the last earlier figures, their history, the dates that exist. */
import { COUNTS_FORM, cellKey, type Sheet, type SheetStatus } from '../../shared/domain/sheet.ts';
import { storedNotes } from '../../shared/domain/stored-state.ts';
import { once, type ReadDb } from '../handle.ts';

/** A sheet as its row tells: without its id, which follows from the rest. */
export type SheetCells = Omit<Sheet, 'id' | 'unit' | 'form'>;

interface SheetRow {
  readonly n: number;
  readonly unit: string;
  readonly asOf: string;
  readonly from: string | null;
  readonly revision: number;
  readonly status: SheetStatus;
  readonly statusReason: string;
  readonly sentOn: string | null;
  readonly notes: string;
}
const SHEET_COLUMNS =
  's.n, s.unit, s.as_of AS asOf, s.from_date AS "from", s.revision, s.status, s.status_reason AS statusReason, s.sent_on AS sentOn, s.notes';

/** Figures of sheets by their number; what is outside is in their notes. */
function figuresOf(db: ReadDb, sheets: readonly number[]): ReadonlyMap<number, Record<string, number>> {
  const statement = once(db, 'count.of', () =>
    db.$client
      .prepare(
        'SELECT sheet_n, category, measure, value FROM count WHERE sheet_n IN (SELECT value FROM json_each(?)) AND value IS NOT NULL',
      )
      .raw(),
  );
  const found = new Map<number, Record<string, number>>(sheets.map((n) => [n, {}]));
  for (const row of statement.iterate(JSON.stringify(sheets))) {
    const [n, category, measure, value] = row as [number, string, string, number];
    const cells = found.get(n);
    if (cells) cells[cellKey(category, measure)] = value;
  }
  return found;
}

function withCells(db: ReadDb, rows: readonly SheetRow[]): ReadonlyMap<string, SheetCells> {
  const figures = figuresOf(
    db,
    rows.map((row) => row.n),
  );
  return new Map(
    rows.map(({ n, unit, notes, ...row }) => [
      unit,
      { ...row, notes: storedNotes.parse(JSON.parse(notes)), cells: figures.get(n) ?? {} },
    ]),
  );
}

/** Sheets of a form by unit. `from`: of a form of flows, the first day of the window. */
export function sheetsOn(
  db: ReadDb,
  asOf: string,
  form: string = COUNTS_FORM,
  from: string | null = null,
): ReadonlyMap<string, SheetCells> {
  const rows = db.$client
    .prepare(`SELECT ${SHEET_COLUMNS} FROM sheet s WHERE s.as_of = ? AND s.form = ? AND s.from_date IS ?`)
    .all(asOf, form, from) as SheetRow[];
  return withCells(db, rows);
}

/** Of each unit the newest sheet of the form before a date that holds something. */
export function sheetsBefore(
  db: ReadDb,
  asOf: string,
  form: string = COUNTS_FORM,
): ReadonlyMap<string, SheetCells> {
  const rows = db.$client
    .prepare(
      `SELECT ${SHEET_COLUMNS}
       FROM (SELECT unit, max(as_of) AS as_of FROM sheet WHERE form = @form AND as_of < @asOf AND EXISTS (SELECT 1 FROM count WHERE sheet_n = n) GROUP BY unit) last
       JOIN sheet s ON s.form = @form AND s.unit = last.unit AND s.as_of = last.as_of`,
    )
    .all({ asOf, form }) as SheetRow[];
  return withCells(db, rows);
}

/** Days of the form's sheets that hold something, newest first. */
export function sheetDates(db: ReadDb, form: string = COUNTS_FORM): string[] {
  return db.$client
    .prepare(
      'SELECT DISTINCT as_of FROM sheet WHERE form = ? AND EXISTS (SELECT 1 FROM count WHERE sheet_n = n) ORDER BY as_of DESC',
    )
    .pluck()
    .all(form) as string[];
}

export interface PastFigure {
  readonly asOf: string;
  readonly value: number;
}

/** Unit -> `category/measure` -> its figures, oldest first: those of the unit's last `limit` sheets that hold something. */
export function countHistory(
  db: ReadDb,
  unitKeys: readonly string[],
  limit: number,
  { form = COUNTS_FORM, before = '9999-12-31' }: { readonly form?: string; readonly before?: string } = {},
): ReadonlyMap<string, ReadonlyMap<string, readonly PastFigure[]>> {
  const statement = once(db, 'count.history', () =>
    db.$client
      .prepare(
        `SELECT s.unit, s.as_of, c.category, c.measure, c.value FROM json_each(@units) u
         JOIN sheet s ON s.n IN (SELECT n FROM sheet p WHERE p.form = @form AND p.unit = u.value AND p.as_of < @before
           AND EXISTS (SELECT 1 FROM count WHERE sheet_n = p.n) ORDER BY p.as_of DESC LIMIT @limit)
         JOIN count c ON c.sheet_n = s.n WHERE c.value IS NOT NULL ORDER BY s.unit, s.as_of`,
      )
      .raw(),
  );
  const found = new Map<string, Map<string, PastFigure[]>>();
  for (const row of statement.iterate({ units: JSON.stringify(unitKeys), form, before, limit })) {
    const [unit, asOf, category, measure, value] = row as [string, string, string, string, number];
    const cells = found.get(unit) ?? new Map<string, PastFigure[]>();
    found.set(unit, cells);
    const key = cellKey(category, measure);
    const past = cells.get(key);
    if (past) past.push({ asOf, value });
    else cells.set(key, [{ asOf, value }]);
  }
  return found;
}
