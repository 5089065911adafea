/** What came back: cards by code, their items, causes, two versions and the choice between them. */
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import type { ChainCode } from '../../shared/catalogue/law.ts';
import type { AttentionCard, ProofRequest } from '../../shared/contract/ipc/attention.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import type { SyncItem } from '../../shared/contract/ipc/sync.ts';
import type { PaperSize } from '../../shared/slip/paper-size.ts';
import { invoke } from '../ipc.ts';
import { guarded } from './guarded.ts';

export function useCards() {
  return useQuery({ queryKey: ['attention', 'cards'], queryFn: () => invoke('attention.cards', {}) });
}

export function useOpenItems({ state, code }: Pick<AttentionCard, 'state' | 'code'>) {
  return useInfiniteQuery({
    queryKey: ['attention', 'items', state, code],
    queryFn: ({ pageParam }) => invoke('attention.items', { state, code, before: pageParam }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
  });
}

/** All items of a card as they stand now: what is chosen for many must not shrink under the hands, so nothing reads it again. */
export function useAllOpenItems({ state, code }: Pick<AttentionCard, 'state' | 'code'>) {
  return useQuery({
    queryKey: ['all-open', state, code],
    queryFn: async () => {
      const items: SyncItem[] = [];
      for (let before: number | null = null; ; ) {
        const page: Output<'attention.items'> = await invoke('attention.items', { state, code, before });
        items.push(...page.items);
        if (page.next === null) return items;
        before = page.next;
      }
    },
    gcTime: 0,
  });
}

export function useCauses(chain: ChainCode | null) {
  return useQuery({
    queryKey: ['attention', 'causes', chain],
    queryFn: () => invoke('attention.causes', { chain }),
  });
}

/** Read anew on every opening: the choice is made on what stands now. */
export function useConflict(event: string) {
  return useQuery({
    queryKey: ['attention', 'conflict', event],
    queryFn: () => invoke('conflict.get', { event }),
  });
}

export const readConflict = (event: string) => invoke('conflict.get', { event });

export type Resolution =
  | { readonly dossier: Input<'dossier.resolve'> }
  | { readonly sheet: Input<'sheet.resolve'> };

export const writeResolution = async (resolution: Resolution): Promise<void> => {
  if ('dossier' in resolution) await invoke('dossier.resolve', resolution.dossier);
  else await invoke('sheet.resolve', resolution.sheet);
};

export function useResolve() {
  return useMutation({ mutationFn: writeResolution });
}

type Printed = ProofRequest & { readonly size: PaperSize };

export function usePrintProof() {
  return useMutation({ mutationFn: (input: Printed) => invoke('proof.print', input) });
}

export function useSaveProof() {
  return useMutation({
    mutationFn: (input: Printed) => guarded('zip', (guard) => invoke('proof.save', { ...input, guard })),
  });
}
