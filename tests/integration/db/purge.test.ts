/** A purge is one transaction, leaves a chain that is found whole, and whatever is bent about it afterwards is found and named. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inTransaction } from '../../../db/handle.ts';
import { namedBackup, purgeDossiers } from '../../../db/purge.ts';
import { readIdentity } from '../../../db/queries/device.ts';
import { writeMachineSetting } from '../../../db/queries/machine.ts';
import { verifyDesk } from '../../../db/rebuild.ts';
import { verifyLog } from '../../../db/verify-log.ts';
import { TYP } from '../../../shared/contract/sync/version.ts';
import { must } from '../../../shared/lib/must.ts';
import { reception } from '../../support/forms.ts';
import { type SigningCity, signingCity } from '../../support/signed-city.ts';
import { dropTestDesk, openTestDesk, type TestDesk } from '../../support/temp-desk.ts';

const RULE = { today: '2027-03-01', days: 90, backedUp: 6 };
let desk: TestDesk;
let city: SigningCity;
let ids: string[];

/** The city's greeting with a backup up to this number; `more` bends it. */
function greeted(hub: number, more: object = {}): void {
  const { stream, epoch } = must(readIdentity(desk.desk.db), 'identity');
  const at = new Date(desk.clock.now()).toISOString();
  const said = {
    ...{ v: 1, proto: 3, schema: 1, epoch, since: 0, stream, frozen: false, accounts: [], nonce: 'n', at },
    ...{ acked: { seq: 0, hash: '0'.repeat(64) }, boxKey: `age1${'q'.repeat(58)}`, challenge: 'c' },
    ...{ limits: { events: 1, bytes: 1 }, backup: { hub, at }, ...more },
  };
  inTransaction(desk.desk.db, (tx) =>
    writeMachineSetting(tx, 'city_greeting', city.jws(said, TYP.helloReply)),
  );
}

beforeEach(async () => {
  desk = openTestDesk({ role: 'head' });
  city = signingCity(desk);
  ids = [];
  for (let i = 0; i < 3; i++) {
    const id = desk.desk.ids.uuid();
    ids.push(id);
    await desk.call('dossier.receive', reception(id, 'birth'));
    const { components, revision } = await desk.call('dossier.get', { id });
    const step = { action: 'withdraw', on: null, time: null, reason: 'rút' } as const;
    await desk.call('dossier.act', {
      ...{ id, base: revision },
      step: { ...step, components: components.map((c) => c.code) },
    });
  }
  city.receive(desk);
  greeted(6);
});
afterEach(() => dropTestDesk(desk));

function purge(of: readonly string[], removeScan: (sha256: string) => void = () => undefined): number {
  const { db, ids: made, clock } = desk.desk;
  const { hub, proof } = must(namedBackup(db), 'backup');
  const at = new Date(clock.now()).toISOString();
  const row = { id: made.uuid(), at, actor: 'someone', days: 90, hub, proof };
  return inTransaction(db, (tx) =>
    purgeDossiers(tx, of, { row, rule: { ...RULE, backedUp: hub }, clock, actor: null, removeScan }),
  );
}
const count = (table: string) => desk.desk.db.$client.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
const found = () => verifyLog(desk.desk.db, 'whole').found;

test('some go, others stay, twice is once', () => {
  expect(purge(ids.slice(0, 2))).toBe(2);
  expect([count('purge'), count('purged_dossier'), count('purged_event')]).toEqual([1, 2, 4]);
  expect(verifyDesk(desk.desk.db).problems).toEqual([]);
  expect(found()).toEqual([]);
  expect(purge(ids.slice(0, 2))).toBe(0);
  expect(count('purge')).toBe(1);
  expect(purge(ids)).toBe(1);
  expect(found()).toEqual([]);
});

