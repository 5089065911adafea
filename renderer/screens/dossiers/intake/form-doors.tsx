/** The two doors to a form: taking in (a new one or a draft), and correcting a dossier. Each waits for what it needs. */
import type { ChainCode } from '../../../../shared/catalogue/law.ts';
import type { DossierDetail } from '../../../../shared/contract/ipc/dossier.ts';
import { useDossier } from '../../../data/dossier.ts';
import { useDraft } from '../../../data/draft.ts';
import { useDossierIf } from '../../../data/intake.ts';
import { asProblem } from '../../../ipc.ts';
import { t } from '../../../text/text.ts';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { newbornFrom } from './copy-from.ts';
import { Correct } from './correct.tsx';
import { correctionDraftId, correctionOf, defaults, type Values } from './form-values.ts';
import { Receive } from './receive.tsx';

interface ReceiveProps {
  readonly draftId: string;
  readonly chain: ChainCode;
  readonly fresh: boolean;
  /** Birth dossier of the newborn who died: the death declaration begins with its data. */
  readonly newborn: string | undefined;
}

export function ReceiveForm({ draftId, chain, fresh, newborn }: ReceiveProps) {
  const { data: draft, error } = useDraft(draftId);
  const birth = useDossierIf(newborn);
  if (error) return <ProblemNote problem={asProblem(error, 'draft.get')} />;
  if (birth.error) return <ProblemNote problem={asProblem(birth.error, 'dossier.get')} />;
  if (draft === undefined || (newborn && !birth.data)) return <p className="empty">{t('form.loading')}</p>;
  if (draft === null && !fresh) return <p className="card empty">{t('form.noDraft')}</p>;
  const correction = draft && correctionOf(draft.values);
  if (correction) return <CorrectForm id={correction.dossier} field={undefined} />;
  return (
    <Receive
      draftId={draftId}
      chain={draft?.chain ?? chain}
      initial={draft?.values ?? begun(chain, birth.data)}
      savedAt={draft?.savedAt ?? null}
    />
  );
}

function begun(chain: ChainCode, birth: DossierDetail | undefined): Values {
  const blank = defaults(chain);
  return birth ? { ...blank, ...newbornFrom(birth, {}) } : blank;
}

interface CorrectProps {
  readonly id: string;
  readonly field: string | undefined;
}

export function CorrectForm({ id, field }: CorrectProps) {
  const dossier = useDossier(id);
  const draft = useDraft(correctionDraftId(id));
  const error = dossier.error ?? draft.error;
  if (error) return <ProblemNote problem={asProblem(error, 'dossier.get')} />;
  if (!dossier.data || draft.data === undefined) return <p className="empty">{t('form.loading')}</p>;
  return <Correct detail={dossier.data} draft={draft.data} field={field} />;
}
