/** When the city's database was put back to an older copy: how it is seen without anybody telling. */
import type { Receipt } from '../contract/sync/messages.ts';

export interface Holding {
  readonly epoch: string;
  /** Hub sequence at which this epoch began. */
  readonly since: number;
  /** Newest hub sequence. */
  readonly newest: number;
  /** Last place held of the stream that the receipt speaks of; 0 for an unknown one. */
  readonly acked: number;
}

/**
 * Whether a receipt that the city itself signed promises more than it holds. What an older epoch said of numbers after `since` is
 * void already and proves nothing, so the same receipt never begins two epochs.
 */
export function provesLoss(receipt: Receipt, held: Holding): boolean {
  const stands = receipt.epoch === held.epoch || receipt.hub.last <= held.since;
  return stands && (receipt.hub.last > held.newest || receipt.to > held.acked);
}
