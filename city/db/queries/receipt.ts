/** Receipts: found by the hash of the batch header, given out byte for byte as they were first signed in an epoch. */
import { and, eq, sql } from 'drizzle-orm';
import type { CityDb, CityTx } from '../handle.ts';
import { receipts } from '../schema/stream.ts';
import { NEWEST } from './epoch.ts';

export async function findReceipt(db: CityDb | CityTx, batch: string, epoch: string): Promise<string | null> {
  const [row] = await db
    .select({ jws: receipts.jws })
    .from(receipts)
    .where(and(eq(receipts.batch, batch), eq(receipts.epoch, epoch)));
  return row?.jws ?? null;
}

export async function insertReceipt(
  tx: CityTx,
  row: Omit<typeof receipts.$inferInsert, 'hub'>,
): Promise<void> {
  await tx.insert(receipts).values({ ...row, hub: sql`${NEWEST}` });
}
