/** Opening the store: settings that are asserted, keys that are told apart from damage, files that are left alone. */
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { fileKeyStore } from '../../../db/key-store.ts';
import { assertPragmas, closeDesk, openDesk } from '../../../db/open.ts';
import { Problem } from '../../../shared/problem.ts';
import { reception } from '../../support/forms.ts';
import { MIGRATIONS, openTestDesk, tempFolder } from '../../support/temp-desk.ts';

const folders: string[] = [];
const newFolder = () => {
  const folder = tempFolder('open');
  folders.push(folder);
  return folder;
};
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
const open = (folder: string, migrationsFolder = MIGRATIONS) =>
  openDesk({ folder, migrationsFolder, keys: fileKeyStore(folder) });
const refusal = (folder: string) => {
  try {
    closeDesk(open(folder));
    return 'OPENED';
  } catch (error) {
    return error instanceof Problem ? error.code : `not a problem: ${String(error)}`;
  }
};
const filesIn = (folder: string) =>
  (readdirSync(folder, { recursive: true }) as string[]).filter((name) =>
    statSync(path.join(folder, name)).isFile(),
  );
async function filled(folder = newFolder()) {
  const desk = openTestDesk({ folder });
  await desk.call(
    'dossier.receive',
    reception(desk.desk.ids.uuid(), 'birth', { 'child.fullName': 'Quỳnh Anh Canary' }),
  );
  await desk.close();
  return folder;
}

describe('settings', () => {
  test.each([
    ['synchronous = NORMAL', 'synchronous'],
    ['foreign_keys = OFF', 'foreign_keys'],
    ['trusted_schema = ON', 'trusted_schema'],
    ['secure_delete = OFF', 'secure_delete'],
    ['cell_size_check = OFF', 'cell_size_check'],
    ['temp_store = FILE', 'temp_store'],
    ['busy_timeout = 1', 'busy_timeout'],
    ['locking_mode = EXCLUSIVE', 'locking_mode'],
    ['journal_mode = DELETE', 'journal_mode'],
  ])('%s is noticed', (pragma, name) => {
    const db = open(newFolder());
    expect(() => assertPragmas(db.$client)).not.toThrow();
    db.$client.pragma(pragma);
    expect(() => assertPragmas(db.$client)).toThrow(name);
    db.$client.close();
  });
  test('the cipher carries a MAC and the version is past the WAL race', () => {
    const db = open(newFolder());
    expect(['aegis', 'chacha20']).toContain(db.$client.pragma('cipher', { simple: true }));
    closeDesk(db);
  });
});

describe('what stands on the disk', () => {
  test('is no plain SQLite file and holds no name, in no file of the folder, open or closed', async () => {
    const folder = newFolder();
    const desk = openTestDesk({ folder });
    const values = {
      ...reception(desk.desk.ids.uuid(), 'birth', {
        'child.fullName': 'Quỳnh Anh Canary',
        'requester.phone': '0199987654',
      }),
    };
    await desk.call('dossier.receive', values);
    await desk.call('draft.save', {
      id: desk.desk.ids.uuid(),
      chain: 'death',
      values: { 'deceased.fullName': 'Nháp Canary' },
    });
    const canaries = [
      'Canary',
      'Quỳnh',
      'quynh',
      '0199987654',
      'Lê Thị Thử',
      'CREATE TABLE',
      'SQLite format 3',
    ];
    const scan = () =>
      filesIn(folder).flatMap((name) => {
        const bytes = readFileSync(path.join(folder, name));
        return canaries
          .filter((c) => bytes.includes(Buffer.from(c)) || bytes.includes(Buffer.from(c, 'utf16le')))
          .map((c) => `${name}: ${c}`);
      });
    expect(readdirSync(folder).length).toBeGreaterThanOrEqual(3);
    expect(statSync(path.join(folder, 'desk.db-wal')).size).toBeGreaterThan(0);
    expect(scan()).toEqual([]);
    await desk.close();
    expect(scan()).toEqual([]);
  });
  test('the key may be read by its owner only, whatever the umask', () => {
    const umask = process.umask(0o000);
    const folder = newFolder();
    closeDesk(open(folder));
    process.umask(umask);
    for (const name of readdirSync(folder).filter((n) => n.startsWith('desk.key')))
      expect(
        process.platform === 'win32' || (statSync(path.join(folder, name)).mode & 0o777) === 0o600,
        name,
      ).toBe(true);
  });
  test('leaves no half-made file behind', () => {
    const folder = newFolder();
    closeDesk(open(folder));
    expect(readdirSync(folder).filter((n) => n.includes('.new'))).toEqual([]);
  });
  test('a start that broke off while making the file begins again', () => {
    const folder = newFolder();
    writeFileSync(path.join(folder, 'desk.db.new'), 'half');
    writeFileSync(path.join(folder, 'desk.db.new-wal'), 'half');
    expect(refusal(folder)).toBe('OPENED');
  });
});

