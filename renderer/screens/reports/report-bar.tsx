/** Which report, over which days, by which units, compared or not. */
import { type ReactNode, useId } from 'react';
import { trees } from '../../../shared/contract/ipc/report.ts';
import { showDate } from '../../../shared/lib/local-date.ts';
import { type Days, shiftWindow, windowNames, windowOf } from '../../../shared/report/windows.ts';
import { useCountDates } from '../../data/count.ts';
import { useSession } from '../../data/session.ts';
import { useAsOf } from '../../state/as-of.ts';
import { t } from '../../text/text.ts';
import { AsOfPicker } from '../../ui/as-of-picker.tsx';
import { Button } from '../../ui/button.tsx';
import { DateField } from './date-field.tsx';
import { type Chosen, type TreeChoice, useChoice } from './report-choice.ts';
import { reportGroups, usesPrevious } from './report-groups.ts';
import { SavedChoices } from './saved-choices.tsx';

export function ReportPicker() {
  const { report, choose } = useChoice();
  return (
    <select
      className="input report-picker"
      aria-label={t('report.choose')}
      value={report}
      onChange={(event) => choose({ report: event.currentTarget.value })}
    >
      {reportGroups.map(({ title, defs }) => (
        <optgroup key={title} label={t(title)}>
          {defs.map(({ id, title: name, form }) => (
            <option key={id} value={id}>
              {form ? `${name} · ${form}` : name}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}

const sameDays = (a: Days, b: Days) => a.from === b.from && a.to === b.to;

function WindowPicker({ days }: { readonly days: Days }) {
  const { today } = useSession();
  const { choose } = useChoice();
  const id = useId();
  const named = windowNames.map((name) => ({ name, window: windowOf(name, today) }));
  const set = (window: Days) => choose({ days: window });
  return (
    <>
      <DateField label={t('report.from')} value={days.from} onPick={(from) => set({ ...days, from })} />
      <DateField label={t('report.to')} value={days.to} onPick={(to) => set({ ...days, to })} />
      <Button look="tiny" aria-label={t('report.earlier')} onClick={() => set(shiftWindow(days, -1))}>
        ‹
      </Button>
      <Button look="tiny" aria-label={t('report.later')} onClick={() => set(shiftWindow(days, 1))}>
        ›
      </Button>
      <div className="inline-field">
        <label htmlFor={id}>{t('report.window')}</label>
        <select
          id={id}
          className="input"
          value={named.find(({ window }) => sameDays(window, days))?.name ?? ''}
          onChange={(event) => {
            const wanted = named.find(({ name }) => name === event.currentTarget.value);
            if (wanted) set(wanted.window);
          }}
        >
          <option value="">{t('report.window.any')}</option>
          {named.map(({ name, window }) => (
            <option key={name} value={name}>
              {t(`report.window.${name}`)} ({showDate(window.from).slice(0, 5)}–
              {showDate(window.to).slice(0, 5)})
            </option>
          ))}
        </select>
      </div>
    </>
  );
}

function DayPicker({ day }: { readonly day: string }) {
  const { today } = useSession();
  const { setAsOf } = useAsOf();
  const dates = useCountDates();
  return <AsOfPicker value={day} today={today} dates={dates.data ?? []} onPick={setAsOf} />;
}

/** `children`: buttons at its end. */
export function ReportBar({ children, ...what }: Chosen & { readonly children: ReactNode }) {
  const { def, days, wanted } = what;
  const { tree, compare, choose } = useChoice();
  const id = useId();
  return (
    <div className="row wrap report-bar">
      {def.window === 'as_of' ? <DayPicker day={wanted.to} /> : <WindowPicker days={days} />}
      <div className="inline-field">
        <label htmlFor={id}>{t('report.tree')}</label>
        <select
          id={id}
          className="input"
          value={tree}
          onChange={(event) => choose({ tree: event.currentTarget.value as TreeChoice })}
        >
          {trees.map((name) => (
            <option key={name} value={name}>
              {t(`report.tree.${name}`)}
            </option>
          ))}
        </select>
      </div>
      {usesPrevious(def) && (
        <label className="inline-field">
          <input
            type="checkbox"
            checked={compare}
            onChange={(event) => choose({ compare: event.currentTarget.checked })}
          />
          {t('report.compare')}
        </label>
      )}
      <SavedChoices {...what} />
      <div className="row end">{children}</div>
    </div>
  );
}
