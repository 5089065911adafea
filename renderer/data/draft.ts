/** Drafts: half-typed forms kept on this machine. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { callRules } from '../../shared/contract/ipc/call-rules.ts';
import type { Input } from '../../shared/contract/ipc/registry.ts';
import { invoke } from '../ipc.ts';
import { useSession } from './session.ts';

export function useDrafts() {
  return useQuery({ queryKey: ['draft', 'list'], queryFn: () => invoke('draft.list', {}) });
}

/** The requester of a draft: its name in the list while that of the child or the deceased is not typed. */
export function useDraftRequester(id: string, wanted: boolean) {
  return useQuery({
    queryKey: ['draft', 'requester', id],
    queryFn: async () => (await invoke('draft.get', { id }))?.values['requester.fullName'] ?? '',
    enabled: wanted,
  });
}

/** Read once when the form opens, never again under the typing hands. */
export function useDraft(id: string) {
  return useQuery({ queryKey: ['draft-open', id], queryFn: () => invoke('draft.get', { id }), gcTime: 0 });
}

export function saveDraft(input: Input<'draft.save'>): Promise<{ savedAt: string }> {
  return invoke('draft.save', input);
}

/** Empty for those who may not see them. */
export function useOthersDrafts() {
  const { actor } = useSession();
  return useQuery({
    queryKey: ['draft', 'others'],
    queryFn: () => invoke('draft.others', {}),
    enabled: actor !== null && callRules['draft.others'].roles.includes(actor.role),
  });
}

export function useTakeDraft() {
  return useMutation({ mutationFn: (input: Input<'draft.take'>) => invoke('draft.take', input) });
}

export function useDiscardDraft() {
  return useMutation({ mutationFn: (id: string) => invoke('draft.discard', { id }) });
}
