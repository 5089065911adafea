/** Keys of the list of papers: a letter sets the state, a digit the number of copies, arrows move and change. */
import { type PaperState, paperStates } from '../../../../shared/catalogue/law.ts';

const byLetter: Readonly<Record<string, PaperState>> = {
  c: 'original',
  s: 'copy',
  d: 'electronic',
  l: 'replaced_by_data',
  k: 'not_applicable',
  t: 'missing',
};

export type PaperKey =
  | { readonly do: 'state'; readonly state: PaperState }
  | { readonly do: 'step'; readonly step: 1 | -1 }
  | { readonly do: 'move'; readonly step: 1 | -1 }
  | { readonly do: 'count'; readonly count: number }
  | { readonly do: 'all' }
  | { readonly do: 'leave' };

export function paperKey(key: string): PaperKey | undefined {
  const letter = key.toLowerCase();
  const state = byLetter[letter];
  if (state) return { do: 'state', state };
  if (/^[1-9]$/.test(key)) return { do: 'count', count: Number(key) };
  switch (key) {
    case 'ArrowRight':
      return { do: 'step', step: 1 };
    case 'ArrowLeft':
      return { do: 'step', step: -1 };
    case 'ArrowDown':
    case 'Enter':
      return { do: 'move', step: 1 };
    case 'ArrowUp':
      return { do: 'move', step: -1 };
    case 'Escape':
      return { do: 'leave' };
  }
  return letter === 'a' ? { do: 'all' } : undefined;
}

/** The state beside this one, round and round. */
export function stateBeside(state: PaperState, step: 1 | -1): PaperState {
  const at = paperStates.indexOf(state) + step;
  return paperStates[(at + paperStates.length) % paperStates.length] ?? state;
}
