/** The annex and its exports. */
import { useMutation, useQuery } from '@tanstack/react-query';
import type { Input } from '../../shared/contract/ipc/registry.ts';
import type { LocalDate } from '../../shared/lib/local-date.ts';
import { invoke } from '../ipc.ts';

export function useAnnex(asOf: LocalDate) {
  return useQuery({ queryKey: ['annex', asOf], queryFn: () => invoke('annex.get', { asOf }) });
}

export function useSaveAnnex() {
  return useMutation({ mutationFn: (input: Input<'annex.save'>) => invoke('annex.save', input) });
}
