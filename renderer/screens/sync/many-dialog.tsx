/** One choice and one reason for many conflicts; each is written by itself, and what fails is told by its name. */
import { useState } from 'react';
import type { AttentionCard } from '../../../shared/contract/ipc/attention.ts';
import type { SyncItem } from '../../../shared/contract/ipc/sync.ts';
import type { Side } from '../../../shared/domain/resolve.ts';
import { readConflict, useAllOpenItems, writeResolution } from '../../data/attention.ts';
import { asProblem } from '../../ipc.ts';
import { named, t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';
import { fieldsNamed } from '../../ui/came-back.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { fieldWords } from '../../ui/field-words.ts';
import { notice } from '../../ui/notice.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { hasVersions } from './attention-model.ts';
import { allTo, resolutionOf } from './conflict-model.ts';
import { ReasonField } from './reason-field.tsx';

interface Props {
  readonly card: AttentionCard;
  readonly onClose: () => void;
}

interface Run {
  readonly done: number;
  readonly total: number;
  readonly failed: readonly string[];
}

/** Writes them one after the other; `told` after each. Answers the ids that could not be written. */
async function writeAll(
  items: readonly SyncItem[],
  { side, reason }: { readonly side: Side; readonly reason: string },
  told: (run: Run) => void,
): Promise<ReadonlySet<string>> {
  const failed: string[] = [];
  const left = new Set<string>();
  for (const [i, item] of items.entries()) {
    try {
      const view = await readConflict(item.eventId);
      await writeResolution(resolutionOf(view, allTo(side, view), reason));
    } catch (error) {
      failed.push(
        t('conflict.many.failed', { name: item.title, sentence: asProblem(error, 'resolve').sentence }),
      );
      left.add(item.eventId);
    }
    told({ done: i + 1, total: items.length, failed });
  }
  return left;
}

export function ManyDialog({ card, onClose }: Props) {
  const { data, error } = useAllOpenItems(card);
  const items = data?.filter(hasVersions) ?? [];
  const [off, setOff] = useState<ReadonlySet<string>>(new Set());
  const [side, setSide] = useState<Side>('city');
  const [reason, setReason] = useState('');
  const [run, setRun] = useState<Run | null>(null);
  const [busy, setBusy] = useState(false);
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const chosen = items.filter((item) => !off.has(item.eventId) && !gone.has(item.eventId));
  const ready = chosen.length > 0 && reason.trim() !== '' && !busy;
  const toggle = (id: string) => {
    const next = new Set(off);
    if (!next.delete(id)) next.add(id);
    setOff(next);
  };
  const commit = async () => {
    if (!ready) return;
    setBusy(true);
    const left = await writeAll(chosen, { side, reason: reason.trim() }, setRun);
    setBusy(false);
    setGone(new Set([...gone, ...chosen.map((c) => c.eventId).filter((id) => !left.has(id))]));
    if (left.size > 0) return;
    notice(t('conflict.many.done', { n: chosen.length }));
    onClose();
  };
  return (
    <Dialog
      wide
      title={t('conflict.many.title', { n: chosen.length })}
      onClose={onClose}
      onKeys={{ 'Control+enter': () => void commit() }}
      footer={
        <>
          <Button look="primary" keys="Ctrl Enter" disabled={!ready} onClick={() => void commit()}>
            {t('conflict.many.commit', { n: chosen.length })}
          </Button>
          <span role="status">
            {run && t('conflict.many.progress', { done: run.done, total: run.total })}
          </span>
        </>
      }
    >
      <p className="dim">{t('conflict.many.rule')}</p>
      {error && <ProblemNote problem={asProblem(error, 'attention.items')} />}
      <div className="row" role="radiogroup" aria-label={t('conflict.many.side')}>
        {(['city', 'mine'] as const).map((to) => (
          <label key={to} className="row">
            <input
              type="radio"
              name="many-side"
              data-dialog-start={to === side ? '' : undefined}
              checked={side === to}
              onChange={() => setSide(to)}
            />
            {t(`conflict.all.${to}`)}
          </label>
        ))}
      </div>
      <ReasonField value={reason} onChange={setReason} />
      {run?.failed.map((sentence) => (
        <p key={sentence} className="bad-text">
          {sentence}
        </p>
      ))}
      <ul className="many">
        {items
          .filter((item) => !gone.has(item.eventId))
          .map((item) => (
            <li key={item.eventId}>
              <label className="row">
                <input
                  type="checkbox"
                  aria-label={t('conflict.many.pick', { name: item.title })}
                  checked={!off.has(item.eventId)}
                  onChange={() => toggle(item.eventId)}
                />
                <span className="grow">
                  <span className="strong">{item.title}</span>
                  <span className="dim"> · {named('verb', item.verb)}</span>
                </span>
                <span className="bad-text">{fieldsNamed(item.delivery).map(fieldWords).join(', ')}</span>
              </label>
            </li>
          ))}
      </ul>
    </Dialog>
  );
}
