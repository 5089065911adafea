/** Taking in: the draft becomes a dossier with a temporary code, stored on this machine. */
import { useState } from 'react';
import type { ChainCode } from '../../../shared/catalogue/regimes.ts';
import type { ProblemValue } from '../../../shared/contract/ipc/common.ts';
import { channels } from '../../../shared/domain/dossier.ts';
import { localTime } from '../../../shared/lib/local-date.ts';
import { useReceive } from '../../data/dossier.ts';
import { useCommunes, useSession } from '../../data/session.ts';
import { asProblem } from '../../ipc.ts';
import { usePlace } from '../../state/place.ts';
import { t } from '../../text/text.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useNow } from '../../ui/use-now.ts';
import { CaseFields, COMMUNE_ID } from './case-fields.tsx';
import { FormPage } from './form-page.tsx';
import { CHANNEL, COMMUNE, onlyFields, type Values } from './form-values.ts';
import { useDossierForm } from './use-dossier-form.ts';

interface Props {
  readonly draftId: string;
  readonly chain: ChainCode;
  readonly chainName: string;
  readonly initial: Values;
  readonly savedAt: string | null;
}

export function Receive({ draftId, chain, chainName, initial, savedAt }: Props) {
  const session = useSession();
  const { replace, forget } = usePlace();
  const communes = useCommunes(session.today).data ?? [];
  const receive = useReceive();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemValue | null>(null);
  const form = useDossierForm({ draftId, chain, initial, savedAt, receivedOn: session.today });
  const received = { date: session.today, time: localTime(useNow(session.now)).time };
  const isCommune = session.office?.isCommune ?? true;
  const commune = isCommune ? communes[0]?.key : form.values[COMMUNE];

  const commit = async () => {
    if (busy || !form.attempt()) return;
    if (!commune) {
      document.getElementById(COMMUNE_ID)?.focus();
      return;
    }
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
      });
      forget(draftId);
      replace({ room: 'dossiers', view: 'detail', id: done.id, stored: 'received' });
    } catch (error) {
      form.resumeSaving();
      setProblem(asProblem(error, 'dossier.receive'));
      setBusy(false);
    }
  };
  return (
    <FormPage
      form={form}
      title={t('form.title.receive', { chain: chainName })}
      received={received}
      commitWord={t('form.receive')}
      busy={busy}
      onCommit={() => void commit()}
      notices={problem && <ProblemNote problem={problem} />}
      ending={<CaseFields form={form} communes={isCommune ? null : communes} />}
    />
  );
}