test.each([
  ['no backup is named', { backup: undefined }],
  ['the greeting is of another epoch', { epoch: '00000000-0000-4000-8000-000000000009' }],
])('nothing where %s', (_, more) => {
  greeted(6, more);
  expect(namedBackup(desk.desk.db)).toBeNull();
});
test('nothing on a greeting that another key signed', () => {
  const { $client } = desk.desk.db;
  $client.exec("UPDATE machine_setting SET value = replace(value, '.', '.A') WHERE name = 'city_greeting'");
  expect(namedBackup(desk.desk.db)).toBeNull();
});
test('nothing beyond the backup', () => {
  greeted(3);
  expect(purge(ids)).toBe(1);
});
test('a failure in the middle leaves everything as it was', () => {
  const before = desk.desk.db.$client.prepare('SELECT raw FROM event ORDER BY n').pluck().all();
  const { $client } = desk.desk.db;
  $client.exec(
    "CREATE TEMP TRIGGER broken BEFORE INSERT ON main.access BEGIN SELECT RAISE(ABORT, 'no'); END",
  );
  expect(() => purge(ids)).toThrow('no');
  expect($client.prepare('SELECT raw FROM event ORDER BY n').pluck().all()).toEqual(before);
  expect(count('purge')).toBe(0);
  $client.exec('DROP TRIGGER broken');
});

describe('the store refuses by itself', () => {
  test.each([
    ["UPDATE event SET raw = '{}' WHERE n = 5", 'event is append-only'],
    ["UPDATE event SET hash = 'x' WHERE n = 1", 'event is append-only'],
    ["UPDATE event SET raw = raw || '                                ' WHERE n = 1", 'event is append-only'],
    ['DELETE FROM event WHERE n = 1', 'event is append-only'],
    ['DELETE FROM purged_event', 'purged_event is append-only'],
    ['UPDATE purge SET hub = 9', 'purge is append-only'],
  ])('%s', (sql, why) => {
    purge(ids.slice(0, 1));
    expect(() => desk.desk.db.$client.exec(sql)).toThrow(why);
  });
});

/** With the key in hand and every guard dropped. */
describe('bent behind the program', () => {
  test.each<[string, { row: number; to?: number }]>([
    // An event that was emptied without a purge.
    ["UPDATE event SET raw = json_remove(raw, '$.body') WHERE n = 5", { row: 5 }],
    ["INSERT INTO purged_event SELECT 5, id, 'x' FROM purge", { row: 5 }],
    ["INSERT INTO purged_event VALUES (6, 'no purge', 'x')", { row: 6 }],
    // What is left of one says something else.
    [
      'UPDATE event SET raw = replace(raw, \'"channel":"truc_tiep"\', \'"channel":"buu_chinh"\') WHERE n = 1',
      { row: 1 },
    ],
    ["UPDATE event SET raw = replace(raw, 'withdraw', 'refuse') WHERE n = 2", { row: 2 }],
    [
      "UPDATE purged_event SET seal = replace(seal, substr(seal, 9, 1), 'A') || 'A' WHERE event_n = 3",
      { row: 3 },
    ],
    ['DELETE FROM purged_event WHERE event_n = 2', { row: 2 }],
    // The purge itself.
    ['UPDATE purge SET hub = 9', { row: 1, to: 4 }],
    ["UPDATE purge SET actor = 'somebody else'", { row: 1, to: 4 }],
    ["UPDATE purge SET at = '2026-01-01T00:00:00.000Z'", { row: 1, to: 4 }],
    ["UPDATE purge SET proof = replace(proof, '.', '.A')", { row: 1, to: 4 }],
    ["INSERT INTO purged_dossier SELECT 'another', id FROM purge", { row: 1, to: 4 }],
    ['DELETE FROM purged_dossier', { row: 1, to: 4 }],
    ['DELETE FROM purge', { row: 1 }],
    ['UPDATE delivery SET hub_seq = 99 WHERE event_n = 4', { row: 4 }],
    ["DELETE FROM access WHERE action = 'retention.purge'", { row: 1, to: 4 }],
  ])('%s', (sql, where) => {
    purge(ids.slice(0, 2));
    const { $client } = desk.desk.db;
    $client.pragma('foreign_keys = OFF');
    const guards = $client
      .prepare(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND (name LIKE '%no_update' OR name LIKE '%no_delete')",
      )
      .pluck()
      .all() as string[];
    for (const name of guards) $client.exec(`DROP TRIGGER ${name}`);
    $client.exec(sql);
    expect(found()).toContainEqual(expect.objectContaining({ table: 'event', to: where.row, ...where }));
  });
});
