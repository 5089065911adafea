/** What the dossier list shows: words sought, chain, state, and the row that was chosen last. */
import { create } from 'zustand';
import type { DossierFilter } from '../../shared/contract/ipc/dossier.ts';

interface FilterState {
  readonly filter: DossierFilter;
  readonly current: number;
  readonly setFilter: (part: Partial<DossierFilter>) => void;
  readonly setCurrent: (index: number) => void;
}

export const everything: DossierFilter = { q: '', chain: null, state: 'all' };

export const useFilter = create<FilterState>()((set) => ({
  filter: everything,
  current: 0,
  setFilter: (part) => set((s) => ({ filter: { ...s.filter, ...part }, current: 0 })),
  setCurrent: (current) => set({ current }),
}));
