/** Where the window stands: a room, what is open in it, and the way back for Esc. */
import { create } from 'zustand';
import type { ChainCode } from '../../shared/catalogue/regimes.ts';

export const rooms = ['today', 'dossiers', 'counts', 'reports', 'sync', 'settings'] as const;
export type Room = (typeof rooms)[number];

export type Place =
  | { readonly room: 'today' | 'counts' | 'reports' | 'sync' | 'settings' }
  | { readonly room: 'dossiers'; readonly view: 'list' }
  | {
      readonly room: 'dossiers';
      readonly view: 'form';
      readonly draftId: string;
      readonly chain: ChainCode;
      readonly fresh: boolean;
    }
  | { readonly room: 'dossiers'; readonly view: 'correct'; readonly id: string; readonly field?: string }
  | { readonly room: 'dossiers'; readonly view: 'detail'; readonly id: string; readonly stored?: string };

interface PlaceState {
  readonly place: Place;
  readonly before: readonly Place[];
  /** Opens a place; Esc comes back to where one was. */
  readonly go: (place: Place) => void;
  /** Opens a place instead of the one shown: Esc does not return to it. */
  readonly replace: (place: Place) => void;
  readonly back: () => void;
  /** A draft that became a dossier has no form to come back to. */
  readonly forget: (draftId: string) => void;
}

const MEMORY = 20;

export function roomPlace(room: Room): Place {
  return room === 'dossiers' ? { room, view: 'list' } : { room };
}

function samePlace(a: Place, b: Place): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

export const usePlace = create<PlaceState>()((set) => ({
  place: { room: 'today' },
  before: [],
  go: (place) =>
    set((s) => (samePlace(s.place, place) ? s : { place, before: [...s.before, s.place].slice(-MEMORY) })),
  replace: (place) =>
    set((s) => {
      const last = s.before.at(-1);
      return last && samePlace(last, place) ? { place, before: s.before.slice(0, -1) } : { place };
    }),
  forget: (draftId) =>
    set((s) => ({
      before: s.before.filter((p) => p.room !== 'dossiers' || p.view !== 'form' || p.draftId !== draftId),
    })),
  back: () =>
    set((s) => {
      const last = s.before.at(-1);
      if (last) return { place: last, before: s.before.slice(0, -1) };
      return s.place.room === 'dossiers' && s.place.view !== 'list' ? { place: roomPlace('dossiers') } : s;
    }),
}));

export function newDossier(chain: ChainCode): Place {
  return { room: 'dossiers', view: 'form', draftId: crypto.randomUUID(), chain, fresh: true };
}
