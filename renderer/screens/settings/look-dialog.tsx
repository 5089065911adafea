/** What a restore would bring and what would be missing, before anybody does it. */
import type { BackupLook, BackupRow } from '../../../shared/contract/ipc/backup.ts';
import { showCount } from '../../../shared/lib/whole-number.ts';
import { useBackupLook, useRestore } from '../../data/backup.ts';
import { useSession } from '../../data/session.ts';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { moment } from '../../text/when.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';

const counts = (of: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(of).map(([name, n]) => [name, showCount(n)]));

function Missing({ missing }: Pick<BackupLook, 'missing'>) {
  const { today } = useSession();
  const { first, last, events, unsent, dossiers, sheets, drafts } = missing;
  if (events === 0 && drafts === 0) return <p className="note">{t('backup.look.same')}</p>;
  return (
    <>
      {first && last && (
        <p className="strong">
          {t('backup.look.missing', {
            ...counts({ events, dossiers, sheets }),
            ...{ first: moment(first, today), last: moment(last, today) },
          })}
        </p>
      )}
      {drafts > 0 && <p className="strong">{t('backup.look.drafts', { n: showCount(drafts) })}</p>}
      {unsent > 0 && <p className="bad-text strong">{t('backup.look.unsent', { n: showCount(unsent) })}</p>}
      {events > unsent && <p>{t('backup.look.pulled')}</p>}
    </>
  );
}

export function LookDialog({ row, onClose }: { readonly row: BackupRow; readonly onClose: () => void }) {
  const { today, actor } = useSession();
  const look = useBackupLook(row);
  const restore = useRestore();
  const when = moment(row.at, today);
  const mayRestore = actor === null || ['head', 'admin', 'officer', 'technician'].includes(actor.role);
  const failed = restore.error ?? look.error;
  return (
    <Dialog
      title={t('backup.look.title', { when })}
      onClose={onClose}
      footer={
        look.data &&
        mayRestore && (
          <Button
            look="danger"
            disabled={restore.isPending || restore.isSuccess}
            onClick={() => restore.mutate(row, { onSuccess: onClose })}
          >
            {restore.isPending ? t('backup.restoring') : t('backup.restore')}
          </Button>
        )
      }
    >
      <div className="stack" role="status">
        {look.isFetching && <p className="dim">{t('backup.look.busy')}</p>}
        {look.data && (
          <>
            <p>{t('backup.look.brings', { when, ...counts(look.data.brings) })}</p>
            <Missing missing={look.data.missing} />
            <p className="dim">{t('backup.look.kept')}</p>
            {!mayRestore && <p className="dim">{t('backup.restore.who')}</p>}
          </>
        )}
      </div>
      {failed && <ProblemNote problem={asProblem(failed, 'backup.look')} />}
    </Dialog>
  );
}
