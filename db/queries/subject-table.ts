/** Projected tables: a subject's rows written whole from its state. Nothing else writes to them. */
import { eq, sql } from 'drizzle-orm';
import type { Dossier } from '../../shared/domain/dossier.ts';
import type { SubjectKind } from '../../shared/domain/event.ts';
import type { Subject } from '../../shared/domain/project.ts';
import type { Setting } from '../../shared/domain/setting.ts';
import { must, unreachable } from '../../shared/lib/must.ts';
import { dossierRowOf, type KeyedRow, keysOf, marksOf, searchWords } from '../dossier-row.ts';
import { once, type ReadDb, type WriteTx } from '../handle.ts';
import { component, dossier, dossierMark } from '../schema/dossier.ts';
import { setting } from '../schema/setting.ts';
import { reportRecord, target } from '../schema/sheet.ts';
import { dayPicture, putDay, removeDay } from './day.ts';
import {
  expectedSheet,
  putReportRecord,
  putSheet,
  putTargets,
  removeSheet,
  reportPicture,
  sheetPicture,
  targetsPicture,
} from './sheet-table.ts';

export function putSubject(tx: WriteTx, subject: Subject): void {
  switch (subject.kind) {
    case 'dossier':
      putDossier(tx, subject.state);
      break;
    case 'sheet':
      putSheet(tx, subject.state);
      break;
    case 'setting':
      putSetting(tx, subject.state);
      break;
    case 'target':
      putTargets(tx, subject.state);
      break;
    case 'report':
      putReportRecord(tx, subject.state);
      break;
    case 'day':
      putDay(tx, subject.state);
      break;
    default:
      unreachable(subject);
  }
}

function putDossier(tx: WriteTx, state: Dossier): void {
  const row = dossierRowOf(state);
  const before = storedRow(tx, state.id);
  const n = upsertDossier(tx, row);
  const { words, place } = searchWords(state);
  run(tx, 'INSERT OR REPLACE INTO dossier_search (rowid, words, place) VALUES (?, ?, ?)', n, words, place);
  // A reception sent anew may ask for other components than the returned one.
  if (before) clearParts(tx, before);
  for (const c of state.components) putComponent(tx, state.id, c);
  for (const mark of marksOf(state))
    run(tx, 'INSERT INTO dossier_mark (dossier_n, mark) VALUES (?, ?)', n, mark);
  putKeys(tx, n, before, row);
}

function run(tx: WriteTx, text: string, ...values: unknown[]): void {
  once(tx, text, () => tx.$client.prepare(text)).run(...values);
}

type StoredRow = KeyedRow & { readonly id: string; readonly n: number };

function storedRow(db: ReadDb, id: string): StoredRow | undefined {
  const statement = once(db, 'dossier.stored', () =>
    db
      .select({
        n: dossier.n,
        id: dossier.id,
        chain: dossier.chain,
        subjectName: dossier.subjectName,
        subjectBirth: dossier.subjectBirth,
      })
      .from(dossier)
      .where(eq(dossier.id, sql.placeholder('id')))
      .prepare(),
  );
  return statement.get({ id });
}

function upsertDossier(tx: WriteTx, row: ReturnType<typeof dossierRowOf>): number {
  const upsert = once(tx, 'dossier.put', () => {
    const slots = Object.fromEntries(
      Object.keys(row).map((k) => [k, sql.placeholder(k)]),
    ) as unknown as typeof row;
    const { id: _, ...set } = Object.fromEntries(
      Object.keys(row).map((k) => [k, sql.raw(`excluded.${must(dossier[k as keyof typeof row], k).name}`)]),
    );
    return tx
      .insert(dossier)
      .values(slots)
      .onConflictDoUpdate({ target: dossier.id, set })
      .returning({ n: dossier.n })
      .prepare();
  });
  return upsert.get(row).n;
}

function clearParts(tx: WriteTx, { id, n }: StoredRow): void {
  run(tx, 'DELETE FROM component WHERE dossier_id = ?', id);
  run(tx, 'DELETE FROM dossier_mark WHERE dossier_n = ?', n);
}

function putComponent(tx: WriteTx, dossierId: string, c: Dossier['components'][number]): void {
  const statement = once(tx, 'component.put', () => {
    const slots = Object.fromEntries(
      ['dossierId', ...Object.keys(c)].map((k) => [k, sql.placeholder(k)]),
    ) as unknown as typeof component.$inferInsert;
    return tx.insert(component).values(slots).prepare();
  });
  statement.run({ dossierId, ...c });
}

