/** Sealing: the next places of a stream as one signed, packed batch, kept before the first send and sent again unchanged. */
import type { BatchHeader } from '../contract/sync/messages.ts';
import { must } from '../lib/must.ts';
import type { DeskStore, Limits, Link, SealedBatch, Sealing } from './desk-ports.ts';

/** The batch that follows `acked`; null when nothing waits. */
export async function nextBatch(
  store: Pick<DeskStore, 'device' | 'sealed' | 'keepSealed' | 'links' | 'hashAt' | 'accessHead'>,
  sealing: Sealing,
  { stream, acked, limits }: { readonly stream: string; readonly acked: number; readonly limits: Limits },
): Promise<SealedBatch | null> {
  const kept = store.sealed(stream, acked + 1);
  if (kept) return kept;
  const packed = pack(sealing, store.links(stream, acked, limits.events), limits.bytes);
  if (!packed) return null;
  const { body, links } = packed;
  const last = must(links.at(-1), 'last place');
  const access = store.accessHead();
  const header: BatchHeader = {
    v: 1,
    device: store.device,
    stream,
    from: acked + 1,
    to: last.seq,
    prev: must(store.hashAt(stream, acked), 'hash before the batch'),
    head: last.hash,
    body: sealing.sha256(body),
    ...(access && { access }),
  };
  const signed = await sealing.signHeader(header);
  const batch = { id: sealing.sha256(signed), fromSeq: header.from, toSeq: header.to, header: signed, body };
  store.keepSealed(stream, batch);
  return batch;
}

/** As many places as fit the packed limit; halves until they do, but always at least one. */
function pack(
  sealing: Sealing,
  links: readonly Link[],
  maxBytes: number,
): { readonly body: Uint8Array; readonly links: readonly Link[] } | null {
  for (let taken = links.length; taken > 0; taken = Math.floor(taken / 2)) {
    const chosen = links.slice(0, taken);
    const body = sealing.pack(chosen.map((l) => l.raw));
    if (body.byteLength <= maxBytes || taken === 1) return { body, links: chosen };
  }
  return null;
}
