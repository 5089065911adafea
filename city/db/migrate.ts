/** Runs the numbered migrations of a folder, each in one transaction; refuses a database from a newer hub. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { assert } from '../../shared/lib/must.ts';
import { fail } from '../../shared/problem.ts';
import { type CityDb, rowsOf } from './handle.ts';

export const MIGRATIONS = path.resolve(import.meta.dirname, '../migrations');
export const MIGRATION_LOCK = 7_239_001;

interface Migration {
  readonly version: number;
  readonly name: string;
  readonly statements: readonly string[];
}

function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder)
    .filter((n) => n.endsWith('.sql'))
    .sort();
  return names.map((name, i) => {
    assert(name.startsWith(String(i + 1).padStart(4, '0')), `migration ${name} out of order`);
    return {
      version: i + 1,
      name,
      statements: readFileSync(path.join(folder, name), 'utf8').split(/^-- next$/m),
    };
  });
}

/** Answers the version of the database. */
export async function migrate(db: CityDb, folder: string = MIGRATIONS): Promise<number> {
  const migrations = readMigrations(folder);
  for (const migration of migrations) await apply(db, migration, migrations.length);
  return migrations.length;
}

async function apply(db: CityDb, migration: Migration, known: number): Promise<void> {
  await db.transaction(async (tx) => {
    // Several hub processes may start on one database: the second waits here and finds the work done.
    await tx.execute(sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`);
    await tx.execute(
      sql`create table if not exists migration (version integer primary key, name text not null, at timestamptz not null default now())`,
    );
    const [row] = await rowsOf(
      tx,
      sql`select coalesce(max(version), 0)::int as version from migration`,
      z.object({ version: z.int() }),
    );
    const version = row?.version ?? 0;
    if (version > known) fail('DB_FROM_FUTURE', { version });
    if (version >= migration.version) return;
    for (const statement of migration.statements) await tx.execute(sql.raw(statement));
    await tx.execute(
      sql`insert into migration (version, name) values (${migration.version}, ${migration.name})`,
    );
  });
}
