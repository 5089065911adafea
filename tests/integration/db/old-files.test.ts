/** Files of every release open without the program: store, backup, journal, scans, a bundle of a USB stick; nothing in them is changed. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { plainBundle } from '../../../electron/plain/bundle.ts';
import { keyOf, type Secrets } from '../../../electron/plain/keys.ts';
import { plainFolder } from '../../../electron/plain/store.ts';
import { problemOf } from '../../support/problem-of.ts';
import { spoil } from '../../support/spoil.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const STORES = path.join(root, 'tests/fixtures/old-stores');
const WITH_SCANS = '0.5.0';
const WITH_ACCESSES = '0.6.0';
const WITH_PASSWORDS = [WITH_SCANS, WITH_ACCESSES];
const PASSWORD = 'mây trắng trên đồi chè';
const RECOVERY = '389400-378499-504328-191708-050996-049995-233101-552585';
const KEY = 'chacha20:f4530fcbf3cf7c70fa3702f087edadc8496b81842a867ba135cb8f33d929b190';
const versions = readdirSync(STORES).filter((name) => /^\d/.test(name));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'smc-old-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const secretsOf = (version: string): Secrets =>
  WITH_PASSWORDS.includes(version) ? { password: PASSWORD } : {};
const out = () => path.join(folder, 'out');
const copyOf = (version: string) => {
  const copy = path.join(folder, version);
  cpSync(path.join(STORES, version), copy, { recursive: true });
  return copy;
};
/** Every file with its hash. */
const contents = (place: string) =>
  readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
    .map((file) => `${file} ${createHash('sha256').update(readFileSync(file)).digest('hex')}`);
/** Read by another SQLite than the one that wrote it. */
function rowsOf(file: string, sql: string): unknown[] {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    return db.prepare(sql).all();
  } finally {
    db.close();
  }
}

test('there is a store of each release', () => {
  expect(versions).toEqual(['0.1.0', '0.2.0', '0.3.0', '0.4.0', '0.5.0', '0.6.0']);
});

