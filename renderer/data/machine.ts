/** Settings of this machine alone: the day's end of the office, whom it trusts as the city, which way it takes. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Output } from '../../shared/contract/ipc/registry.ts';
import { invoke } from '../ipc.ts';

const settingsKey = ['machine', 'settings'] as const;

export function useMachineSettings() {
  return useQuery({ queryKey: settingsKey, queryFn: () => invoke('sync.settings', {}) });
}

/** Asked anew at every opening: the proxy of the operating system changes without a word. */
export function useRoad() {
  return useQuery({
    queryKey: ['machine', 'road'],
    queryFn: () => invoke('sync.road', {}),
    gcTime: 0,
  });
}

function useKept() {
  const client = useQueryClient();
  return (settings: Output<'sync.settings'>) => client.setQueryData(settingsKey, settings);
}

export function useSetDayEnd() {
  return useMutation({
    mutationFn: (time: string) => invoke('sync.set-day-end', { time }),
    onSuccess: useKept(),
  });
}

/** `null`: back to the authorities that every system trusts. */
export function useSetCityCa() {
  return useMutation({
    mutationFn: (pem: string | null) => invoke('sync.set-ca', { pem }),
    onSuccess: useKept(),
  });
}
