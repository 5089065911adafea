/** What each column of the file is taken for; what the clerk chose is remembered for files with the same headings. */
import { countColumns, TOTAL } from '../../../shared/catalogue/categories.ts';
import type { ImportCheck } from '../../../shared/contract/ipc/count.ts';
import { namingRoles } from '../../../shared/domain/count-columns.ts';
import { cellKey } from '../../../shared/domain/sheet.ts';
import { t } from '../../text/text.ts';

type Columns = ImportCheck['columns'];

const figures = countColumns.map(({ category, measure }) => ({
  role: cellKey(category.code, measure.code),
  text: measure.code === TOTAL.code ? category.name : `${category.name} - ${measure.name}`,
}));

const MEMORY = 'count-file-columns';
const MAX_REMEMBERED = 30;
const headings = (columns: Columns) => columns.map((c) => c.label).join('\t');

function remembered(): Record<string, string[]> {
  try {
    return JSON.parse(localStorage.getItem(MEMORY) ?? '{}') as Record<string, string[]>;
  } catch {
    return {};
  }
}

/** The mapping that was used last for these headings; null where there is none, or where it is what the headings say. */
export function recallMapping(columns: Columns): readonly string[] | null {
  const roles = remembered()[headings(columns)];
  if (!Array.isArray(roles) || roles.length !== columns.length) return null;
  return roles.every((role, c) => role === columns[c]?.role) ? null : roles.map(String);
}

export function rememberMapping(columns: Columns): void {
  const others = Object.entries(remembered()).filter(([name]) => name !== headings(columns));
  const all = [...others, [headings(columns), columns.map((c) => c.role)] as const].slice(-MAX_REMEMBERED);
  localStorage.setItem(MEMORY, JSON.stringify(Object.fromEntries(all)));
}

interface Props {
  readonly columns: Columns;
  readonly onChange: (mapping: readonly string[]) => void;
}

export function ImportColumns({ columns, onChange }: Props) {
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
              {figures.map((one) => (
                <option key={one.role} value={one.role}>
                  {one.text}
                </option>
              ))}
            </select>
          </label>
        ))}
      </div>
    </details>
  );
}
