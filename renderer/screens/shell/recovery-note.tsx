/** What the last start brought back, and what not, over every room until somebody has read it. */
import type { Recovery } from '../../../shared/contract/ipc/backup.ts';
import { useBackupState, useReadRecovery } from '../../data/backup.ts';
import { useSession } from '../../data/session.ts';
import { t } from '../../text/text.ts';
import { moment } from '../../text/when.ts';
import { Button } from '../../ui/button.tsx';

function done({ kind, backupAt, replayed }: Recovery, today: string): string {
  const words = { n: replayed, backup: backupAt === null ? '' : moment(backupAt, today) };
  return kind === 'rebuilt' && backupAt === null
    ? t('recovery.rebuilt.journal', words)
    : t(`recovery.${kind}`, words);
}

function left({ kind, lost, reachedAt, lastAt }: Recovery, today: string): string | null {
  if (kind === 'chosen' || kind === 'kept') return null;
  if (lost === 0) return t('recovery.whole');
  const when = (at: string | null) => (at === null ? t('recovery.unknownTime') : moment(at, today));
  const words = { from: when(reachedAt), to: when(lastAt) };
  return lost === null ? t('recovery.unknown', words) : t('recovery.lost', { n: lost, ...words });
}

export function RecoveryNote() {
  const { today } = useSession();
  const found = useBackupState().data?.recovery;
  const read = useReadRecovery();
  if (!found) return null;
  const missing = left(found, today);
  return (
    <section className="problem calm recovery" aria-label={t('recovery.title')}>
      <span className="grow">
        <strong>{t('recovery.title')}.</strong> {done(found, today)} {missing && <strong>{missing}</strong>}{' '}
        {found.aside && t('recovery.aside', { file: found.aside })}
      </span>
      <Button onClick={() => read.mutate()}>{t('recovery.read')}</Button>
    </section>
  );
}
