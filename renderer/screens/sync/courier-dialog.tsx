/** Gửi bằng USB: a bundle out, receipts in, each step with its word on what to do next. */
import './courier.css';
import { type ReactNode, useState } from 'react';
import type { CourierLook, Exported, Imported } from '../../../shared/contract/ipc/courier.ts';
import { showCount } from '../../../shared/lib/whole-number.ts';
import { problemSentence } from '../../../shared/problem.ts';
import { useCourier, useCourierCancel, useCourierExport, useCourierImport } from '../../data/courier.ts';
import { useSession } from '../../data/session.ts';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { fileSize, moment } from '../../text/when.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';

function Writing({ progress }: { readonly progress: NonNullable<CourierLook['progress']> }) {
  const { done, total, bytes, scanBytes } = progress;
  // Scans go first, and are most of the time that it takes.
  const scans = bytes < scanBytes;
  const words = scans
    ? t('courier.out.busy.scans', { done: fileSize(bytes), all: fileSize(scanBytes) })
    : t('courier.out.busy', { done: showCount(done), total: showCount(total), size: fileSize(bytes) });
  const [now, max] = scans ? [bytes, scanBytes] : [done, total];
  return (
    <>
      <p className="strong">{words}</p>
      <div
        className="bar"
        role="progressbar"
        aria-label={words}
        aria-valuemin={0}
        aria-valuemax={max}
        aria-valuenow={now}
      >
        <i style={{ width: `${max > 0 ? (now / max) * 100 : 0}%` }} />
      </div>
    </>
  );
}

function Written({ name, events, scans, bytes }: Exported) {
  return (
    <p className="ok strong" role="status">
      {t('courier.out.done', {
        ...{ name, n: showCount(events), scans: showCount(scans), size: fileSize(bytes) },
      })}
    </p>
  );
}

/** What will go out, or why nothing can. */
function Before({ look, children }: { readonly look: CourierLook; readonly children: ReactNode }) {
  const { today } = useSession();
  const { last, waiting, ready } = look;
  return (
    <>
      <p>
        {waiting === 0
          ? t('courier.out.none')
          : ready
            ? t('courier.out.waiting', { n: showCount(waiting) })
            : t('courier.out.noKey')}
      </p>
      {children}
      {last && (
        <p className="warn-text">
          {t('courier.last', {
            ...{ name: last.name, at: moment(last.at, today) },
            ...{ n: showCount(last.events), scans: showCount(last.scans) },
          })}
        </p>
      )}
    </>
  );
}

interface WithScansProps {
  readonly scans: CourierLook['scans'];
  readonly chosen: boolean;
  readonly onChoose: (chosen: boolean) => void;
}

function WithScans({ scans: { count, bytes }, chosen, onChoose }: WithScansProps) {
  if (count === 0) return null;
  return (
    <div>
      <label className="tick-line">
        <input type="checkbox" checked={chosen} onChange={(event) => onChoose(event.currentTarget.checked)} />{' '}
        {t('courier.out.scans', { n: showCount(count), size: fileSize(bytes) })}
      </label>
      <p className="dim small">{t('courier.out.scans.how')}</p>
    </div>
  );
}

function wordsOf({ fresh, known, scans }: Imported): string {
  if (fresh > 0) return t('courier.in.fresh', { n: showCount(fresh) });
  if (scans > 0) return t('courier.in.scans', { n: showCount(scans) });
  return t(known > 0 ? 'courier.in.known' : 'courier.in.empty');
}

function Taken({ taken }: { readonly taken: Imported }) {
  const { fresh, scans, waiting, others, apart, stopped, refused } = taken;
  const needsNetwork = { code: 'COURIER_NEEDS_NETWORK', details: {} } as const;
  return (
    <>
      <div role="status">
        <p className={apart || stopped ? 'strong' : 'ok strong'}>{wordsOf(taken)}</p>
        {fresh > 0 && scans > 0 && <p>{t('courier.in.scans', { n: showCount(scans) })}</p>}
        {waiting > 0 && <p>{t('courier.in.left', { n: showCount(waiting) })}</p>}
        {others > 0 && <p className="dim">{t('courier.in.others', { n: showCount(others) })}</p>}
        {stopped && !apart && <p className="bad-text">{t('courier.in.stopped')}</p>}
      </div>
      {apart && <ProblemNote problem={{ ...needsNetwork, sentence: problemSentence(needsNetwork.code) }} />}
      {refused.map(({ name, problem }) => (
        <ProblemNote key={name} problem={problem}>
          <span className="dim">{name}</span>
        </ProblemNote>
      ))}
    </>
  );
}

interface StepProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly action: ReactNode;
}

function Step({ title, children, action }: StepProps) {
  return (
    <section className="stack courier-step">
      <h3>{title}</h3>
      {children}
      <div className="row">{action}</div>
    </section>
  );
}

export function CourierDialog({ onClose }: { readonly onClose: () => void }) {
  const [out, back, stop] = [useCourierExport(), useCourierImport(), useCourierCancel()];
  const { data: look, error } = useCourier(out.isPending);
  const busy = out.isPending || back.isPending;
  const [withScans, setWithScans] = useState(true);
  const waits = look !== undefined && (look.waiting > 0 || (withScans && look.scans.count > 0));
  const canWrite = !busy && look?.ready === true && waits;
  const onExport = () => canWrite && out.mutate(withScans);
  // What the first step said is over once its receipts are here.
  const onImport = () => !busy && back.mutate(undefined, { onSuccess: () => out.reset() });
  const writing = out.isPending ? look?.progress : null;
  return (
    <Dialog
      wide
      title={t('courier.title')}
      onClose={() => (writing ? stop.mutate() : onClose())}
      onKeys={{ 'Control+s': onExport, 'Control+o': onImport }}
    >
      <p className="dim">{t('courier.how')}</p>
      {error && <ProblemNote problem={asProblem(error, 'courier.look')} />}
      <Step
        title={t('courier.step.out')}
        action={
          writing ? (
            <Button look="danger" onClick={() => stop.mutate()}>
              {t('courier.out.stop')}
            </Button>
          ) : (
            <Button look="primary" keys="Ctrl S" disabled={!canWrite} onClick={onExport}>
              {t('courier.out.do')}
            </Button>
          )
        }
      >
        {writing ? (
          <Writing progress={writing} />
        ) : (
          look &&
          !out.data && (
            <Before look={look}>
              {look.ready && <WithScans scans={look.scans} chosen={withScans} onChoose={setWithScans} />}
            </Before>
          )
        )}
        {!out.isPending && out.data && <Written {...out.data} />}
        {out.error && <ProblemNote problem={asProblem(out.error, 'courier.export')} />}
      </Step>
      <Step
        title={t('courier.step.in')}
        action={
          <Button keys="Ctrl O" disabled={busy} onClick={onImport}>
            {t('courier.in.do')}
          </Button>
        }
      >
        <p>{t('courier.in.how')}</p>
        {back.data && <Taken taken={back.data} />}
        {back.error && <ProblemNote problem={asProblem(back.error, 'courier.import')} />}
      </Step>
    </Dialog>
  );
}
