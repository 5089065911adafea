/** Correcting one row of the law: the value, where it is written, and why. The old one stays in the record. */
import { useState } from 'react';
import type { Fact } from '../../../shared/catalogue/law.ts';
import { CALENDAR_DAY } from '../../../shared/domain/corrected.ts';
import { useCorrectCatalogue } from '../../data/catalogue.ts';
import { asProblem } from '../../ipc.ts';
import { named, t } from '../../text/text.ts';
import { notice } from '../../ui/notice.ts';
import { PlainField } from '../../ui/plain-field.tsx';
import { type CatalogueRow, periodWords } from './catalogue-rows.ts';
import { CorrectionDialog, type Grounds } from './correction-dialog.tsx';
import { DayKind } from './day-kind.tsx';
import { plainValue } from './fact-input.ts';

interface Props {
  readonly row: CatalogueRow;
  readonly fact: Pick<Fact, 'key' | 'unit' | 'value'>;
  readonly onClose: () => void;
}

export function CorrectFact({ row, fact, onClose }: Props) {
  const [value, setValue] = useState(fact.value);
  const correct = useCorrectCatalogue();
  const save = ({ source, reason }: Grounds) => {
    const correction = { key: fact.key, from: row.from, value: plainValue(fact.unit, value), source };
    const onSuccess = () => {
      notice(t('catalogue.correct.saved', { name: row.name }));
      onClose();
    };
    correct.mutate({ corrections: [correction], reason }, { onSuccess });
  };
  const problem = correct.error && asProblem(correct.error, 'catalogue.correct');
  return (
    <CorrectionDialog
      title={t('catalogue.correct.title')}
      problem={problem}
      busy={correct.isPending}
      onSave={save}
      onClose={onClose}
    >
      <div>
        <p className="strong">{row.name}</p>
        <p className="dim">{t('catalogue.correct.now', { period: periodWords(row), value: row.value })}</p>
        <p className="dim">{t('catalogue.correct.nowSource', { source: row.source })}</p>
      </div>
      {fact.key === CALENDAR_DAY ? (
        <DayKind value={value} onPick={setValue} data-dialog-start="" />
      ) : (
        <PlainField
          label={named('catalogue.unit', fact.unit)}
          value={value}
          onChange={setValue}
          maxLength={300}
          aria-invalid={problem !== null && /^FACT_(NOT|TEXT)/.test(problem.code)}
          data-dialog-start=""
        />
      )}
    </CorrectionDialog>
  );
}
