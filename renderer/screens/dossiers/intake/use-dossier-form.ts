/** The state of one form under typing hands: values, what the rules say of them, which problems to show, autosave. */
import { useCallback, useMemo, useRef, useState } from 'react';
import type { ChainCode, ChainRule } from '../../../../shared/catalogue/law.ts';
import { type FieldProblem, type FormReading, readForm, stops } from '../../../../shared/domain/read-form.ts';
import type { LocalDate } from '../../../../shared/lib/local-date.ts';
import { dateWordsLeft, dateWordsTyped } from './date-words.ts';
import { filledFromHead, onlyFields, tidied, type Values } from './form-values.ts';
import { jumpTo } from './jump.ts';
import { type DraftState, useDraftSaving } from './use-draft-saving.ts';

/** The day whose law counts, and the chain under it. */
export interface DayRules {
  readonly receivedOn: LocalDate;
  readonly rule: ChainRule | undefined;
}

interface Start {
  readonly draftId: string;
  readonly chain: ChainCode;
  readonly initial: Values;
  readonly savedAt: string | null;
  /** Follows the values where the day of reception is among them. */
  readonly rulesFor: (values: Values) => DayRules;
  /** What of the values goes into the draft. */
  readonly asDraft?: (values: Values) => Values;
}

export interface DossierForm {
  readonly chain: ChainCode;
  readonly values: Values;
  readonly reading: FormReading;
  readonly tried: boolean;
  readonly draft: DraftState;
  /** Fields that held text at some time since the page opened. */
  readonly kept: ReadonlySet<string>;
  /** Problems of fields that were left, or all after a try to commit: nobody is told of a form that is still blank. */
  readonly told: readonly FieldProblem[];
  readonly problemOf: (key: string) => FieldProblem | undefined;
  readonly type: (key: string, value: string) => void;
  readonly leave: (key: string) => void;
  readonly patch: (part: Values) => void;
  /** Fields that were filled otherwise than by hand count as left: what is wrong with them is told. */
  readonly tell: (keys: readonly string[]) => void;
  /** Marks the form as tried and goes to the first field that stops; true when nothing stops. */
  readonly attempt: () => boolean;
  readonly stopSaving: () => Promise<void>;
  readonly resumeSaving: () => void;
}

function filled(values: Values): string[] {
  return Object.keys(values).filter((key) => values[key] !== '');
}

export function useDossierForm({ draftId, chain, initial, savedAt, rulesFor, asDraft }: Start): DossierForm {
  const [values, setValues] = useState(initial);
  const [left, setLeft] = useState<ReadonlySet<string>>(() => new Set(savedAt ? Object.keys(initial) : []));
  const [kept, setKept] = useState<ReadonlySet<string>>(() => new Set(filled(initial)));
  const [tried, setTried] = useState(false);
  const latest = useRef(initial);
  const now = useRef({ asDraft, rulesFor });
  now.current = { asDraft, rulesFor };
  const { state: draft, touch, flush, stop, resume } = useDraftSaving(draftId, chain, savedAt);
  const { receivedOn, rule } = rulesFor(values);
  const reading = useMemo(
    () => readForm(chain, onlyFields(values), receivedOn, rule),
    [chain, values, receivedOn, rule],
  );

  const patch = useCallback(
    (part: Values) => {
      latest.current = { ...latest.current, ...part };
      setValues(latest.current);
      setKept((before) => {
        const fresh = filled(part).filter((key) => !before.has(key));
        return fresh.length > 0 ? new Set([...before, ...fresh]) : before;
      });
      touch(now.current.asDraft?.(latest.current) ?? latest.current);
    },
    [touch],
  );
  const type = useCallback(
    (key: string, value: string) => patch({ ...dateWordsTyped(chain, key, latest.current), [key]: value }),
    [chain, patch],
  );
  const leave = useCallback(
    (key: string) => {
      const today = now.current.rulesFor(latest.current).receivedOn;
      const tidy = tidied(chain, key, latest.current, today);
      if (tidy !== (latest.current[key] ?? '')) patch({ [key]: tidy });
      const follows = {
        ...dateWordsLeft(chain, key, latest.current),
        ...(key === 'residence.headIs' && filledFromHead(latest.current)),
      };
      if (Object.keys(follows).length > 0) patch(follows);
      setLeft((before) => (before.has(key) ? before : new Set([...before, key])));
      flush();
    },
    [chain, patch, flush],
  );
  const tell = useCallback(
    (keys: readonly string[]) => setLeft((before) => new Set([...before, ...keys])),
    [],
  );
  const told = tried ? reading.problems : reading.problems.filter((p) => left.has(p.field));
  const problemOf = (key: string) =>
    told.find((p) => p.field === key && p.weight === 'stop') ?? told.find((p) => p.field === key);
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
    kept,
    told,
    problemOf,
    type,
    leave,
    patch,
    tell,
    attempt,
    stopSaving: stop,
    resumeSaving: resume,
  };
}
