/** A batch comes in: opened outside every lock, received in one transaction. The answer leaves after the commit. */
import type { Receipt } from '../../shared/contract/sync/messages.ts';
import { TYP } from '../../shared/contract/sync/version.ts';
import { fail } from '../../shared/problem.ts';
import { receiveBatch } from '../../shared/protocol/receive-batch.ts';
import type { Epoch } from '../db/queries/epoch.ts';
import { findReceipt } from '../db/queries/receipt.ts';
import { currentEpoch } from '../epoch.ts';
import type { Hub } from '../hub.ts';
import { signAsCity } from '../jws.ts';
import { hubTx } from './hub-tx.ts';
import { openBatch } from './open-batch.ts';
import type { SignedBatch } from './signed-batch.ts';

/** The receipt as JWS: the same bytes on every repeat within an epoch. Fails with DEVICE_REVOKED, BATCH_*, STREAM_*. */
export async function acceptBatch(hub: Hub, batch: SignedBatch, body: Uint8Array): Promise<string> {
  const epoch = await currentEpoch(hub);
  const known = await findReceipt(hub.db, batch.hash, epoch.id);
  const receipt = known ?? (await acceptNew(hub, epoch, { batch, body }));
  await hub.settle();
  return receipt;
}

async function acceptNew(
  hub: Hub,
  epoch: Epoch,
  { batch, body }: { readonly batch: SignedBatch; readonly body: Uint8Array },
): Promise<string> {
  if (batch.device.revoked) fail('DEVICE_REVOKED');
  const lines = await openBatch(batch.header, body);
  return hub.lanes.run(batch.device.id, async () => {
    const done = await hub.db.transaction(async (tx) => {
      const held = hubTx(tx, epoch, hub);
      let receipt: Receipt | null = null;
      const jws = await receiveBatch(held, {
        batch,
        lines,
        epoch: epoch.id,
        now: hub.clock.now(),
        signReceipt: (content) => {
          receipt = content;
          return signAsCity(hub.keys, TYP.receipt, content);
        },
      });
      return { jws, receipt: receipt as Receipt | null, verdicts: held.verdicts };
    });
    if (done.receipt) {
      hub.mark.raise({ epoch: epoch.id, counter: epoch.counter, hub: done.receipt.hub.last });
      hub.metrics.batch(done.verdicts);
    }
    return done.jws;
  });
}
