/** All tables of a running hub kept beside themselves, and put back in one transaction: the same beginning for every cut. */
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { type CityDb, rowsOf } from '../../../city/db/handle.ts';

export interface KeptTables {
  putBack(): Promise<void>;
}

const named = z.object({ name: z.string() });
const counter = z.object({ name: z.string(), last: z.coerce.number().nullable() });

export async function keepTables(db: CityDb): Promise<KeptTables> {
  const tables = await rowsOf(
    db,
    sql`select tablename as name from pg_tables where schemaname = 'public'`,
    named,
  );
  const counters = await rowsOf(
    db,
    sql`select sequencename as name, last_value as last from pg_sequences where schemaname = 'public'`,
    counter,
  );
  await db.execute(sql`drop schema if exists kept cascade`);
  await db.execute(sql`create schema kept`);
  for (const { name } of tables)
    await db.execute(sql.raw(`create table kept."${name}" as table public."${name}"`));
  const all = tables.map(({ name }) => `public."${name}"`).join(', ');
  return {
    async putBack() {
      await db.transaction(async (tx) => {
        // No trigger fires meanwhile: neither the append-only ones nor those of foreign keys.
        await tx.execute(sql`set local session_replication_role = replica`);
        await tx.execute(sql.raw(`truncate ${all}`));
        for (const { name } of tables)
          await tx.execute(
            sql.raw(`insert into public."${name}" overriding system value table kept."${name}"`),
          );
        for (const { name, last } of counters)
          await tx.execute(sql.raw(`select setval('public."${name}"', ${last ?? 1}, ${last !== null})`));
      });
    },
  };
}
