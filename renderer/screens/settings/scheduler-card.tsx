/** Lines for the scheduler of the operating system, ready to copy: this machine's own system first. */
import { useState } from 'react';
import type { SyncRoad } from '../../../shared/contract/ipc/sync.ts';
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';
import { notice } from '../../ui/notice.ts';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { type Scheduler, snippetsFor } from './scheduler-snippets.ts';

interface Props extends Pick<SyncRoad, 'program' | 'system'> {
  /** HH:MM */
  readonly time: string;
}

interface SnippetProps {
  readonly kind: Scheduler;
  readonly text: string;
}

function Snippet({ kind, text }: SnippetProps) {
  const [failed, setFailed] = useState(false);
  const title = t(`sending.alone.${kind}`);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setFailed(false);
      notice(t('sending.alone.copied'));
    } catch {
      setFailed(true);
    }
  };
  return (
    <div className="stack snippet">
      <div className="row">
        <h3 className="grow">{title}</h3>
        <Button look="tiny" aria-label={`${t('sending.alone.copy')}: ${title}`} onClick={() => void copy()}>
          {t('sending.alone.copy')}
        </Button>
      </div>
      <ScrollRegion label={title} className="scroll snippet-text">
        <pre>{text}</pre>
      </ScrollRegion>
      {failed && (
        <p className="bad-text" role="alert">
          {t('sending.alone.copyFailed')}
        </p>
      )}
    </div>
  );
}

export function SchedulerCard({ program, system, time }: Props) {
  return (
    <section className="card stack" aria-label={t('sending.alone')}>
      <h2>{t('sending.alone')}</h2>
      <p>{t('sending.alone.text', { time })}</p>
      {snippetsFor(system, { program, time }).map((snippet) => (
        <Snippet key={snippet.kind} {...snippet} />
      ))}
      <p className="dim">{t('sending.alone.codes')}</p>
    </section>
  );
}
