/** The query cache: filled by reads, emptied only by what the data process announces. */
import { QueryClient } from '@tanstack/react-query';
import type { ChangedKind } from '../../shared/contract/ipc/registry.ts';
import { subscribe } from '../ipc.ts';
import { syncKeys } from './sync.ts';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 300_000,
      retry: false,
      networkMode: 'always',
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});

/** First words of the keys to read again when a kind changed. */
const touched: Readonly<Record<ChangedKind, readonly string[]>> = {
  dossier: ['dossier', 'today', 'report', 'attention'],
  sheet: ['count', 'report', 'today'],
  setting: ['catalogue', 'dossier', 'today', 'count', 'report'],
  target: ['count', 'report'],
  report: ['report'],
  day: ['day', 'today'],
  draft: ['draft', 'today'],
  sync: [
    'sync',
    'attention',
    'receipt',
    'today',
    'dossier',
    'count',
    'report',
    'catalogue',
    'day',
    'city-figures',
  ],
  account: ['account'],
  session: ['session', 'account', 'today', 'sync', 'dossier', 'count', 'draft', 'typed', 'backup', 'update'],
  backup: ['backup'],
  update: ['update'],
  request: ['person'],
};

const COLLECT_MS = 60;

/** Announcements that come in a burst (a long sending) are answered by one reading. */
export function followAnnouncements(): () => void {
  const waiting = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const readAgain = () => {
    timer = undefined;
    for (const key of waiting) void queryClient.invalidateQueries({ queryKey: [key] });
    waiting.clear();
  };
  const stopChanged = subscribe('changed', (kinds) => {
    for (const kind of kinds) for (const key of touched[kind]) waiting.add(key);
    timer ??= setTimeout(readAgain, COLLECT_MS);
  });
  const stopState = subscribe('sync-state', (state) => queryClient.setQueryData(syncKeys.state, state));
  return () => {
    clearTimeout(timer);
    stopChanged();
    stopState();
  };
}
