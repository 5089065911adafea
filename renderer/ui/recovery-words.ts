/** A city or a machine that was put back, in words: what goes on, and what was done. Nobody has to do anything. */
import type { RecoveryView } from '../../shared/contract/ipc/attention.ts';
import { showCount } from '../../shared/lib/whole-number.ts';
import { named, t } from '../text/text.ts';

/** Whose store went back: known from the start where it was this machine's. */
export function recoveringWords(under: RecoveryView['under']): string {
  return t(under === 'put_back' ? 'sync.recover.machine' : 'sync.recover.city');
}

/** What happened, what the desk did, and whether it sent something again. */
export function recoveredWords({ why, resent }: NonNullable<RecoveryView['last']>): string {
  const again = resent > 0 ? t('sync.resent', { n: showCount(resent) }) : t('sync.resent.none');
  return `${named('sync.recovered', why)} ${again} ${t('sync.recovered.calm')}`;
}
