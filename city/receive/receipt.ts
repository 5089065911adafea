/** The receipt: what the city promises about one batch, signed and stored with the data it speaks of. */
import type { Receipt } from '../../shared/contract/sync/messages.ts';
import { TYP } from '../../shared/contract/sync/version.ts';
import { must } from '../../shared/lib/must.ts';
import { iso } from '../clock.ts';
import type { CityTx } from '../db/handle.ts';
import { insertReceipt } from '../db/queries/receipt.ts';
import type { StoredEvent } from '../db/queries/stored-event.ts';
import type { Hub } from '../hub.ts';
import { signAsCity } from '../jws.ts';
import type { SignedBatch } from './signed-batch.ts';

interface Outcome {
  readonly batch: Pick<SignedBatch, 'header' | 'hash'>;
  readonly results: readonly StoredEvent[];
  readonly now: number;
}

export async function giveReceipt(hub: Hub, tx: CityTx, { batch, results, now }: Outcome): Promise<string> {
  const { device, stream, from, to, head } = batch.header;
  const content: Receipt = {
    v: 1,
    epoch: hub.epoch,
    device,
    stream,
    from,
    to,
    head,
    batch: batch.hash,
    hub: { first: must(results[0], 'first result').hub, last: must(results.at(-1), 'last result').hub },
    verdicts: results.map(({ seq, id, hub: hubSeq, verdict }) => ({ ...verdict, seq, id, hub: hubSeq })),
    at: iso(now),
  };
  const jws = await signAsCity(hub.keys, TYP.receipt, content);
  await insertReceipt(tx, { batch: batch.hash, stream, from, to, jws, at: new Date(now) });
  return jws;
}
