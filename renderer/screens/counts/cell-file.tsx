/** The scan that a figure was taken from: attached, seen, saved, taken off, all by keyboard from its cell. */
import { useId } from 'react';
import { aboutOf, sheetId } from '../../../shared/domain/sheet.ts';
import { useChooseFile, useScans } from '../../data/file.ts';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { fileSize } from '../../text/when.ts';
import { Button } from '../../ui/button.tsx';
import { notice } from '../../ui/notice.ts';
import { ScanDialog } from '../../ui/scan-dialog.tsx';
import { type ModelRow, noteOf } from './grid-model.ts';
import type { CountGrid } from './use-count-grid.ts';

interface Props {
  readonly grid: CountGrid;
  readonly row: ModelRow;
  readonly disabled: boolean;
  readonly onBack: () => void;
}

export function CellFile({ grid, row, disabled, onBack }: Props) {
  const label = useId();
  const { active } = grid.state;
  const owner = sheetId(aboutOf(grid.place, row.cells[active.c]?.unit ?? row.unit.unit.key));
  const { open, opening } = useScans(owner, (name) => notice(t('files.saved', { name })));
  const choose = useChooseFile();
  const file = noteOf(row, active.c)?.file;
  const attach = async () => {
    if (choose.isPending) return;
    try {
      const chosen = await choose.mutateAsync();
      if (!chosen) return;
      grid.annotate(active, { file: chosen });
      notice(t('counts.file.attached', { name: chosen.name }));
      onBack();
    } catch (error) {
      notice(asProblem(error, 'file.choose').sentence);
    }
  };
  const takeOff = (name: string) => {
    grid.annotate(active, { file: null });
    notice(t('counts.file.gone', { name }));
    onBack();
  };
  return (
    <fieldset
      className="file-field"
      aria-labelledby={label}
      onKeyDown={(event) => event.key === 'Escape' && !opening && onBack()}
    >
      <span className="label" id={label}>
        {t('counts.file')}{' '}
        <span className="key" aria-hidden="true">
          F7
        </span>
      </span>
      {!file && (
        <Button
          look="tiny"
          data-note="F7"
          disabled={disabled || choose.isPending}
          onClick={() => void attach()}
        >
          {t(choose.isPending ? 'files.taking' : 'counts.file.choose')}
        </Button>
      )}
      {file && (
        <>
          <span className="name" title={`${file.name} (${fileSize(file.size)})`}>
            {file.name}
          </span>
          {file.type !== 'application/pdf' && (
            <Button
              look="tiny"
              data-note="F7"
              aria-label={t('files.view.of', { name: file.name })}
              onClick={() => void open(file, 'view')}
            >
              {t('files.view')}
            </Button>
          )}
          <Button
            look="tiny"
            data-note="F7"
            aria-label={t('files.save.of', { name: file.name })}
            onClick={() => void open(file, 'save')}
          >
            {t('files.save')}
          </Button>
          {!disabled && (
            <Button
              look="tiny"
              aria-label={t('counts.file.off.of', { name: file.name })}
              onClick={() => takeOff(file.name)}
            >
              {t('counts.file.off')}
            </Button>
          )}
        </>
      )}
      {opening && <ScanDialog {...opening} />}
    </fieldset>
  );
}
