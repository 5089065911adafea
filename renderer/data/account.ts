/** Who may open this machine, who has it open, and the calls of signing in. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { AccountState } from '../../shared/contract/ipc/account.ts';
import type { Input } from '../../shared/contract/ipc/registry.ts';
import { invoke, shutDoor } from '../ipc.ts';
import { queryClient } from './client.ts';

const accountKey = ['account'] as const;

export function useAccountQuery() {
  return useQuery({ queryKey: accountKey, queryFn: () => invoke('account.state', {}) });
}

/** Stores the newest state, and reads it again whenever a call failed: the seconds to wait have changed. */
function useSettled() {
  const client = useQueryClient();
  return {
    onSuccess: (state: AccountState) => client.setQueryData(accountKey, state),
    onError: () => void client.invalidateQueries({ queryKey: accountKey }),
  };
}

/** `arrived` runs before the new state is shown. */
export function useSignIn(arrived: (state: AccountState) => void) {
  const { onSuccess, onError } = useSettled();
  return useMutation({
    mutationFn: ({ id, password, pin }: { id: string; password: string; pin: boolean }) =>
      pin
        ? invoke('account.sign-in-by-pin', { id, pin: password })
        : invoke('account.sign-in', { id, password }),
    onSuccess: (state) => {
      arrived(state);
      onSuccess(state);
    },
    onError,
  });
}

export function useChoose() {
  return useMutation({ mutationFn: (input: Input<'account.choose'>) => invoke('account.choose', input) });
}

export function useRecover() {
  return useMutation({ mutationFn: (input: Input<'account.recover'>) => invoke('account.recover', input) });
}

export function useAskCity() {
  return useMutation({ mutationFn: () => invoke('account.ask-city', {}) });
}

export function useHearCity() {
  return useMutation({ mutationFn: () => invoke('account.hear-city', {}) });
}

export function useRecoverByCity() {
  return useMutation({
    mutationFn: (input: Input<'account.recover-by-city'>) => invoke('account.recover-by-city', input),
  });
}

export function useNewRecovery() {
  return useMutation({
    mutationFn: (input: Input<'account.new-recovery'>) => invoke('account.new-recovery', input),
  });
}

export function useChangePassword() {
  return useMutation({ mutationFn: (input: Input<'account.change'>) => invoke('account.change', input) });
}

export function useSetPin() {
  return useMutation({ mutationFn: (input: Input<'account.set-pin'>) => invoke('account.set-pin', input) });
}

export function useAddPerson() {
  return useMutation({
    mutationFn: (input: Input<'account.add'>) => invoke('account.add', input),
    ...useSettled(),
  });
}

export function useRemovePerson() {
  return useMutation({
    mutationFn: (input: Input<'account.remove'>) => invoke('account.remove', input),
    ...useSettled(),
  });
}

export function useSetIdle() {
  return useMutation({
    mutationFn: (input: Input<'account.set-idle'>) => invoke('account.set-idle', input),
    ...useSettled(),
  });
}

/** Saves what is typed as if it were left, lets it arrive, then locks. */
export async function lockDesk(): Promise<void> {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  window.dispatchEvent(new Event('blur'));
  await shutDoor();
  queryClient.setQueryData(accountKey, await invoke('account.lock', {}));
}
