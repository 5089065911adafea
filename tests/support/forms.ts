/** Complete forms of invented people. */

import { syntheticDossier } from '../../electron/demo/people.ts';
import type { ChainCode } from '../../shared/catalogue/law.ts';

export const COMMUNE = '26743@2025-07-01';

export function form(chain: ChainCode, index = 1, more: Record<string, string> = {}): Record<string, string> {
  return {
    ...syntheticDossier(1, index, { today: '2026-11-20', ward: 'Phường Bến Thành', chain }).values,
    ...more,
  };
}

export function reception(id: string, chain: ChainCode, more: Record<string, string> = {}) {
  return {
    ...{ id, chain, channel: 'truc_tiep' as const, commune: COMMUNE, values: form(chain, 1, more) },
    ...{ received: null, atOnce: null },
  };
}

/** The filter of the list that keeps everybody. */
export const everybody = { q: '', chain: null, state: 'all', missing: null, order: 'newest' } as const;

/** The filter that hides nothing. */
export const everything = { q: '', chain: null, state: 'all', missing: null, order: 'newest' } as const;
