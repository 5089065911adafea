/** Taking in: the draft becomes a dossier with a temporary code, stored on this machine; its slip is printed at once. */
import { useState } from 'react';
import type { ChainCode } from '../../../../shared/catalogue/law.ts';
import { regimeOn } from '../../../../shared/catalogue/law.ts';
import type { ProblemValue } from '../../../../shared/contract/ipc/common.ts';
import { channels } from '../../../../shared/domain/dossier.ts';
import { stops } from '../../../../shared/domain/read-form.ts';
import { useCatalogue } from '../../../data/catalogue.ts';
import { useReceive } from '../../../data/dossier.ts';
import { useCommunes, useSession, useSessionTime } from '../../../data/session.ts';
import { asProblem } from '../../../ipc.ts';
import { usePlace } from '../../../state/place.ts';
import { t } from '../../../text/text.ts';
import { Button } from '../../../ui/button.tsx';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { CaseFields, COMMUNE_ID, RECEIVED_DATE_ID, RECEIVED_TIME_ID } from './case-fields.tsx';
import { Coach } from './coach.tsx';
import { CompareDialog } from './compare-dialog.tsx';
import { DuesPanel } from './dues-panel.tsx';
import { type Duplicate, DuplicatesPanel, useLikely } from './duplicates-panel.tsx';
import { FormPage } from './form-page.tsx';
import { Problems } from './form-side.tsx';
import { CHANNEL, COMMUNE, onlyFields, type Values } from './form-values.ts';
import { funeralSuggestion, intakeCase } from './intake-case.ts';
import { changeToPapers, IntakePapers } from './intake-papers.tsx';
import { MoneyPanel, takeSum } from './money-panel.tsx';
import { RECEIVED_DATE, RECEIVED_TIME, receivedAt } from './received-at.ts';
import { type AtOnce, RefuseDialog, SupplementDialog } from './step-dialogs.tsx';
import { useDossierForm } from './use-dossier-form.ts';

interface Props {
  readonly draftId: string;
  readonly chain: ChainCode;
  readonly initial: Values;
  readonly savedAt: string | null;
}
type Slip = 'receipt' | 'supplement' | 'refusal';

function focusOn(id: string): void {
  document.getElementById(id)?.focus();
}

/** The form as a reception under the law of its day, and the commit of it. */
function useReception({ draftId, chain, initial, savedAt }: Props) {
  const session = useSession();
  const catalogue = useCatalogue();
  const { replace, go, forget } = usePlace();
  const receive = useReceive();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemValue | null>(null);
  const now = useSessionTime();
  const form = useDossierForm({
    draftId,
    chain,
    initial,
    savedAt,
    rulesFor: (values) => {
      const receivedOn = receivedAt(values, now).at.date;
      return { receivedOn, rule: regimeOn(catalogue, receivedOn)?.chains[chain] };
    },
  });
  const received = receivedAt(form.values, now);
  const communes = useCommunes(received.at.date).data ?? [];
  const isCommune = session.office?.isCommune ?? true;
  // The list may still be on its way, or empty before a merger: the office's own code is then judged by its day.
  const commune = isCommune ? (communes[0]?.key ?? session.office?.code) : form.values[COMMUNE];

  const canCommit = (): boolean => {
    if (busy || !form.attempt()) return false;
    if (received.dateProblem) focusOn(RECEIVED_DATE_ID);
    else if (received.timeProblem) focusOn(RECEIVED_TIME_ID);
    else if (!commune) focusOn(COMMUNE_ID);
    else return true;
    return false;
  };
  const commit = async (atOnce: AtOnce | null, slip: Slip) => {
    if (!canCommit() || !commune) return;
    setBusy(true);
    setProblem(null);
    await form.stopSaving();
    try {
      const channel = channels.find((c) => c === form.values[CHANNEL]) ?? 'truc_tiep';
      const done = await receive.mutateAsync({
        id: draftId,
        chain,
        channel,
        commune,
        values: { ...onlyFields(form.values) },
        received: received.earlier ? received.at : null,
        atOnce,
      });
      forget(draftId);
      replace({ room: 'dossiers', view: 'detail', id: done.id, stored: 'received' });
      // The paper stands over the dossier: Esc goes on there.
      go({ room: 'dossiers', view: 'slip', id: done.id, kind: slip, size: 'A4' });
    } catch (error) {
      form.resumeSaving();
      setProblem(asProblem(error, 'dossier.receive'));
      setBusy(false);
    }
  };
  return {
    form,
    received,
    today: session.today,
    of: intakeCase({ catalogue, chain, form: form.reading.form, received: received.at }),
    money: chain === 'death' ? funeralSuggestion(catalogue, form.reading.form) : undefined,
    communes: isCommune ? null : communes,
    busy,
    problem,
    canCommit,
    commit,
  };
}

type Reception = ReturnType<typeof useReception>;
type Open = 'supplement' | 'refuse' | Duplicate | null;

