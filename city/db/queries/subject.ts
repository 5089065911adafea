/** The projections: read back as subjects, and written in bulk as what they are after a batch. */
import { asc, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import { chainCode, channels, componentOutcomes, type Dossier } from '../../../shared/domain/dossier.ts';
import type { Subject } from '../../../shared/domain/project.ts';
import { cellKey, type Sheet } from '../../../shared/domain/sheet.ts';
import type { CityDb, CityTx } from '../handle.ts';
import { components, counts, dossiers, sheets } from '../schema/subject.ts';

export function subjectKey(subject: { readonly kind: string; readonly id: string }): string {
  return `${subject.kind}/${subject.id}`;
}

export async function loadSubjects(
  db: CityDb | CityTx,
  refs: readonly { readonly kind: string; readonly id: string }[],
): Promise<Map<string, Subject>> {
  const idsOf = (kind: string) => [...new Set(refs.filter((r) => r.kind === kind).map((r) => r.id))];
  const found = new Map<string, Subject>();
  for (const state of await loadDossiers(db, idsOf('dossier')))
    found.set(subjectKey({ kind: 'dossier', id: state.id }), { kind: 'dossier', state });
  for (const state of await loadSheets(db, idsOf('sheet')))
    found.set(subjectKey({ kind: 'sheet', id: state.id }), { kind: 'sheet', state });
  return found;
}

async function loadDossiers(db: CityDb | CityTx, ids: readonly string[]): Promise<Dossier[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select()
    .from(dossiers)
    .where(inArray(dossiers.id, [...ids]));
  if (rows.length === 0) return [];
  const parts = await db
    .select()
    .from(components)
    .where(
      inArray(
        components.dossier,
        rows.map((r) => r.id),
      ),
    )
    .orderBy(asc(components.place));
  const partsOf = Map.groupBy(parts, (p) => p.dossier);
  return rows.map((row) => ({
    ...row,
    chain: chainCode.parse(row.chain),
    channel: z.enum(channels).parse(row.channel),
    form: z.record(z.string(), z.string()).parse(row.form),
    components: (partsOf.get(row.id) ?? []).map(({ code, due, outcome }) => ({
      code,
      due,
      outcome: z.enum(componentOutcomes).parse(outcome),
    })),
  }));
}

async function loadSheets(db: CityDb | CityTx, ids: readonly string[]): Promise<Sheet[]> {
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
  return rows.map((row) => ({
    ...row,
    cells: Object.fromEntries(
      (figuresOf.get(row.id) ?? []).map((f) => [cellKey(f.category, f.measure), f.value]),
    ),
  }));
}

export async function saveSubjects(tx: CityTx, subjects: readonly Subject[]): Promise<void> {
  await saveDossiers(
    tx,
    subjects.flatMap((s) => (s.kind === 'dossier' ? [s.state] : [])),
  );
  await saveSheets(
    tx,
    subjects.flatMap((s) => (s.kind === 'sheet' ? [s.state] : [])),
  );
}

async function saveDossiers(tx: CityTx, states: readonly Dossier[]): Promise<void> {
  if (states.length === 0) return;
  const rows = states.map((s) => ({ ...s, received_on: s.receivedOn, received_time: s.receivedTime }));
  await tx.execute(sql`insert into dossier (id, revision, code, chain, regime, office, commune, channel, received_on, received_time, due, form, synthetic)
    select id, revision, code, chain, regime, office, commune, channel, received_on, received_time, due, form, synthetic from json_to_recordset(${JSON.stringify(rows)}::json)
    as x(id text, revision bigint, code text, chain text, regime text, office text, commune text, channel text, received_on date, received_time text, due date, form jsonb, synthetic boolean)
    on conflict (id) do update set revision = excluded.revision, due = excluded.due, form = excluded.form`);
  const parts = states.flatMap((s) => s.components.map((c, place) => ({ dossier: s.id, place, ...c })));
  await tx.execute(sql`insert into component (dossier, place, code, due, outcome)
    select dossier, place, code, due, outcome from json_to_recordset(${JSON.stringify(parts)}::json)
    as x(dossier text, place integer, code text, due date, outcome text)
    on conflict (dossier, place) do update set code = excluded.code, due = excluded.due, outcome = excluded.outcome`);
}

async function saveSheets(tx: CityTx, states: readonly Sheet[]): Promise<void> {
  if (states.length === 0) return;
  const rows = states.map(({ id, revision, unit, asOf }) => ({ id, revision, unit, as_of: asOf }));
  await tx.execute(sql`insert into sheet (id, revision, unit, as_of)
    select id, revision, unit, as_of from json_to_recordset(${JSON.stringify(rows)}::json) as x(id text, revision bigint, unit text, as_of date)
    on conflict (id) do update set revision = excluded.revision`);
  await tx.delete(counts).where(
    inArray(
      counts.sheet,
      states.map((s) => s.id),
    ),
  );
  const figures = states.flatMap((s) =>
    Object.entries(s.cells).map(([key, value]) => ({
      sheet: s.id,
      category: key.split('/')[0],
      measure: key.split('/')[1],
      value,
    })),
  );
  await tx.execute(sql`insert into count (sheet, category, measure, value)
    select sheet, category, measure, value from json_to_recordset(${JSON.stringify(figures)}::json) as x(sheet text, category text, measure text, value integer)`);
}
