/** The dialog that hands a dossier over to another ward: to whom, why, and what follows for this office. */
import { useId, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { ProblemValue } from '../../../../shared/contract/ipc/common.ts';
import type { DossierDetail } from '../../../../shared/contract/ipc/dossier.ts';
import { subjectName } from '../../../../shared/domain/dossier-form.ts';
import { openComponents } from '../../../../shared/domain/transfer.ts';
import { useTransfer } from '../../../data/dossier.ts';
import { useSession } from '../../../data/session.ts';
import { asProblem } from '../../../ipc.ts';
import { t } from '../../../text/text.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { goOn, Labelled } from './act-fields.tsx';
import { takerOf, takers } from './transfer-model.ts';

interface Props {
  readonly detail: DossierDetail;
  readonly onDone: (unit: string) => void;
  readonly onClose: () => void;
}

interface Line {
  readonly label: string;
  readonly value: string;
  readonly bad?: boolean;
  readonly say?: string | undefined;
  readonly list?: string;
  readonly start?: boolean;
  readonly onChange: (value: string) => void;
}

function TextLine({ label, value, bad = false, say, list, start = false, onChange }: Line) {
  return (
    <Labelled label={label} say={say}>
      {(id) => (
        <input
          id={id}
          className={bad ? 'input bad' : 'input'}
          data-dialog-start={start ? '' : undefined}
          list={list}
          maxLength={300}
          autoComplete="off"
          value={value}
          aria-invalid={bad}
          onKeyDown={goOn}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Labelled>
  );
}

export function TransferDialog({ detail, onDone, onClose }: Props) {
  const { office, today } = useSession();
  const list = useId();
  const units = useMemo(() => takers(office?.code ?? '', today), [office?.code, today]);
  const [base] = useState(detail.revision);
  const [form, setForm] = useState({ to: '', reason: '', receivedBy: '' });
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<ProblemValue | null>(null);
  const busy = useRef(false);
  const transfer = useTransfer();
  const unit = takerOf(units, form.to);
  const open = openComponents(detail.components);
  const names = detail.components.filter((c) => open.includes(c.code)).map((c) => c.short);
  const change = (part: Partial<typeof form>) => {
    setProblem(null);
    setForm((before) => ({ ...before, ...part }));
  };
  const noReason = form.reason.trim() === '';
  const commit = async () => {
    // The fields are marked at once, so that the first wrong one can take the focus.
    flushSync(() => setTried(true));
    if (busy.current) return;
    if (!unit || noReason) {
      document.querySelector<HTMLElement>('dialog [aria-invalid="true"]')?.focus();
      return;
    }
    busy.current = true;
    try {
      const { reason, receivedBy } = form;
      await transfer.mutateAsync({ id: detail.id, base, to: unit.key, reason, receivedBy });
      onDone(unit.name);
    } catch (error) {
      setProblem(asProblem(error, 'dossier.transfer'));
    } finally {
      busy.current = false;
    }
  };
  return (
    <Dialog
      title={t('transfer.title', { name: detail.form[subjectName[detail.chain]] ?? detail.code })}
      onClose={onClose}
      onKeys={{ 'Control+enter': () => void commit() }}
      footer={
        <Button
          look="primary"
          keys="Ctrl + Enter"
          disabled={transfer.isPending}
          onClick={() => void commit()}
        >
          {t(transfer.isPending ? 'act.running' : 'transfer.commit')}
        </Button>
      }
    >
      {problem && <ProblemNote problem={problem} />}
      <p>{t('transfer.moves', { names: names.join(', ') })}</p>
      <TextLine
        label={t('transfer.to')}
        value={form.to}
        bad={tried && !unit}
        say={tried && !unit ? t('transfer.to.bad') : undefined}
        list={list}
        start
        onChange={(to) => change({ to })}
      />
      <datalist id={list}>
        {units.map((one) => (
          <option key={one.key} value={one.name} />
        ))}
      </datalist>
      <TextLine
        label={t('act.reason')}
        value={form.reason}
        bad={tried && noReason}
        say={tried && noReason ? t('transfer.reason.bad') : undefined}
        onChange={(reason) => change({ reason })}
      />
      <TextLine
        label={t('transfer.receivedBy')}
        value={form.receivedBy}
        onChange={(receivedBy) => change({ receivedBy })}
      />
      <div className="card">
        <p className="strong">{t('transfer.then')}</p>
        <p>{t('transfer.then.there', { unit: unit?.name ?? t('transfer.there') })}</p>
        <p>{t('transfer.then.here')}</p>
      </div>
    </Dialog>
  );
}
