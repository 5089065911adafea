/** Correcting a dossier: the same form, a reason, and care when another machine was quicker. */
import { useState } from 'react';
import type { ProblemValue } from '../../../../shared/contract/ipc/common.ts';
import type { DossierDetail } from '../../../../shared/contract/ipc/dossier.ts';
import { componentOutcome, isAnnotation } from '../../../../shared/domain/dossier.ts';
import { subjectName } from '../../../../shared/domain/dossier-form.ts';
import { problemSentence } from '../../../../shared/problem.ts';
import { useCatalogue } from '../../../data/catalogue.ts';
import { useCorrect, useDossier } from '../../../data/dossier.ts';
import { type OpenDraft, useDiscardDraft } from '../../../data/draft.ts';
import { asProblem } from '../../../ipc.ts';
import { usePlace } from '../../../state/place.ts';
import { t } from '../../../text/text.ts';
import { Button } from '../../../ui/button.tsx';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { RequiredStar } from '../../../ui/required-star.tsx';
import { Changes } from './changes.tsx';
import { FormPage } from './form-page.tsx';
import { Problems } from './form-side.tsx';
import {
  asTyped,
  correctionDraft,
  correctionDraftId,
  correctionOf,
  markCorrection,
  onlyFields,
  REASON,
  rebased,
  type Values,
} from './form-values.ts';
import { type DossierForm, useDossierForm } from './use-dossier-form.ts';

interface Props {
  readonly detail: DossierDetail;
  readonly draft: OpenDraft | null;
  readonly field: string | undefined;
}

const REASON_ID = 'field-reason';

function ReasonField({ form }: { readonly form: DossierForm }) {
  const value = form.values[REASON] ?? '';
  const missing = form.tried && value.trim() === '';
  return (
    <div className="field reason">
      <div className="inline-field">
        <label htmlFor={REASON_ID}>
          {t('field.reason')}
          <RequiredStar />
        </label>
        <input
          id={REASON_ID}
          data-field={REASON}
          className={missing ? 'input bad' : 'input'}
          value={value}
          maxLength={300}
          autoComplete="off"
          placeholder={t('form.reason.hint')}
          aria-required="true"
          aria-invalid={missing}
          aria-describedby="reason-say"
          onChange={(event) => form.type(REASON, event.currentTarget.value)}
          onBlur={() => form.leave(REASON)}
        />
      </div>
      <p id="reason-say" className="say bad-text">
        {missing && problemSentence('REASON_REQUIRED')}
      </p>
    </div>
  );
}

/** The declaration alone: papers, codes and marks of the desk are not corrected here and stay as they are. */
function declared(values: Values): Record<string, string> {
  return Object.fromEntries(Object.entries(onlyFields(values)).filter(([key]) => !isAnnotation(key)));
}

export function Correct({ detail, draft, field }: Props) {
  const { id, chain, code } = detail;
  const draftId = correctionDraftId(id);
  const started = draft ? correctionOf(draft.values) : undefined;
  const [base, setBase] = useState(started?.base ?? detail.revision);
  const [original, setOriginal] = useState(() => asTyped(chain, detail.form));
  const [problem, setProblem] = useState<ProblemValue | null>(null);
  const [busy, setBusy] = useState(false);
  const [taken, setTaken] = useState(false);
  const current = useDossier(id).data ?? detail;
  const correct = useCorrect();
  const discard = useDiscardDraft();
  const { replace, forget } = usePlace();
  // The law of its first day goes on counting, also after a component was closed.
  const regime = useCatalogue().regimes.find((r) => r.id === detail.regime);
  const form = useDossierForm({
    draftId,
    chain,
    initial: {
      ...original,
      ...draft?.values,
      ...markCorrection({ dossier: id, base }),
    },
    savedAt: draft?.savedAt ?? null,
    rulesFor: () => ({ receivedOn: detail.receivedOn, rule: regime?.chains[chain] }),
    asDraft: (values) => correctionDraft(original, values, subjectName[chain]),
  });

  const takeNew = () => {
    const now = asTyped(chain, current.form);
    form.patch({
      ...rebased(original, form.values, now),
      ...markCorrection({ dossier: id, base: current.revision }),
    });
    setOriginal(now);
    setBase(current.revision);
    setProblem(null);
    setTaken(true);
    document.getElementById(REASON_ID)?.focus();
  };
  const commit = async () => {
    if (busy || !form.attempt()) return;
    const reason = form.values[REASON]?.trim() ?? '';
    if (reason === '') {
      document.getElementById(REASON_ID)?.focus();
      return;
    }
    setBusy(true);
    setProblem(null);
    await form.stopSaving();
    try {
      await correct.mutateAsync({ id, base, values: declared(form.values), reason });
      discard.mutate(draftId);
      forget(draftId);
      replace({ room: 'dossiers', view: 'detail', id, stored: 'corrected' });
    } catch (error) {
      form.resumeSaving();
      setProblem(asProblem(error, 'dossier.correct'));
      setBusy(false);
    }
  };
  const ended = current.components.filter((c) => componentOutcome(c.state) === 'done');
  const moved = current.revision !== base;
  const notices = (
    <>
      {problem && problem.code !== 'DOSSIER_CHANGED' && <ProblemNote problem={problem} />}
      {(moved || problem?.code === 'DOSSIER_CHANGED') && (
        <div className="card warn row" role="alert">
          <span className="grow">{t('form.changed')}</span>
          <Button look="tiny" onClick={takeNew}>
            {t('form.changed.take')}
          </Button>
        </div>
      )}
      {taken && !moved && <p className="note">{t('form.changed.taken')}</p>}
    </>
  );
  return (
    <FormPage
      form={form}
      title={t('form.title.correct', { code })}
      under={regime && t('form.regime', { name: regime.name })}
      firstField={field}
      onCommit={() => void commit()}
      notices={notices}
      ending={
        <>
          <ReasonField form={form} />
          <Button type="submit" look="primary" keys="Ctrl Enter" data-commit="" disabled={busy}>
            {t(busy ? 'form.running' : 'form.save')}
          </Button>
        </>
      }
      beside={
        <>
          {ended.length > 0 && (
            <p className="card warn">
              {t('form.correct.ended', { names: ended.map((c) => c.short).join(', ') })}
            </p>
          )}
          <Problems form={form} correcting />
          <Changes chain={chain} before={original} values={form.values} asked={form.reading.sections} />
        </>
      }
    />
  );
}
