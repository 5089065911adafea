/** A copy of another machine's data is set aside, so that this machine can be enrolled as one of its own. */
import { useBeginAnew } from '../../data/session.ts';
import { useSyncState } from '../../data/sync.ts';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';

export function BeginAnewDialog({ onClose }: { readonly onClose: () => void }) {
  const begin = useBeginAnew();
  const waiting = useSyncState().data?.waiting ?? 0;
  const busy = begin.isPending || begin.isSuccess;
  return (
    <Dialog
      title={t('beginAnew.title')}
      onClose={onClose}
      footer={
        <Button look="danger" disabled={busy} onClick={() => begin.mutate()}>
          {busy ? t('beginAnew.busy') : t('beginAnew.go')}
        </Button>
      }
    >
      <div className="stack">
        <p>{t('beginAnew.what')}</p>
        {waiting > 0 && <p className="strong">{t('beginAnew.waiting', { n: waiting })}</p>}
        <p className="dim">{t('beginAnew.kept')}</p>
        <p className="dim">{t('beginAnew.code')}</p>
      </div>
      {begin.error && <ProblemNote problem={asProblem(begin.error, 'machine.begin-anew')} />}
    </Dialog>
  );
}
