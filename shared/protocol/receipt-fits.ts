/** A receipt answers exactly the batch that was sent, event by event, or it is nobody's. */
import type { Receipt } from '../contract/sync/messages.ts';
import type { DeskStore, SealedBatch } from './desk-ports.ts';

interface Sent {
  readonly stream: string;
  readonly batch: Pick<SealedBatch, 'id' | 'fromSeq' | 'toSeq'>;
  readonly epoch: string;
}

export function receiptFits(
  store: Pick<DeskStore, 'device' | 'links'>,
  receipt: Receipt,
  { stream, batch, epoch }: Sent,
): boolean {
  const { fromSeq, toSeq } = batch;
  const links = store.links(stream, fromSeq - 1, toSeq - fromSeq + 1);
  return (
    receipt.batch === batch.id &&
    receipt.from === fromSeq &&
    receipt.to === toSeq &&
    receipt.device === store.device &&
    receipt.stream === stream &&
    receipt.epoch === epoch &&
    receipt.head === links.at(-1)?.hash &&
    receipt.verdicts.length === links.length &&
    receipt.verdicts.every((v, i) => v.seq === links[i]?.seq && v.id === links[i]?.id)
  );
}
