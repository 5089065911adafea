/** Explanations typed for a day and not yet written: leaving the page keeps them. */
import { create } from 'zustand';

type Notes = Readonly<Record<string, string>>;
interface DayNotes {
  /** By day. */
  readonly notes: Readonly<Record<string, Notes>>;
  readonly setNote: (day: string, kind: string, text: string) => void;
}

export const useDayNotes = create<DayNotes>()((set) => ({
  notes: {},
  setNote: (day, kind, text) =>
    set((s) => ({ notes: { ...s.notes, [day]: { ...s.notes[day], [kind]: text } } })),
}));
