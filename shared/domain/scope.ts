/**
 * Who may read an event, as entries: codes of offices, and `<code>/*` for everybody below an office. The hub writes them beside each
 * applied event; an inbox is what overlaps with the entries of its office.
 */
import { pathOn, unitByKey } from '../catalogue/units.ts';
import type { LocalDate } from '../lib/local-date.ts';
import { unreachable } from '../lib/must.ts';
import type { Event } from './event.ts';
import type { Subject } from './project.ts';
import { targetBody } from './target.ts';
import { officesSeeing } from './transfer.ts';

/** The entry that every office below this one reads, whenever it came to lie there. */
export function below(office: string): string {
  return `${office}/*`;
}

/** The entries that a device of this office reads, by the tree of the day on which it asks. */
export function readable(office: string, today: LocalDate): readonly string[] {
  return [office, ...pathOn(office, today).map((unit) => below(unit.code))];
}

/** Who may read this event, `after` being its subject with it applied; `today` = Vietnam's date at the hub. */
export function scopeOf(
  event: Pick<Event, 'verb' | 'body'>,
  after: Subject | undefined,
  today: LocalDate,
): readonly string[] {
  switch (after?.kind) {
    case undefined:
      return [];
    case 'dossier':
    case 'sheet':
      return readersOf(after);
    case 'setting':
      // Offices below follow the corrections of those above them.
      return [...pathCodes(after.state.office, today), below(after.state.office)];
    case 'target':
      return targetScope(event, after.state.unit, today);
    case 'report':
    case 'day':
      return pathCodes(after.state.office, today);
    default:
      return unreachable(after);
  }
}

/** Who may read a dossier or a sheet, and with it the scans that it shows. */
export function readersOf(
  subject: Extract<Subject, { readonly kind: 'dossier' | 'sheet' }>,
): readonly string[] {
  return subject.kind === 'dossier'
    ? // The wards that took the commune over follow its dossiers too, and every ward that one was ever handed over to.
      officesSeeing(subject.state)
    : pathCodes(unitByKey(subject.state.unit)?.code ?? '', subject.state.asOf);
}

/**
 * Entries that see the subject from now on and did not before: its whole history has to go to them. Only a hand-over widens;
 * a subject that is new has no history.
 */
export function widened(before: Subject | undefined, after: Subject | undefined): readonly string[] {
  if (before?.kind !== 'dossier' || after?.kind !== 'dossier') return [];
  const seen = new Set(officesSeeing(before.state));
  return officesSeeing(after.state).filter((entry) => !seen.has(entry));
}

/** Who works towards a target: the unit and all below it. Who set it lies on its path of that day, or on today's. */
function targetScope(event: Pick<Event, 'verb' | 'body'>, unit: string, today: LocalDate): readonly string[] {
  const set = targetBody.safeParse(event.body);
  const then = set.success ? pathCodes(unit, set.data.from) : [];
  return [...new Set([...then, ...pathCodes(unit, today), below(unit)])];
}

function pathCodes(code: string, date: LocalDate): readonly string[] {
  return pathOn(code, date).map((u) => u.code);
}
