/** The state of one form under typing hands: values, what the rules say of them, which problems to show, autosave. */
import { useCallback, useMemo, useRef, useState } from 'react';
import type { ChainCode } from '../../../shared/catalogue/regimes.ts';
import { type FieldProblem, type FormReading, readForm, stops } from '../../../shared/domain/read-form.ts';
import type { LocalDate } from '../../../shared/lib/local-date.ts';
import { jumpTo } from './form-side.tsx';
import { onlyFields, tidied, type Values } from './form-values.ts';
import { type DraftState, useDraftSaving } from './use-draft-saving.ts';

interface Start {
  readonly draftId: string;
  readonly chain: ChainCode;
  readonly initial: Values;
  readonly savedAt: string | null;
  readonly receivedOn: LocalDate;
  /** What of the values goes into the draft. */
  readonly asDraft?: (values: Values) => Values;
}

export interface DossierForm {
  readonly chain: ChainCode;
  readonly values: Values;
  readonly reading: FormReading;
  readonly tried: boolean;
  readonly draft: DraftState;
  readonly problemOf: (key: string) => FieldProblem | undefined;
  readonly type: (key: string, value: string) => void;
  readonly leave: (key: string) => void;
  readonly patch: (part: Values) => void;
  /** Marks the form as tried and goes to the first field that stops; true when nothing stops. */
  readonly attempt: () => boolean;
  readonly stopSaving: () => Promise<void>;
  readonly resumeSaving: () => void;
}

export function useDossierForm({
  draftId,
  chain,
  initial,
  savedAt,
  receivedOn,
  asDraft,
}: Start): DossierForm {
  const [values, setValues] = useState(initial);
  const [left, setLeft] = useState<ReadonlySet<string>>(() => new Set(savedAt ? Object.keys(initial) : []));
  const [tried, setTried] = useState(false);
  const latest = useRef(initial);
  const toDraft = useRef(asDraft);
  toDraft.current = asDraft;
  const { state: draft, touch, flush, stop, resume } = useDraftSaving(draftId, chain, savedAt);
  const reading = useMemo(() => readForm(chain, onlyFields(values), receivedOn), [chain, values, receivedOn]);

  const patch = useCallback(
    (part: Values) => {
      latest.current = { ...latest.current, ...part };
      setValues(latest.current);
      touch(toDraft.current?.(latest.current) ?? latest.current);
    },
    [touch],
  );
  const type = useCallback((key: string, value: string) => patch({ [key]: value }), [patch]);
  const leave = useCallback(
    (key: string) => {
      const tidy = tidied(chain, key, latest.current, receivedOn);
      if (tidy !== (latest.current[key] ?? '')) patch({ [key]: tidy });
      setLeft((before) => (before.has(key) ? before : new Set([...before, key])));
      flush();
    },
    [chain, receivedOn, patch, flush],
  );
  const problemOf = (key: string) =>
    tried || left.has(key)
      ? (reading.problems.find((p) => p.field === key && p.weight === 'stop') ??
        reading.problems.find((p) => p.field === key))
      : undefined;
  const attempt = () => {
    setTried(true);
    const first = stops(reading)[0];
    if (first) jumpTo(first.field);
    return first === undefined;
  };
  return {
    chain,
    values,
    reading,
    tried,
    draft,
    problemOf,
    type,
    leave,
    patch,
    attempt,
    stopSaving: stop,
    resumeSaving: resume,
  };
}
