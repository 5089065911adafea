/**
 * Changes made behind the program's back, with the key of the store in hand: 10.000 random ones over the access log and the events, each
 * found and its row named. Whoever has the device's key as well cannot change what the city has signed.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deviceSigner } from '../../../db/device-sign.ts';
import { accessTip } from '../../../db/queries/access.ts';
import { type IsSigned, signedBy, verifyLog } from '../../../db/verify-log.ts';
import { accessEntry, accessHash, accessText, sealText } from '../../../shared/domain/access.ts';
import type { Finding } from '../../../shared/domain/access-chain.ts';
import { eventHash } from '../../../shared/domain/event.ts';
import { canonicalJson } from '../../../shared/lib/canonical-json.ts';
import { must } from '../../../shared/lib/must.ts';
import { sha256 } from '../../support/fake-desk.ts';
import { reception } from '../../support/forms.ts';
import { signingCity } from '../../support/signed-city.ts';
import { dropTestDesk, openTestDesk, type TestDesk } from '../../support/temp-desk.ts';

type Table = 'access' | 'event';
type Row = Record<string, string | number | null>;
const keyOf: Record<Table, string> = { access: 'seq', event: 'n' };
const columnsOf: Record<Table, readonly string[]> = {
  access: ['seq', 'at', 'actor', 'action', 'subject_kind', 'subject_id', 'raw', 'hash', 'signature'],
  event: [
    ...['n', 'id', 'schema', 'stream', 'seq', 'verb', 'subject_kind', 'subject_id', 'base'],
    ...['at', 'day', 'own', 'branch', 'raw', 'hash', 'seal'],
  ],
};

let desk: TestDesk;
let anchored: number;
const known = new Map<string, boolean>();
/** The same bytes and signature are asked of the library once. */
let isSigned: IsSigned;

beforeAll(async () => {
  desk = openTestDesk({ role: 'head' });
  const city = signingCity(desk);
  const ids: string[] = [];
  const receive = async () => {
    const id = desk.desk.ids.uuid();
    ids.push(id);
    await desk.call('dossier.receive', reception(id, ids.length % 2 ? 'birth' : 'death'));
  };
  const look = async () => {
    for (const id of ids.slice(-2)) {
      desk.clock.advance(700_000);
      await desk.call('dossier.get', { id });
    }
  };
  for (let turn = 0; turn < 3; turn++) {
    await receive();
    await receive();
    await look();
    if (turn < 2) city.receive(desk);
    if (turn === 1) anchored = must(accessTip(desk.desk.db), 'tip').seq;
  }
  await receive();
  await desk.call('register.get', { from: '2026-11-01', to: '2026-11-30' });
  const { $client } = desk.desk.db;
  $client.pragma('foreign_keys = OFF');
  for (const table of ['access', 'event', 'receipt'])
    for (const what of ['update', 'delete']) $client.exec(`DROP TRIGGER ${table}_no_${what}`);
  for (const { name } of $client
    .prepare("SELECT name FROM sqlite_temp_master WHERE type = 'trigger'")
    .all() as { name: string }[])
    $client.exec(`DROP TRIGGER temp.${name}`);
  const asked = signedBy(desk.desk.db);
  isSigned = (who, text, signature) => {
    const key = `${who} ${text} ${signature}`;
    const answer = known.get(key) ?? asked(who, text, signature);
    known.set(key, answer);
    return answer;
  };
});
afterAll(() => dropTestDesk(desk));

