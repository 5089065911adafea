/** One person's data: looked up, opened with a reason, printed and saved. */
import { useMutation, useQuery } from '@tanstack/react-query';
import type { Input } from '../../shared/contract/ipc/registry.ts';
import { invoke } from '../ipc.ts';
import { guarded } from './guarded.ts';

export function useFindPerson() {
  return useMutation({ mutationFn: (input: Input<'person.find'>) => invoke('person.find', input) });
}

export function useOpenPerson() {
  return useMutation({ mutationFn: (input: Input<'person.open'>) => invoke('person.open', input) });
}

export function usePersonRequests() {
  return useQuery({ queryKey: ['person', 'requests'], queryFn: () => invoke('person.requests', {}) });
}

export function usePrintPerson() {
  return useMutation({ mutationFn: (input: Input<'person.print'>) => invoke('person.print', input) });
}

export function useSavePerson() {
  return useMutation({
    mutationFn: (input: Omit<Input<'person.save'>, 'guard'>) =>
      guarded('zip', (guard) => invoke('person.save', { ...input, guard })),
  });
}
