/** One lamp for the line to the city: word and colour; opens Đồng bộ. */
import type { SyncState } from '../../../shared/contract/ipc/sync.ts';
import { showCount } from '../../../shared/lib/whole-number.ts';
import { useSyncState } from '../../data/sync.ts';
import { usePlace } from '../../state/place.ts';
import { t } from '../../text/text.ts';

interface Words {
  readonly tone: 'ok' | 'warn' | 'busy' | 'unknown';
  readonly text: string;
}

export function lampWords(state: SyncState | undefined): Words {
  if (!state) return { tone: 'unknown', text: t('lamp.unknown.none') };
  const { line, running, progress, waiting } = state;
  const n = showCount(waiting);
  if (running && progress)
    return {
      tone: 'busy',
      text: t('lamp.running', { n: showCount(Math.max(0, progress.total - progress.done)) }),
    };
  if (running) return { tone: 'busy', text: t('lamp.running.none') };
  if (line === 'offline')
    return { tone: 'warn', text: waiting > 0 ? t('lamp.offline', { n }) : t('lamp.offline.none') };
  if (line === 'unknown')
    return { tone: 'unknown', text: waiting > 0 ? t('lamp.unknown', { n }) : t('lamp.unknown.none') };
  return waiting > 0
    ? { tone: 'warn', text: t('lamp.online.waiting', { n }) }
    : { tone: 'ok', text: t('lamp.online') };
}

export function Lamp() {
  const { data } = useSyncState();
  const go = usePlace((s) => s.go);
  const { tone, text } = lampWords(data);
  return (
    <button
      type="button"
      className={`lamp ${tone}`}
      data-testid="lamp"
      data-line={data?.running ? 'running' : (data?.line ?? 'unknown')}
      aria-label={t('lamp.open', { state: text })}
      onClick={() => go({ room: 'sync' })}
    >
      <i aria-hidden="true" />
      {text}
    </button>
  );
}
