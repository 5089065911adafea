/** At the counter, with the reception in one go: Mẫu 02 with everything to complete, or Mẫu 03 with its reason. */
import { useId, useState } from 'react';
import { type Catalogue, type Reason, validOn } from '../../../../shared/catalogue/law.ts';
import type { Input } from '../../../../shared/contract/ipc/registry.ts';
import { showDate } from '../../../../shared/lib/local-date.ts';
import { problemSentence } from '../../../../shared/problem.ts';
import { t } from '../../../text/text.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import type { IntakeCase } from './intake-case.ts';

export type AtOnce = NonNullable<Input<'dossier.receive'>['atOnce']>;

interface Props {
  readonly of: IntakeCase;
  readonly onDo: (atOnce: AtOnce) => void;
  readonly onClose: () => void;
}

function readyReasons({ clock }: IntakeCase, use: Reason['uses'][number]): readonly Reason[] {
  const catalogue: Catalogue = clock.catalogue;
  return validOn(catalogue.reasons, clock.receivedOn).filter((r) => r.uses.includes(use));
}

interface WordsProps {
  readonly reasons: readonly Reason[];
  readonly code: string;
  readonly words: string;
  readonly label: string;
  readonly start?: boolean;
  readonly onPick: (code: string, words: string) => void;
}

/** A ready reason and its words, which the clerk may edit; the code stays for the figures. */
function ReasonWords({ reasons, code, words, label, start = false, onPick }: WordsProps) {
  const id = useId();
  return (
    <>
      <div className="field">
        <label htmlFor={`${id}ready`}>{t('intake.step.ready')}</label>
        <select
          id={`${id}ready`}
          className="input"
          value={code}
          {...(start && { 'data-dialog-start': '' })}
          onChange={(event) => {
            const next = event.currentTarget.value;
            onPick(next, reasons.find((r) => r.code === next)?.text ?? words);
          }}
        >
          <option value="">{t('intake.step.own')}</option>
          {reasons.map((r) => (
            <option key={r.code} value={r.code}>
              {r.text}
            </option>
          ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor={`${id}words`}>{label}</label>
        <textarea
          id={`${id}words`}
          className="input"
          rows={2}
          maxLength={300}
          value={words}
          onChange={(event) => onPick(code, event.currentTarget.value)}
        />
      </div>
    </>
  );
}

/** One item a line, blank lines left out. */
export function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim().slice(0, 300))
    .filter((line) => line !== '');
}

export function SupplementDialog({ of, onDo, onClose }: Props) {
  const id = useId();
  const asked = of.papers.filter((line) => line.state === 'missing');
  const [ticked, setTicked] = useState<ReadonlySet<string>>(
    () => new Set(of.missing.map((line) => line.code)),
  );
  const [more, setMore] = useState('');
  const [reason, setReason] = useState({ code: '', words: '' });
  const [empty, setEmpty] = useState(false);
  const tick = (code: string) => {
    const next = new Set(ticked);
    if (!next.delete(code)) next.add(code);
    setTicked(next);
  };
  const act = () => {
    const papers = asked.filter((line) => ticked.has(line.code));
    const items = [...papers.map((line) => line.todo), ...linesOf(more)];
    if (items.length === 0) return setEmpty(true);
    onDo({
      action: 'ask_supplement',
      items,
      papers: papers.map((line) => line.code),
      ...(reason.words.trim() !== '' && { reason: reason.words.trim() }),
      ...(reason.code !== '' && { reasonCode: reason.code }),
    });
  };
  return (
    <Dialog
      title={t('intake.supplement')}
      wide
      onClose={onClose}
      onKeys={{ 'Control+enter': act }}
      footer={
        <Button look="primary" keys="Ctrl Enter" onClick={act}>
          {t('intake.supplement.do')}
        </Button>
      }
    >
      <fieldset className="ticks">
        <legend className="strong">{t('intake.supplement.papers')}</legend>
        {asked.length === 0 && <p className="dim">{t('intake.supplement.none')}</p>}
        {asked.map((line, i) => (
          <label key={line.code} className="tick">
            <input
              type="checkbox"
              checked={ticked.has(line.code)}
              {...(i === 0 && { 'data-dialog-start': '' })}
              onChange={() => tick(line.code)}
            />
            <span>
              {line.name}
              <span className="dim small block">{line.todo}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <div className="field">
        <label htmlFor={`${id}more`}>{t('intake.supplement.more')}</label>
        <textarea
          id={`${id}more`}
          className="input"
          rows={3}
          value={more}
          {...(asked.length === 0 && { 'data-dialog-start': '' })}
          aria-invalid={empty}
          onChange={(event) => setMore(event.currentTarget.value)}
        />
      </div>
      <ReasonWords
        reasons={readyReasons(of, 'supplement')}
        code={reason.code}
        words={reason.words}
        label={t('intake.supplement.reason')}
        onPick={(code, words) => setReason({ code, words })}
      />
      {of.supplementUntil && <p>{t('intake.supplement.until', { date: showDate(of.supplementUntil) })}</p>}
      <p className="warn-text">{t('intake.supplement.once')}</p>
      <p className="bad-text" role="alert">
        {empty && problemSentence('ITEMS_REQUIRED')}
      </p>
    </Dialog>
  );
}

export function RefuseDialog({ of, onDo, onClose }: Props) {
  const [reason, setReason] = useState({ code: '', words: '' });
  const [empty, setEmpty] = useState(false);
  const act = () => {
    const words = reason.words.trim();
    if (words === '') return setEmpty(true);
    onDo({ action: 'refuse', reason: words, ...(reason.code !== '' && { reasonCode: reason.code }) });
  };
  return (
    <Dialog
      title={t('intake.refuse')}
      wide
      onClose={onClose}
      onKeys={{ 'Control+enter': act }}
      footer={
        <Button look="primary" keys="Ctrl Enter" onClick={act}>
          {t('intake.refuse.do')}
        </Button>
      }
    >
      <p className="dim">{t('intake.refuse.text')}</p>
      <ReasonWords
        reasons={readyReasons(of, 'refuse')}
        code={reason.code}
        words={reason.words}
        label={t('intake.refuse.reason')}
        start
        onPick={(code, words) => setReason({ code, words })}
      />
      <p className="bad-text" role="alert">
        {empty && problemSentence('REASON_REQUIRED')}
      </p>
    </Dialog>
  );
}
