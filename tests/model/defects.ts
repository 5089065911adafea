/** Seeded defects: one thing broken each, and the properties of which one must notice. A defect that nobody notices fails the suite. */

import type { Deed } from './deeds.ts';
import { DESK_DEFECTS } from './defects-desk.ts';
import { HUB_DEFECTS } from './defects-hub.ts';
import type { Parts } from './world.ts';

export interface Defect {
  readonly name: string;
  /** Properties that may notice it first. */
  readonly breaks: readonly string[];
  readonly parts: Parts;
  /** Histories in which it shows soonest; a single one where chance would take too long. */
  readonly histories: 'any' | 'restored' | readonly Deed[];
}

export const DEFECTS: readonly Defect[] = [...HUB_DEFECTS, ...DESK_DEFECTS];
