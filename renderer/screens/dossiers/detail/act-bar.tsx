/** One button and one key for each step that may be recorded today; after a step, the paper that belongs to it. */
import { type ReactNode, useState } from 'react';
import type { Catalogue } from '../../../../shared/catalogue/law.ts';
import type { SlipKind } from '../../../../shared/catalogue/slips.ts';
import type { DossierDetail } from '../../../../shared/contract/ipc/dossier.ts';
import type { Action } from '../../../../shared/domain/action-rules.ts';
import { allowedActions } from '../../../../shared/domain/allowed-actions.ts';
import { openComponents } from '../../../../shared/domain/transfer.ts';
import type { Role } from '../../../../shared/domain/verbs.ts';
import { useMay, useSession } from '../../../data/session.ts';
import { named, t } from '../../../text/text.ts';
import { Button } from '../../../ui/button.tsx';
import { usePageKeys } from '../../../ui/use-page-keys.ts';
import { ActDialog } from './act-dialog.tsx';
import { actKeys, asDossier, type MissingPaper } from './act-model.ts';
import { slipAfter } from './slips-model.ts';
import { TransferDialog } from './transfer-dialog.tsx';

interface Props {
  readonly detail: DossierDetail;
  readonly catalogue: Catalogue;
  readonly missing: readonly MissingPaper[];
  readonly onPrint: (kind: SlipKind) => void;
  /** A step asked for from outside ("Soạn" of Mẫu 04). */
  readonly asked: Action | null;
  readonly onAnswered: () => void;
  /** What was stored before; the word on a step takes its place. */
  readonly said: ReactNode;
}

/** Beside the letters of the steps. */
const TRANSFER_KEY = 'U';

/** Why there is no button. */
function whyNot({ handled, holder, outcome }: DossierDetail, role: Role | undefined): string {
  if (!handled) return t('act.handedOver', { unit: holder?.name ?? '' });
  return role && outcome === 'under_way' ? t('act.mayNot', { role: named('role', role) }) : t('act.none');
}

export function ActBar({ detail, catalogue, missing, onPrint, asked, onAnswered, said }: Props) {
  const { actor, today, office, readOnly } = useSession();
  const may = useMay();
  const [chosen, setChosen] = useState<Action | null>(null);
  const [done, setDone] = useState<Action | null>(null);
  const [handing, setHanding] = useState(false);
  const [handedTo, setHandedTo] = useState<string | null>(null);
  const by = actor && readOnly === null && { role: actor.role, office: office?.code ?? '' };
  const allowed = by ? allowedActions(asDossier(detail), by, today) : [];
  const mayTransfer =
    may('dossier.transfer') && detail.handled && openComponents(detail.components).length > 0;
  const open = (action: Action) => {
    if (allowed.some((a) => a.action === action)) setChosen(action);
  };
  const slip = done && slipAfter(done, today);
  const print = () => {
    if (slip) onPrint(slip.kind);
    setDone(null);
  };
  usePageKeys({
    ...Object.fromEntries(actKeys.map(([action, key]) => [key.toLowerCase(), () => open(action)])),
    ...(slip && { i: print }),
    [TRANSFER_KEY.toLowerCase()]: () => setHanding(mayTransfer),
  });
  const shown = chosen ?? asked;
  const step = allowed.find((a) => a.action === shown);
  const close = () => {
    setChosen(null);
    onAnswered();
  };
  return (
    <>
      {!done && handedTo === null && said}
      {handedTo !== null && (
        <p className="note" role="status">
          {t('transfer.done', { unit: handedTo })}
        </p>
      )}
      {done && (
        <div className="note row" role="status">
          <span className="grow">{t('act.print.offer', { action: named('act', done) })}</span>
          {slip && (
            <Button look="tiny" keys="I" onClick={print}>
              {t('act.print', { slip: slip.title })}
            </Button>
          )}
          <Button look="tiny" onClick={() => setDone(null)}>
            {t('act.later')}
          </Button>
        </div>
      )}
      <fieldset className="act-bar" aria-label={t('act.bar')}>
        {allowed.length === 0 && (
          <span className="dim">
            {readOnly === null ? whyNot(detail, actor?.role) : t('readOnly.nothing')}
          </span>
        )}
        {actKeys
          .filter(([action]) => allowed.some((a) => a.action === action))
          .map(([action, key]) => (
            <Button key={action} look="tiny" keys={key} onClick={() => setChosen(action)}>
              {named('act', action)}
            </Button>
          ))}
        {mayTransfer && (
          <Button look="tiny" keys={TRANSFER_KEY} onClick={() => setHanding(true)}>
            {t('transfer.button')}
          </Button>
        )}
      </fieldset>
      {handing && (
        <TransferDialog
          detail={detail}
          onDone={(unit) => {
            setDone(null);
            setHandedTo(unit);
            setHanding(false);
          }}
          onClose={() => setHanding(false)}
        />
      )}
      {step && (
        <ActDialog
          key={step.action}
          detail={detail}
          catalogue={catalogue}
          missing={missing}
          action={step.action}
          allowed={step.components}
          onDone={() => {
            setDone(step.action);
            close();
          }}
          onClose={close}
        />
      )}
    </>
  );
}
