/** A colleague is away and a citizen stands at the counter: who leads may open a copy of his half-typed form, and says why. */
import { type FormEvent, useState } from 'react';
import type { LocalDate } from '../../../shared/lib/local-date.ts';
import { useOthersDrafts, useTakeDraft } from '../../data/draft.ts';
import { asProblem } from '../../ipc.ts';
import { usePlace } from '../../state/place.ts';
import { t } from '../../text/text.ts';
import { moment } from '../../text/when.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { PlainField } from '../../ui/plain-field.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';

export function OthersDrafts({ today }: { readonly today: LocalDate }) {
  const others = useOthersDrafts().data ?? [];
  const [open, setOpen] = useState(false);
  if (others.length === 0) return null;
  return (
    <div>
      <Button look="tiny" onClick={() => setOpen(true)}>
        {t('today.drafts.others', { n: others.length })}
      </Button>
      {open && <Others today={today} others={others} onClose={() => setOpen(false)} />}
    </div>
  );
}

interface Props {
  readonly today: LocalDate;
  readonly others: NonNullable<ReturnType<typeof useOthersDrafts>['data']>;
  readonly onClose: () => void;
}
function Others({ today, others, onClose }: Props) {
  const go = usePlace((s) => s.go);
  const take = useTakeDraft();
  const [chosen, setChosen] = useState(others[0]?.id ?? '');
  const [reason, setReason] = useState('');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const draft = others.find(({ id }) => id === chosen);
    if (!draft || take.isPending) return;
    const made = await take.mutateAsync({ id: chosen, reason }).catch(() => null);
    if (made) go({ room: 'dossiers', view: 'form', draftId: made.id, chain: draft.chain, fresh: false });
  };
  return (
    <Dialog
      title={t('today.drafts.others.title')}
      onClose={onClose}
      footer={
        <Button type="submit" form="others-drafts" look="primary" disabled={take.isPending}>
          {t('today.drafts.take')}
        </Button>
      }
    >
      <form id="others-drafts" className="stack" onSubmit={(event) => void submit(event)}>
        <p>{t('today.drafts.others.text')}</p>
        {others.map(({ id, author, subjectName, chain, savedAt }) => (
          <label key={id}>
            <input type="radio" name="draft" checked={chosen === id} onChange={() => setChosen(id)} />{' '}
            <strong>{subjectName || t('today.drafts.noName')}</strong> {t(`chain.${chain}`)} · {author} ·{' '}
            {t('today.drafts.saved', { when: moment(savedAt, today) })}
          </label>
        ))}
        <PlainField label={t('today.drafts.reason')} value={reason} onChange={setReason} maxLength={300} />
        {take.error && <ProblemNote problem={asProblem(take.error, 'draft.take')} />}
      </form>
    </Dialog>
  );
}
