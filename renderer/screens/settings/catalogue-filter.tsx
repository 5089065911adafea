/** Which rows of the catalogue are shown: one group, some words, only what nobody has confirmed. */
import { useId } from 'react';
import { showCount } from '../../../shared/lib/whole-number.ts';
import { named, t } from '../../text/text.ts';
import { PlainField } from '../../ui/plain-field.tsx';
import { type CatalogueGroup, catalogueGroups, type RowFilter } from './catalogue-rows.ts';

interface Props {
  readonly filter: RowFilter;
  readonly onChange: (filter: RowFilter) => void;
  readonly count: number;
}

export function CatalogueFilter({ filter, onChange, count }: Props) {
  const id = useId();
  return (
    <div className="row catalogue-filter">
      <div className="field">
        <label htmlFor={id}>{t('catalogue.group')}</label>
        <select
          id={id}
          className="input"
          value={filter.group}
          onChange={(event) =>
            onChange({ ...filter, group: event.currentTarget.value as CatalogueGroup | 'all' })
          }
        >
          <option value="all">{t('catalogue.group.all')}</option>
          {catalogueGroups.map((group) => (
            <option key={group} value={group}>
              {named('catalogue.group', group)}
            </option>
          ))}
        </select>
      </div>
      <PlainField
        label={t('catalogue.search')}
        value={filter.q}
        onChange={(q) => onChange({ ...filter, q })}
      />
      <label className="row">
        <input
          type="checkbox"
          checked={filter.openOnly}
          onChange={(event) => onChange({ ...filter, openOnly: event.currentTarget.checked })}
        />
        {t('catalogue.openOnly')}
      </label>
      <span className="dim end" role="status">
        {t('catalogue.count', { n: showCount(count) })}
      </span>
    </div>
  );
}
