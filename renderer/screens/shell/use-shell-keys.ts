/** Keys of the whole window: rooms, search, send, new dossier, help, back. */
import { useEffect, useRef } from 'react';
import { useMay } from '../../data/session.ts';
import { useSend } from '../../data/sync.ts';
import { newDossier, type Place, rooms, usePlace } from '../../state/place.ts';
import { isTyping } from '../../ui/use-page-keys.ts';
import { CONTENT_ID, takeStart } from '../../ui/use-start.ts';

export const SEARCH_ID = 'search';

/** Letters are typed in the grid and in a form; everywhere else N and M take in the next citizen. */
function takesNew(place: Place): boolean {
  if (place.room === 'dossiers') return place.view === 'list' || place.view === 'detail';
  return place.room !== 'counts';
}

/** F6, as between the panes of Windows: the controls at the head of the room, and back to its content. */
function changePane(): void {
  const head = document.querySelector(`#${CONTENT_ID} .head`);
  const control = head?.querySelector<HTMLElement>('input, select, button:not(:disabled)');
  if (!control || head?.contains(document.activeElement)) takeStart();
  else control.focus();
}

export function useShellKeys(showKeys: () => void): void {
  const { send } = useSend();
  const mayReceive = useMay()('dossier.receive');
  const latest = useRef({ send, showKeys, mayReceive });
  latest.current = { send, showKeys, mayReceive };
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
  readonly mayReceive: boolean;
}

/** Whether the key meant something here. */
function pressed(event: KeyboardEvent, { send, showKeys, mayReceive }: Actions): boolean {
  const { place, go, enter, back } = usePlace.getState();
  const command = event.ctrlKey || event.metaKey;
  if (event.key === 'F1') return did(showKeys);
  if (event.key === 'F9') return did(send);
  if (event.key === 'F6') return did(changePane);
  if (command && event.key.toLowerCase() === 'k') return did(focusSearch);
  const room = command && !event.shiftKey && !event.altKey ? rooms[Number(event.key) - 1] : undefined;
  if (room) return did(() => enter(room));
  if (event.key === 'Escape') return did(back);
  if (command || event.altKey || isTyping(event.target)) return false;
  if (!mayReceive || !takesNew(place)) return false;
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