const client = () => desk.desk.db.$client;
const rowsOf = (table: Table) => client().prepare(`SELECT * FROM ${table} ORDER BY 1`).all() as Row[];
const numberOf = (table: Table, row: Row | undefined) => Number(must(row, 'row')[keyOf[table]]);
function put(table: Table, row: Row): void {
  const names = Object.keys(row);
  client()
    .prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((n) => `@${n}`).join(', ')})`)
    .run(row);
}
const drop = (table: Table, n: number) =>
  client().prepare(`DELETE FROM ${table} WHERE ${keyOf[table]} = ?`).run(n);
const names = (one: Finding, table: Table, n: number) => one.table === table && one.row <= n && n <= one.to;

/** Changes, looks, takes it back. */
function findings(change: () => void): readonly Finding[] {
  client().exec('SAVEPOINT edit');
  try {
    change();
    const mark = markOfFixture;
    return verifyLog(desk.desk.db, 'whole', { mark, isSigned }).found;
  } finally {
    client().exec('ROLLBACK TO edit; RELEASE edit');
  }
}
let markOfFixture: ReturnType<typeof accessTip> = null;
beforeAll(() => {
  markOfFixture = accessTip(desk.desk.db);
});

test('a store that nobody touched is whole, and so is its tail', () => {
  expect(verifyLog(desk.desk.db, 'whole', { mark: markOfFixture }).found).toEqual([]);
  expect(verifyLog(desk.desk.db, 'tail', { mark: markOfFixture }).found).toEqual([]);
  expect(anchored).toBeGreaterThan(4);
});

/** Another value that the column would take. */
function otherValue(before: string | number | null, salt: number): string | number {
  if (before === null) return 'x';
  if (typeof before === 'number') return before > 1 ? before + 1_000 + salt : 1 - Math.min(before, 1) + 1_000;
  const at = salt % Math.max(before.length, 1);
  const letter = before[at] === 'a' ? 'b' : 'a';
  return before.length === 0 ? 'a' : before.slice(0, at) + letter + before.slice(at + 1);
}
/** The chain from a row on made whole again, as far as that goes without a key. */
function rehash(table: Table, from: number, sign?: (row: Row) => void): void {
  let prev: string | null = null;
  for (const row of rowsOf(table).filter((one) => numberOf(table, one) >= from - 1)) {
    if (prev !== null) {
      const read = JSON.parse(String(row.raw)) as { prev: string; hash?: string };
      read.prev = prev;
      if (table === 'event') read.hash = eventHash(read, sha256);
      row.raw = canonicalJson(read);
      row.hash = table === 'event' ? String(read.hash) : accessHash(accessEntry.parse(read), sha256);
      sign?.(row);
      drop(table, numberOf(table, row));
      put(table, row);
    }
    prev = String(row.hash);
  }
}

interface Edit {
  readonly table: Table;
  readonly kind: 'change' | 'delete' | 'insert' | 'append' | 'swap' | 'truncate' | 'rehash';
  readonly at: number;
  readonly other: number;
  readonly salt: number;
}
const edits = fc.record<Edit>({
  table: fc.constantFrom('access', 'event'),
  kind: fc.constantFrom('change', 'change', 'delete', 'insert', 'append', 'swap', 'truncate', 'rehash'),
  at: fc.nat(10_000),
  other: fc.nat(10_000),
  salt: fc.nat(10_000),
});

/** Makes the edit; the numbers of which one at least must be named. */
function make({ table, kind, at, other, salt }: Edit): readonly number[] {
  const rows = rowsOf(table);
  const row = must(rows[at % rows.length], 'row');
  const n = numberOf(table, row);
  const last = numberOf(table, rows.at(-1));
  switch (kind) {
    case 'change': {
      const column = must(columnsOf[table][other % columnsOf[table].length], 'column');
      const value = column === 'own' ? 1 - Number(row.own) : otherValue(row[column] ?? null, salt);
      client().prepare(`UPDATE ${table} SET ${column} = ? WHERE ${keyOf[table]} = ?`).run(value, n);
      return column === keyOf[table] ? [n, Number(value)] : [n];
    }
    case 'delete':
      drop(table, n);
      return [n];
    case 'insert': {
      // A forged row in the middle, those after it moved up.
      for (const one of rows.toReversed().filter((r) => numberOf(table, r) > n)) {
        drop(table, numberOf(table, one));
        put(table, { ...one, [keyOf[table]]: numberOf(table, one) + 1 });
      }
      put(table, { ...row, [keyOf[table]]: n + 1, ...freed(table, salt) });
      return [n + 1];
    }
    case 'append':
      put(table, { ...row, [keyOf[table]]: last + 1, ...freed(table, salt) });
      return [last + 1];
    case 'swap': {
      const second = must(rows[other % rows.length], 'row');
      const m = numberOf(table, second);
      if (m === n) return make({ table, kind: 'delete', at, other, salt });
      drop(table, n);
      drop(table, m);
      put(table, { ...second, [keyOf[table]]: n });
      put(table, { ...row, [keyOf[table]]: m });
      return [n, m];
    }
    case 'truncate':
      client().prepare(`DELETE FROM ${table} WHERE ${keyOf[table]} >= ?`).run(n);
      return [n];
    case 'rehash': {
      const read = JSON.parse(String(row.raw)) as { at: string; hash?: string };
      read.at = new Date(Date.parse(read.at) + 1 + salt).toISOString();
      if (table === 'event') read.hash = eventHash(read, sha256);
      const hash = table === 'event' ? String(read.hash) : accessHash(accessEntry.parse(read), sha256);
      drop(table, n);
      put(table, { ...row, at: read.at, raw: canonicalJson(read), hash });
      rehash(table, n + 1);
      return [n];
    }
  }
}
/** Events have further columns that are unique. */
const freed = (table: Table, salt: number): Row =>
  table === 'event' ? { id: `forged-${salt}`, seq: 5_000 + salt } : {};

test('10.000 random edits: every one is found, and its row named', () => {
  fc.assert(
    fc.property(edits, (edit) => {
      let rows: readonly number[] = [];
      const list = findings(() => {
        rows = make(edit);
      });
      return list.some((one) => rows.some((n) => names(one, edit.table, n)));
    }),
    { numRuns: 10_000, seed: 20261122 },
  );
}, 900_000);

describe('with the key of the device as well', () => {
  const signAccess = (row: Row) => {
    row.signature = must(deviceSigner(desk.desk.db), 'signer').sign(accessText(String(row.hash)));
  };
  const signEvent = (row: Row) => {
    const { device, sign } = must(deviceSigner(desk.desk.db), 'signer');
    const place = { device, n: Number(row.n), own: row.own === 1, branch: Number(row.branch) };
    const access = Number(String(row.seal).split('.')[0]);
    row.seal = `${access}.${sign(sealText({ ...place, hash: String(row.hash) }, access))}`;
  };
  test('an entry that the city has signed, or one before it, is found', () => {
    for (let n = 1; n <= anchored; n++) {
      const list = findings(() => {
        const row = must(rowsOf('access')[n - 1], 'row');
        const read = accessEntry.parse(JSON.parse(String(row.raw)));
        const forged = { ...read, facts: { ...read.facts, forged: 1 } };
        drop('access', n);
        const changed = { ...row, raw: canonicalJson(forged), hash: accessHash(forged, sha256) };
        signAccess(changed);
        put('access', changed);
        rehash('access', n + 1, signAccess);
      });
      expect(
        list.map((one) => one.kind),
        String(n),
      ).toContain('anchor');
    }
  });
  test('so is a log that ends before it', () => {
    const list = findings(() => client().exec(`DELETE FROM access WHERE seq >= ${anchored}`));
    expect(list).toContainEqual(expect.objectContaining({ table: 'access', kind: 'missing', row: anchored }));
  });
  test('and an event that a receipt names', () => {
    const received = Number(client().prepare('SELECT max(to_seq) FROM receipt').pluck().get());
    for (let n = 1; n <= received; n++) {
      const list = findings(() => {
        const row = must(rowsOf('event')[n - 1], 'row');
        const read = JSON.parse(String(row.raw)) as { mono: number; hash: string };
        read.mono += 1;
        read.hash = eventHash(read, sha256);
        drop('event', n);
        const changed = { ...row, raw: canonicalJson(read), hash: read.hash };
        signEvent(changed);
        put('event', changed);
        rehash('event', n + 1, signEvent);
      });
      expect(
        list.map((one) => `${one.table} ${one.kind}`),
        String(n),
      ).toContain('receipt anchor');
    }
  });
});

describe('receipts and anchors', () => {
  test.each([
    ['UPDATE receipt SET at = at || 1 WHERE rowid = 2', 'receipt changed 2'],
    ["UPDATE receipt SET jws = replace(jws, 'e', 'f') WHERE rowid = 1", 'receipt changed 1'],
    [
      "UPDATE receipt SET jws = substr(jws, 1, length(jws) - 3) || 'AAA' WHERE rowid = 1",
      'receipt unsigned 1',
    ],
    ['UPDATE receipt SET to_seq = to_seq + 1 WHERE rowid = 2', 'receipt changed 2'],
    ['DELETE FROM receipt WHERE rowid = 2', 'receipt missing 3'],
    ['DELETE FROM receipt', 'receipt missing 1'],
  ])('%s', (sql, name) => {
    const list = findings(() => client().exec(sql));
    expect(list.map((one) => `${one.table} ${one.kind} ${one.row}`)).toContain(name);
  });
  test('the tail alone is looked at after the newest word of the city', () => {
    client().exec('SAVEPOINT tail');
    client().exec("UPDATE access SET at = '2020-01-01T00:00:00.000Z' WHERE seq = 2");
    expect(verifyLog(desk.desk.db, 'tail', { mark: markOfFixture }).found).toEqual([]);
    client().exec(`UPDATE access SET at = '2020-01-01T00:00:00.000Z' WHERE seq = ${anchored + 1}`);
    expect(verifyLog(desk.desk.db, 'tail', { mark: markOfFixture }).found).toEqual([
      { table: 'access', kind: 'changed', row: anchored + 1, to: anchored + 1 },
    ]);
    client().exec('ROLLBACK TO tail; RELEASE tail');
  });
});
