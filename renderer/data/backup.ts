/** Backups, checks of the data, and what a start brought back. */
import { useMutation, useQuery } from '@tanstack/react-query';
import type { BackupRow } from '../../shared/contract/ipc/backup.ts';
import { invoke } from '../ipc.ts';

export type BackupRef = Pick<BackupRow, 'where' | 'name'>;
const ref = ({ where, name }: BackupRef): BackupRef => ({ where, name });

export function useBackupState() {
  return useQuery({ queryKey: ['backup', 'state'], queryFn: () => invoke('backup.state', {}) });
}

export function useBackups() {
  return useQuery({ queryKey: ['backup', 'list'], queryFn: () => invoke('backup.list', {}) });
}

export function useMakeBackup() {
  return useMutation({ mutationFn: () => invoke('backup.make', {}) });
}

export function useCheckData() {
  return useMutation({ mutationFn: () => invoke('backup.check', {}) });
}

export function useChoosePlace() {
  return useMutation({ mutationFn: () => invoke('backup.choose-place', {}) });
}

export function useChooseOld() {
  return useMutation({ mutationFn: () => invoke('backup.choose-old', {}) });
}

export function useTakeOld() {
  return useMutation({ mutationFn: (name: string) => invoke('backup.take-old', { name }) });
}

export function useForgetPlace() {
  return useMutation({ mutationFn: () => invoke('backup.forget-place', {}) });
}

/** Reopened and compared each time: what stands here changes meanwhile. */
export function useBackupLook(of: BackupRef) {
  return useQuery({
    queryKey: ['backup-look', of.where, of.name],
    queryFn: () => invoke('backup.look', ref(of)),
    gcTime: 0,
    staleTime: 0,
  });
}

export function useRestore() {
  return useMutation({ mutationFn: (of: BackupRef) => invoke('backup.restore', ref(of)) });
}

export function useReadRecovery() {
  return useMutation({ mutationFn: () => invoke('backup.read-recovery', {}) });
}
