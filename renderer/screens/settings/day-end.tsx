/** The hour at which the office's day ends: typed as people write it, kept with Enter. */
import { type FormEvent, useId, useState } from 'react';
import type { Output } from '../../../shared/contract/ipc/registry.ts';
import { readClock } from '../../../shared/lib/clock-time.ts';
import { useSetDayEnd } from '../../data/machine.ts';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';
import { notice } from '../../ui/notice.ts';
import { PlainField } from '../../ui/plain-field.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';

export function DayEnd({ settings }: { readonly settings: Output<'sync.settings'> }) {
  const [typed, setTyped] = useState(settings.dayEnd);
  const [wrong, setWrong] = useState(false);
  const set = useSetDayEnd();
  const id = useId();
  const keep = (event: FormEvent) => {
    event.preventDefault();
    const time = readClock(typed);
    setWrong(time === null);
    if (time === null || set.isPending) return;
    set.mutate(time, {
      onSuccess: () => {
        setTyped(time);
        notice(t('sending.dayEnd.saved', { time }));
      },
    });
  };
  return (
    <form className="stack" onSubmit={keep} noValidate>
      <div className="row day-end">
        <PlainField
          label={t('sending.dayEnd')}
          value={typed}
          maxLength={20}
          inputMode="numeric"
          placeholder={t('sending.dayEnd.hint')}
          aria-invalid={wrong}
          aria-describedby={id}
          onChange={setTyped}
        />
        <Button type="submit" keys="Enter" disabled={set.isPending}>
          {t('sending.dayEnd.save')}
        </Button>
      </div>
      {wrong ? (
        <p id={id} className="bad-text" role="alert">
          {t('sending.dayEnd.bad', { typed: typed.trim() })}
        </p>
      ) : (
        <p id={id} className="dim">
          {t(settings.dayEndIsDefault ? 'sending.dayEnd.default' : 'sending.dayEnd.own')}
        </p>
      )}
      {set.error && <ProblemNote problem={asProblem(set.error, 'sync.set-day-end')} />}
    </form>
  );
}
