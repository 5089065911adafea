/** The one write path: everything in one transaction, or nothing. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTransaction, once, type ReadDb } from '../../../db/handle.ts';
import { readIdentity } from '../../../db/queries/device.ts';
import { allEvents, parseEvent } from '../../../db/queries/event.ts';
import { streamTip } from '../../../db/queries/stream.ts';
import { sha256, type Writer, write } from '../../../db/write.ts';
import { authorOf } from '../../../electron/context.ts';
import { eventHash, GENESIS } from '../../../shared/domain/event.ts';
import { must } from '../../../shared/lib/must.ts';
import { accepted, cityAnswers } from '../../support/city-answer.ts';
import { EMPTY_FORM_RECEIVE } from '../../support/events.ts';
import { reception } from '../../support/forms.ts';
import { dropTestDesk, openTestDesk, type TestDesk } from '../../support/temp-desk.ts';

let desk: TestDesk;
let db: ReadDb;
beforeAll(async () => {
  desk = openTestDesk();
  db = desk.desk.db;
  await desk.call('dossier.receive', reception(desk.desk.ids.uuid(), 'birth'));
  await desk.call('dossier.receive', reception(desk.desk.ids.uuid(), 'death'));
  cityAnswers(desk, () => accepted);
});
afterAll(() => dropTestDesk(desk));

const author = () => authorOf(desk.desk, must(readIdentity(db), 'identity'));
const TABLES = [
  'event',
  'delivery',
  'batch',
  'receipt',
  'dossier',
  'component',
  'dossier_mark',
  'duplicate_key',
  'setting',
  'sheet',
  'count',
  'draft',
] as const;
const everything = () => JSON.stringify(TABLES.map((t) => db.$client.prepare(`SELECT * FROM ${t}`).all()));
const receive = ({ record }: Writer, n: number) =>
  record({
    verb: 'dossier.receive',
    subject: { kind: 'dossier', id: `00000000-0000-4000-8000-00000000000${n}` },
    base: 0,
    body: { ...EMPTY_FORM_RECEIVE, code: `T-7-261101-00${n}`, form: { 'child.fullName': 'A' } },
  });

describe('write', () => {
  test('that throws, early or late, leaves nothing', () => {
    const before = everything();
    for (let recorded = 0; recorded <= 2; recorded++)
      expect(() =>
        write(author(), (writer) => {
          for (let i = 0; i < recorded; i++) receive(writer, i);
          throw new Error('no');
        }),
      ).toThrow('no');
    expect(everything()).toBe(before);
  });
  test('that fails in the second of two events leaves neither', () => {
    const before = everything();
    expect(() =>
      write(author(), (w) => [
        receive(w, 1),
        w.record({ verb: 'dossier.receive', subject: { kind: 'dossier', id: 'x' }, base: 0, body: {} }),
      ]),
    ).toThrow();
    expect(everything()).toBe(before);
  });
  test('by a stranger is refused even where the handler forgets to ask', () => {
    const before = everything();
    const stranger = { ...author(), actor: { id: 's', name: 'Người lạ', role: 'auditor' as const } };
    expect(() => write(stranger, (w) => receive(w, 1))).toThrow('FORBIDDEN');
    expect(everything()).toBe(before);
  });
  test('of a change that makes no subject is a bug and leaves nothing', () => {
    const before = everything();
    expect(() =>
      write(author(), (w) =>
        w.record({
          verb: 'dossier.correct',
          subject: { kind: 'dossier', id: 'x' },
          base: 0,
          body: { changes: { a: 'b' }, reason: 'c' },
        }),
      ),
    ).toThrow('missing: state of dossier');
    expect(everything()).toBe(before);
  });
  test('of two events links them to each other and to what came before', () => {
    const { stream } = author().identity;
    const tip = streamTip(db, stream);
    const { events } = write(author(), (w) => [receive(w, 1), receive(w, 2)]);
    expect(events.map((e) => [e.seq, e.prev])).toEqual([
      [tip.seq + 1, tip.hash],
      [tip.seq + 2, events[0]?.hash],
    ]);
    expect(streamTip(db, stream)).toEqual({ seq: tip.seq + 2, hash: events[1]?.hash });
  });
  test('gives each event the facts of machine, person and clock, and stores it as it is hashed', () => {
    const rows = [...allEvents(db)];
    let prev = GENESIS;
    for (const row of rows) {
      const event = parseEvent(row.raw);
      expect(event).toMatchObject({
        prev,
        device: author().identity.device,
        office: '26743',
        actor: author().actor,
        boot: 'test-boot',
        at: '2026-11-20T02:30:00.000Z',
      });
      expect(eventHash(event, sha256)).toBe(event.hash);
      prev = event.hash;
    }
    expect(new Set(rows.map((r) => r.id)).size).toBe(rows.length);
  });
});

describe('what is written stays', () => {
  test.each(['event', 'receipt'])('%s refuses to be changed or deleted', (table) => {
    expect(db.$client.prepare(`SELECT count(*) FROM ${table}`).pluck().get()).toBeGreaterThan(0);
    for (const sql of [
      `UPDATE ${table} SET at = 'x'`,
      `DELETE FROM ${table}`,
      `DELETE FROM ${table} WHERE rowid = 1`,
      `UPDATE ${table} SET id = id`,
    ])
      expect(() => db.$client.exec(sql), sql).toThrow(`${table} is append-only`);
  });
  test('an event and a place in a stream exist once', () => {
    const columns =
      'schema, stream, seq, verb, subject_kind, subject_id, base, at, day, own, branch, raw, hash';
    expect(() =>
      db.$client.exec(
        `INSERT INTO event (id, ${columns}) SELECT id, ${columns.replace('seq', 'seq + 1000')} FROM event LIMIT 1`,
      ),
    ).toThrow('UNIQUE');
    expect(() =>
      db.$client.exec(`INSERT INTO event (id, ${columns}) SELECT 'new', ${columns} FROM event LIMIT 1`),
    ).toThrow('UNIQUE');
  });
  test('a delivery needs its event, a component its dossier', () => {
    expect(() =>
      db.$client.exec(
        "INSERT INTO delivery (event_n, verdict, hub_seq, epoch, at) VALUES (9999, 'accepted', 1, 'e', 'x')",
      ),
    ).toThrow('FOREIGN KEY');
    const columns = 'dossier_id, code, state, since, at, obstacle, supplements, asked_on';
    expect(() =>
      db.$client.exec(`INSERT INTO component (${columns}) VALUES ('x', 'K1', 'done', '', '', '', 0, '')`),
    ).toThrow('FOREIGN KEY');
    expect(() => db.$client.exec("INSERT INTO dossier_mark VALUES (9999, 'missing')")).toThrow('FOREIGN KEY');
    expect(() => db.$client.exec("INSERT INTO count VALUES ('x', 'a', 'b', -1)")).toThrow();
  });
});

test('a statement is built once per connection', () => {
  let built = 0;
  const build = () => db.$client.prepare(`SELECT ${++built}`);
  expect(once(db, 'test', build)).toBe(once(db, 'test', build));
  expect(built).toBe(1);
  const other = openTestDesk();
  once(other.desk.db, 'test', build);
  expect(built).toBe(2);
  return dropTestDesk(other);
});

test('a transaction inside a transaction fails as a whole', () => {
  const before = everything();
  expect(() =>
    inTransaction(db, (tx) => {
      tx.$client.exec("INSERT INTO inbox_cursor VALUES ('e', 1)");
      write(author(), (w) => receive(w, 5));
      throw new Error('outer');
    }),
  ).toThrow('outer');
  expect(everything()).toBe(before);
  expect(db.$client.prepare('SELECT count(*) FROM inbox_cursor').pluck().get()).toBe(0);
});
