/** Printed papers: what they say, and the calls that print or save them. */
import { useMutation } from '@tanstack/react-query';
import type { Input } from '../../shared/contract/ipc/registry.ts';
import { invoke } from '../ipc.ts';
import { guarded } from './guarded.ts';

/** Where the preview and the hidden print window read the values of a paper. */
export const slipSource = {
  slip: (request: Input<'slip.get'>) => invoke('slip.get', request),
  register: (request: Input<'register.get'>) => invoke('register.get', request),
  proof: (request: Input<'proof.get'>) => invoke('proof.get', request),
  person: (request: Input<'person.get'>) => invoke('person.get', request),
  notice: async ({ no }: Input<'machine.print'>) => {
    const { office } = await invoke('session.get', {});
    return { ...(await invoke('machine.loss', { no })), office: office?.name ?? '' };
  },
};

export function usePrintSlip() {
  return useMutation({ mutationFn: (input: Input<'slip.print'>) => invoke('slip.print', input) });
}

export function useSaveSlip() {
  return useMutation({
    mutationFn: (input: Input<'slip.print'>) =>
      guarded('zip', (guard) => invoke('slip.save', { ...input, guard })),
  });
}

export function usePrintRegister() {
  return useMutation({ mutationFn: (input: Input<'register.print'>) => invoke('register.print', input) });
}

export function useSaveRegister() {
  return useMutation({
    mutationFn: (input: Input<'register.print'>) =>
      guarded('zip', (guard) => invoke('register.save', { ...input, guard })),
  });
}
