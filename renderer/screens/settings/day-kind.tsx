/** What a day of the calendar is: one of the kinds that a correction may give it. */
import { type ComponentProps, useId } from 'react';
import { dayKinds } from '../../../shared/domain/corrected.ts';
import { named, t } from '../../text/text.ts';

type Props = Omit<ComponentProps<'select'>, 'value' | 'onChange'> & {
  readonly value: string;
  readonly onPick: (kind: string) => void;
};

export function DayKind({ value, onPick, ...rest }: Props) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{t('catalogue.correct.day')}</label>
      <select
        id={id}
        className="input"
        value={value}
        onChange={(event) => onPick(event.currentTarget.value)}
        {...rest}
      >
        {dayKinds.map((kind) => (
          <option key={kind} value={kind}>
            {named('dayKind', kind)}
          </option>
        ))}
      </select>
    </div>
  );
}
