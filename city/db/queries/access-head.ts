/** How far the access logs of the machines went. */
import { eq } from 'drizzle-orm';
import type { AccessHead } from '../../../shared/domain/access.ts';
import type { CityTx } from '../handle.ts';
import { accessHeads } from '../schema/stream.ts';
import { addAlerts } from './alert.ts';

export interface SaidHead extends AccessHead {
  readonly stream: string;
  readonly device: string;
}

/**
 * Keeps the newest one of a stream. One that goes back, or says something else of the same entry, is not kept, and an officer is
 * told: a machine that was put back writes on another stream.
 */
export async function keepAccessHead(
  tx: CityTx,
  { stream, device, seq, hash }: SaidHead,
  { epoch, at }: { readonly epoch: string; readonly at: Date },
): Promise<void> {
  const row = { stream, device, seq, hash, at };
  const made = await tx.insert(accessHeads).values(row).onConflictDoNothing().returning();
  if (made.length > 0) return;
  const [kept] = await tx.select().from(accessHeads).where(eq(accessHeads.stream, stream)).for('update');
  if (kept && seq > kept.seq) await tx.update(accessHeads).set(row).where(eq(accessHeads.stream, stream));
  else if (kept?.seq !== seq || kept.hash !== hash)
    await addAlerts(tx, [{ kind: 'access_log', epoch, device, stream, successor: null, at }]);
}
