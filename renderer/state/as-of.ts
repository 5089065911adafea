/** The as-of date that Ngoại ngành and Báo cáo look at; null = the newest one that holds figures. */
import { create } from 'zustand';
import type { LocalDate } from '../../shared/lib/local-date.ts';

interface AsOfState {
  readonly asOf: LocalDate | null;
  readonly setAsOf: (date: LocalDate) => void;
}

export const useAsOf = create<AsOfState>()((set) => ({ asOf: null, setAsOf: (asOf) => set({ asOf }) }));
