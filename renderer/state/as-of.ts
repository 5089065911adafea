/** The as-of date that Ngoại ngành and Báo cáo look at (null = the newest one that holds figures), and a cell to stand in. */
import { create } from 'zustand';
import type { LocalDate } from '../../shared/lib/local-date.ts';

/** A cell that somebody wants to see: of a unit (`code@validFrom`), a category. */
export interface WantedCell {
  readonly unit: string;
  readonly category: string;
}

interface AsOfState {
  readonly asOf: LocalDate | null;
  readonly wanted: WantedCell | null;
  readonly setAsOf: (date: LocalDate) => void;
  readonly want: (cell: WantedCell | null) => void;
}

export const useAsOf = create<AsOfState>()((set) => ({
  asOf: null,
  wanted: null,
  setAsOf: (asOf) => set({ asOf }),
  want: (wanted) => set({ wanted }),
}));
