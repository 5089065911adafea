/** Lock and send, approve, give back, unlock: one sheet or a block of them, by what each allows now. */
import { useState } from 'react';
import { type SheetVerb, sheetRules, sheetVerbs } from '../../../shared/domain/sheet.ts';
import { showCount } from '../../../shared/lib/whole-number.ts';
import { useSheetStep } from '../../data/count.ts';
import { useMay } from '../../data/session.ts';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { notice } from '../../ui/notice.ts';
import { PlainField } from '../../ui/plain-field.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { usePageKeys } from '../../ui/use-page-keys.ts';
import { cellMarks, gapsOf } from './grid-marks.ts';
import type { GridModel, ModelRow } from './grid-model.ts';
import type { CountGrid } from './use-count-grid.ts';

interface Props {
  readonly model: GridModel;
  readonly grid: CountGrid;
  readonly picked: ReadonlySet<string> | null;
  readonly onDone: () => void;
}

interface Step {
  readonly verb: SheetVerb;
  readonly units: readonly string[];
}

/** The sheets of the rows, each once. */
function sheetsOf(rows: readonly ModelRow[]): readonly ModelRow[] {
  return [...new Map(rows.map((row) => [row.unit.unit.key, row])).values()];
}

function stepsOf(
  rows: readonly ModelRow[],
  picked: ReadonlySet<string> | null,
  may: (verb: SheetVerb) => boolean,
): readonly Step[] {
  const sheets = sheetsOf(rows).filter((row) => picked === null || picked.has(row.unit.unit.key));
  return sheetVerbs.filter(may).flatMap((verb) => {
    const units = sheets.filter((row) => row.unit.may.includes(verb)).map((row) => row.unit.unit.key);
    return units.length > 0 ? [{ verb, units }] : [];
  });
}

/** What somebody should know before figures go out: it is told, it does not stop. */
function Before({ model, grid, units }: Pick<Props, 'model' | 'grid'> & Pick<Step, 'units'>) {
  let [blank, asking] = [0, 0];
  model.rows.forEach((row, r) => {
    if (!units.includes(row.unit.unit.key)) return;
    row.cells.forEach((_, c) => {
      const figure = grid.valueAt({ r, c });
      if (figure === null) blank++;
      if (cellMarks(model, row, c, figure).open) asking++;
    });
  });
  const gaps = units.flatMap((unit) => gapsOf(model.rows, unit, grid.valueAt)).length;
  const failed = Object.keys(grid.state.failed).length;
  const words = [
    blank > 0 && t('counts.lock.blank', { n: showCount(blank) }),
    asking > 0 && t('counts.lock.asking', { n: showCount(asking) }),
    gaps > 0 && t('counts.lock.gaps', { n: showCount(gaps) }),
    failed > 0 && t('counts.lock.failed'),
  ].filter((word) => word !== false);
  return (
    <>
      <p>{t('counts.lock.text')}</p>
      {words.length > 0 && (
        <ul className="odd">
          {words.map((word) => (
            <li key={word} className="warn-text">
              {word}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

interface DialogProps extends Pick<Props, 'model' | 'grid'> {
  readonly step: Step;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

function StepDialog({ step, model, grid, onClose, onDone }: DialogProps) {
  const { verb, units } = step;
  const [reason, setReason] = useState('');
  const run = useSheetStep();
  const names = sheetsOf(model.rows).filter((row) => units.includes(row.unit.unit.key));
  const needsReason = sheetRules[verb].reason;
  const go = () => {
    if (run.isPending || (needsReason && reason.trim() === '')) return;
    const input = { ...grid.place, verb, units: [...units], reason };
    run.mutate(input, {
      onSuccess: ({ changed }) => {
        notice(t(`counts.step.done.${verb}`, { n: changed }));
        onDone();
      },
    });
  };
  return (
    <Dialog
      title={t(`counts.step.${verb}`, { n: units.length })}
      onClose={onClose}
      onKeys={{ 'Control+enter': go }}
      footer={
        <>
          <Button
            look="primary"
            keys="Ctrl Enter"
            disabled={run.isPending || (needsReason && reason.trim() === '')}
            onClick={go}
          >
            {t(`counts.step.${verb}`, { n: units.length })}
          </Button>
          <Button onClick={onClose}>{t('counts.step.no')}</Button>
        </>
      }
    >
      {run.error && <ProblemNote problem={asProblem(run.error, verb)} />}
      <p className="strong">{names.map((row) => row.unit.unit.name).join(', ')}</p>
      {verb === 'sheet.lock' && <Before model={model} grid={grid} units={units} />}
      {needsReason && (
        <PlainField
          autoFocus
          label={t(`counts.step.reason.${verb}`)}
          value={reason}
          maxLength={300}
          onChange={setReason}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.nativeEvent.isComposing) go();
          }}
        />
      )}
    </Dialog>
  );
}

export function SheetActions({ model, grid, picked, onDone }: Props) {
  const [step, setStep] = useState<Step | null>(null);
  const run = useSheetStep();
  const steps = stepsOf(model.rows, picked, useMay());
  const take = (wanted: Step) => {
    if (wanted.verb !== 'sheet.approve') return setStep(wanted);
    run.mutate(
      { ...grid.place, verb: wanted.verb, units: [...wanted.units], reason: '' },
      {
        onSuccess: ({ changed }) => {
          notice(t('counts.step.done.sheet.approve', { n: changed }));
          onDone();
        },
        onError: (error) => notice(asProblem(error, 'sheet.approve').sentence),
      },
    );
  };
  const first = steps[0];
  usePageKeys({ ...(first && { 'Control+Enter': () => take(first) }) });
  return (
    <>
      {steps.map((one, i) => (
        <Button
          key={one.verb}
          {...(i === 0 && { look: 'primary' as const, keys: 'Ctrl Enter' })}
          disabled={run.isPending}
          onClick={() => take(one)}
        >
          {t(`counts.step.${one.verb}`, { n: one.units.length })}
        </Button>
      ))}
      {step && (
        <StepDialog
          step={step}
          model={model}
          grid={grid}
          onClose={() => setStep(null)}
          onDone={() => {
            setStep(null);
            onDone();
          }}
        />
      )}
    </>
  );
}
