/** A store of the first program: its dossiers are folded anew when it is opened, also after a power cut half-way. */
import { appendFileSync, cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inTransaction, type ReadDb, type WriteTx } from '../../../db/handle.ts';
import { fileKeyStore } from '../../../db/key-store.ts';
import { migrate, readMigrations } from '../../../db/migrate.ts';
import { closeDesk, openDesk } from '../../../db/open.ts';
import { countReceived, countWaiting, itemRows, receiptById } from '../../../db/queries/delivery.ts';
import { readIdentity } from '../../../db/queries/device.ts';
import { dossierIndex, dossierRecords } from '../../../db/queries/dossier.ts';
import { eventRow } from '../../../db/queries/event.ts';
import { ackedSeq, currentStream, ownStreams, streamTip } from '../../../db/queries/stream.ts';
import { reproject, verifyDesk } from '../../../db/rebuild.ts';
import type { Event } from '../../../shared/domain/event.ts';
import { must } from '../../../shared/lib/must.ts';
import { testIds } from '../../support/clock.ts';
import { chained, counted, EMPTY_FORM_RECEIVE, event, received } from '../../support/events.ts';
import { everybody } from '../../support/forms.ts';
import { makeKeys } from '../../support/role-papers.ts';
import { MIGRATIONS, tempFolder } from '../../support/temp-desk.ts';

let folder: string;
/** Migrations of the first program, and of the last one with a single stream. */
let old: string;
let before: string;
beforeEach(() => {
  folder = tempFolder('old');
  old = path.join(folder, 'old-migrations');
  before = path.join(folder, 'single-stream');
  for (const each of [old, before]) mkdirSync(each);
  for (const name of readdirSync(MIGRATIONS))
    if (/^000[1-6]_/.test(name)) cpSync(path.join(MIGRATIONS, name), path.join(before, name));
  for (const name of readdirSync(MIGRATIONS))
    if (/^000[12]_/.test(name)) cpSync(path.join(MIGRATIONS, name), path.join(old, name));
  // The program of that time had rebuilt its tables; today's knows more of them than that store has.
  appendFileSync(path.join(before, '0006_saved_reports.sql'), 'DROP TABLE rebuild_due;\n');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const open = (migrationsFolder: string) => openDesk({ folder, migrationsFolder, keys: fileKeyStore(folder) });

const ids = testIds('old');
/** As the programs before streams wrote it. */
function insertOldEvent(tx: WriteTx, record: Event): void {
  const { subjectKind, subjectId, ...row } = eventRow(record);
  tx.$client
    .prepare(
      `INSERT INTO event (id, schema, stream, seq, verb, subject_kind, subject_id, base, at, day, raw, hash)
       VALUES (@id, @schema, @stream, @seq, @verb, @subjectKind, @subjectId, @base, @at, @day, @raw, @hash)`,
    )
    .run({ ...row, subjectKind, subjectId });
}

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
    for (const e of events) insertOldEvent(tx, e);
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

/** Two own events with receipts of the city, one returned, one that waits, and one of another machine. */
function singleStream(): {
  device: string;
  stream: string;
  epoch: string;
  other: string;
  events: readonly Event[];
} {
  const db = open(before);
  const [device, stream, epoch] = [ids.uuid(), ids.uuid(), ids.uuid()];
  const { privateKey, publicKey } = makeKeys();
  const own = [4, 5, 6].map((value) =>
    counted({ hoi_nong_dan: value }, { asOf: `2026-10-0${value}`, device, stream }),
  );
  const events = chained(own);
  const other = counted({ hoi_nong_dan: 9 }, { asOf: '2026-10-09', device: ids.uuid(), stream: ids.uuid() });
  inTransaction(db, (tx) => {
    const { $client } = tx;
    $client
      .prepare('INSERT INTO device_state VALUES (1, ?, 7, ?, ?, ?, ?, ?, ?, ?, ?, 0, 12, ?)')
      .run(
        ...[
          device,
          'Máy thử',
          '26743',
          stream,
          JSON.stringify(privateKey),
          'https://motcua.test',
          JSON.stringify(publicKey),
        ],
        ...[
          epoch,
          JSON.stringify({ id: 'a', name: 'Lê Thị Thử', role: 'clerk' }),
          '2026-10-01T00:00:00.000Z',
        ],
      );
    for (const e of [...events, other]) insertOldEvent(tx, e);
    $client.prepare('INSERT INTO inbox_cursor VALUES (?, 3)').run(epoch);
    $client
      .prepare("INSERT INTO receipt VALUES ('r', ?, 1, 2, ?, '2026-10-07T00:00:00.000Z', 'a.b.c')")
      .run(stream, epoch);
    const deliver = $client.prepare('INSERT INTO delivery VALUES (?, ?, ?, NULL, ?, ?, ?)');
    deliver.run(1, 'accepted', null, 1, 'r', 'then');
    deliver.run(2, 'rejected', 'FORBIDDEN', 2, 'r', 'then');
    deliver.run(4, 'accepted', null, 3, null, 'then');
    for (const e of [...events, other]) reproject(tx, 'sheet', e.subject.id);
  });
  closeDesk(db);
  return { device, stream, epoch, other: other.id, events };
}

test('a store of one stream keeps its receipts and words, and knows what is its own', () => {
  const { stream, epoch, device, other, events } = singleStream();
  for (let i = 0; i < 2; i++) {
    const db = open(MIGRATIONS);
    expect(verifyDesk(db)).toMatchObject({ events: 4, problems: [] });
    expect([currentStream(db), ownStreams(db), ackedSeq(db, stream)]).toEqual([stream, [stream], 2]);
    expect(streamTip(db, stream)).toEqual({ seq: 3, hash: events[2]?.hash });
    expect(readIdentity(db)).toMatchObject({ device, stream, epoch, accountKnown: true, clockOffsetMs: 12 });
    expect(receiptById(db, 'r')).toMatchObject({ epoch, fromSeq: 1, toSeq: 2, jws: 'a.b.c' });
    expect([countWaiting(db), countReceived(db)]).toEqual([1, 1]);
    const idsOf = (list: 'waiting' | 'received' | 'returned') =>
      itemRows(db, list, null).map((row) => (JSON.parse(row.raw) as Event).id);
    expect([idsOf('waiting'), idsOf('received'), idsOf('returned')]).toEqual([
      [events[2]?.id],
      [events[0]?.id],
      [events[1]?.id],
    ]);
    const own = db.$client.prepare('SELECT id FROM event WHERE own = 0').pluck().all();
    expect(own).toEqual([must(other, 'other')]);
    const words = db.$client
      .prepare('SELECT event_n, verdict, hub_seq, epoch, receipt_id, receipt_epoch FROM delivery')
      .raw()
      .all();
    expect(words).toEqual([
      [1, 'accepted', 1, epoch, 'r', epoch],
      [2, 'rejected', 2, epoch, 'r', epoch],
      [4, 'accepted', 3, epoch, null, null],
    ]);
    expect(() => db.$client.exec("UPDATE receipt SET jws = ''")).toThrow('append-only');
    expect(() => db.$client.exec('DELETE FROM event')).toThrow('append-only');
    closeDesk(db);
  }
});
