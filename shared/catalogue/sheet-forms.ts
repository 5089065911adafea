/** What can be typed into which sheet: the ngoại ngành counts, and every annex whose definition names figures to enter. */
import type { LocalDate } from '../lib/local-date.ts';
import { type EnteredCell, enteredCells } from '../report/entered.ts';
import { categories } from './categories.ts';
import { annexDefs } from './report-defs-annexes.ts';
import { countUnitsOn, type Unit, unitOn } from './units.ts';

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

/** The units of a sheet's table; of an annex with figures of the office itself, the office too. `form` null = the ngoại ngành counts. */
export function formUnitsOn(office: string, asOf: LocalDate, form: string | null): readonly Unit[] {
  const units = countUnitsOn(office, asOf);
  const ofOffice = form !== null && findSheetForm(form)?.cells.some((c) => c.of === 'office');
  const own = ofOffice ? unitOn(office, asOf) : undefined;
  return own && !units.includes(own) ? [...units, own] : units;
}

export function findSheetForm(code: string): SheetForm | undefined {
  return sheetForms.find((form) => form.code === code);
}
