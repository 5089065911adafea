/** The projections: read back as subjects, and written in bulk as what they are after a batch. */
import { asc, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import { componentStates } from '../../../shared/domain/action-rules.ts';
import { attachedFile } from '../../../shared/domain/attached-file.ts';
import { actBody, chainCode, channels, type Dossier } from '../../../shared/domain/dossier.ts';
import type { SubjectKind } from '../../../shared/domain/event.ts';
import { type Subject, subjectKey } from '../../../shared/domain/project.ts';
import { correctionSchema, type Setting } from '../../../shared/domain/setting.ts';
import { storedClusters } from '../../../shared/domain/stored-state.ts';
import { holderOf, transferBody } from '../../../shared/domain/transfer.ts';
import type { CityDb, CityTx } from '../handle.ts';
import { components, dossiers, settings } from '../schema/subject.ts';
import { loadDays, saveDays } from './day.ts';
import { loadReports, loadSheets, loadTargets, saveReports, saveSheets, saveTargets } from './sheet.ts';

export async function loadSubjects(
  db: CityDb | CityTx,
  refs: readonly { readonly kind: string; readonly id: string }[],
): Promise<Map<string, Subject>> {
  const idsOf = (kind: SubjectKind) => [...new Set(refs.filter((r) => r.kind === kind).map((r) => r.id))];
  const found: Subject[] = [
    ...(await loadDossiers(db, idsOf('dossier'))).map((state) => ({ kind: 'dossier', state }) as const),
    ...(await loadSheets(db, idsOf('sheet'))).map((state) => ({ kind: 'sheet', state }) as const),
    ...(await loadSettings(db, idsOf('setting'))).map((state) => ({ kind: 'setting', state }) as const),
    ...(await loadTargets(db, idsOf('target'))).map((state) => ({ kind: 'target', state }) as const),
    ...(await loadReports(db, idsOf('report'))).map((state) => ({ kind: 'report', state }) as const),
    ...(await loadDays(db, idsOf('day'))).map((state) => ({ kind: 'day', state }) as const),
  ];
  return new Map(found.map((subject) => [subjectKey({ kind: subject.kind, id: subject.state.id }), subject]));
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
  return rows.map(({ transfers, files, ...row }) => ({
    ...row,
    files: z.array(attachedFile).parse(files),
    ...handedOver(z.array(transferBody).parse(transfers)),
    chain: chainCode.parse(row.chain),
    channel: z.enum(channels).parse(row.channel),
    form: z.record(z.string(), z.string()).parse(row.form),
    steps: z.array(actBody).parse(row.steps),
    components: (partsOf.get(row.id) ?? []).map(({ dossier: _, place: __, state, ...part }) => ({
      ...part,
      state: z.enum(componentStates).parse(state),
    })),
  }));
}

function handedOver(transfers: Dossier['transfers']): Pick<Dossier, 'transfers' | 'holder'> {
  return { transfers, holder: holderOf(transfers) };
}

async function loadSettings(db: CityDb | CityTx, ids: readonly string[]): Promise<Setting[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select()
    .from(settings)
    .where(inArray(settings.id, [...ids]));
  return rows.map((row) => ({
    ...row,
    corrections: z.record(z.string(), correctionSchema).parse(row.corrections),
    clusters: storedClusters.parse(row.clusters),
  }));
}

export async function saveSubjects(tx: CityTx, subjects: readonly Subject[]): Promise<void> {
  const states = { dossier: [], sheet: [], setting: [], target: [], report: [], day: [] } as {
    readonly [K in SubjectKind]: Extract<Subject, { readonly kind: K }>['state'][];
  };
  for (const { kind, state } of subjects) (states[kind] as (typeof state)[]).push(state);
  await saveDossiers(tx, states.dossier);
  await saveSheets(tx, states.sheet);
  await saveSettings(tx, states.setting);
  await saveTargets(tx, states.target);
  await saveReports(tx, states.report);
  await saveDays(tx, states.day);
}

async function saveDossiers(tx: CityTx, states: readonly Dossier[]): Promise<void> {
  if (states.length === 0) return;
  const rows = states.map((s) => ({ ...s, received_on: s.receivedOn, received_time: s.receivedTime }));
  await tx.execute(sql`insert into dossier (id, revision, code, chain, regime, office, commune, channel, received_on, received_time, due, form, synthetic, steps, transfers, files)
    select id, revision, code, chain, regime, office, commune, channel, received_on, received_time, due, form, synthetic, steps, transfers, files from json_to_recordset(${JSON.stringify(rows)}::json)
    as x(id text, revision bigint, code text, chain text, regime text, office text, commune text, channel text, received_on date, received_time text, due date, form jsonb, synthetic boolean, steps jsonb, transfers jsonb, files jsonb)
    on conflict (id) do update set revision = excluded.revision, due = excluded.due, form = excluded.form, steps = excluded.steps,
      transfers = excluded.transfers, files = excluded.files`);
  const parts = states.flatMap((s) =>
    s.components.map((c, place) => ({
      ...{ dossier: s.id, place, code: c.code, due: c.due, state: c.state, since: c.since, at: c.at },
      ...{ obstacle: c.obstacle, supplements: c.supplements, first_due: c.firstDue, waits_for: c.waitsFor },
      ...{ started_on: c.startedOn, ended_on: c.endedOn, asked_on: c.askedOn },
    })),
  );
  await tx.execute(sql`insert into component (${PART_COLUMNS}) select ${PART_COLUMNS} from json_to_recordset(${JSON.stringify(parts)}::json) as x(${PART_TYPES})
    on conflict (dossier, place) do update set ${PART_UPDATES}`);
}

const PARTS = {
  ...{ dossier: 'text', place: 'integer', code: 'text', due: 'date', first_due: 'date', waits_for: 'text' },
  ...{ state: 'text', since: 'date', started_on: 'date', ended_on: 'date', at: 'text', obstacle: 'text' },
  ...{ supplements: 'integer', asked_on: 'text' },
} as const;
const PART_COLUMNS = sql.raw(Object.keys(PARTS).join(', '));
const PART_TYPES = sql.raw(
  Object.entries(PARTS)
    .map(([name, type]) => `${name} ${type}`)
    .join(', '),
);
const PART_UPDATES = sql.raw(
  Object.keys(PARTS)
    .filter((name) => name !== 'dossier' && name !== 'place')
    .map((name) => `${name} = excluded.${name}`)
    .join(', '),
);

async function saveSettings(tx: CityTx, states: readonly Setting[]): Promise<void> {
  if (states.length === 0) return;
  await tx.execute(sql`insert into setting (id, revision, office, corrections, clusters)
    select id, revision, office, corrections, clusters from json_to_recordset(${JSON.stringify(states)}::json) as x(id text, revision bigint, office text, corrections jsonb, clusters jsonb)
    on conflict (id) do update set revision = excluded.revision, corrections = excluded.corrections, clusters = excluded.clusters`);
}
