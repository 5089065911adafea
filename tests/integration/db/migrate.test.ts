/** Migrations: numbered, whole or not at all, harmless to repeat; and the schema in code is the schema in the file. */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ReadDb } from '../../../db/handle.ts';
import { fileKeyStore } from '../../../db/key-store.ts';
import { migrate, readMigrations } from '../../../db/migrate.ts';
import { closeDesk, openDesk } from '../../../db/open.ts';
import * as daySchema from '../../../db/schema/day.ts';
import * as dossierSchema from '../../../db/schema/dossier.ts';
import * as eventSchema from '../../../db/schema/event.ts';
import * as fileSchema from '../../../db/schema/file.ts';
import * as localSchema from '../../../db/schema/local.ts';
import * as purgeSchema from '../../../db/schema/purge.ts';
import * as settingSchema from '../../../db/schema/setting.ts';
import * as sheetSchema from '../../../db/schema/sheet.ts';
import { MIGRATIONS, tempFolder } from '../../support/temp-desk.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
function setUp(more: Record<string, string> = {}) {
  const folder = tempFolder('migrate');
  folders.push(folder);
  const migrationsFolder = path.join(folder, 'migrations');
  mkdirSync(migrationsFolder);
  cpSync(MIGRATIONS, migrationsFolder, { recursive: true });
  const open = () => openDesk({ folder, migrationsFolder, keys: fileKeyStore(folder) });
  const add = (files: Record<string, string>) => {
    for (const [name, sql] of Object.entries(files)) writeFileSync(path.join(migrationsFolder, name), sql);
  };
  add(more);
  return { folder, migrationsFolder, open, add };
}
const next = (n: number) => String(readMigrations(MIGRATIONS).length + n).padStart(4, '0');

describe('the folder is the list', () => {
  test('numbers run from 1 without gaps', () => {
    expect(readMigrations(MIGRATIONS).map((m) => m.version)).toEqual(
      readMigrations(MIGRATIONS).map((_, i) => i + 1),
    );
  });
  test.each<[string, Record<string, string>]>([
    ['a gap', { [`${next(2)}_late.sql`]: '' }],
    ['a doubled number', { '0001_again.sql': '' }],
    ['a name without a number', { 'fix.sql': '' }],
  ])('%s is refused', (_, files) => {
    const { migrationsFolder, open } = setUp(files);
    expect(() => readMigrations(migrationsFolder)).toThrow('should be number');
    expect(open).toThrow('should be number');
  });
  test('other files beside the migrations do not matter', () => {
    expect(readMigrations(setUp({ 'README.md': 'x' }).migrationsFolder)).toHaveLength(
      readMigrations(MIGRATIONS).length,
    );
  });
});

test('a new migration runs once and keeps the data; repeating is harmless', () => {
  const { open, add, migrationsFolder } = setUp();
  const first = open();
  first.$client.exec("INSERT INTO inbox_cursor (epoch, after) VALUES ('e', 7)");
  closeDesk(first);
  add({ [`${next(1)}_more.sql`]: 'CREATE TABLE more (a TEXT) STRICT; INSERT INTO more VALUES (1);' });
  for (let i = 0; i < 3; i++) {
    const db = open();
    migrate(db.$client, readMigrations(migrationsFolder));
    expect(db.$client.prepare('SELECT count(*) FROM more').pluck().get()).toBe(1);
    expect(db.$client.prepare('SELECT after FROM inbox_cursor').pluck().get()).toBe(7);
    expect(db.$client.pragma('foreign_keys', { simple: true })).toBe(1);
    closeDesk(db);
  }
});

test.each<[string, string]>([
  ['stops half way', 'CREATE TABLE half (a TEXT) STRICT; INSERT INTO inbox_cursor VALUES (1, 2, 3);'],
  ['is no SQL', 'CREATE TABLE half (a TEXT) STRICT; hello;'],
  [
    'breaks a reference',
    "CREATE TABLE half (a TEXT) STRICT; INSERT INTO dossier_mark VALUES (99, 'missing');",
  ],
])('a migration that %s leaves the file as it was', (_, sql) => {
  const { folder, open, add, migrationsFolder } = setUp();
  closeDesk(open());
  const before = readFileSync(path.join(folder, 'desk.db'));
  add({ [`${next(1)}_bad.sql`]: sql });
  expect(open).toThrow();
  rmSync(path.join(migrationsFolder, `${next(1)}_bad.sql`));
  const db = open();
  expect(db.$client.pragma('user_version', { simple: true })).toBe(readMigrations(MIGRATIONS).length);
  expect(db.$client.prepare("SELECT count(*) FROM sqlite_master WHERE name = 'half'").pluck().get()).toBe(0);
  expect(db.$client.pragma('integrity_check', { simple: true })).toBe('ok');
  closeDesk(db);
  expect(readFileSync(path.join(folder, 'desk.db')).length).toBe(before.length);
});

describe('the schema in code', () => {
  const tables = [
    ...[
      daySchema,
      dossierSchema,
      eventSchema,
      fileSchema,
      localSchema,
      purgeSchema,
      settingSchema,
      sheetSchema,
    ],
  ]
    .flatMap((m) => Object.values(m))
    .filter((t): t is SQLiteTable => t instanceof SQLiteTable);
  const folder = tempFolder('schema');
  let db: ReadDb;
  beforeAll(() => {
    db = openDesk({ folder, migrationsFolder: MIGRATIONS, keys: fileKeyStore(folder) });
  });
  afterAll(() => {
    closeDesk(db);
    rmSync(folder, { recursive: true, force: true });
  });
  const rows = (sql: string) => db.$client.prepare(sql).all() as Record<string, unknown>[];

  test.each(tables.map((table) => getTableConfig(table)))(
    '$name has the columns of the file',
    ({ name, columns }) => {
      const actual = rows(`SELECT name, type, "notnull" AS needed, pk FROM pragma_table_info('${name}')`);
      const expected = columns.map((c) => ({
        name: c.name,
        type: c.getSQLType().toUpperCase(),
        needed: c.notNull,
      }));
      expect(
        actual.map((c) => ({ name: c.name, type: c.type, needed: c.needed === 1 || c.pk !== 0 })),
      ).toEqual(expected);
    },
  );
  test('names every table of the file but the search index', () => {
    const inFile = rows(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'",
    ).map((r) => r.name);
    expect(inFile.sort()).toEqual(tables.map((t) => getTableConfig(t).name).sort());
  });
  test('every table is STRICT', () => {
    expect(
      rows(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'",
      ),
    ).toEqual([]);
  });
  test('events and receipts are guarded against change', () => {
    expect(
      rows("SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name").map((r) => r.name),
    ).toEqual([
      'access_no_delete',
      'access_no_update',
      'event_no_delete',
      'event_no_update',
      'person_export_no_delete',
      'person_export_no_update',
      'person_request_no_delete',
      'person_request_no_update',
      'purge_no_delete',
      'purge_no_update',
      'purged_event_no_delete',
      'purged_event_no_update',
      'receipt_no_delete',
      'receipt_no_update',
      'resent_no_delete',
      'resent_no_update',
    ]);
  });
});
