/** Columns that most reports have. */
import type { ColumnDef, DossierValue } from '../report/definition.ts';

export const no: ColumnDef = { key: 'no', title: 'STT', value: { from: 'no' } };
export const label = (title: string): ColumnDef => ({ key: 'label', title, value: { from: 'label' } });

export const counted = (
  key: string,
  title: string,
  value: Omit<DossierValue, 'from'>,
  more: Partial<ColumnDef> = {},
): ColumnDef => ({ key, title, value: { from: 'dossiers', ...value }, ...more });
