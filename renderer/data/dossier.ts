/** Dossiers: the index of all matches, rows by page, one dossier, take in, correct, annotate, act; saved filters. */
import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import type { DossierRow } from '../../shared/contract/ipc/common.ts';
import type { DossierFilter } from '../../shared/contract/ipc/dossier.ts';
import type { Input } from '../../shared/contract/ipc/registry.ts';
import { invoke } from '../ipc.ts';
import { pageSlice, pagesOf, RowCache } from './row-pages.ts';

const dossierKeys = {
  index: (filter: DossierFilter) => ['dossier', 'index', filter] as const,
  page: (filter: DossierFilter, stamp: number, page: number) =>
    ['dossier', 'page', filter, stamp, page] as const,
  one: (id: string) => ['dossier', 'one', id] as const,
};

/** Rows seen lately, so that a list that is read again never flickers to blank. */
const seen = new RowCache<DossierRow>(2_000);

export function useDossierIndex(filter: DossierFilter) {
  return useQuery({
    queryKey: dossierKeys.index(filter),
    queryFn: () => invoke('dossier.index', filter),
    placeholderData: (before) => before,
    structuralSharing: false,
    gcTime: 30_000,
  });
}

async function readRows(index: Uint32Array, page: number): Promise<readonly DossierRow[]> {
  const rows = await invoke('dossier.rows', { ns: [...pageSlice(index, page)] });
  for (const row of rows) seen.put(row);
  return rows;
}

/** The rows between two positions of the index; `undefined` while a page is on its way. */
export function useRowsAt(
  list: { index: Uint32Array; stamp: number; filter: DossierFilter },
  from: number,
  to: number,
) {
  const { index, stamp, filter } = list;
  useQueries({
    queries: pagesOf(from, to, index.length).map((page) => ({
      queryKey: dossierKeys.page(filter, stamp, page),
      queryFn: () => readRows(index, page),
      structuralSharing: false,
      gcTime: 20_000,
    })),
  });
  return (position: number): DossierRow | undefined => seen.get(index[position] ?? -1);
}

export function useOpenFirst() {
  const client = useQueryClient();
  return async (filter: DossierFilter): Promise<DossierRow | undefined> => {
    const index = await client.fetchQuery({
      queryKey: dossierKeys.index(filter),
      queryFn: () => invoke('dossier.index', filter),
      structuralSharing: false,
    });
    const first = index[0];
    return first === undefined ? undefined : (await invoke('dossier.rows', { ns: [first] }))[0];
  };
}

export function useDossier(id: string) {
  return useQuery({ queryKey: dossierKeys.one(id), queryFn: () => invoke('dossier.get', { id }) });
}

export function useReceive() {
  return useMutation({ mutationFn: (input: Input<'dossier.receive'>) => invoke('dossier.receive', input) });
}

export function useCorrect() {
  return useMutation({ mutationFn: (input: Input<'dossier.correct'>) => invoke('dossier.correct', input) });
}

/** Done once the page shows what was written: the next key already meets the new state. */
function useShown() {
  const client = useQueryClient();
  return (id: string) => client.invalidateQueries({ queryKey: dossierKeys.one(id) });
}

export function useAnnotate() {
  const shown = useShown();
  return useMutation({
    mutationFn: (input: Input<'dossier.annotate'>) => invoke('dossier.annotate', input),
    onSuccess: (_, { id }) => shown(id),
  });
}

export function useAct() {
  const shown = useShown();
  return useMutation({
    mutationFn: (input: Input<'dossier.act'>) => invoke('dossier.act', input),
    onSuccess: (_, { id }) => shown(id),
  });
}

export function useTransfer() {
  const shown = useShown();
  return useMutation({
    mutationFn: (input: Input<'dossier.transfer'>) => invoke('dossier.transfer', input),
    onSuccess: (_, { id }) => shown(id),
  });
}

const filterKey = ['filter'] as const;

export function useSavedFilters() {
  return useQuery({ queryKey: filterKey, queryFn: () => invoke('filter.list', {}) });
}

export function useSaveFilter() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Input<'filter.save'>) => invoke('filter.save', input),
    onSuccess: () => client.invalidateQueries({ queryKey: filterKey }),
  });
}

export function useRemoveFilter() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => invoke('filter.remove', { name }),
    onSuccess: () => client.invalidateQueries({ queryKey: filterKey }),
  });
}
