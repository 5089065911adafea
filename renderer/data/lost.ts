/** Lost machines, asked of the city; the notice that is printed. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Input } from '../../shared/contract/ipc/registry.ts';
import { invoke } from '../ipc.ts';

/** Asked anew at every opening. */
export function useMachines() {
  return useQuery({ queryKey: ['lost', 'list'], queryFn: () => invoke('machine.list', {}), gcTime: 0 });
}

const lossKey = (no: number) => ['lost', 'loss', no] as const;

export function useLoss(no: number) {
  return useQuery({ queryKey: lossKey(no), queryFn: () => invoke('machine.loss', { no }), gcTime: 0 });
}

export function useRevokeMachine() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Input<'machine.revoke'>) => invoke('machine.revoke', input),
    onSuccess: (loss) => {
      client.setQueryData(lossKey(loss.facts.no), loss);
      void client.invalidateQueries({ queryKey: ['lost', 'list'] });
    },
  });
}

export function usePrintNotice() {
  return useMutation({ mutationFn: (input: Input<'machine.print'>) => invoke('machine.print', input) });
}

export function useSaveNotice() {
  return useMutation({ mutationFn: (input: Input<'machine.save'>) => invoke('machine.save', input) });
}
