/** Days that the calendar does not have yet (the decision on Tết comes late in the year), one or several in a row. */
import { useState } from 'react';
import type { ProblemValue } from '../../../shared/contract/ipc/common.ts';
import { CALENDAR_DAY } from '../../../shared/domain/corrected.ts';
import { problemSentence } from '../../../shared/problem.ts';
import { useCorrectCatalogue } from '../../data/catalogue.ts';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { longDay } from '../../text/when.ts';
import { notice } from '../../ui/notice.ts';
import { PlainField } from '../../ui/plain-field.tsx';
import { CorrectionDialog, type Grounds } from './correction-dialog.tsx';
import { DayKind } from './day-kind.tsx';
import { readSpan, type SpanReading } from './fact-input.ts';

/** The days as read, in words, so that a wrong year is seen before it is saved. */
function spanWords(span: SpanReading): string {
  if (!span.ok) return '';
  const [first, last] = [span.days[0], span.days.at(-1)];
  if (first === undefined || last === undefined) return '';
  if (first === last) return longDay(first);
  return t('catalogue.add.span', { from: longDay(first), to: longDay(last), n: span.days.length });
}

interface Props {
  readonly onSaved: (year: string) => void;
  readonly onClose: () => void;
}

export function AddDays({ onSaved, onClose }: Props) {
  const [first, setFirst] = useState('');
  const [last, setLast] = useState('');
  const [kind, setKind] = useState('holiday');
  const [unread, setUnread] = useState<ProblemValue | null>(null);
  const correct = useCorrectCatalogue();
  const span = readSpan(first, last);
  const save = ({ source, reason }: Grounds) => {
    if (!span.ok) {
      setUnread({ code: span.code, sentence: problemSentence(span.code), details: {} });
      return;
    }
    setUnread(null);
    const corrections = span.days.map((from) => ({ key: CALENDAR_DAY, from, value: kind, source }));
    const onSuccess = () => {
      notice(t('catalogue.correct.saved', { name: spanWords(span) }));
      onSaved(span.days[0]?.slice(0, 4) ?? '');
      onClose();
    };
    correct.mutate({ corrections, reason }, { onSuccess });
  };
  const wrong = (field: 'first' | 'last') => unread !== null && !span.ok && span.field === field;
  return (
    <CorrectionDialog
      title={t('catalogue.add')}
      problem={unread ?? (correct.error && asProblem(correct.error, 'catalogue.correct'))}
      busy={correct.isPending}
      onSave={save}
      onClose={onClose}
    >
      <p className="dim">{t('catalogue.add.text')}</p>
      <div className="add-days">
        <PlainField
          label={t('catalogue.add.first')}
          value={first}
          onChange={setFirst}
          placeholder={t('form.dateHint')}
          aria-invalid={wrong('first')}
          data-dialog-start=""
        />
        <PlainField
          label={t('catalogue.add.last')}
          value={last}
          onChange={setLast}
          placeholder={t('form.dateHint')}
          aria-invalid={wrong('last')}
        />
        <DayKind value={kind} onPick={setKind} />
      </div>
      <p role="status" className="say strong">
        {spanWords(span)}
      </p>
    </CorrectionDialog>
  );
}
