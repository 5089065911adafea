/** Count sheets: the figures of many units at one date, the last earlier figures, the dates that exist. */
import type { ReadDb } from '../handle.ts';

export interface SheetCells {
  readonly asOf: string;
  /** `category/measure` -> figure. */
  readonly cells: Readonly<Record<string, number>>;
}

function gather(
  rows: { unit: string; asOf: string; key: string; value: number }[],
): ReadonlyMap<string, SheetCells> {
  const found = new Map<string, { asOf: string; cells: Record<string, number> }>();
  for (const { unit, asOf, key, value } of rows) {
    const sheet = found.get(unit) ?? { asOf, cells: {} };
    sheet.cells[key] = value;
    found.set(unit, sheet);
  }
  return found;
}

export function sheetsOn(db: ReadDb, asOf: string): ReadonlyMap<string, SheetCells> {
  const rows = db.$client
    .prepare(
      "SELECT s.unit, s.as_of AS asOf, c.category || '/' || c.measure AS key, c.value FROM sheet s JOIN count c ON c.sheet_id = s.id WHERE s.as_of = ?",
    )
    .all(asOf) as { unit: string; asOf: string; key: string; value: number }[];
  return gather(rows);
}

/** Of each unit the newest sheet before a date that holds figures. */
export function sheetsBefore(db: ReadDb, asOf: string): ReadonlyMap<string, SheetCells> {
  const rows = db.$client
    .prepare(
      `SELECT s.unit, s.as_of AS asOf, c.category || '/' || c.measure AS key, c.value
       FROM (SELECT unit, max(as_of) AS as_of FROM sheet WHERE as_of < ? AND EXISTS (SELECT 1 FROM count WHERE sheet_id = sheet.id) GROUP BY unit) last
       JOIN sheet s ON s.unit = last.unit AND s.as_of = last.as_of JOIN count c ON c.sheet_id = s.id`,
    )
    .all(asOf) as { unit: string; asOf: string; key: string; value: number }[];
  return gather(rows);
}

export function sheetDates(db: ReadDb): string[] {
  return db.$client
    .prepare(
      'SELECT DISTINCT as_of FROM sheet WHERE EXISTS (SELECT 1 FROM count WHERE sheet_id = sheet.id) ORDER BY as_of DESC',
    )
    .pluck()
    .all() as string[];
}
