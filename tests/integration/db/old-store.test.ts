/** A store of the first program: its dossiers are folded anew when it is opened, also after a power cut half-way. */
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inTransaction, type ReadDb } from '../../../db/handle.ts';
import { fileKeyStore } from '../../../db/key-store.ts';
import { migrate, readMigrations } from '../../../db/migrate.ts';
import { closeDesk, openDesk } from '../../../db/open.ts';
import { dossierIndex, dossierRecords } from '../../../db/queries/dossier.ts';
import { insertEvent } from '../../../db/queries/event.ts';
import { verifyDesk } from '../../../db/rebuild.ts';
import { testIds } from '../../support/clock.ts';
import { chained, counted, EMPTY_FORM_RECEIVE, event, received } from '../../support/events.ts';
import { everybody } from '../../support/forms.ts';
import { MIGRATIONS, tempFolder } from '../../support/temp-desk.ts';

let folder: string;
let old: string;
beforeEach(() => {
  folder = tempFolder('old');
  old = path.join(folder, 'old-migrations');
  mkdirSync(old);
  for (const name of readdirSync(MIGRATIONS))
    if (/^000[12]_/.test(name)) cpSync(path.join(MIGRATIONS, name), path.join(old, name));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const open = (migrationsFolder: string) => openDesk({ folder, migrationsFolder, keys: fileKeyStore(folder) });

const ids = testIds('old');
function oldStore(): void {
  const db = open(old);
  const subject = { kind: 'dossier' as const, id: ids.uuid() };
  const components = [
    { code: 'K1', due: '2026-11-20' },
    { code: 'K2', due: null },
  ];
  const body = { ...EMPTY_FORM_RECEIVE, components, form: { 'child.fullName': 'Trần Bé' } };
  const events = chained([
    received(body, { subject }),
    event({
      verb: 'dossier.conclude',
      subject,
      body: { component: 'K1', outcome: 'done', on: '2026-11-20' },
    }),
    event({
      verb: 'dossier.correct',
      subject,
      body: { changes: { 'child.fullName': 'Trần Thị Bé' }, reason: 'sai' },
    }),
    received(
      { ...EMPTY_FORM_RECEIVE, code: 'T-7-261120-002' },
      { subject: { kind: 'dossier', id: ids.uuid() } },
    ),
    counted({ hoi_nong_dan: 4 }),
  ]);
  inTransaction(db, (tx) => {
    for (const e of events) insertEvent(tx, e);
    tx.$client
      .prepare(
        `INSERT INTO dossier VALUES (1, ?, 3, 'T-7-261120-001', 'birth', 'r', '26743', 'c', 'truc_tiep', '2026-11-20', '09:30', NULL, NULL, 'under_way', 'Trần Thị Bé', '', '', '', '', 1)`,
      )
      .run(subject.id);
    tx.$client.prepare("INSERT INTO component VALUES (?, 'K1', NULL, 'done')").run(subject.id);
    tx.$client.exec("INSERT INTO dossier_search (rowid, words, place) VALUES (1, 'cu', '')");
  });
  closeDesk(db);
}

function expectFolded(db: ReadDb): void {
  expect(verifyDesk(db)).toMatchObject({ events: 5, subjects: 3, problems: [] });
  const marks = { stream: '', acked: 0, today: '', soon: '', away: [] };
  const rows = dossierRecords(db, [...dossierIndex(db, everybody, marks)]);
  expect(rows.map((r) => [r.n, r.code, r.revision, r.state])).toEqual([
    [2, 'T-7-261120-002', 1, 'processing'],
    [1, 'T-7-261120-001', 3, 'processing'],
  ]);
  expect([...dossierIndex(db, { ...everybody, q: 'thi be' }, marks)]).toEqual([1]);
  expect([...dossierIndex(db, { ...everybody, q: 'cu' }, marks)]).toEqual([]);
}

test('is folded anew, once', () => {
  oldStore();
  for (let i = 0; i < 2; i++) {
    const db = open(MIGRATIONS);
    expectFolded(db);
    expect(
      db.$client.prepare("SELECT count(*) FROM sqlite_master WHERE name = 'rebuild_due'").pluck().get(),
    ).toBe(0);
    closeDesk(db);
  }
});

test('is folded at the next opening where the power went between the migration and the rebuild', () => {
  oldStore();
  const cut = open(old);
  migrate(cut.$client, readMigrations(MIGRATIONS));
  expect(cut.$client.prepare('SELECT count(*) FROM dossier').pluck().get()).toBe(0);
  cut.$client.close();
  const db = open(MIGRATIONS);
  expectFolded(db);
  closeDesk(db);
});
