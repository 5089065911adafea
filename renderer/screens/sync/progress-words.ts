/** A sending under way in words: what it is doing, how far it is. */
import type { SyncState } from '../../../shared/contract/ipc/sync.ts';
import { showCount } from '../../../shared/lib/whole-number.ts';
import { t } from '../../text/text.ts';

interface ProgressWords {
  readonly title: string;
  readonly facts: string;
  readonly done: number;
  readonly total: number;
}

export function progressWords({ progress }: Pick<SyncState, 'progress'>): ProgressWords {
  const { done, total } = progress ?? { done: 0, total: 0 };
  const title = progress
    ? t('sync.progress', { done: showCount(done), total: showCount(total) })
    : t('sync.progress.none');
  return { title, facts: '', done, total };
}
