/** Updates of the program: offered, fetched, put off, installed. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { UpdateState } from '../../shared/contract/ipc/update.ts';
import { invoke } from '../ipc.ts';

const stateKey = ['update', 'state'] as const;

export function useUpdateState() {
  return useQuery({ queryKey: stateKey, queryFn: () => invoke('update.state', {}) });
}

function useKept() {
  const client = useQueryClient();
  return (state: UpdateState | null) => {
    if (state) client.setQueryData(stateKey, state);
  };
}

export function useCheckUpdate() {
  return useMutation({ mutationFn: () => invoke('update.check', {}), onSuccess: useKept() });
}

export function useUpdateFromStick() {
  return useMutation({ mutationFn: () => invoke('update.from-stick', {}), onSuccess: useKept() });
}

export function useUpdateLater() {
  return useMutation({
    mutationFn: (until: 'day_end' | 'tomorrow') => invoke('update.later', { until }),
    onSuccess: useKept(),
  });
}

/** Fetched first where it is not here; when all goes well the program ends. */
export function useInstall() {
  return useMutation({
    mutationFn: async (ready: boolean) => {
      if (!ready) await invoke('update.load', {});
      return invoke('update.install', {});
    },
  });
}

export function useStopUpdate() {
  return useMutation({ mutationFn: () => invoke('update.cancel', {}) });
}

export function useReadOutcome() {
  return useMutation({ mutationFn: () => invoke('update.read-outcome', {}), onSuccess: useKept() });
}
