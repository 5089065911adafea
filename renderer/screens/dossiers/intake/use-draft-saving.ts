/** Saves a half-typed form by itself: after a second of rest, when a field is left, and when the screen or window goes. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ChainCode } from '../../../../shared/catalogue/law.ts';
import type { ProblemValue } from '../../../../shared/contract/ipc/common.ts';
import { saveDraft } from '../../../data/draft.ts';
import { forgetUnsaved, useUnsavedDrafts } from '../../../state/unsaved-drafts.ts';
import type { Values } from './form-values.ts';

const REST_MS = 1_000;

export type DraftState =
  | { readonly kind: 'none' | 'typing' }
  | { readonly kind: 'saved'; readonly at: string }
  | { readonly kind: 'failed'; readonly problem: ProblemValue };
type OwnState = Exclude<DraftState, { kind: 'failed' }> | { readonly kind: 'failed' };

interface DraftSaving {
  readonly state: DraftState;
  /** Tells that the values changed. */
  readonly touch: (values: Values) => void;
  /** Saves now what is not saved yet. */
  readonly flush: () => void;
  /** Resolves once nothing is on its way; from then on nothing is saved any more. */
  readonly stop: () => Promise<void>;
  /** Takes saving up again after a commit that failed. */
  readonly resume: () => void;
}

export function useDraftSaving(id: string, chain: ChainCode, savedAt: string | null): DraftSaving {
  const [state, setState] = useState<OwnState>(savedAt ? { kind: 'saved', at: savedAt } : { kind: 'none' });
  const waiting = useUnsavedDrafts((s) => s.unsaved.get(id));
  const savedLater = useUnsavedDrafts((s) => s.savedAt.get(id));
  const unsaved = useRef<Values | null>(null);
  const stopped = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const chained = useRef<Promise<void>>(Promise.resolve());
  const newest = useRef<Values | null>(null);

  const flush = useCallback(() => {
    clearTimeout(timer.current);
    const values = unsaved.current;
    if (!values || stopped.current) return;
    unsaved.current = null;
    newest.current = values;
    // Sent at once, so that a closing window has handed it over; only the answers are awaited in turn.
    const saving = saveDraft({ id, chain, values: { ...values } });
    chained.current = Promise.allSettled([chained.current, saving]).then(() =>
      saving.then(
        (done) => setState(unsaved.current ? { kind: 'typing' } : { kind: 'saved', at: done.savedAt }),
        () => {
          // Where a newer saving is on its way or done, the older values must not come back over it.
          if (newest.current === values) unsaved.current ??= values;
          setState({ kind: 'failed' });
        },
      ),
    );
  }, [id, chain]);

  const touch = useCallback(
    (values: Values) => {
      unsaved.current = values;
      setState((s) => (s.kind === 'typing' ? s : { kind: 'typing' }));
      clearTimeout(timer.current);
      timer.current = setTimeout(flush, REST_MS);
    },
    [flush],
  );

  const stop = useCallback(async () => {
    flush();
    stopped.current = true;
    await chained.current;
    // What is taken in now must not come back as a draft.
    forgetUnsaved(id);
  }, [flush, id]);

  const resume = useCallback(() => {
    stopped.current = false;
    flush();
  }, [flush]);

  useEffect(() => {
    const onHide = () => flush();
    window.addEventListener('pagehide', onHide);
    window.addEventListener('beforeunload', onHide);
    window.addEventListener('blur', onHide);
    document.addEventListener('visibilitychange', onHide);
    return () => {
      window.removeEventListener('pagehide', onHide);
      window.removeEventListener('beforeunload', onHide);
      window.removeEventListener('blur', onHide);
      document.removeEventListener('visibilitychange', onHide);
      flush();
    };
  }, [flush]);

  return { state: shown(state, waiting?.problem, savedLater), touch, flush, stop, resume };
}

/** What could not be saved is saved by itself later, also by a form that was left meanwhile. */
function shown(own: OwnState, problem: ProblemValue | undefined, savedLater: string | undefined): DraftState {
  if (own.kind === 'typing') return own;
  if (problem) return { kind: 'failed', problem };
  if (savedLater && (own.kind !== 'saved' || own.at < savedLater)) return { kind: 'saved', at: savedLater };
  return own.kind === 'failed' ? { kind: 'typing' } : own;
}
