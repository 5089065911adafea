/** Scans of a dossier: chosen or dropped, attached, taken off, saved; and where the window reads a picture of one. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Input } from '../../shared/contract/ipc/registry.ts';
import { FILE_MAX_BYTES } from '../../shared/domain/attached-file.ts';
import { problemSentence } from '../../shared/problem.ts';
import { invoke, ProblemError } from '../ipc.ts';

interface Attaching {
  readonly id: string;
  readonly paper: string | null;
  readonly note: string;
  /** Dropped on the window; null = asked for by a dialog. */
  readonly dropped: File | null;
}

/** Answers the name under which it is shown; null where no file was chosen. */
async function attach({ dropped, ...about }: Attaching): Promise<string | null> {
  const kept = dropped ? await take(dropped) : await invoke('file.choose', {});
  if (!kept) return null;
  await invoke('dossier.attach', { ...about, sha256: kept.sha256, name: kept.name });
  return kept.name;
}

async function take(file: File) {
  const max = FILE_MAX_BYTES / 1024 / 1024;
  // Asked before anything is read: a wrong file may be many gigabytes.
  if (file.size > FILE_MAX_BYTES)
    throw new ProblemError({
      code: 'SCAN_TOO_LARGE',
      sentence: problemSentence('SCAN_TOO_LARGE', { max }),
      details: { max },
    });
  return invoke('file.take', { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
}

export function useAttach() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: attach,
    onSuccess: (_, { id }) => client.invalidateQueries({ queryKey: ['dossier', 'one', id] }),
  });
}

export function useDetach() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Input<'dossier.detach'>) => invoke('dossier.detach', input),
    onSuccess: (_, { id }) => client.invalidateQueries({ queryKey: ['dossier', 'one', id] }),
  });
}

export function useSaveFile() {
  return useMutation({ mutationFn: (input: Input<'file.save'>) => invoke('file.save', input) });
}

/** Answered by the main process out of the encrypted store; nothing of it is written in plain. */
export function pictureAddress(id: string, sha256: string): string {
  return `app://bundle/scan/${id}/${sha256}`;
}
