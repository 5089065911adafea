/** A sending under way in words: what it is doing, how far it is, how fast. */
import type { RecoveryView } from '../../../shared/contract/ipc/attention.ts';
import type { SyncState } from '../../../shared/contract/ipc/sync.ts';
import { showCount } from '../../../shared/lib/whole-number.ts';
import { t } from '../../text/text.ts';
import { recoveringWords } from '../../ui/recovery-words.ts';

interface ProgressWords {
  readonly title: string;
  readonly facts: string;
  readonly done: number;
  readonly total: number;
}

const KB = 1024;

/** "640 B", "12 KB", "3,4 MB" */
export function sizeWords(bytes: number): string {
  if (bytes < KB) return t('size.b', { n: showCount(bytes) });
  if (bytes < KB * KB) return t('size.kb', { n: showCount(Math.round(bytes / KB)) });
  return t('size.mb', { n: (bytes / KB / KB).toFixed(1).replace('.', ',') });
}

export function progressWords(
  { progress }: Pick<SyncState, 'progress'>,
  under: RecoveryView['under'],
): ProgressWords {
  if (!progress) return { title: t('sync.phase.hello'), facts: '', done: 0, total: 0 };
  const { phase, done, total, bytes, bytesPerSecond } = progress;
  const count = { done: showCount(done), total: showCount(total) };
  const title = phase === 'recover' ? recoveringWords(under) : t(`sync.phase.${phase}`, count);
  const speed = { size: sizeWords(bytes), speed: sizeWords(bytesPerSecond) };
  return { title, facts: bytes > 0 ? t('sync.speed', speed) : '', done, total };
}
