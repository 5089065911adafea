/** Keys of the whole window: rooms, search, send, new dossier, help, back. */
import { useEffect, useRef } from 'react';
import { useRunSync, useSyncState } from '../../data/sync.ts';
import { newDossier, type Place, roomPlace, rooms, usePlace } from '../../state/place.ts';

export const SEARCH_ID = 'search';

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName))
  );
}

function takesNew(place: Place): boolean {
  return (
    place.room === 'today' || (place.room === 'dossiers' && place.view !== 'form' && place.view !== 'correct')
  );
}

export function useSend(): () => void {
  const run = useRunSync();
  const running = useSyncState().data?.running ?? false;
  return () => {
    if (!running && !run.isPending) run.mutate();
  };
}

export function useShellKeys(showKeys: () => void): void {
  const send = useSend();
  const latest = useRef({ send, showKeys });
  latest.current = { send, showKeys };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]')) return;
      if (pressed(event, latest.current)) event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

interface Actions {
  readonly send: () => void;
  readonly showKeys: () => void;
}

/** Whether the key meant something here. */
function pressed(event: KeyboardEvent, { send, showKeys }: Actions): boolean {
  const { place, go, back } = usePlace.getState();
  const command = event.ctrlKey || event.metaKey;
  if (event.key === 'F1') return did(showKeys);
  if (event.key === 'F9') return did(send);
  if (command && event.key.toLowerCase() === 'k') return did(focusSearch);
  const room = command && !event.shiftKey && !event.altKey ? rooms[Number(event.key) - 1] : undefined;
  if (room) return did(() => go(roomPlace(room)));
  if (event.key === 'Escape') return did(back);
  if (command || event.altKey || isTyping(event.target) || !takesNew(place)) return false;
  if (event.key.toLowerCase() === 'n') return did(() => go(newDossier('birth')));
  if (event.key.toLowerCase() === 'm') return did(() => go(newDossier('death')));
  return false;
}

function did(action: () => void): true {
  action();
  return true;
}

function focusSearch(): void {
  const input = document.getElementById(SEARCH_ID);
  if (input instanceof HTMLInputElement) {
    input.focus();
    input.select();
  }
}
