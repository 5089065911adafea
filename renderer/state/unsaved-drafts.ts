/**
 * Half-typed forms that could not be saved (a full disk, a locked folder): they stay in the memory of the window, wherever the clerk goes,
 * and are saved by themselves once that works again. Gone with the window, and never carried to another person.
 */
import { create } from 'zustand';
import type { ProblemValue } from '../../shared/contract/ipc/common.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';

type Typed = Input<'draft.save'>;
type Save = (typed: Typed) => Promise<Output<'draft.save'>>;

export interface Unsaved {
  readonly typed: Typed;
  readonly problem: ProblemValue;
}
interface State {
  readonly unsaved: ReadonlyMap<string, Unsaved>;
  /** When what had waited was saved. */
  readonly savedAt: ReadonlyMap<string, string>;
}

const AGAIN_MS = 5_000;

export const useUnsavedDrafts = create<State>()(() => ({ unsaved: new Map(), savedAt: new Map() }));

let last = 0;
/** Of each form, the newest saving of this window: it is never written over by an older one. */
const newest = new Map<string, number>();

function change(work: (unsaved: Map<string, Unsaved>) => void): void {
  useUnsavedDrafts.setState(({ unsaved }) => {
    const next = new Map(unsaved);
    work(next);
    return { unsaved: next };
  });
}

export const unsavedDraft = (id: string): Typed | null =>
  useUnsavedDrafts.getState().unsaved.get(id)?.typed ?? null;

/** It was taken in or thrown away: nothing of it is saved any more. */
export function forgetUnsaved(id: string): void {
  newest.delete(id);
  if (unsavedDraft(id)) change((unsaved) => unsaved.delete(id));
}

/** Saves; what cannot be saved is kept here and tried again. Fails as `save` does, `named` tells as what. */
export async function saveOrKeep(
  typed: Typed,
  save: Save,
  named: (error: unknown) => ProblemValue,
): Promise<Output<'draft.save'>> {
  const no = ++last;
  newest.set(typed.id, no);
  const isNewest = () => newest.get(typed.id) === no;
  try {
    const done = await save(typed);
    if (isNewest() && unsavedDraft(typed.id)) {
      change((unsaved) => unsaved.delete(typed.id));
      useUnsavedDrafts.setState(({ savedAt }) => ({
        savedAt: new Map(savedAt).set(typed.id, done.savedAt),
      }));
    }
    return done;
  } catch (error) {
    if (isNewest()) {
      change((unsaved) => unsaved.set(typed.id, { typed, problem: named(error) }));
      setTimeout(() => again(no, typed.id, () => saveOrKeep(typed, save, named)), AGAIN_MS);
    }
    throw error;
  }
}

function again(no: number, id: string, save: () => Promise<unknown>): void {
  // Otherwise a newer saving of it is on its way, or it is not wanted any more.
  if (newest.get(id) === no) save().catch(() => undefined);
}
