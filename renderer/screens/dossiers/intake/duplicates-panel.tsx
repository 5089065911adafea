/** Beside the form, live: dossiers and drafts that may be the same case. A warning only: twins are real. */
import { useEffect, useState } from 'react';
import type { Input, Output } from '../../../../shared/contract/ipc/registry.ts';
import { type LocalDate, showDate } from '../../../../shared/lib/local-date.ts';
import { useDuplicates } from '../../../data/intake.ts';
import { t } from '../../../text/text.ts';
import { shortDate } from '../../../text/when.ts';
import { Button } from '../../../ui/button.tsx';
import { onlyFields } from './form-values.ts';
import type { DossierForm } from './use-dossier-form.ts';

export type Duplicate = Output<'dossier.duplicates'>[number];

/** Rest of the typing hand before anybody is asked. */
const REST_MS = 500;
/** What a case is recognised by. */
const asked = [
  'child.fullName',
  'child.birth',
  'mother.fullName',
  'requester.fullName',
  'deceased.fullName',
  'deceased.birth',
  'death.date',
] as const;

function question(draftId: string, { chain, values }: DossierForm): Input<'dossier.duplicates'> {
  const typed = onlyFields(values);
  return {
    id: draftId,
    chain,
    values: Object.fromEntries(asked.flatMap((key) => (typed[key] ? [[key, typed[key]]] : []))),
  };
}

/** Asked once the hand rests; nothing while there is neither name nor day. */
export function useLikely(draftId: string, form: DossierForm): readonly Duplicate[] {
  const now = JSON.stringify(question(draftId, form));
  const [rested, setRested] = useState(now);
  useEffect(() => {
    const timer = setTimeout(() => setRested(now), REST_MS);
    return () => clearTimeout(timer);
  }, [now]);
  const input: Input<'dossier.duplicates'> = JSON.parse(rested);
  const named = Boolean(input.values['child.fullName'] ?? input.values['deceased.fullName']);
  const found = useDuplicates(input, named).data;
  return named && found ? found : [];
}

interface Props {
  readonly found: readonly Duplicate[];
  readonly today: LocalDate;
  readonly onCompare: (one: Duplicate) => void;
}

export function duplicateWords({ kind, code, receivedOn }: Duplicate, today: LocalDate): string {
  if (kind === 'draft') return t('intake.duplicate.draft');
  return t('intake.duplicate.received', { code, date: shortDate(receivedOn, today) });
}

export function DuplicatesPanel({ found, today, onCompare }: Props) {
  if (found.length === 0) return null;
  const twins = found.every((one) => one.why === 'twin');
  return (
    <section className="card warn" aria-labelledby="duplicates-title" role="status">
      <h2 id="duplicates-title">{t(twins ? 'intake.duplicate.twins' : 'intake.duplicate')}</h2>
      <ul className="jumps">
        {found.map((one, i) => (
          <li key={one.id}>
            <span className="strong">{one.name}</span>
            {[one.date && showDate(one.date), one.other].filter(Boolean).map((part) => ` · ${part}`)}
            <div className="row">
              <span className="dim small grow">
                {duplicateWords(one, today)}
                {one.why === 'twin' && ` · ${t('intake.duplicate.twin')}`}
              </span>
              <Button look="tiny" {...(i === 0 && { keys: 'Ctrl D' })} onClick={() => onCompare(one)}>
                {t('intake.duplicate.compare')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      <p className="dim small">{t(twins ? 'intake.duplicate.twins.text' : 'intake.duplicate.text')}</p>
    </section>
  );
}
