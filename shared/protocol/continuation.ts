/** Whether a batch joins on to what the city holds of its stream. */
import type { BatchHeader } from '../contract/sync/messages.ts';
import { fail } from '../problem.ts';
import type { HubTx, Line, Result, Stream } from './hub-ports.ts';

/**
 * The batch must begin at or before the next number, agree with every event held, and join on to the one before it.
 * Answers what is known of the places that overlap. Fails with STREAM_GAP {expected} or STREAM_FORK; nothing changes then.
 */
export async function requireContinuation(
  tx: Pick<HubTx, 'storedRange'>,
  stream: Stream,
  { header, lines }: { readonly header: BatchHeader; readonly lines: readonly Line[] },
): Promise<ReadonlyMap<number, Result>> {
  if (header.from > stream.acked + 1) fail('STREAM_GAP', { expected: stream.acked + 1 });
  if (header.from === stream.acked + 1) return header.prev === stream.head ? new Map() : fail('STREAM_FORK');
  const range = { from: header.from, to: Math.min(header.to, stream.acked) };
  const known = await tx.storedRange(stream.id, range);
  // The chain is whole within the batch, and each hash seals its `prev`: one equal hash proves all before it.
  for (const { envelope } of lines) {
    if (envelope.seq <= stream.acked && known.get(envelope.seq)?.hash !== envelope.hash) fail('STREAM_FORK');
  }
  return known;
}
