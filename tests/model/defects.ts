/** Seeded defects: one thing broken each, and the properties of which one must notice. A defect that nobody notices fails the suite. */

import type { Defect } from './defect.ts';
import { DESK_DEFECTS } from './defects-desk.ts';
import { HUB_DEFECTS } from './defects-hub.ts';

export const DEFECTS: readonly Defect[] = [...HUB_DEFECTS, ...DESK_DEFECTS];
