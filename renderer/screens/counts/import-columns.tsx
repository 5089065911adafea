/** What each column of the file is taken for; what the clerk chose is remembered for files with the same headings. */
import type { ImportCheck } from '../../../shared/contract/ipc/count.ts';
import { namingRoles } from '../../../shared/domain/count-columns.ts';
import { formColumns } from '../../../shared/domain/figure-columns.ts';
import { t } from '../../text/text.ts';

type Columns = ImportCheck['columns'];

interface Props {
  readonly columns: Columns;
  readonly form: string | null;
  readonly onChange: (mapping: readonly string[]) => void;
}

export function ImportColumns({ columns, form, onChange }: Props) {
  const known = columns.filter((c) => c.role !== '').length;
  return (
    <details className="import-columns" open={known < 2}>
      <summary>{t('import.columns', { n: known, all: columns.length })}</summary>
      <div className="import-roles">
        {columns.map(({ label, role }, c) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a column has no other name than its place
          <label key={c}>
            <span title={label}>{label || t('import.columns.unnamed', { n: c + 1 })}</span>
            <select
              className="input"
              value={role}
              onChange={(event) => {
                const chosen = event.currentTarget.value;
                onChange(columns.map((one, i) => (i === c ? chosen : one.role === chosen ? '' : one.role)));
              }}
            >
              <option value="">{t('import.role.none')}</option>
              {namingRoles.map((name) => (
                <option key={name} value={name}>
                  {t(`import.role.${name}`)}
                </option>
              ))}
              {formColumns(form).columns.map((one) => (
                <option key={one.key} value={one.key}>
                  {one.title}
                </option>
              ))}
            </select>
          </label>
        ))}
      </div>
    </details>
  );
}
