/** Receipts: found by the hash of the batch header, given out byte for byte as they were first signed. */
import { eq } from 'drizzle-orm';
import type { CityDb, CityTx } from '../handle.ts';
import { receipts } from '../schema/stream.ts';

export async function findReceipt(db: CityDb | CityTx, batch: string): Promise<string | null> {
  const [row] = await db.select({ jws: receipts.jws }).from(receipts).where(eq(receipts.batch, batch));
  return row?.jws ?? null;
}

export async function insertReceipt(tx: CityTx, row: typeof receipts.$inferInsert): Promise<void> {
  await tx.insert(receipts).values(row);
}
