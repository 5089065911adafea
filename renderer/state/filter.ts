/** What the dossier list shows: words sought, chain, state, missing paper, order, and the row that was chosen last. */
import { create } from 'zustand';
import type { DossierFilter } from '../../shared/contract/ipc/dossier.ts';

interface FilterState {
  readonly filter: DossierFilter;
  readonly current: number;
  readonly setFilter: (part: Partial<DossierFilter>) => void;
  readonly setCurrent: (index: number) => void;
}

export const everything: DossierFilter = { q: '', chain: null, state: 'all', missing: null, order: 'newest' };

/** Whether some dossiers are left out; the order leaves out none. */
export function isFiltered(filter: DossierFilter): boolean {
  return !sameFilter({ ...filter, order: everything.order }, everything);
}

export function sameFilter(a: DossierFilter, b: DossierFilter): boolean {
  return (
    a.q === b.q &&
    a.chain === b.chain &&
    a.state === b.state &&
    a.missing === b.missing &&
    a.order === b.order
  );
}

export const useFilter = create<FilterState>()((set) => ({
  filter: everything,
  current: 0,
  setFilter: (part) => set((s) => ({ filter: { ...s.filter, ...part }, current: 0 })),
  setCurrent: (current) => set({ current }),
}));
