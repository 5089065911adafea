/** Small fields of the dialog of a step: which components, when, a line or a list with its label. */
import { type KeyboardEvent, type ReactNode, useId } from 'react';
import type { DossierDetail } from '../../../../shared/contract/ipc/dossier.ts';
import { showDate } from '../../../../shared/lib/local-date.ts';
import { named, t } from '../../../text/text.ts';
import { type ActForm, type FormError, withComponents } from './act-model.ts';

export interface ChangeProps {
  readonly form: ActForm;
  readonly onChange: (part: Partial<ActForm>) => void;
}

const STOPS = 'input:not([type="hidden"]), select, textarea, footer button';

/** Enter goes on to the next field, as on the declaration; the last one leads to the button. */
export function goOn(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return;
  const stops = [...(event.currentTarget.closest('dialog')?.querySelectorAll<HTMLElement>(STOPS) ?? [])];
  stops[stops.indexOf(event.currentTarget) + 1]?.focus();
  event.preventDefault();
}

interface LabelledProps {
  readonly label: string;
  readonly say?: string | undefined;
  readonly children: (id: string) => ReactNode;
}

export function Labelled({ label, say, children }: LabelledProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {say && <p className="say bad-text">{say}</p>}
    </div>
  );
}

interface ComponentsProps extends ChangeProps {
  readonly detail: DossierDetail;
  readonly allowed: readonly string[];
}

/** One component is said, several are ticked. */
export function ActComponents({ detail, form, allowed, onChange }: ComponentsProps) {
  const offered = detail.components.filter((c) => allowed.includes(c.code));
  const label = (c: (typeof offered)[number]) =>
    t('act.component.state', { name: c.short, state: named('state', c.state) });
  const [only] = offered;
  if (offered.length === 1 && only) return <p className="strong">{label(only)}</p>;
  return (
    <fieldset className="ticks">
      <legend className="dim small">{t('act.components')}</legend>
      {offered.map((c) => {
        const checked = form.components.includes(c.code);
        const others = form.components.filter((code) => code !== c.code);
        return (
          <label className="tick-line" key={c.code}>
            <input
              type="checkbox"
              checked={checked}
              onKeyDown={goOn}
              onChange={() => onChange(withComponents(form, checked ? others : [...others, c.code], detail))}
            />
            {label(c)}
          </label>
        );
      })}
    </fieldset>
  );
}

interface WhenProps extends ChangeProps {
  readonly wrong: readonly FormError[];
}

/** Day and hour: now, unless the clerk types an earlier one. */
export function ActWhen({ form, wrong, onChange }: WhenProps) {
  return (
    <div>
      <div className="row act-when">
        <Labelled label={t('act.on')}>
          {(id) => (
            <input
              id={id}
              className={wrong.includes('date') ? 'input bad' : 'input'}
              value={form.date}
              inputMode="numeric"
              autoComplete="off"
              aria-invalid={wrong.includes('date')}
              onKeyDown={goOn}
              onChange={(event) => onChange({ date: event.currentTarget.value, whenTouched: true })}
            />
          )}
        </Labelled>
        <Labelled label={t('act.time')}>
          {(id) => (
            <input
              id={id}
              className={wrong.includes('time') ? 'input bad' : 'input'}
              value={form.time}
              inputMode="numeric"
              autoComplete="off"
              aria-invalid={wrong.includes('time')}
              onKeyDown={goOn}
              onChange={(event) => onChange({ time: event.currentTarget.value, whenTouched: true })}
            />
          )}
        </Labelled>
        <span className="dim small grow">{t('act.when.hint')}</span>
      </div>
      {wrong.includes('date') && (
        <p className="say bad-text">{t('act.date.bad', { example: showDate('2026-11-20') })}</p>
      )}
      {wrong.includes('time') && <p className="say bad-text">{t('act.time.bad')}</p>}
    </div>
  );
}
