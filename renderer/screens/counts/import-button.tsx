/** Picks a file, refuses what is far too large before reading it, and opens the dry run. */
import { type ChangeEvent, useRef, useState } from 'react';
import type { ProblemValue } from '../../../shared/contract/ipc/common.ts';
import { MAX_IMPORT_BYTES } from '../../../shared/contract/ipc/count.ts';
import type { LocalDate } from '../../../shared/lib/local-date.ts';
import { problemSentence } from '../../../shared/problem.ts';
import type { SheetPlace } from '../../data/count.ts';
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { usePageKeys } from '../../ui/use-page-keys.ts';
import { type CountFile, ImportDialog } from './import-dialog.tsx';

function tooLarge(): ProblemValue {
  const details = { max: MAX_IMPORT_BYTES / 1024 ** 2 };
  return { code: 'FILE_TOO_LARGE', sentence: problemSentence('FILE_TOO_LARGE', details), details };
}

interface Props {
  readonly place: SheetPlace;
  readonly newest: LocalDate | null;
}

export function ImportButton({ place, newest }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<CountFile | null>(null);
  const [refused, setRefused] = useState<ProblemValue | null>(null);
  const onPick = async (event: ChangeEvent<HTMLInputElement>) => {
    const control = event.currentTarget;
    const picked = control.files?.[0];
    if (!picked) return;
    if (picked.size > MAX_IMPORT_BYTES) setRefused(tooLarge());
    else setFile({ fileName: picked.name.slice(0, 300), bytes: new Uint8Array(await picked.arrayBuffer()) });
    // The same file, once mended, can be picked again.
    control.value = '';
  };
  const open = () => input.current?.click();
  usePageKeys({ 'Control+o': open });
  return (
    <>
      <input
        ref={input}
        type="file"
        className="import-file"
        accept=".csv,.xlsx"
        aria-label={t('import.fileLabel')}
        onChange={(event) => void onPick(event)}
      />
      <Button keys="Ctrl O" onClick={open}>
        {t('import.open')}
      </Button>
      {refused && (
        <Dialog title={t('import.open')} onClose={() => setRefused(null)}>
          <ProblemNote problem={refused} />
        </Dialog>
      )}
      {file && <ImportDialog file={file} place={place} newest={newest} onClose={() => setFile(null)} />}
    </>
  );
}