describe('keys', () => {
  test('data without its key: the key is missing, nothing is made anew', async () => {
    const folder = await filled();
    const before = readFileSync(path.join(folder, 'desk.db'));
    renameSync(path.join(folder, 'desk.key'), path.join(folder, 'elsewhere'));
    expect(refusal(folder)).toBe('DB_KEY_MISSING');
    expect(existsSync(path.join(folder, 'desk.key'))).toBe(false);
    expect(readFileSync(path.join(folder, 'desk.db')).equals(before)).toBe(true);
    renameSync(path.join(folder, 'elsewhere'), path.join(folder, 'desk.key'));
    expect(refusal(folder)).toBe('OPENED');
  });
  test("another machine's key file is a wrong key, not damage, and the data opens with the right one again", async () => {
    const [folder, other] = [await filled(), await filled()];
    copyFileSync(path.join(folder, 'desk.key'), path.join(folder, 'kept'));
    copyFileSync(path.join(other, 'desk.key'), path.join(folder, 'desk.key'));
    expect(refusal(folder)).toBe('DB_KEY_WRONG');
    copyFileSync(path.join(folder, 'kept'), path.join(folder, 'desk.key'));
    expect(refusal(folder)).toBe('OPENED');
  });
  test.each<[string, (text: string) => string]>([
    ['empty', () => ''],
    ['cut off', (t) => t.slice(0, 40)],
    ['no JSON', () => 'khoá'],
    [
      'one digit changed',
      (t) => t.replace(/"key":"(.)/, (_, d: string) => `"key":"${d === '0' ? '1' : '0'}`),
    ],
    ['an unknown cipher', (t) => t.replace(/aegis|chacha20/, 'aes256cbc')],
    ['a newer version', (t) => t.replace('"v":1', '"v":2')],
  ])('a key file that is %s is a wrong key', async (_, spoil) => {
    const folder = await filled();
    const file = path.join(folder, 'desk.key');
    writeFileSync(file, spoil(readFileSync(file, 'utf8')));
    expect(refusal(folder)).toBe('DB_KEY_WRONG');
  });
  test('a key without data is kept and used', () => {
    const folder = newFolder();
    closeDesk(open(folder));
    const key = readFileSync(path.join(folder, 'desk.key'), 'utf8');
    rmSync(path.join(folder, 'desk.db'));
    closeDesk(open(folder));
    expect(readFileSync(path.join(folder, 'desk.key'), 'utf8')).toBe(key);
  });
  test('a lost key check locks nobody out', async () => {
    const folder = await filled();
    rmSync(path.join(folder, 'desk.key-check'));
    expect(refusal(folder)).toBe('OPENED');
  });
});

describe('a file of a newer program', () => {
  test('is refused, stays as it is, and is released at once', () => {
    const folder = newFolder();
    const db = open(folder);
    db.$client.pragma('user_version = 99');
    closeDesk(db);
    const before = readFileSync(path.join(folder, 'desk.db'));
    expect(refusal(folder)).toBe('DB_FROM_FUTURE');
    expect(refusal(folder)).toBe('DB_FROM_FUTURE');
    expect(readFileSync(path.join(folder, 'desk.db')).equals(before)).toBe(true);
    expect(readdirSync(folder).filter((n) => n.endsWith('-wal') || n.endsWith('-journal'))).toEqual([]);
  });
});
