/** When the city's database was put back to an older copy: how it is seen without anybody telling, and what then still holds. */
import type { Receipt, Seen } from '../contract/sync/messages.ts';

/** The epochs that a database went through, oldest first; the last one is the present. */
export interface EpochRow {
  readonly id: string;
  /** Hub sequence at which it began. */
  readonly since: number;
}

/**
 * Up to which hub sequence the words of an epoch still hold. One that this
 * database never went through (it was put back to before that epoch began) shares nothing for certain.
 */
export function holdsUpTo(epochs: readonly EpochRow[], epoch: string): number {
  const at = epochs.findIndex((e) => e.id === epoch);
  return at < 0 ? 0 : Math.min(Number.MAX_SAFE_INTEGER, ...epochs.slice(at + 1).map((e) => e.since));
}

export interface Holding {
  readonly epochs: readonly EpochRow[];
  /** Newest hub sequence. */
  readonly newest: number;
  /** Last place held of the stream that the receipt speaks of; 0 for an unknown one. */
  readonly acked: number;
}

/**
 * Whether a receipt that the city itself signed promises more than it holds. What an older epoch said of later numbers is void
 * already and proves nothing, so the same receipt never begins two epochs.
 */
export function provesLoss(receipt: Receipt, held: Holding): boolean {
  const stands = receipt.hub.last <= holdsUpTo(held.epochs, receipt.epoch);
  return stands && (receipt.hub.last > held.newest || receipt.to > held.acked);
}

/** A place of the log that a desk once saw, and what stands there now. */
export interface Sighting {
  readonly seen: Pick<Seen, 'epoch' | 'hub' | 'id'>;
  readonly standing: string | null;
}

/**
 * Whether the desk read another branch of an epoch than this database holds: the database was put back within that epoch. If it is the
 * present one, a new one has to begin; then the same place proves nothing more.
 */
export function isOtherBranch(epochs: readonly EpochRow[], { seen, standing }: Sighting): boolean {
  return seen.hub <= holdsUpTo(epochs, seen.epoch) && seen.id !== standing;
}

/** `since` of the greeting: of an epoch of which the desk read another branch nobody knows more than that its beginning is shared. */
export function sharedUpTo(epochs: readonly EpochRow[], epoch: string, sighting: Sighting | null): number {
  const held = holdsUpTo(epochs, epoch);
  if (!sighting || !isOtherBranch(epochs, sighting)) return held;
  const began = epochs.find((e) => e.id === sighting.seen.epoch)?.since ?? 0;
  return Math.min(held, began);
}
