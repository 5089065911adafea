/** Targets as a file: out, and in again after a look at what it would change. */
import { type ChangeEvent, useRef, useState } from 'react';
import { showCount } from '../../../shared/lib/whole-number.ts';
import { useImportTargets, useSaveTargets } from '../../data/count.ts';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';
import { notice } from '../../ui/notice.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { ProblemTable } from './problem-table.tsx';

export function TargetFiles() {
  const input = useRef<HTMLInputElement>(null);
  const [bytes, setBytes] = useState<Uint8Array<ArrayBuffer> | null>(null);
  const [check, take, save] = [useImportTargets(), useImportTargets(), useSaveTargets()];
  const onPick = async (event: ChangeEvent<HTMLInputElement>) => {
    const control = event.currentTarget;
    const file = control.files?.[0];
    if (!file) return;
    const read = new Uint8Array(await file.arrayBuffer());
    control.value = '';
    take.reset();
    setBytes(read);
    check.mutate({ bytes: read, dryRun: true });
  };
  const onTake = () => {
    if (!bytes) return;
    take.mutate(
      { bytes, dryRun: false },
      {
        onSuccess: ({ changed }) => {
          notice(t('targets.imported', { n: showCount(changed) }));
          setBytes(null);
          check.reset();
        },
      },
    );
  };
  const error = check.error ?? take.error ?? save.error;
  const found = check.data;
  const onSave = (format: 'xlsx' | 'csv') =>
    save.mutate({ format }, { onSuccess: ({ saved }) => saved && notice(t('counts.export.saved')) });
  return (
    <section className="target-form" aria-label={t('targets.files')}>
      <h2>{t('targets.files')}</h2>
      {error && <ProblemNote problem={asProblem(error, 'target.import')} />}
      <input
        ref={input}
        type="file"
        className="import-file"
        accept=".csv,.xlsx"
        aria-label={t('targets.fileLabel')}
        onChange={(event) => void onPick(event)}
      />
      <div className="row">
        <Button onClick={() => onSave('xlsx')}>{t('targets.export.xlsx')}</Button>
        <Button onClick={() => onSave('csv')}>{t('targets.export.csv')}</Button>
        <Button onClick={() => input.current?.click()}>{t('targets.import')}</Button>
      </div>
      {found && (
        <>
          <p className="strong" role="status">
            {t('targets.check', { rows: showCount(found.rows), changed: showCount(found.changed) })}
          </p>
          <ProblemTable problems={found.problems} />
          {found.problems.length === 0 && found.changed > 0 && (
            <Button look="primary" disabled={take.isPending} onClick={onTake}>
              {t('targets.take', { n: showCount(found.changed) })}
            </Button>
          )}
        </>
      )}
    </section>
  );
}
