/**
 * The road by USB stick, with the same batches and the same receipts as by network, so that both roads at once are harmless. What needs
 * questions and answers (recovery after a restore or a clone) goes by network alone; until then nothing is lost, and it is said.
 */
import type { CourierReceipts } from '../contract/sync/courier.ts';
import type { Receipt, ReplaceStream } from '../contract/sync/messages.ts';
import { BATCH_MAX_BYTES, BATCH_MAX_EVENTS } from '../contract/sync/version.ts';
import { fail } from '../problem.ts';
import type { DeskStore, SealedBatch, Sealing } from './desk-ports.ts';
import { receiptFits } from './receipt-fits.ts';
import { nextBatch } from './seal.ts';
import { standingOf } from './standing.ts';

const LIMITS = { events: BATCH_MAX_EVENTS, bytes: BATCH_MAX_BYTES };

export interface Load {
  readonly stream: string;
  readonly from: number;
  readonly to: number;
}

/** What a bundle made now has to carry: every place without a receipt; null when nothing waits. */
export function loadOf(store: Pick<DeskStore, 'stream' | 'acked' | 'tip'>): Load | null {
  const stream = store.stream();
  const load = { stream, from: store.acked(stream) + 1, to: store.tip(stream).seq };
  return load.to < load.from ? null : load;
}

/** Sealed as always; nothing counts as sent. What is written after `load` was taken goes with the next bundle. */
export async function* batchesOf(
  store: Pick<DeskStore, 'device' | 'sealed' | 'keepSealed' | 'links' | 'hashAt' | 'accessHead'>,
  sealing: Sealing,
  { stream, from, to }: Load,
): AsyncGenerator<SealedBatch> {
  for (let acked = from - 1; acked < to; ) {
    const batch = await nextBatch(store, sealing, {
      stream,
      acked,
      limits: { ...LIMITS, events: Math.min(LIMITS.events, to - acked) },
    });
    if (!batch) return;
    yield batch;
    acked = batch.toSeq;
  }
}

/** An answer with its signature and those of its receipts already checked. */
export interface Answer extends CourierReceipts {
  readonly opened: readonly { readonly receipt: Receipt; readonly jws: string }[];
}
export interface Taken {
  /** Places that have their receipt by this file, and those that had it before. */
  readonly fresh: number;
  readonly known: number;
  /** Why this machine must go by network once; null where nothing needs it. */
  readonly apart: ReplaceStream['why'] | null;
}

/**
 * Keeps the receipts that answer this machine's own places. Fails, and changes nothing, with COURIER_OTHER_DEVICE, COURIER_OLD,
 * COURIER_NEEDS_NETWORK (another epoch), COURIER_RECEIPTS_GAP, or CITY_SIGNATURE where a receipt answers what was never written here.
 */
export function takeReceipts(
  store: DeskStore,
  answer: Answer,
  isPastEpoch: (epoch: string) => boolean,
): Taken {
  const { stream, epoch, opened } = answer;
  if (answer.device !== store.device) fail('COURIER_OTHER_DEVICE');
  if (epoch !== store.epoch()) fail(isPastEpoch(epoch) ? 'COURIER_OLD' : 'COURIER_NEEDS_NETWORK');
  const fits = opened.filter(({ receipt }) => {
    const batch = { id: receipt.batch, fromSeq: receipt.from, toSeq: receipt.to };
    return receiptFits(store, receipt, { stream, batch, epoch });
  });
  const apart = apartAt(store, answer, fits.length === opened.length);
  if (fits.length < opened.length && apart === null) fail('CITY_SIGNATURE');
  const before = store.acked(stream);
  let acked = before;
  for (const { receipt } of fits) {
    if (receipt.from > acked + 1) fail('COURIER_RECEIPTS_GAP');
    acked = Math.max(acked, receipt.to);
  }
  for (const { receipt, jws } of fits) store.keepReceipt(receipt, jws);
  const all = fits.reduce((sum, { receipt: { from, to } }) => sum + to - from + 1, 0);
  return { fresh: acked - before, known: Math.max(0, all - (acked - before)), apart };
}

/** Where the answer is about a stream that is not written any more, a place that is not held here was lost with an older copy of the store. */
function apartAt(store: DeskStore, answer: Answer, allFit: boolean): ReplaceStream['why'] | null {
  if (answer.stream !== store.stream()) return store.recovering() ?? (allFit ? null : 'behind');
  const standing = standingOf(store, answer);
  return standing.kind === 'apart' ? standing.why : null;
}
