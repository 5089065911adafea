/** The law as it counts at this office: the catalogue of the program under the corrections made here and above. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { catalogue } from '../../shared/catalogue/catalogue.ts';
import type { Catalogue } from '../../shared/catalogue/law.ts';
import type { Input } from '../../shared/contract/ipc/registry.ts';
import { corrected } from '../../shared/domain/corrected.ts';
import type { Correction } from '../../shared/domain/setting.ts';
import { type Calendar, calendarOf } from '../../shared/domain/working-days.ts';
import { invoke } from '../ipc.ts';

export function useCorrections() {
  return useQuery({ queryKey: ['catalogue'], queryFn: () => invoke('catalogue.get', {}) });
}

export function useCorrectionHistory() {
  return useQuery({
    queryKey: ['catalogue', 'history'],
    queryFn: () => invoke('catalogue.history', {}),
  });
}

export function useCorrectCatalogue() {
  return useMutation({
    mutationFn: (input: Input<'catalogue.correct'>) => invoke('catalogue.correct', input),
  });
}

type Corrections = readonly Correction[];
const laid = new WeakMap<Corrections, Catalogue>();

/** Laid over the shipped catalogue once, however many rows ask. */
function effective(corrections: Corrections): Catalogue {
  const law = laid.get(corrections) ?? corrected(catalogue, corrections);
  laid.set(corrections, law);
  return law;
}

export function useCatalogue(): Catalogue {
  const corrections = useCorrections().data?.corrections;
  return corrections ? effective(corrections) : catalogue;
}

/** Holidays and make-up days as they count here. */
export function useCalendar(): Calendar {
  return calendarOf(useCatalogue());
}
