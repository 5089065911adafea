/** What the page of reception asks while somebody types: possible duplicates, earlier dossiers to copy from. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ChainCode } from '../../shared/catalogue/law.ts';
import type { DossierRow } from '../../shared/contract/ipc/common.ts';
import type { Input } from '../../shared/contract/ipc/registry.ts';
import { invoke } from '../ipc.ts';

/** Rows offered at once: more would mean that the words sought say too little. */
const OFFERED = 20;

/** Asked again only when one of these very values changed; the last answer stands meanwhile. */
export function useDuplicates(asked: Input<'dossier.duplicates'>, enabled: boolean) {
  return useQuery({
    queryKey: ['dossier', 'duplicates', asked],
    queryFn: () => invoke('dossier.duplicates', asked),
    enabled,
    placeholderData: (before) => before,
    gcTime: 30_000,
  });
}

async function search(q: string, chain: ChainCode | null): Promise<readonly DossierRow[]> {
  const filter = { q, chain, state: 'all', missing: null, order: 'newest' } as const;
  const index = await invoke('dossier.index', filter);
  return invoke('dossier.rows', { ns: [...index.subarray(0, OFFERED)] });
}

/** The newest dossiers that match; blank words match all. */
export function useFound(q: string, chain: ChainCode | null) {
  return useQuery({
    queryKey: ['dossier', 'found', q, chain],
    queryFn: () => search(q, chain),
    placeholderData: (before) => before,
    gcTime: 30_000,
  });
}

export function useDraftValues(id: string) {
  return useQuery({ queryKey: ['draft', 'values', id], queryFn: () => invoke('draft.get', { id }) });
}

function oneDossier(id: string) {
  return { queryKey: ['dossier', 'one', id], queryFn: () => invoke('dossier.get', { id }) };
}

/** A dossier that was pointed at in a list; nothing is read while none is. */
export function useDossierIf(id: string | undefined) {
  return useQuery({ ...oneDossier(id ?? ''), enabled: id !== undefined });
}

/** The dossier itself, for a key pressed before its preview was there. */
export function useReadDossier() {
  const client = useQueryClient();
  return (id: string) => client.fetchQuery(oneDossier(id));
}
