/** States of papers as they are changed by the arrows: shown at once, recorded together when the hands rest. */
import { useEffect, useRef, useState } from 'react';
import type { PaperState } from '../../../../shared/catalogue/law.ts';
import type { ProblemValue } from '../../../../shared/contract/ipc/common.ts';
import { useAnnotate } from '../../../data/dossier.ts';
import { asProblem } from '../../../ipc.ts';

const REST_MS = 700;

type Pending = Readonly<Record<string, PaperState>>;

export function usePaperStates(id: string) {
  const { mutateAsync } = useAnnotate();
  const [pending, setPending] = useState<Pending>({});
  const [problem, setProblem] = useState<ProblemValue | null>(null);
  const latest = useRef<Pending>({});
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const flush = () => {
    clearTimeout(timer.current);
    const now = latest.current;
    const changes = Object.fromEntries(Object.entries(now).map(([code, state]) => [`paper.${code}`, state]));
    if (Object.keys(changes).length === 0) return;
    latest.current = {};
    mutateAsync({ id, changes }).then(
      () => setProblem(null),
      (error: unknown) => {
        setProblem(asProblem(error, 'dossier.annotate'));
        setPending({});
      },
    );
  };
  const flushed = useRef(flush);
  flushed.current = flush;
  // Leaving the page does not wait for the hands to rest.
  useEffect(() => () => flushed.current(), []);

  const set = (code: string, state: PaperState) => {
    latest.current = { ...latest.current, [code]: state };
    setPending((before) => ({ ...before, [code]: state }));
    clearTimeout(timer.current);
    timer.current = setTimeout(() => flushed.current(), REST_MS);
  };
  return { pending, problem, set, flush };
}
