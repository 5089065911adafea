/** How many scans lie on this machine, how large they are, and the way to give their room back once the city holds them. */
import { useState } from 'react';
import { showCount } from '../../../shared/lib/whole-number.ts';
import { useFreeScans, useScanStorage } from '../../data/file.ts';
import { useSession } from '../../data/session.ts';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { diskSize, fileSize, isLowDisk } from '../../text/when.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { notice } from '../../ui/notice.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';

interface Sum {
  readonly count: number;
  readonly bytes: number;
}
const words = ({ count, bytes }: Sum) => ({ n: showCount(count), size: fileSize(bytes) });

export function ScanStorage() {
  const [asked, setAsked] = useState(false);
  const { freeBytes } = useSession().storage;
  const { data } = useScanStorage();
  if (!data) return null;
  const { freeable } = data;
  return (
    <section className="card stack" aria-labelledby="scans-title">
      <h2 id="scans-title">{t('files.room')}</h2>
      <dl className="facts">
        <dt>{t('files.room.all')}</dt>
        <dd>{t('files.room.n', words(data))}</dd>
        <dt>{t('files.room.city')}</dt>
        <dd>{t('files.room.n', words(freeable))}</dd>
        {freeBytes !== null && isLowDisk(freeBytes) && (
          <>
            <dt>{t('files.room.disk')}</dt>
            <dd className="warn-text strong">{t('files.room.low', { size: diskSize(freeBytes) })}</dd>
          </>
        )}
      </dl>
      <div>
        <Button disabled={freeable.count === 0} onClick={() => setAsked(true)}>
          {t('files.room.free')}
        </Button>
      </div>
      {data.count > 0 && freeable.count === 0 && <p className="dim">{t('files.room.none')}</p>}
      {asked && <FreeDialog freeable={freeable} onClose={() => setAsked(false)} />}
    </section>
  );
}

function FreeDialog({ freeable, onClose }: { readonly freeable: Sum; readonly onClose: () => void }) {
  const free = useFreeScans();
  const commit = () => {
    if (free.isPending) return;
    free.mutate(undefined, {
      onSuccess: (freed) => {
        notice(t('files.room.freed', words(freed)));
        onClose();
      },
    });
  };
  return (
    <Dialog
      title={t('files.room')}
      onClose={onClose}
      onKeys={{ 'Control+enter': commit }}
      footer={
        <Button look="primary" keys="Ctrl + Enter" disabled={free.isPending} onClick={commit}>
          {t('files.room.free.commit')}
        </Button>
      }
    >
      {free.error && <ProblemNote problem={asProblem(free.error, 'file.free')} />}
      <p>{t('files.room.free.text', words(freeable))}</p>
    </Dialog>
  );
}
