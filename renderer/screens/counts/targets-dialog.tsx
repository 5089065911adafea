/** Targets in force on the date of the sheet, with their paper and their days; and a new one, for those who may set it. */
import { useId, useState } from 'react';
import { unitOn } from '../../../shared/catalogue/units.ts';
import type { Grid } from '../../../shared/contract/ipc/count.ts';
import { type LocalDate, readDate, showDate } from '../../../shared/lib/local-date.ts';
import { readCount, showCount } from '../../../shared/lib/whole-number.ts';
import { problemSentence } from '../../../shared/problem.ts';
import { useSetTarget } from '../../data/count.ts';
import { useMay, useSession } from '../../data/session.ts';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { notice } from '../../ui/notice.ts';
import { PlainField } from '../../ui/plain-field.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { entriesOf, type FormPart } from './grid-model.ts';
import { TargetFiles } from './target-files.tsx';

interface Props {
  readonly data: Grid;
  readonly part: FormPart;
  readonly onClose: () => void;
}

type Entries = ReturnType<typeof entriesOf>;

function List({ data, entries }: { readonly data: Grid; readonly entries: Entries }) {
  const titles = new Map(entries.map((e) => [`${e.category}/${e.measure}`, e.title]));
  const rows = data.targets.filter((row) => titles.has(`${row.category}/${row.measure}`));
  if (rows.length === 0) return <p className="empty">{t('targets.none')}</p>;
  return (
    <table className="plain">
      <thead>
        <tr>
          <th>{t('counts.unit')}</th>
          <th>{t('targets.figure')}</th>
          <th className="num">{t('targets.value')}</th>
          <th>{t('targets.days')}</th>
          <th>{t('targets.source')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.unit}/${row.category}/${row.measure}`}>
            <td>{unitOn(row.unit, data.asOf)?.name ?? row.unit}</td>
            <td>{titles.get(`${row.category}/${row.measure}`)}</td>
            <td className="num">{showCount(row.value)}</td>
            <td>
              {row.to === null
                ? t('targets.since', { from: showDate(row.from) })
                : t('targets.fromTo', { from: showDate(row.from), to: showDate(row.to) })}
            </td>
            <td>{row.source}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface Draft {
  readonly unit: string;
  readonly figure: string;
  readonly value: string;
  readonly from: string;
  readonly to: string;
  readonly source: string;
}

type Read =
  | {
      readonly ok: true;
      readonly value: number | null;
      readonly from: LocalDate;
      readonly to: LocalDate | null;
    }
  | { readonly ok: false; readonly sentence: string };

/** A blank value takes the target of that day back. */
function readDraft({ value, from, to, source }: Draft): Read {
  const count = value.trim() === '' ? null : readCount(value);
  if (count && !count.ok) return { ok: false, sentence: problemSentence(count.code) };
  const [first, last] = [readDate(from, false), to.trim() === '' ? null : readDate(to, false)];
  if (!first.ok) return { ok: false, sentence: problemSentence(first.code) };
  if (last && !last.ok) return { ok: false, sentence: problemSentence(last.code) };
  if (source.trim() === '') return { ok: false, sentence: problemSentence('FACT_SOURCE') };
  return { ok: true, value: count?.value ?? null, from: first.value, to: last?.value ?? null };
}

interface Choice {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly text: string }[];
  readonly onChange: (value: string) => void;
}

function Select({ label, value, options, onChange }: Choice) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="input"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        {options.map((one) => (
          <option key={one.value} value={one.value}>
            {one.text}
          </option>
        ))}
      </select>
    </div>
  );
}

function SetTarget({
  data,
  entries,
  officeCode,
}: {
  readonly data: Grid;
  readonly entries: Entries;
  readonly officeCode: string;
}) {
  const set = useSetTarget();
  const first = entries[0];
  const [draft, setDraft] = useState<Draft>({
    unit: officeCode,
    figure: first ? `${first.category}/${first.measure}` : '',
    ...{ value: '', from: showDate(data.asOf), to: '', source: '' },
  });
  const [wrong, setWrong] = useState('');
  const put = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const units = new Map([[officeCode, unitOn(officeCode, data.asOf)?.name ?? officeCode]]);
  for (const { unit } of data.rows) units.set(unit.code, unit.name);
  const save = () => {
    const read = readDraft(draft);
    setWrong(read.ok ? '' : read.sentence);
    if (!read.ok) return;
    const [category = '', measure = ''] = draft.figure.split('/');
    const { value, from, to } = read;
    set.mutate(
      { unit: draft.unit, category, measure, value, from, to, source: draft.source },
      {
        onSuccess: () => {
          put({ value: '' });
          notice(t('targets.saved'));
        },
      },
    );
  };
  return (
    <section className="target-form" aria-label={t('targets.set')}>
      <h2>{t('targets.set')}</h2>
      {set.error && <ProblemNote problem={asProblem(set.error, 'target.set')} />}
      {wrong && <p className="bad-text">{wrong}</p>}
      <div className="row wrap">
        <Select
          label={t('counts.unit')}
          value={draft.unit}
          options={[...units].map(([value, text]) => ({ value, text }))}
          onChange={(unit) => put({ unit })}
        />
        <Select
          label={t('targets.figure')}
          value={draft.figure}
          options={entries.map((e) => ({ value: `${e.category}/${e.measure}`, text: e.title }))}
          onChange={(figure) => put({ figure })}
        />
        <PlainField label={t('targets.value')} value={draft.value} onChange={(value) => put({ value })} />
        <PlainField label={t('targets.from')} value={draft.from} onChange={(from) => put({ from })} />
        <PlainField label={t('targets.to')} value={draft.to} onChange={(to) => put({ to })} />
      </div>
      <PlainField
        label={t('targets.source')}
        value={draft.source}
        maxLength={300}
        onChange={(source) => put({ source })}
      />
      <p className="dim">{t('targets.text')}</p>
      <Button look="primary" disabled={set.isPending} onClick={save}>
        {t('targets.save')}
      </Button>
    </section>
  );
}

export function TargetsDialog({ data, part, onClose }: Props) {
  const { office } = useSession();
  const may = useMay();
  const entries = entriesOf(data.form, part);
  return (
    <Dialog wide title={t('targets.title', { date: showDate(data.asOf) })} onClose={onClose}>
      <List data={data} entries={entries} />
      {office && may('target.set') && (
        <>
          <SetTarget data={data} entries={entries} officeCode={office.code} />
          <TargetFiles />
        </>
      )}
    </Dialog>
  );
}