describe.each(versions)('a store of %s', (version) => {
  test('is opened as plain SQLite by any SQLite, whole, and is itself not touched', async () => {
    const store = copyOf(version);
    const before = contents(store);
    const { databases, damaged } = await plainFolder(store, await keyOf(store, secretsOf(version)), out());
    expect([databases[0], damaged]).toEqual(['desk.sqlite', []]);
    expect(contents(store)).toEqual(before);
    const file = path.join(out(), 'desk.sqlite');
    expect(rowsOf(file, 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    expect(JSON.stringify(rowsOf(file, 'SELECT raw FROM event'))).toContain(`Lê Thử Bản ${version}`);
  });
  test('does not open with another key, and leaves nothing half open', async () => {
    const store = copyOf(version);
    const wrong = { hex: 'ab'.repeat(32), cipher: 'aegis' } as const;
    const { databases, damaged } = await plainFolder(store, wrong, out());
    expect(databases).toEqual([]);
    expect(damaged[0]).toBe('desk.sqlite');
    expect(readdirSync(out())).toEqual([]);
  });
});

test.each<[string, Secrets]>([
  ['a password', { password: PASSWORD }],
  ['a password as a Mac types it', { password: PASSWORD.normalize('NFD') }],
  ['the printed code', { recovery: RECOVERY }],
  ['the printed code, typed without dashes', { recovery: RECOVERY.replaceAll('-', '') }],
  ['the key itself', { key: KEY }],
])('%s gives the key', async (_name, secrets) => {
  expect(await keyOf(path.join(STORES, WITH_SCANS), secrets)).toEqual({
    cipher: 'chacha20',
    hex: KEY.slice(9),
  });
});

test.each<[string, Secrets, string]>([
  ['nothing', {}, 'SIGN_IN_NEEDED'],
  ['a wrong password', { password: 'cá rô đồng bơi ngược' }, 'PASSWORD_WRONG'],
  ['a code with a slip', { recovery: RECOVERY.replace('389400', '389401') }, 'RECOVERY_CODE_TYPO'],
  ['the code of another machine', { recovery: Array(8).fill('000011').join('-') }, 'RECOVERY_CODE_WRONG'],
  ['half a key', { key: KEY.slice(0, 30) }, 'DB_KEY_WRONG'],
  ['a key of an unknown cipher', { key: KEY.replace('chacha20', 'rot13') }, 'DB_KEY_WRONG'],
])('%s does not', async (_name, secrets, code) => {
  expect(await problemOf(keyOf(path.join(STORES, WITH_SCANS), secrets))).toBe(code);
});

test('backups, the journal and scans come out with the store', async () => {
  const store = copyOf(WITH_SCANS);
  const opened = await plainFolder(store, await keyOf(store, { recovery: RECOVERY }), out());
  expect(opened).toMatchObject({
    databases: ['desk.sqlite', 'so-mot-cua-2026-11-20T023000000Z-asked.sqlite'],
    journals: ['journal-1.jsonl', 'journal-2.jsonl', 'journal-3.jsonl'],
    damaged: [],
  });
  const dossiers = (name: string) => rowsOf(path.join(out(), name), 'SELECT count(*) AS n FROM dossier');
  expect([dossiers('desk.sqlite'), dossiers(opened.databases[1] ?? '')]).toEqual([[{ n: 2 }], [{ n: 1 }]]);
  const lines = readFileSync(path.join(out(), 'journal-3.jsonl'), 'utf8').trim().split('\n');
  expect(lines.map((line) => Object.keys(JSON.parse(line)).includes('rows'))).toEqual([false, true]);
  const [scan = ''] = opened.scans;
  const content = readFileSync(path.join(out(), scan));
  expect([`${createHash('sha256').update(content).digest('hex')}.pdf`, content.length]).toEqual([
    scan,
    100_000,
  ]);
});

test('a damaged page, a spoiled scan and a cut journal are named; what is whole comes out', async () => {
  const store = copyOf(WITH_SCANS);
  const backup = path.join(store, 'backups/so-mot-cua-2026-11-20T023000000Z-asked.db');
  spoil(backup, 'flip', 0.4);
  const [scan = ''] = readdirSync(path.join(store, 'files/f4'));
  appendFileSync(path.join(store, 'files/f4', scan), 'x');
  writeFileSync(path.join(store, 'journal/00000001.journal'), 'SMCJ1');
  const { databases, journals, damaged } = await plainFolder(store, await keyOf(store, { key: KEY }), out());
  expect([databases, journals]).toEqual([['desk.sqlite'], ['journal-2.jsonl', 'journal-3.jsonl']]);
  expect(damaged).toEqual(['so-mot-cua-2026-11-20T023000000Z-asked.sqlite', 'journal-1.jsonl', scan]);
});

test('accesses beside the store come out, and what was purged is nowhere', async () => {
  const store = copyOf(WITH_ACCESSES);
  const key = await keyOf(store, { password: PASSWORD });
  const { databases, accesses, damaged } = await plainFolder(store, key, out());
  expect([databases.length, accesses, damaged]).toEqual([2, ['access-1.jsonl'], []]);
  const entries = readFileSync(path.join(out(), 'access-1.jsonl'), 'utf8').trim().split('\n');
  const actions = entries.map((line) => (JSON.parse(line) as { action: string }).action);
  expect(actions).toContain('dossier.get');
  const holding = (words: string) =>
    readdirSync(out()).filter((name) => readFileSync(path.join(out(), name)).includes(words));
  expect(holding('Lê Thử Bản 0.6.0').sort()).toEqual([...databases].sort());
  expect(holding('Lê Đã Xóa')).toEqual([]);
  const rows = databases.map((name) =>
    rowsOf(path.join(out(), name), 'SELECT outcome FROM dossier ORDER BY 1'),
  );
  expect(rows).toEqual(Array(2).fill([{ outcome: 'none' }, { outcome: 'under_way' }]));
});

test.each<[string, (file: string) => void, readonly string[]]>([
  ['cut to its salt', (file) => truncateSync(file, 21), []],
  ['with a spoiled end', (file) => spoil(file, 'flip', 0.99), ['access-1.jsonl']],
])('accesses %s are named, and what is whole comes out', async (_name, harm, whole) => {
  const store = copyOf(WITH_ACCESSES);
  harm(path.join(store, 'access-aside/00000001.aside'));
  const { accesses, damaged } = await plainFolder(store, await keyOf(store, { password: PASSWORD }), out());
  expect([accesses, damaged]).toEqual([[], ['access-1.jsonl']]);
  expect(readdirSync(out()).filter((name) => name.startsWith('access'))).toEqual(whole);
});

test('a bundle of a stick opens with the key of the city and no other', async () => {
  const bundle = path.join(STORES, 'bundle/bundle.somotcua');
  const { box } = JSON.parse(readFileSync(path.join(STORES, 'bundle/hub-keys.json'), 'utf8')) as {
    box: string;
  };
  expect(await plainBundle(bundle, box, out())).toEqual({ batches: 1, scans: 1 });
  expect(readFileSync(path.join(out(), 'batch-1.jsonl'), 'utf8')).toBe('{"n":1}\n{"n":2}\n');
  expect(JSON.parse(readFileSync(path.join(out(), 'bundle.json'), 'utf8'))).toEqual({ v: 1, from: 1, to: 2 });
  const other = path.join(folder, 'other.somotcua');
  cpSync(bundle, other);
  spoil(other, 'flip', 0.5);
  expect(await problemOf(plainBundle(other, box, out()))).toBe('COURIER_DAMAGED');
});

test('the command itself: a folder in, plain files out, and the words that they are plain', () => {
  const run = (env: Record<string, string>) =>
    execFileSync(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        'electron/cli/decrypt.ts',
        path.join(STORES, WITH_SCANS),
        '--out',
        out(),
      ],
      { cwd: root, env: { ...process.env, ...env }, encoding: 'utf8', stdio: 'pipe' },
    );
  expect(() => run({ SMC_SIGN_IN: 'sai mật khẩu rồi' })).toThrow(/Mật khẩu không đúng/);
  expect(existsSync(out())).toBe(false);
  expect(run({ SMC_SIGN_IN: PASSWORD })).toContain(
    '2 cơ sở dữ liệu, 3 nhật ký, 0 tệp lượt truy cập, 1 tệp quét',
  );
  expect(existsSync(path.join(out(), 'desk.sqlite'))).toBe(true);
});
