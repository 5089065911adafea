/** The database handle, the same for the embedded and the real PostgreSQL, and rows of raw SQL parsed on the way out. */
import type { SQL } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { z } from 'zod';

export type CityDb = PgDatabase<PgQueryResultHKT, Record<string, never>>;
/** A function that takes this must run inside a transaction. */
export type CityTx = Parameters<Parameters<CityDb['transaction']>[0]>[0];

export async function rowsOf<S extends z.ZodType>(
  db: CityDb | CityTx,
  query: SQL,
  row: S,
): Promise<z.infer<S>[]> {
  const result: unknown = await db.execute(query);
  return z.object({ rows: z.array(row) }).parse(result).rows;
}

/** bigint columns arrive as text from one driver and as a number from the other. */
export const wholeColumn = z.union([
  z.int(),
  z.string().regex(/^\d+$/).transform(Number),
  z.bigint().transform(Number),
]);
