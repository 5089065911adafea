/** Sending by USB stick. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { invoke } from '../ipc.ts';

const WATCH_MS = 300;

/** `watch`: a bundle is being written, and its progress is looked at. */
export function useCourier(watch: boolean) {
  return useQuery({
    queryKey: ['sync', 'courier'],
    queryFn: () => invoke('courier.look', {}),
    refetchInterval: watch ? WATCH_MS : false,
  });
}

export function useCourierExport() {
  return useMutation({ mutationFn: (scans: boolean) => invoke('courier.export', { scans }) });
}

export function useCourierImport() {
  return useMutation({ mutationFn: () => invoke('courier.import', {}) });
}

export function useCourierCancel() {
  return useMutation({ mutationFn: () => invoke('courier.cancel', {}) });
}
