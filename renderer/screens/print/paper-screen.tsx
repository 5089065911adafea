/** A paper of a dossier, or the register of a window of days, as it will come out of the printer; print or save it. */
import { useState } from 'react';
import { addDays, readDate, showDate } from '../../../shared/lib/local-date.ts';
import type { PaperSize } from '../../../shared/slip/paper-size.ts';
import { usePrintProof, useSaveProof } from '../../data/attention.ts';
import { usePrintPerson, useSavePerson } from '../../data/person.ts';
import { useSession } from '../../data/session.ts';
import { slipSource, usePrintRegister, usePrintSlip, useSaveRegister, useSaveSlip } from '../../data/slip.ts';
import { asProblem } from '../../ipc.ts';
import { type Place, usePlace } from '../../state/place.ts';
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';
import { notice } from '../../ui/notice.ts';
import { PlainField } from '../../ui/plain-field.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { usePageKeys } from '../../ui/use-page-keys.ts';
import { useStart } from '../../ui/use-start.ts';
import type { PrintPlace } from './print-place.ts';
import { SlipPreview } from './slip-preview.tsx';
import { useSlipModel } from './use-slip-model.ts';

type SlipPlace = Extract<Place, { view: 'slip' }>;

interface PaperProps {
  readonly paper: PrintPlace;
  readonly title: string;
  readonly onSize: (size: PaperSize) => void;
  readonly onPrint: () => Promise<boolean>;
  readonly onSave: () => Promise<boolean>;
}

function Paper({ paper, title, onSize, onPrint, onSave }: PaperProps) {
  const back = usePlace((s) => s.back);
  const { data: model, error } = useSlipModel(slipSource, paper);
  const [failed, setFailed] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  useStart(model !== undefined || error !== null);
  const run = async (work: () => Promise<boolean>, done: string) => {
    if (busy || !model) return;
    setBusy(true);
    setFailed(null);
    try {
      if (await work()) notice(done);
    } catch (problem) {
      setFailed(problem);
    } finally {
      setBusy(false);
    }
  };
  const print = () => void run(onPrint, t('slip.printed'));
  const save = () => void run(onSave, t('slip.saved'));
  usePageKeys({ i: print, 'Control+p': print, 'Control+s': save });
  const problem = error ?? failed;
  return (
    <>
      <div className="head">
        <h1>{model?.form.title ?? title}</h1>
        <div className="end">
          <Button look="primary" keys="I" data-start="" disabled={!model || busy} onClick={print}>
            {t('slip.print')}
          </Button>
          <Button keys="Ctrl + S" disabled={!model} onClick={save}>
            {t('slip.save')}
          </Button>
          <Button keys="Esc" onClick={back}>
            {t('detail.back')}
          </Button>
        </div>
      </div>
      {problem !== null && <ProblemNote problem={asProblem(problem, 'slip.get')} />}
      {model === null && <p className="card empty">{t('slip.none')}</p>}
      {model && <SlipPreview model={model} size={paper.size} onSize={onSize} />}
    </>
  );
}

export function SlipScreen({ place }: { readonly place: SlipPlace }) {
  const { id, kind } = place;
  const replace = usePlace((s) => s.replace);
  const [print, save] = [usePrintSlip(), useSaveSlip()];
  const request = { id, kind, size: place.size };
  return (
    <Paper
      paper={{ paper: 'slip', request: { id, kind }, size: place.size }}
      title={t('slip.preview')}
      onSize={(size) => replace({ ...place, size })}
      onPrint={async () => (await print.mutateAsync(request)).done}
      onSave={async () => (await save.mutateAsync(request)).saved}
    />
  );
}

type ProofPlace = Extract<Place, { view: 'proof' }>;

/** A receipt, all receipts of a dossier, or a day, on paper. */
export function ProofScreen({ place }: { readonly place: ProofPlace }) {
  const { proof, size } = place;
  const replace = usePlace((s) => s.replace);
  const [print, save] = [usePrintProof(), useSaveProof()];
  return (
    <Paper
      paper={{ paper: 'proof', request: proof, size }}
      title={t('proof.preview')}
      onSize={(other) => replace({ ...place, size: other })}
      onPrint={async () => (await print.mutateAsync({ ...proof, size })).done}
      onSave={async () => (await save.mutateAsync({ ...proof, size })).saved}
    />
  );
}

type PersonPlace = Extract<Place, { view: 'person' }>;

/** The answer to a person who asked for his own data. */
export function PersonScreen({ place }: { readonly place: PersonPlace }) {
  const { id } = place;
  const [print, save] = [usePrintPerson(), useSavePerson()];
  return (
    <Paper
      paper={{ paper: 'person', request: { id }, size: 'A4' }}
      title={t('person.title')}
      onSize={() => undefined}
      onPrint={async () => (await print.mutateAsync({ id })).done}
      onSave={async () => (await save.mutateAsync({ id, format: 'pdf' })).saved}
    />
  );
}

const MONTH = 30;

/** Sổ theo dõi of a window of reception days. */
export function RegisterScreen() {
  const { today } = useSession();
  const [from, setFrom] = useState(showDate(addDays(today, -MONTH)));
  const [to, setTo] = useState(showDate(today));
  const [print, save] = [usePrintRegister(), useSaveRegister()];
  const [first, last] = [readDate(from, false), readDate(to, false)];
  const window =
    first.ok && last.ok && first.value <= last.value ? { from: first.value, to: last.value } : null;
  return (
    <>
      <div className="row register-window">
        <PlainField label={t('slip.register.from')} value={from} inputMode="numeric" onChange={setFrom} />
        <PlainField label={t('slip.register.to')} value={to} inputMode="numeric" onChange={setTo} />
        {!window && <span className="bad-text">{t('slip.register.bad')}</span>}
      </div>
      {window && (
        <Paper
          key={`${window.from}${window.to}`}
          paper={{ paper: 'register', request: window, size: 'A4' }}
          title={t('slips.register')}
          onSize={() => undefined}
          onPrint={async () => (await print.mutateAsync(window)).done}
          onSave={async () => (await save.mutateAsync(window)).saved}
        />
      )}
    </>
  );
}
