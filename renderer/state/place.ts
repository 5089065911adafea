/** Where the window stands: a room, what is open in it, and the way back for Esc. */
import { create } from 'zustand';
import type { ChainCode } from '../../shared/catalogue/law.ts';
import type { SlipKind } from '../../shared/catalogue/slips.ts';
import type { ProofRequest } from '../../shared/contract/ipc/attention.ts';
import type { Action } from '../../shared/domain/action-rules.ts';
import type { PaperSize } from '../../shared/slip/paper-size.ts';
import { useFilter } from './filter.ts';

export const rooms = ['today', 'dossiers', 'counts', 'reports', 'sync', 'settings'] as const;
export type Room = (typeof rooms)[number];

export const detailPanels = ['papers', 'copy', 'slips', 'form', 'files'] as const;
export type DetailPanel = (typeof detailPanels)[number];

export type Place =
  | { readonly room: 'today' | 'counts' | 'reports' | 'sync' | 'settings' }
  | { readonly room: 'settings'; readonly tab: 'backup' | 'person' }
  /** Everything that the desk holds of one person, as it will come out of the printer. */
  | { readonly room: 'settings'; readonly view: 'person'; readonly id: string }
  /** The closing of a day. */
  | { readonly room: 'today'; readonly view: 'close'; readonly day: string }
  /** Two versions of one thing; `event` = the one of this machine that the city returned. */
  | { readonly room: 'sync'; readonly view: 'conflict'; readonly event: string }
  /** A page that proves what the city signed for, as it will come out of the printer. */
  | { readonly room: 'sync'; readonly view: 'proof'; readonly proof: ProofRequest; readonly size: PaperSize }
  | { readonly room: 'dossiers'; readonly view: 'list' }
  | {
      readonly room: 'dossiers';
      readonly view: 'form';
      readonly draftId: string;
      readonly chain: ChainCode;
      readonly fresh: boolean;
      /** Birth dossier of the newborn whose death is taken in: the form begins with what is known there. */
      readonly newbornOf?: string;
    }
  | {
      readonly room: 'dossiers';
      readonly view: 'correct';
      readonly id: string;
      readonly field?: string;
    }
  | {
      readonly room: 'dossiers';
      readonly view: 'detail';
      readonly id: string;
      /** What was just stored: the reception, or a correction. */
      readonly stored?: 'received' | 'corrected';
      /** The panel that was open when a paper was shown over the dossier. */
      readonly panel?: DetailPanel;
      /** A step whose dialog opens at once. */
      readonly act?: Action;
    }
  /** A printed paper of a dossier, as it will come out of the printer. */
  | {
      readonly room: 'dossiers';
      readonly view: 'slip';
      readonly id: string;
      readonly kind: Exclude<SlipKind, 'register'>;
      readonly size: PaperSize;
    }
  | { readonly room: 'dossiers'; readonly view: 'register' };

interface PlaceState {
  readonly place: Place;
  readonly before: readonly Place[];
  /** Counts the rooms entered by their key or button: the focus follows into the content. */
  readonly entries: number;
  /** Opens a place; Esc comes back to where one was. */
  readonly go: (place: Place) => void;
  /** Goes to a room for its own sake: words sought before no longer hide what is there. */
  readonly enter: (room: Room) => void;
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

function gone(s: Pick<PlaceState, 'place' | 'before'>, place: Place): Partial<PlaceState> {
  return samePlace(s.place, place) ? {} : { place, before: [...s.before, s.place].slice(-MEMORY) };
}

export const usePlace = create<PlaceState>()((set) => ({
  place: { room: 'today' },
  before: [],
  entries: 0,
  enter: (room) => {
    const { filter, setFilter } = useFilter.getState();
    if (filter.q !== '') setFilter({ q: '' });
    set((s) => ({ ...gone(s, roomPlace(room)), entries: s.entries + 1 }));
  },
  go: (place) => set((s) => gone(s, place)),
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
      const inside = 'view' in s.place && s.place.view !== 'list';
      return inside ? { place: roomPlace(s.place.room) } : s;
    }),
}));

export function newDossier(chain: ChainCode, newbornOf?: string): Place {
  return {
    room: 'dossiers',
    view: 'form',
    draftId: crypto.randomUUID(),
    chain,
    fresh: true,
    ...(newbornOf && { newbornOf }),
  };
}