/** Most steps leave the person as he is: his keys lie all over their index and are written only where they change. */
function putKeys(tx: WriteTx, n: number, before: KeyedRow | undefined, after: KeyedRow | undefined): void {
  const [old, now] = [new Set(before && keysOf(before)), new Set(after && keysOf(after))];
  for (const key of old)
    if (!now.has(key)) run(tx, 'DELETE FROM duplicate_key WHERE key = ? AND dossier_n = ?', key, n);
  for (const key of now)
    if (!old.has(key)) run(tx, 'INSERT INTO duplicate_key (key, dossier_n) VALUES (?, ?)', key, n);
}

function putSetting(tx: WriteTx, { id, revision, office, corrections, clusters }: Setting): void {
  const row = {
    revision,
    office,
    corrections: JSON.stringify(corrections),
    clusters: JSON.stringify(clusters),
  };
  tx.insert(setting)
    .values({ id, ...row })
    .onConflictDoUpdate({ target: setting.id, set: row })
    .run();
}

/** A subject whose every event was returned is no longer shown. */
export function removeSubject(tx: WriteTx, kind: SubjectKind, id: string): void {
  switch (kind) {
    case 'dossier':
      removeDossier(tx, id);
      break;
    case 'sheet':
      removeSheet(tx, id);
      break;
    case 'setting':
      tx.delete(setting).where(eq(setting.id, id)).run();
      break;
    case 'target':
      tx.delete(target).where(eq(target.id, id)).run();
      break;
    case 'report':
      tx.delete(reportRecord).where(eq(reportRecord.id, id)).run();
      break;
    case 'day':
      removeDay(tx, id);
      break;
    default:
      unreachable(kind);
  }
}

function removeDossier(tx: WriteTx, id: string): void {
  const row = storedRow(tx, id);
  if (!row) return;
  run(tx, 'DELETE FROM dossier_search WHERE rowid = ?', row.n);
  clearParts(tx, row);
  putKeys(tx, row.n, row, undefined);
  tx.delete(dossier).where(eq(dossier.id, id)).run();
}

/** The tables' picture of a subject, in the form that `db:verify` compares. */
export function storedPicture(db: ReadDb, kind: SubjectKind, id: string): unknown {
  switch (kind) {
    case 'dossier':
      return dossierPicture(db, id);
    case 'sheet':
      return sheetPicture(db, id);
    case 'target':
      return targetsPicture(db, id);
    case 'report':
      return reportPicture(db, id);
    case 'day':
      return dayPicture(db, id);
    case 'setting': {
      const row = db.select().from(setting).where(eq(setting.id, id)).get();
      if (!row) return undefined;
      const { corrections, clusters, ...rest } = row;
      return {
        ...rest,
        corrections: JSON.parse(corrections) as unknown,
        clusters: JSON.parse(clusters) as unknown,
      };
    }
    default:
      return unreachable(kind);
  }
}

function dossierPicture(db: ReadDb, id: string): unknown {
  const row = db.select().from(dossier).where(eq(dossier.id, id)).get();
  if (!row) return undefined;
  const components = db.select().from(component).where(eq(component.dossierId, id)).all();
  const marks = db.select().from(dossierMark).where(eq(dossierMark.dossierN, row.n)).all();
  const has = once(db, 'duplicate.has', () =>
    db.$client.prepare('SELECT 1 FROM duplicate_key WHERE key = ? AND dossier_n = ?'),
  );
  const { n, ...picture } = row;
  return {
    ...picture,
    components: components.map(({ dossierId: _, ...c }) => c),
    marks: marks.map((m) => m.mark),
    keys: keysOf(row).filter((key) => has.get(key, n) !== undefined),
  };
}

export function expectedPicture(subject: Subject | undefined): unknown {
  switch (subject?.kind) {
    case 'dossier': {
      const components = [...subject.state.components].sort((a, b) => (a.code < b.code ? -1 : 1));
      const row = dossierRowOf(subject.state);
      return { ...row, components, marks: marksOf(subject.state), keys: keysOf(row) };
    }
    case 'sheet':
      return expectedSheet(subject.state);
    default:
      return subject?.state;
  }
}

/** How many duplicate keys the stored dossiers should have. */
export function expectedKeys(db: ReadDb): number {
  const rows = db.$client
    .prepare<[], KeyedRow>(
      'SELECT chain, subject_name AS subjectName, subject_birth AS subjectBirth FROM dossier',
    )
    .iterate();
  let keys = 0;
  for (const row of rows) keys += new Set(keysOf(row)).size;
  return keys;
}
