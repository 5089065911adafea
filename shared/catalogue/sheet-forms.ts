/** What can be typed into which sheet: the ngoại ngành counts, and every annex whose definition names figures to enter. */
import { type EnteredCell, enteredCells } from '../report/entered.ts';
import { categories } from './categories.ts';
import { annexDefs } from './report-defs-annexes.ts';

export interface SheetForm {
  /** Id of the report that prints it. */
  readonly code: string;
  readonly name: string;
  readonly cells: readonly EnteredCell[];
  /** `window` sheets hold the flows of a from-to window; `as_of` sheets hold snapshots. */
  readonly period: 'as_of' | 'window';
}

export const sheetForms: readonly SheetForm[] = annexDefs.map((def) => ({
  code: def.id,
  name: def.title,
  cells: enteredCells(def),
  period: def.window === 'from_to' ? 'window' : 'as_of',
}));

const known = new Map<string, ReadonlySet<string>>([
  ['ngoai_nganh', new Set(categories.flatMap((c) => c.measures.map((m) => `${c.code}/${m.code}`)))],
  ...sheetForms.map(
    (form) => [form.code, new Set(form.cells.map((c) => `${c.category}/${c.measure}`))] as const,
  ),
]);

export function isEntered(form: string, category: string, measure: string): boolean {
  return known.get(form)?.has(`${category}/${measure}`) ?? false;
}

export function findSheetForm(code: string): SheetForm | undefined {
  return sheetForms.find((form) => form.code === code);
}
