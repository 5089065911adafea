/** Who may read an event, as its indexed `scope`: codes of offices, and entries for everybody below an office. */
import { pathOn } from '../../../shared/catalogue/units.ts';
import type { LocalDate } from '../../../shared/lib/local-date.ts';

/** The entry that every office below this one reads, whenever it came to lie there. */
export function below(office: string): string {
  return `${office}/*`;
}

/** The entries that a device of this office reads, by the tree of the day on which it asks. */
export function readable(office: string, today: LocalDate): readonly string[] {
  return [office, ...pathOn(office, today).map((unit) => below(unit.code))];
}
