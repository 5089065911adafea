/** Drafts: half-typed forms kept on this machine. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { callRules } from '../../shared/contract/ipc/call-rules.ts';
import type { Draft } from '../../shared/contract/ipc/draft.ts';
import type { Input } from '../../shared/contract/ipc/registry.ts';
import { asProblem, invoke } from '../ipc.ts';
import { forgetUnsaved, saveOrKeep, unsavedDraft } from '../state/unsaved-drafts.ts';
import { useSession } from './session.ts';

export function useDrafts() {
  return useQuery({ queryKey: ['draft', 'list'], queryFn: () => invoke('draft.list', {}) });
}

/** The requester of a draft: its name in the list while that of the child or the deceased is not typed. */
export function useDraftRequester(id: string, wanted: boolean) {
  return useQuery({
    queryKey: ['draft', 'requester', id],
    queryFn: async () =>
      (unsavedDraft(id) ?? (await invoke('draft.get', { id })))?.values['requester.fullName'] ?? '',
    enabled: wanted,
  });
}

/** As it opens; `savedAt` null: never saved, it stands in the window's memory alone. */
export type OpenDraft = Omit<Draft, 'savedAt'> & { readonly savedAt: string | null };

/** Read once when the form opens, never again under the typing hands. What could not be saved is newer than what was. */
export function useDraft(id: string) {
  return useQuery({
    queryKey: ['draft-open', id],
    queryFn: async (): Promise<OpenDraft | null> => {
      const kept = await invoke('draft.get', { id });
      const typed = unsavedDraft(id);
      return typed ? { ...typed, savedAt: kept?.savedAt ?? null } : kept;
    },
    gcTime: 0,
  });
}

export function saveDraft(input: Input<'draft.save'>): Promise<{ savedAt: string }> {
  return saveOrKeep(
    input,
    (typed) => invoke('draft.save', typed),
    (error) => asProblem(error, 'draft.save'),
  );
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
  return useMutation({
    mutationFn: (id: string) => {
      forgetUnsaved(id);
      return invoke('draft.discard', { id });
    },
  });
}
