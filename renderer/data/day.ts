/** Closing of a day: figures beside the city's, the events of a difference, the closing. */
import { useMutation, useQuery } from '@tanstack/react-query';
import type { Input } from '../../shared/contract/ipc/registry.ts';
import { invoke } from '../ipc.ts';

export function useDay(day: string) {
  return useQuery({ queryKey: ['day', day], queryFn: () => invoke('day.figures', { day }) });
}

export function useDayEvents(ids: readonly string[]) {
  return useQuery({
    queryKey: ['day', 'events', ids],
    queryFn: () => invoke('attention.events', { ids: [...ids] }),
  });
}

export function useCloseDay() {
  return useMutation({ mutationFn: (input: Input<'day.close'>) => invoke('day.close', input) });
}
