/** Taking closed dossiers off this machine. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { invoke } from '../ipc.ts';

export function useRetention() {
  return useQuery({ queryKey: ['backup', 'retention'], queryFn: () => invoke('retention.state', {}) });
}

export function useRetentionLook() {
  return useMutation({ mutationFn: () => invoke('retention.look', {}) });
}

export function usePurge() {
  return useMutation({ mutationFn: (aside: boolean) => invoke('retention.purge', { aside }) });
}

export function useSetAuto(onDone: () => void) {
  return useMutation({
    mutationFn: (on: boolean) => invoke('retention.set-auto', { on }),
    onSuccess: onDone,
  });
}
