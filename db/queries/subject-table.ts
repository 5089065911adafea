/** Projected tables: a subject's rows written whole from its state. Nothing else writes to them. */
import { eq, sql } from 'drizzle-orm';
import { chainOutcome, type Dossier } from '../../shared/domain/dossier.ts';
import { subjectBirth, subjectName, subjectNumber } from '../../shared/domain/dossier-form.ts';
import type { SubjectKind } from '../../shared/domain/event.ts';
import type { Subject } from '../../shared/domain/project.ts';
import type { Sheet } from '../../shared/domain/sheet.ts';
import { must } from '../../shared/lib/must.ts';
import { searchKey } from '../../shared/lib/vietnamese-text.ts';
import { once, type ReadDb, type WriteTx } from '../handle.ts';
import { component, dossier } from '../schema/dossier.ts';
import { count, sheet } from '../schema/sheet.ts';

export function putSubject(tx: WriteTx, subject: Subject): void {
  if (subject.kind === 'dossier') putDossier(tx, subject.state);
  else putSheet(tx, subject.state);
}

/** The row that a dossier's state gives; also what `db:verify` compares with. */
export function dossierRowOf(state: Dossier): Omit<typeof dossier.$inferInsert, 'n'> {
  const { form, components } = state;
  const open = components
    .filter((c) => c.outcome === 'under_way' && c.due !== null)
    .map((c) => must(c.due, 'due'));
  const number = form[subjectNumber[state.chain] ?? ''] ?? form['requester.citizenNumber'] ?? '';
  return {
    id: state.id,
    revision: state.revision,
    code: state.code,
    chain: state.chain,
    regime: state.regime,
    office: state.office,
    commune: state.commune,
    channel: state.channel,
    receivedOn: state.receivedOn,
    receivedTime: state.receivedTime,
    due: state.due,
    nextDue: open.sort()[0] ?? null,
    outcome: chainOutcome(components),
    subjectName: form[subjectName[state.chain]] ?? '',
    subjectBirth: form[subjectBirth[state.chain]] ?? '',
    requesterName: form['requester.fullName'] ?? '',
    requesterPhone: form['requester.phone'] ?? '',
    idSuffix: number.slice(-4),
    synthetic: state.synthetic,
  };
}

/**
 * Folded words under which a dossier is found: names (joined and apart at - and '), codes, phone, ends of numbers;
 * and apart from them the words of addresses, which would drown every name ("Nguyễn Trãi", "Bến Thành").
 */
export function searchWords(state: Dossier): { words: string; place: string } {
  const [words, place] = [new Set<string>(), new Set<string>()];
  const add = (into: Set<string>, text: string) => {
    for (const form of [text, text.replace(/[-'(),/]/g, ' ')])
      for (const word of searchKey(form).split(' ')) into.add(word);
  };
  for (const [key, value] of Object.entries(state.form)) {
    if (key.endsWith('.fullName')) add(words, value);
    if (key.endsWith('.residence')) add(place, value);
    if (key.endsWith('.phone') || key.endsWith('.citizenNumber'))
      for (const part of [value, value.slice(-6), value.slice(-4)]) words.add(part.toLowerCase());
  }
  const [, , day = '', serial = ''] = state.code.split('-');
  for (const part of [searchKey(state.code), `${day}${serial}`, serial]) words.add(part);
  return { words: [...words].join(' '), place: [...place].join(' ') };
}

function putDossier(tx: WriteTx, state: Dossier): void {
  const row = dossierRowOf(state);
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
  const { n } = upsert.get(row);
  const search = once(tx, 'search.put', () =>
    tx.$client.prepare('INSERT OR REPLACE INTO dossier_search (rowid, words, place) VALUES (?, ?, ?)'),
  );
  const { words, place } = searchWords(state);
  search.run(n, words, place);
  // A reception sent anew may ask for other components than the returned one.
  const clear = once(tx, 'component.clear', () =>
    tx.$client.prepare('DELETE FROM component WHERE dossier_id = ?'),
  );
  clear.run(state.id);
  const part = once(tx, 'component.put', () =>
    tx.$client.prepare('INSERT INTO component (dossier_id, code, due, outcome) VALUES (?, ?, ?, ?)'),
  );
  for (const c of state.components) part.run(state.id, c.code, c.due, c.outcome);
}

function putSheet(tx: WriteTx, state: Sheet): void {
  const row = { id: state.id, revision: state.revision, unit: state.unit, asOf: state.asOf };
  tx.insert(sheet)
    .values(row)
    .onConflictDoUpdate({ target: sheet.id, set: { revision: row.revision } })
    .run();
  tx.delete(count).where(eq(count.sheetId, state.id)).run();
  const insert = once(tx, 'count.put', () =>
    tx.$client.prepare('INSERT INTO count (sheet_id, category, measure, value) VALUES (?, ?, ?, ?)'),
  );
  for (const [key, value] of Object.entries(state.cells)) {
    const [category, measure] = key.split('/');
    insert.run(state.id, category, measure, value);
  }
}

/** A subject whose every event was returned is no longer shown. */
export function removeSubject(tx: WriteTx, kind: SubjectKind, id: string): void {
  if (kind === 'sheet') {
    tx.delete(count).where(eq(count.sheetId, id)).run();
    tx.delete(sheet).where(eq(sheet.id, id)).run();
    return;
  }
  const row = tx.select({ n: dossier.n }).from(dossier).where(eq(dossier.id, id)).get();
  if (!row) return;
  tx.$client.prepare('DELETE FROM dossier_search WHERE rowid = ?').run(row.n);
  tx.delete(component).where(eq(component.dossierId, id)).run();
  tx.delete(dossier).where(eq(dossier.id, id)).run();
}

/** The tables' picture of a subject, in the form that `db:verify` compares. */
export function storedPicture(db: ReadDb, kind: SubjectKind, id: string): unknown {
  if (kind === 'sheet') {
    const row = db.select().from(sheet).where(eq(sheet.id, id)).get();
    const cells = db.select().from(count).where(eq(count.sheetId, id)).all();
    return (
      row && { ...row, cells: Object.fromEntries(cells.map((c) => [`${c.category}/${c.measure}`, c.value])) }
    );
  }
  const row = db.select().from(dossier).where(eq(dossier.id, id)).get();
  const components = db.select().from(component).where(eq(component.dossierId, id)).all();
  const { n: _, ...picture } = row ?? { n: 0 };
  return row && { ...picture, components: components.map(({ dossierId: __, ...c }) => c) };
}

export function expectedPicture(subject: Subject | undefined): unknown {
  if (!subject) return undefined;
  if (subject.kind === 'dossier') {
    const components = [...subject.state.components].sort((a, b) => (a.code < b.code ? -1 : 1));
    return { ...dossierRowOf(subject.state), components };
  }
  const { id, revision, unit, asOf, cells } = subject.state;
  return { id, revision, unit, asOf, cells };
}
