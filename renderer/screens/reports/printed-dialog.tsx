/** A figure as somebody else's report prints it, typed in beside ours. */
import { useState } from 'react';
import type { ReportWanted } from '../../../shared/contract/ipc/report.ts';
import { usePrintFigure } from '../../data/report.ts';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { PlainField } from '../../ui/plain-field.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import type { CellName } from './report-table.tsx';

interface Props {
  readonly wanted: ReportWanted;
  readonly cell: CellName;
  /** "Tổng, Nông dân" */
  readonly name: string;
  /** What our table says. */
  readonly ours: string;
  readonly before: string;
  readonly source: string;
  readonly onDone: (source: string) => void;
  readonly onClose: () => void;
}

export function PrintedDialog({ wanted, cell, name, ours, before, source: last, onDone, onClose }: Props) {
  const [text, setText] = useState(before);
  const [source, setSource] = useState(last);
  const print = usePrintFigure();
  const { report, from, to } = wanted;
  const write = (figure: string) => {
    if (print.isPending) return;
    print.mutate(
      { report, from, to, figures: [{ ...cell, text: figure }], source },
      { onSuccess: () => onDone(source) },
    );
  };
  return (
    <Dialog
      title={t('report.printed.title')}
      onClose={onClose}
      footer={
        <>
          <Button
            look="primary"
            keys="Enter"
            disabled={text.trim() === '' || print.isPending}
            onClick={() => write(text)}
          >
            {t('report.printed.write')}
          </Button>
          {before !== '' && (
            <Button disabled={print.isPending} onClick={() => write('')}>
              {t('report.printed.drop')}
            </Button>
          )}
        </>
      }
    >
      <p>
        <span className="strong">{name}</span> · {t('report.printed.ours', { figure: ours })}
      </p>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== '') write(text);
        }}
      >
        <PlainField
          label={t('report.printed.figure')}
          value={text}
          inputMode="decimal"
          maxLength={40}
          data-dialog-start
          onChange={setText}
        />
        <PlainField label={t('report.printed.source')} value={source} maxLength={300} onChange={setSource} />
        <input type="submit" hidden />
      </form>
      {print.error && <ProblemNote problem={asProblem(print.error, 'report.print')} />}
    </Dialog>
  );
}
