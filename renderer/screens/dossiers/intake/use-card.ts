/** One scan of a card on the form: blanks are filled at once, the rest is left to the clerk, shown in the person's section. */
import { useCallback, useRef, useState } from 'react';
import { type IdCardQr, parseIdCardQr } from '../../../../shared/domain/id-card-qr.ts';
import type { ProblemCode } from '../../../../shared/problem.ts';
import { type CardDifference, type CardHolder, cardAgainst, holderAt } from './card-scan.ts';
import type { DossierForm } from './use-dossier-form.ts';

export interface CardNote {
  /** Section in which the note stands. */
  readonly section: string;
  readonly holder: string;
  readonly filled: number;
  readonly oldNumber: string;
  readonly differences: readonly CardDifference[];
  /** The card contradicts itself, as some old ones do. */
  readonly warning: ProblemCode | null;
  readonly alsoOf: string | undefined;
  /** Why the scan could not be read. */
  readonly problem: ProblemCode | null;
}

export interface CardReader {
  readonly note: CardNote | null;
  /** Who the card would belong to where the cursor stands, or stood last. */
  readonly holder: CardHolder | undefined;
  /** Reads a scan made in this field, which held `value`; gives the problem where it cannot be read. */
  readonly read: (text: string, field: string, value: string) => void;
  readonly readFor: (text: string) => ProblemCode | null;
  /** The cursor came into a field. */
  readonly enter: (field: string) => void;
  readonly take: (difference: CardDifference) => void;
  readonly dismiss: () => void;
}

const nothing = { filled: 0, oldNumber: '', differences: [], warning: null, alsoOf: undefined };

export function useCard(form: DossierForm): CardReader {
  const { chain } = form;
  const [note, setNote] = useState<CardNote | null>(null);
  const [holder, setHolder] = useState<CardHolder | undefined>(() => holderAt(chain, '', 'requester'));
  const latest = useRef({ form, holder });
  latest.current = { form, holder };

  const enter = useCallback(
    (field: string) => {
      const { sections } = latest.current.form.reading;
      const section = sections.find((s) => s.fields.some((f) => f.key === field))?.key ?? '';
      const here = holderAt(chain, field, section);
      if (here) setHolder(here);
    },
    [chain],
  );
  const fill = (
    whose: CardHolder,
    card: IdCardQr,
    warning: ProblemCode | null,
    back: Record<string, string>,
  ) => {
    const { values, patch, tell } = latest.current.form;
    const before = { ...values, ...back };
    const { patch: filled, differences, alsoOf } = cardAgainst(chain, whose, card, before);
    patch({ ...back, ...filled });
    tell(Object.keys(filled));
    setNote({
      section: whose.section,
      holder: whose.key,
      filled: Object.keys(filled).length,
      oldNumber: card.oldNumber,
      differences,
      warning,
      alsoOf,
      problem: null,
    });
  };
  /** What the scanner typed into the field goes; what stood there before stands again. */
  const use = (text: string, back: Record<string, string>): ProblemCode | null => {
    const whose = latest.current.holder;
    const reading = parseIdCardQr(text);
    if (reading.ok && whose) {
      fill(whose, reading.value, reading.warning, back);
      return null;
    }
    latest.current.form.patch(back);
    const problem = reading.ok ? null : reading.code;
    if (problem && whose) setNote({ ...nothing, section: whose.section, holder: whose.key, problem });
    return problem;
  };
  return {
    note,
    holder,
    enter,
    read: (text, field, value) => {
      use(text, field === '' ? {} : { [field]: value });
    },
    readFor: (text) => use(text, {}),
    take: (difference) => {
      latest.current.form.patch({ [difference.field]: difference.card });
      setNote((n) => n && { ...n, differences: n.differences.filter((d) => d.field !== difference.field) });
    },
    dismiss: () => setNote(null),
  };
}
