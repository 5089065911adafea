/** The access log: a page of it, its check, a file of it. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { AccessFilter } from '../../shared/contract/ipc/access.ts';
import { invoke } from '../ipc.ts';
import { guarded } from './guarded.ts';

export function useAccessPage(filter: AccessFilter, before: number | null) {
  return useQuery({
    queryKey: ['access', filter, before],
    queryFn: () => invoke('access.list', { filter, before }),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  });
}

export function useVerifyAccess() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => invoke('access.verify', {}),
    onSuccess: () => client.invalidateQueries({ queryKey: ['access'] }),
  });
}

export function useSaveAccess() {
  return useMutation({
    mutationFn: (filter: AccessFilter) =>
      guarded('sheet', (guard) => invoke('access.save', { filter, guard })),
  });
}

/** What others did with this person's password or drafts. */
export function useAboutMe() {
  return useQuery({ queryKey: ['account', 'about-me'], queryFn: () => invoke('access.about-me', {}) });
}
