/** The last section of a reception: which commune decides, how the dossier came, and when, where it is typed later from paper. */
import { Select } from '@mantine/core';
import type { UnitRef } from '../../../../shared/contract/ipc/common.ts';
import { channels } from '../../../../shared/domain/dossier.ts';
import { readClock } from '../../../../shared/lib/clock-time.ts';
import { type LocalDate, showDate } from '../../../../shared/lib/local-date.ts';
import { searchKey } from '../../../../shared/lib/vietnamese-text.ts';
import { type ProblemCode, problemSentence } from '../../../../shared/problem.ts';
import { choiceLabel, t } from '../../../text/text.ts';
import { Button } from '../../../ui/button.tsx';
import { RequiredStar } from '../../../ui/required-star.tsx';
import { CHANNEL, COMMUNE } from './form-values.ts';
import { RECEIVED_DATE, RECEIVED_TIME, type ReceivedReading } from './received-at.ts';
import type { DossierForm } from './use-dossier-form.ts';

export const COMMUNE_ID = 'field-commune';
export const RECEIVED_DATE_ID = 'field-received-date';
export const RECEIVED_TIME_ID = 'field-received-time';

interface Props {
  readonly form: DossierForm;
  readonly no: number;
  /** null = the office is itself the commune that decides. */
  readonly communes: readonly UnitRef[] | null;
  readonly received: ReceivedReading;
  readonly today: LocalDate;
  readonly regimeName: string | undefined;
  readonly earlier: boolean;
  readonly onEarlier: () => void;
}

function CommuneField({ form, communes }: Pick<Props, 'form'> & { readonly communes: readonly UnitRef[] }) {
  const value = form.values[COMMUNE] ?? '';
  return (
    <div className="field" style={{ gridColumn: 'span 6' }}>
      <label htmlFor={COMMUNE_ID}>
        {t('field.commune')}
        <RequiredStar />
      </label>
      <Select
        id={COMMUNE_ID}
        className="commune"
        data-field={COMMUNE}
        aria-required
        searchable
        size="xs"
        data={communes.map((c) => ({ value: c.key, label: c.name }))}
        value={value || null}
        nothingFoundMessage={t('form.commune.none')}
        selectFirstOptionOnChange
        error={form.tried && value === '' ? t('form.commune.missing') : undefined}
        filter={({ options, search }) => {
          const key = searchKey(search);
          return options.filter((o) => 'label' in o && searchKey(o.label).includes(key));
        }}
        onChange={(key) => form.type(COMMUNE, key ?? '')}
        onBlur={() => form.leave(COMMUNE)}
      />
    </div>
  );
}

function ChannelField({ form }: Pick<Props, 'form'>) {
  return (
    <div className="field" style={{ gridColumn: 'span 3' }}>
      <label htmlFor="field-channel">{t('field.channel')}</label>
      <select
        id="field-channel"
        data-field={CHANNEL}
        className="input"
        value={form.values[CHANNEL] ?? channels[0]}
        onChange={(event) => form.type(CHANNEL, event.currentTarget.value)}
        onBlur={() => form.leave(CHANNEL)}
      >
        {channels.map((channel) => (
          <option key={channel} value={channel}>
            {choiceLabel(channel)}
          </option>
        ))}
      </select>
    </div>
  );
}

interface WhenProps {
  readonly form: DossierForm;
  readonly field: string;
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly problem: ProblemCode | null;
  readonly tidy: (typed: string) => string;
}

function WhenField({ form, field, id, label, hint, problem, tidy }: WhenProps) {
  const value = form.values[field] ?? '';
  return (
    <div className="field" style={{ gridColumn: 'span 2' }}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        data-field={field}
        className={problem && value !== '' ? 'input bad' : 'input'}
        value={value}
        placeholder={hint}
        inputMode="numeric"
        autoComplete="off"
        aria-invalid={problem !== null}
        aria-describedby="received-say"
        onChange={(event) => form.type(field, event.currentTarget.value)}
        onBlur={() => {
          const tidied = tidy(value);
          if (tidied !== value) form.type(field, tidied);
          form.leave(field);
        }}
      />
    </div>
  );
}

/** Why the hour of reception cannot be taken as typed; an hour that is still blank is asked for on a try to commit. */
function receivedSay({ dateProblem, timeProblem }: ReceivedReading, tried: boolean): string {
  if (dateProblem) return problemSentence(dateProblem);
  if (timeProblem === 'FIELD_REQUIRED') return tried ? t('intake.received.time.required') : '';
  return timeProblem ? problemSentence(timeProblem) : '';
}

export function CaseFields(props: Props) {
  const { form, no, communes, received, today, regimeName, earlier, onEarlier } = props;
  const past = received.earlier && received.at.date !== today;
  return (
    <section className="card form-section" aria-labelledby="section-reception" data-section="reception">
      <div className="row">
        <h2 id="section-reception">{t('intake.reception', { no })}</h2>
        <span className="end section-tools">
          <Button look="tiny" keys="F3" tabIndex={-1} aria-pressed={earlier} onClick={onEarlier}>
            {t(earlier ? 'intake.received.now' : 'intake.received.earlier')}
          </Button>
        </span>
      </div>
      <div className="fields">
        {communes && <CommuneField form={form} communes={communes} />}
        <ChannelField form={form} />
        {earlier && (
          <>
            <WhenField
              form={form}
              field={RECEIVED_DATE}
              id={RECEIVED_DATE_ID}
              label={t('intake.received.date')}
              hint={t('form.dateHint')}
              problem={received.dateProblem}
              tidy={(typed) =>
                received.dateProblem || typed.trim() === '' ? typed : showDate(received.at.date)
              }
            />
            <WhenField
              form={form}
              field={RECEIVED_TIME}
              id={RECEIVED_TIME_ID}
              label={t('intake.received.time')}
              hint={t('intake.received.time.hint')}
              problem={received.timeProblem}
              tidy={(typed) => readClock(typed) ?? typed}
            />
          </>
        )}
      </div>
      {earlier && (
        <p id="received-say" className="say bad-text" role="status">
          {receivedSay(received, form.tried)}
        </p>
      )}
      {past && (
        <p className="say warn-text" role="status">
          {t('intake.received.regime', {
            date: showDate(received.at.date),
            regime: regimeName ?? t('intake.received.regime.none'),
          })}
        </p>
      )}
    </section>
  );
}
