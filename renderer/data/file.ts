/** Scans: chosen or dropped, attached, taken off; fetched where another machine has them, seen, saved. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Input } from '../../shared/contract/ipc/registry.ts';
import { type AttachedFile, FILE_MAX_BYTES } from '../../shared/domain/attached-file.ts';
import { problemSentence } from '../../shared/problem.ts';
import { asProblem, invoke, ProblemError, subscribe } from '../ipc.ts';
import type { ScanOpening } from '../ui/scan-dialog.tsx';
import { guarded } from './guarded.ts';

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

/** Takes a file in by a dialog, for whoever names it in an event; null where none was chosen. */
export function useChooseFile() {
  return useMutation({ mutationFn: () => invoke('file.choose', {}) });
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

type Scan = Pick<AttachedFile, 'sha256' | 'name' | 'size'> & { readonly here: boolean };
type Opening = Omit<ScanOpening, 'onAgain' | 'onClose'> & { readonly sha256: string };

/** Opens scans of a dossier or a sheet (`owner`): what is not on this machine is fetched first, then shown or saved. */
export function useScans(owner: string, onSaved: (name: string) => void) {
  const [opening, setOpening] = useState<Opening | null>(null);
  const [again, setAgain] = useState<() => void>(() => () => undefined);
  // What was closed, or left for another one, shows nothing when it comes.
  const newest = useRef(0);
  useEffect(
    () =>
      subscribe('fetch-progress', ({ sha256, done }) =>
        setOpening((now) => (now?.sha256 === sha256 ? { ...now, done } : now)),
      ),
    [],
  );
  const close = () => {
    newest.current++;
    if (opening?.at === 'fetching') void invoke('file.cancel-fetch', {});
    setOpening(null);
  };
  const open = async (scan: Scan, then: 'view' | 'save') => {
    const turn = ++newest.current;
    const { sha256, name, size } = scan;
    const show = (at: Opening['at'], problem: Opening['problem'] = null) =>
      turn === newest.current &&
      setOpening({ at, problem, sha256, name, done: 0, all: size, address: pictureAddress(owner, sha256) });
    setAgain(() => () => void open(scan, then));
    try {
      if (!scan.here) {
        show('fetching');
        await invoke('file.fetch', { id: owner, sha256 });
      }
      if (turn !== newest.current) return;
      if (then === 'view') return void show('shown');
      setOpening(null);
      const { saved } = await guarded('zip', (guard) => invoke('file.save', { id: owner, sha256, guard }));
      if (saved) onSaved(name);
    } catch (error) {
      show('failed', asProblem(error, 'file.fetch'));
    }
  };
  return { open, opening: opening && { ...opening, onAgain: again, onClose: close } };
}

export function useScanStorage() {
  // Among what is read again after each exchange.
  return useQuery({ queryKey: ['sync', 'scans'], queryFn: () => invoke('file.storage', {}) });
}

export function useFreeScans() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => invoke('file.free', {}),
    onSuccess: () => client.invalidateQueries({ queryKey: ['session'] }),
  });
}

/** Answered by the main process out of the encrypted store; nothing of it is written in plain. */
function pictureAddress(owner: string, sha256: string): string {
  return `app://bundle/scan/${encodeURIComponent(owner)}/${sha256}`;
}
