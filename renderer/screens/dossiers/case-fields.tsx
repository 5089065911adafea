/** How the dossier came, and which commune decides it where the office serves several: between the paper and the button. */
import { Select } from '@mantine/core';
import type { UnitRef } from '../../../shared/contract/ipc/common.ts';
import { channels } from '../../../shared/domain/dossier.ts';
import { searchKey } from '../../../shared/lib/vietnamese-text.ts';
import { choiceLabel, t } from '../../text/text.ts';
import { RequiredStar } from '../../ui/required-star.tsx';
import { CHANNEL, COMMUNE } from './form-values.ts';
import type { DossierForm } from './use-dossier-form.ts';

export const COMMUNE_ID = 'field-commune';

interface Props {
  readonly form: DossierForm;
  /** null = the office is itself the commune that decides. */
  readonly communes: readonly UnitRef[] | null;
}

function CommuneField({
  form,
  communes,
}: {
  readonly form: DossierForm;
  readonly communes: readonly UnitRef[];
}) {
  const value = form.values[COMMUNE] ?? '';
  return (
    <div className="inline-field">
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

export function CaseFields({ form, communes }: Props) {
  return (
    <>
      {communes && <CommuneField form={form} communes={communes} />}
      <div className="inline-field">
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
    </>
  );
}
