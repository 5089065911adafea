/** The dialog of one step: asks for what the step needs, says what will follow, and records it. */
import { useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Catalogue } from '../../../../shared/catalogue/law.ts';
import type { ProblemValue } from '../../../../shared/contract/ipc/common.ts';
import type { DossierDetail } from '../../../../shared/contract/ipc/dossier.ts';
import type { Action } from '../../../../shared/domain/action-rules.ts';
import { subjectName } from '../../../../shared/domain/dossier-form.ts';
import { type ActRequest, actWarnings, planAct } from '../../../../shared/domain/plan-act.ts';
import type { Role } from '../../../../shared/domain/verbs.ts';
import { Problem, problemSentence } from '../../../../shared/problem.ts';
import { useAct } from '../../../data/dossier.ts';
import { useSession, useSessionTime } from '../../../data/session.ts';
import { asProblem } from '../../../ipc.ts';
import { named, t } from '../../../text/text.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { ActComponents, ActWhen } from './act-fields.tsx';
import {
  type ActForm,
  actForm,
  actInput,
  actRequest,
  asDossier,
  changedElsewhere,
  type MissingPaper,
  unreadable,
} from './act-model.ts';
import { ActNeeds } from './act-needs.tsx';
import { Consequences } from './act-then.tsx';
import { rulesOf } from './dossier-words.ts';

interface Props {
  readonly detail: DossierDetail;
  readonly catalogue: Catalogue;
  readonly missing: readonly MissingPaper[];
  readonly action: Action;
  readonly allowed: readonly string[];
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** What the rules say of the step as it stands: its consequences, or the first thing that is wrong. */
function foresee(
  detail: DossierDetail,
  request: ActRequest,
  catalogue: Catalogue,
  by: { readonly role: Role; readonly office: string },
) {
  const rules = rulesOf(catalogue, detail);
  if (!rules) return { plan: null, problem: null, warnings: [] };
  const dossier = asDossier(detail);
  const warnings = actWarnings(dossier, request, rules);
  try {
    return { plan: planAct(dossier, request, { ...by, rules }), problem: null, warnings };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { plan: null, problem: error.code, warnings };
  }
}

function Warnings({
  codes,
  read,
  onRead,
}: {
  readonly codes: ReturnType<typeof actWarnings>;
  readonly read: boolean;
  readonly onRead: (read: boolean) => void;
}) {
  return (
    <div className="card warn" role="alert">
      {codes.map((code) => (
        <p key={code} className="warn-text strong">
          {problemSentence(code)}
        </p>
      ))}
      <label className="tick-line">
        <input
          id="act-read"
          type="checkbox"
          checked={read}
          onChange={(event) => onRead(event.currentTarget.checked)}
        />
        {t('act.read')}
      </label>
    </div>
  );
}

function Changed({ gone, onTake }: { readonly gone: boolean; readonly onTake: () => void }) {
  return (
    <div className="card warn row" role="alert">
      <span className="grow">{t(gone ? 'act.gone' : 'act.changed')}</span>
      {!gone && (
        <Button look="tiny" onClick={onTake}>
          {t('act.changed.take')}
        </Button>
      )}
    </div>
  );
}

export function ActDialog(props: Props) {
  const { detail, catalogue, missing, action, allowed, onDone, onClose } = props;
  const session = useSession();
  const now = useSessionTime();
  const [form, setForm] = useState<ActForm>(() => actForm(action, { ...props, now }));
  const [base, setBase] = useState(detail.revision);
  const [read, setRead] = useState(false);
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<ProblemValue | null>(null);
  const busy = useRef(false);
  const act = useAct();
  const change = (part: Partial<ActForm>) => {
    setProblem(null);
    setForm((before) => ({ ...before, ...part }));
  };
  const wrong = unreadable(form);
  const role = session.actor?.role ?? 'auditor';
  const office = session.office?.code ?? '';
  const request = actRequest(form, missing, now);
  const foreseen = useMemo(
    () => foresee(detail, request, catalogue, { role, office }),
    [detail, request, catalogue, role, office],
  );
  const { plan, warnings } = foreseen;
  // What this machine itself wrote meanwhile (a paper's state just left) surprises nobody.
  if (detail.revision > base && !changedElsewhere(detail, base)) setBase(detail.revision);
  const moved = detail.revision !== base || problem?.code === 'DOSSIER_CHANGED';
  const name = detail.form[subjectName[detail.chain]] ?? detail.code;

  const commit = async () => {
    // The fields are marked at once, so that the first wrong one can take the focus.
    flushSync(() => setTried(true));
    if (busy.current || moved) return;
    if (warnings.length > 0 && !read) {
      document.getElementById('act-read')?.focus();
      return;
    }
    if (wrong.length > 0 || foreseen.problem) {
      document.querySelector<HTMLElement>('dialog [aria-invalid="true"]')?.focus();
      return;
    }
    busy.current = true;
    try {
      await act.mutateAsync({ id: detail.id, base, step: actInput(form, missing) });
      onDone();
    } catch (error) {
      setProblem(asProblem(error, 'dossier.act'));
    } finally {
      busy.current = false;
    }
  };
  return (
    <Dialog
      title={t('act.title', { action: named('act', action), name })}
      onClose={onClose}
      onKeys={{ 'Control+enter': () => void commit() }}
      footer={
        <Button look="primary" keys="Ctrl + Enter" disabled={act.isPending} onClick={() => void commit()}>
          {t(act.isPending ? 'act.running' : 'act.commit')}
        </Button>
      }
    >
      {moved && (
        <Changed
          gone={detail.revision !== base && allowed.length === 0}
          onTake={() => {
            setBase(detail.revision);
            setProblem(null);
          }}
        />
      )}
      {problem && problem.code !== 'DOSSIER_CHANGED' && <ProblemNote problem={problem} />}
      {warnings.length > 0 && <Warnings codes={warnings} read={read} onRead={setRead} />}
      <ActComponents detail={detail} form={form} allowed={allowed} onChange={change} />
      <ActNeeds
        detail={detail}
        catalogue={catalogue}
        missing={missing}
        form={form}
        tried={tried}
        problem={foreseen.problem}
        today={session.today}
        onChange={change}
      />
      <ActWhen form={form} wrong={wrong} onChange={change} />
      {tried && foreseen.problem && wrong.length === 0 && (
        <p className="bad-text strong" role="alert">
          {problemSentence(foreseen.problem)}
        </p>
      )}
      {plan && <Consequences detail={detail} plan={plan} chosen={form.components} today={session.today} />}
    </Dialog>
  );
}
