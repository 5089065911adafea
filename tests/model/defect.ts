/** What a seeded defect is. */
import type { Deed } from './deeds.ts';
import type { Parts } from './world.ts';

export interface Defect {
  readonly name: string;
  /** Properties that may notice it first. */
  readonly breaks: readonly string[];
  readonly parts: Parts;
  /** Histories in which it shows soonest; a single one where chance would take too long. */
  readonly histories: 'any' | 'restored' | readonly Deed[];
}
