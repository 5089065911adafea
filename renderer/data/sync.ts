/** Sending to the city: state, lists, receipts. */
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { Input } from '../../shared/contract/ipc/registry.ts';
import { invoke } from '../ipc.ts';
import { useSession } from './session.ts';

export type SyncList = Input<'sync.items'>['list'];

export const syncKeys = {
  state: ['sync', 'state'] as const,
  items: (list: SyncList) => ['sync', 'items', list] as const,
};

export function useSyncState() {
  return useQuery({ queryKey: syncKeys.state, queryFn: () => invoke('sync.state', {}) });
}

/** Asked anew while something is recovered, and when it ended. */
export function useRecovery(phase: string) {
  return useQuery({ queryKey: ['sync', 'recovery', phase], queryFn: () => invoke('sync.recovery', {}) });
}

function useRunSync() {
  const client = useQueryClient();
  return useMutation({
    mutationKey: ['sync.run'],
    mutationFn: () => invoke('sync.run', {}),
    onSuccess: (state) => client.setQueryData(syncKeys.state, state),
  });
}

/** Sends what waits: not while that is under way, nor where the data is only read. */
export function useSend() {
  const run = useRunSync();
  const running = useSyncState().data?.running ?? false;
  const { readOnly } = useSession();
  const possible = !running && !run.isPending && readOnly === null;
  const send = () => {
    if (possible) run.mutate();
  };
  return { possible, send, error: run.error };
}

export function useCancelSync() {
  return useMutation({ mutationFn: () => invoke('sync.cancel', {}) });
}

export function useSyncItems(list: SyncList) {
  return useInfiniteQuery({
    queryKey: syncKeys.items(list),
    queryFn: ({ pageParam }) => invoke('sync.items', { list, before: pageParam }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
  });
}

type Sought = Input<'receipt.list'>;

export function useReceipts(sought: Sought) {
  return useQuery({
    queryKey: ['receipt', 'list', sought],
    queryFn: () => invoke('receipt.list', sought),
    placeholderData: keepPreviousData,
  });
}

export function useReceipt(id: string) {
  return useQuery({ queryKey: ['receipt', 'one', id], queryFn: () => invoke('receipt.get', { id }) });
}

export function useSaveReceipt() {
  return useMutation({ mutationFn: (id: string) => invoke('receipt.save', { id }) });
}
