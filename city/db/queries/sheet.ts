/** Projections of sheets with their counts, of targets and of kept reports. */
import { inArray, sql } from 'drizzle-orm';
import type { ReportRecord } from '../../../shared/domain/report-record.ts';
import { type CellNote, cellKey, type Sheet } from '../../../shared/domain/sheet.ts';
import { storedNotes, storedReport, storedTargets } from '../../../shared/domain/stored-state.ts';
import type { Targets } from '../../../shared/domain/target.ts';
import type { CityDb, CityTx } from '../handle.ts';
import { counts, reportRecords, sheets, targets } from '../schema/subject.ts';

export async function loadSheets(db: CityDb | CityTx, ids: readonly string[]): Promise<Sheet[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select()
    .from(sheets)
    .where(inArray(sheets.id, [...ids]));
  if (rows.length === 0) return [];
  const figures = await db
    .select()
    .from(counts)
    .where(
      inArray(
        counts.sheet,
        rows.map((r) => r.id),
      ),
    );
  const figuresOf = Map.groupBy(figures, (f) => f.sheet);
  return rows.map((row) => {
    const own = figuresOf.get(row.id) ?? [];
    const notes = { ...storedNotes.parse(row.notes) } as Record<string, CellNote>;
    const cells: Record<string, number> = {};
    for (const { category, measure, value } of own) {
      const key = cellKey(category, measure);
      if (value === null) notes[key] = { by: '', at: '', ...notes[key], outside: true };
      else cells[key] = value;
    }
    return { ...row, notes, cells };
  });
}

/** Which cells are outside the rows of `count` say. */
function withoutOutside(notes: Sheet['notes']): Sheet['notes'] {
  return Object.fromEntries(Object.entries(notes).map(([key, { outside: _, ...note }]) => [key, note]));
}

export async function saveSheets(tx: CityTx, states: readonly Sheet[]): Promise<void> {
  if (states.length === 0) return;
  const rows = states.map(({ asOf, from, statusReason, sentOn, notes, ...state }) => ({
    ...{ ...state, notes: withoutOutside(notes) },
    ...{ as_of: asOf, from_date: from, status_reason: statusReason, sent_on: sentOn },
  }));
  await tx.execute(sql`insert into sheet (id, revision, unit, as_of, form, from_date, status, status_reason, sent_on, notes)
    select id, revision, unit, as_of, form, from_date, status, status_reason, sent_on, notes from json_to_recordset(${JSON.stringify(rows)}::json)
    as x(id text, revision bigint, unit text, as_of date, form text, from_date text, status text, status_reason text, sent_on text, notes jsonb)
    on conflict (id) do update set revision = excluded.revision, status = excluded.status, status_reason = excluded.status_reason,
      sent_on = excluded.sent_on, notes = excluded.notes`);
  await tx.delete(counts).where(
    inArray(
      counts.sheet,
      states.map((s) => s.id),
    ),
  );
  await tx.execute(sql`insert into count (sheet, category, measure, value)
    select sheet, category, measure, value from json_to_recordset(${JSON.stringify(states.flatMap(countRows))}::json) as x(sheet text, category text, measure text, value integer)`);
}

/** Rows of what was reported; what is outside has one without a figure. */
function countRows({ id, cells, notes }: Sheet) {
  const outside = Object.keys(notes).filter((key) => notes[key]?.outside);
  return [...Object.entries(cells), ...outside.map((key) => [key, null] as const)].map(([key, value]) => ({
    ...{ sheet: id, category: key.split('/')[0], measure: key.split('/')[1], value },
  }));
}

export async function loadTargets(db: CityDb | CityTx, ids: readonly string[]): Promise<Targets[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select()
    .from(targets)
    .where(inArray(targets.id, [...ids]));
  return rows.map((row) => ({ ...row, targets: storedTargets.parse(row.targets) }));
}

export async function saveTargets(tx: CityTx, states: readonly Targets[]): Promise<void> {
  if (states.length === 0) return;
  await tx.execute(sql`insert into target (id, revision, unit, targets)
    select id, revision, unit, targets from json_to_recordset(${JSON.stringify(states)}::json) as x(id text, revision bigint, unit text, targets jsonb)
    on conflict (id) do update set revision = excluded.revision, targets = excluded.targets`);
}

export async function loadReports(db: CityDb | CityTx, ids: readonly string[]): Promise<ReportRecord[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select()
    .from(reportRecords)
    .where(inArray(reportRecords.id, [...ids]));
  return rows.map(({ printed, frozen, ...row }) => ({ ...row, ...storedReport.parse({ printed, frozen }) }));
}

export async function saveReports(tx: CityTx, states: readonly ReportRecord[]): Promise<void> {
  if (states.length === 0) return;
  const rows = states.map(({ from, to, ...state }) => ({ ...state, from_date: from, to_date: to }));
  await tx.execute(sql`insert into report_record (id, revision, report, from_date, to_date, office, printed, frozen)
    select id, revision, report, from_date, to_date, office, printed, frozen from json_to_recordset(${JSON.stringify(rows)}::json)
    as x(id text, revision bigint, report text, from_date text, to_date text, office text, printed jsonb, frozen jsonb)
    on conflict (id) do update set revision = excluded.revision, printed = excluded.printed, frozen = excluded.frozen`);
}
