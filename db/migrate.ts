/** Numbered, append-only migrations; each in its own exclusive transaction. A newer database is never touched. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Database } from 'better-sqlite3';
import { assert } from '../shared/lib/must.ts';
import { fail } from '../shared/problem.ts';

export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

/** The folder is the list; a gap or a doubled number is a bug. */
export function readMigrations(folder: string): readonly Migration[] {
  const found = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => ({
      version: Number(name.slice(0, 4)),
      name,
      sql: readFileSync(path.join(folder, name), 'utf8'),
    }));
  for (const [i, m] of found.entries())
    assert(m.version === i + 1, `migration ${m.name} should be number ${i + 1}`);
  return found;
}

/** Brings the database to the newest version. `migrations` beyond the file's version run in order; repeat is harmless. */
export function migrate(client: Database, migrations: readonly Migration[]): void {
  const version = client.pragma('user_version', { simple: true }) as number;
  if (version > migrations.length) fail('DB_FROM_FUTURE');
  for (const migration of migrations.slice(version)) {
    // Inside a transaction this pragma does nothing, so it goes before: table rebuilds must not cascade.
    client.pragma('foreign_keys = OFF');
    client
      .transaction(() => {
        client.exec(migration.sql);
        const broken = client.pragma('foreign_key_check') as unknown[];
        assert(broken.length === 0, `${migration.name} leaves broken references`);
        client.pragma(`user_version = ${migration.version}`);
      })
      .exclusive();
    client.pragma('foreign_keys = ON');
  }
}
