/** Handing a dossier over to another ward, as it is typed. */
import { communesOn, pathOn, type Unit } from '../../../../shared/catalogue/units.ts';
import type { LocalDate } from '../../../../shared/lib/local-date.ts';
import { must } from '../../../../shared/lib/must.ts';
import { searchKey } from '../../../../shared/lib/vietnamese-text.ts';

/** The wards of the whole tree of that day but the own one, in the order of the official list. */
export function takers(officeCode: string, today: LocalDate): readonly Unit[] {
  const root = pathOn(officeCode, today).at(-1);
  return root ? communesOn(root.code, today).filter((unit) => unit.code !== officeCode) : [];
}

/** The ward that a typed name means, accents or not, with or without its word of kind; null = none, or more than one. */
export function takerOf(units: readonly Unit[], typed: string): Unit | null {
  const key = searchKey(typed);
  if (key === '') return null;
  const exact = units.filter((unit) => searchKey(unit.name) === key);
  const found = exact.length > 0 ? exact : units.filter((unit) => searchKey(unit.name).endsWith(` ${key}`));
  return found.length === 1 ? must(found[0], 'unit') : null;
}