interface EndingProps {
  readonly reception: Reception;
  readonly onReceive: () => void;
  readonly onStep: (step: 'supplement' | 'refuse') => void;
}

/** Where papers are missing the eye goes to Mẫu 02; nothing keeps the dossier from being received all the same. */
function Ending({ reception: { busy, of }, onReceive, onStep }: EndingProps) {
  const back = usePlace((s) => s.back);
  const incomplete = (of?.missing.length ?? 0) > 0;
  const main = { look: 'primary', 'data-commit': '' } as const;
  return (
    <>
      <Button keys="Ctrl Enter" disabled={busy} onClick={onReceive} {...(!incomplete && main)}>
        {t(busy ? 'form.running' : 'intake.receive')}
      </Button>
      <Button keys="Ctrl B" disabled={busy} onClick={() => onStep('supplement')} {...(incomplete && main)}>
        {t('intake.supplement.button')}
      </Button>
      <Button keys="Ctrl T" disabled={busy} onClick={() => onStep('refuse')}>
        {t('intake.refuse.button')}
      </Button>
      <Button keys="Esc" onClick={back}>
        {t('intake.draft')}
      </Button>
    </>
  );
}

/** CLOCK_BEHIND is mended by typing the day and hour oneself. */
function CommitProblem({ problem, onEarlier }: { problem: ProblemValue; onEarlier: () => void }) {
  return (
    <ProblemNote problem={problem}>
      {problem.code === 'CLOCK_BEHIND' && (
        <Button look="tiny" keys="F3" onClick={onEarlier}>
          {t('intake.received.type')}
        </Button>
      )}
    </ProblemNote>
  );
}

export function Receive(props: Props) {
  const { chain, draftId } = props;
  const reception = useReception(props);
  const { form, received, today, of, money, problem } = reception;
  const go = usePlace((s) => s.go);
  const duplicates = useLikely(draftId, form);
  const [open, setOpen] = useState<Open>(null);
  const [asked, setAsked] = useState(received.earlier);
  const earlier = asked || received.earlier;

  const step = (which: 'supplement' | 'refuse') => {
    if (of && reception.canCommit()) setOpen(which);
  };
  const toggleEarlier = () => {
    if (earlier) form.patch({ [RECEIVED_DATE]: '', [RECEIVED_TIME]: '' });
    setAsked(!earlier);
    if (!earlier) requestAnimationFrame(() => focusOn(RECEIVED_DATE_ID));
  };
  const compare = (one: Duplicate | undefined) => one && setOpen(one);
  const openOther = ({ kind, id }: Duplicate) => {
    setOpen(null);
    if (kind === 'dossier') go({ room: 'dossiers', view: 'detail', id });
    else go({ room: 'dossiers', view: 'form', draftId: id, chain, fresh: false });
  };
  // What keeps the dossier from being received stands first once it was tried.
  const blocked = form.tried && stops(form.reading).length > 0;
  const close = () => setOpen(null);
  const receive = () => void reception.commit(null, 'receipt');
  return (
    <>
      <FormPage
        form={form}
        title={t('form.title.receive', { chain: of?.rule.name ?? t(`chain.${chain}`) })}
        under={of && t('form.regime', { name: of.regime.name })}
        onCommit={receive}
        keys={{
          F3: toggleEarlier,
          F7: changeToPapers,
          'Control+b': () => step('supplement'),
          'Control+t': () => step('refuse'),
          'Control+d': () => compare(duplicates[0]),
          'Control+g': () => takeSum(form, money),
        }}
        notices={problem && <CommitProblem problem={problem} onEarlier={toggleEarlier} />}
        tail={(no) => (
          <CaseFields
            form={form}
            no={no}
            communes={reception.communes}
            received={received}
            today={today}
            regimeName={of?.regime.name}
            earlier={earlier}
            onEarlier={toggleEarlier}
          />
        )}
        ending={<Ending reception={reception} onReceive={receive} onStep={step} />}
        beside={
          <>
            <Coach chain={form.chain} />
            {blocked && <Problems form={form} correcting={false} />}
            {money && <MoneyPanel form={form} suggestion={money} />}
            {of && <IntakePapers form={form} papers={of.papers} missing={of.missing} />}
            <DuplicatesPanel found={duplicates} today={today} onCompare={compare} />
            {!blocked && <Problems form={form} correcting={false} />}
            <DuesPanel of={of} received={received.at} today={today} />
          </>
        }
      />
      {open === 'supplement' && of && (
        <SupplementDialog
          of={of}
          onClose={close}
          onDo={(atOnce) => void reception.commit(atOnce, 'supplement')}
        />
      )}
      {open === 'refuse' && of && (
        <RefuseDialog of={of} onClose={close} onDo={(atOnce) => void reception.commit(atOnce, 'refusal')} />
      )}
      {open !== null && typeof open === 'object' && (
        <CompareDialog chain={chain} values={form.values} other={open} onOpen={openOther} onClose={close} />
      )}
    </>
  );
}
