/** Who may read an event, as its indexed `scope`: codes of offices, and entries for everybody below an office. */
import { officesInCharge } from '../catalogue/successors.ts';
import { pathOn, unitByKey } from '../catalogue/units.ts';
import type { LocalDate } from '../lib/local-date.ts';
import { unreachable } from '../lib/must.ts';
import type { Event } from './event.ts';
import type { Subject } from './project.ts';
import { targetBody } from './target.ts';

/** The entry that every office below this one reads, whenever it came to lie there. */
export function below(office: string): string {
  return `${office}/*`;
}

/** The entries that a device of this office reads, by the tree of the day on which it asks. */
export function readable(office: string, today: LocalDate): readonly string[] {
  return [office, ...pathOn(office, today).map((unit) => below(unit.code))];
}

/** Who may see an event: units from its own up to the root, or all below an office. `today`: Vietnam's date at the hub. */
export function scopeOf(event: Event, subject: Subject | undefined, today: LocalDate): readonly string[] {
  switch (subject?.kind) {
    case undefined:
      return [];
    case 'dossier':
      // The wards that took the commune over follow its dossiers too.
      return officesInCharge(subject.state.commune, subject.state.receivedOn);
    case 'sheet':
      return pathCodes(unitByKey(subject.state.unit)?.code ?? '', subject.state.asOf);
    case 'setting':
      // Offices below follow the corrections of those above them.
      return [...pathCodes(subject.state.office, today), below(subject.state.office)];
    case 'target':
      return targetScope(subject.state.unit, targetBody.parse(event.body).from, today);
    case 'report':
      return pathCodes(subject.state.office, today);
    default:
      return unreachable(subject);
  }
}

/** Who works towards a target: the unit and all below it. Who set it lies on its path of that day, or on today's. */
function targetScope(unit: string, from: LocalDate, today: LocalDate): readonly string[] {
  return [...new Set([...pathCodes(unit, from), ...pathCodes(unit, today), below(unit)])];
}

function pathCodes(code: string, date: LocalDate): readonly string[] {
  return pathOn(code, date).map((u) => u.code);
}
