/** A scan that is opened: on its way from the city, failed with words and a second try, or shown. */
import type { ProblemValue } from '../../shared/contract/ipc/common.ts';
import { t } from '../text/text.ts';
import { fileSize } from '../text/when.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { ProblemNote } from './problem-note.tsx';

export interface ScanOpening {
  readonly at: 'fetching' | 'failed' | 'shown';
  readonly name: string;
  /** Where the window reads the picture. */
  readonly address: string;
  /** Bytes that came, of all. */
  readonly done: number;
  readonly all: number;
  readonly problem: ProblemValue | null;
  readonly onAgain: () => void;
  /** Stops what is on its way. */
  readonly onClose: () => void;
}

export function ScanDialog({ at, name, address, done, all, problem, onAgain, onClose }: ScanOpening) {
  const words = t('files.fetch.busy', { done: fileSize(done), all: fileSize(all) });
  return (
    <Dialog
      // A new one for each step: the focus begins at its first part.
      key={at}
      title={name}
      wide={at === 'shown'}
      onClose={onClose}
      footer={
        at === 'fetching' ? (
          <Button onClick={onClose}>{t('files.fetch.stop')}</Button>
        ) : at === 'failed' ? (
          <Button look="primary" onClick={onAgain}>
            {t('files.fetch.again')}
          </Button>
        ) : null
      }
    >
      {at === 'fetching' && (
        <>
          <p>{words}</p>
          <div
            className="bar"
            role="progressbar"
            aria-label={words}
            aria-valuemin={0}
            aria-valuemax={all}
            aria-valuenow={done}
          >
            <i style={{ width: `${(done / all) * 100}%` }} />
          </div>
        </>
      )}
      {problem && <ProblemNote problem={problem} calm={problem.code === 'SCAN_ELSEWHERE'} />}
      {at === 'shown' && <img className="scan" src={address} alt={name} />}
    </Dialog>
  );
}
