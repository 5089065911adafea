/** A batch comes in: opened outside every lock of the database, received in one transaction. The answer leaves after the commit. */
import type { Receipt } from '../../shared/contract/sync/messages.ts';
import { TYP } from '../../shared/contract/sync/version.ts';
import { fail } from '../../shared/problem.ts';
import type { HubTx } from '../../shared/protocol/hub-ports.ts';
import { receiveBatch } from '../../shared/protocol/receive-batch.ts';
import type { Epoch } from '../db/queries/epoch.ts';
import { findReceipt } from '../db/queries/receipt.ts';
import { currentEpoch } from '../epoch.ts';
import type { Hub } from '../hub.ts';
import { signAsCity } from '../jws.ts';
import { hubTx } from './hub-tx.ts';
import { openBatch } from './open-batch.ts';
import type { SignedBatch } from './signed-batch.ts';

/** By hand (USB stick) a revoked device may still hand over what it holds: its events wait for a person. */
type BatchRoad = 'network' | 'stick';

/** The receipt as JWS: the same bytes on every repeat within an epoch. Fails with DEVICE_REVOKED, BATCH_*, STREAM_*. */
export async function acceptBatch(
  hub: Hub,
  batch: SignedBatch,
  body: Uint8Array,
  road: BatchRoad = 'network',
): Promise<string> {
  const epoch = await currentEpoch(hub);
  const known = await findReceipt(hub.db, batch.hash, epoch.id);
  const receipt = known ?? (await acceptNew(hub, epoch, { batch, body, road }));
  await hub.settle();
  return receipt;
}

async function acceptNew(
  hub: Hub,
  epoch: Epoch,
  { batch, body, road }: { readonly batch: SignedBatch; readonly body: Uint8Array; readonly road: BatchRoad },
): Promise<string> {
  if (batch.device.revoked && road === 'network') fail('DEVICE_REVOKED');
  return hub.lanes.run(batch.device.id, async () => {
    // Unpacked only when its turn has come: what waits in line is no larger than what was sent.
    const lines = await openBatch(batch.header, body);
    const done = await hub.db.transaction(async (open) => {
      const held = hubTx(open, epoch, hub);
      let receipt: Receipt | null = null;
      const tx = batch.device.revoked ? withoutRights(held) : held;
      const jws = await receiveBatch(tx, {
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

function withoutRights(tx: HubTx): HubTx {
  return {
    ...tx,
    sender: async (device, stream) => ({ ...(await tx.sender(device, stream)), revoked: true }),
  };
}
