/** Which units took over from which (NQ 1278 of 01/01/2025, NQ 1685 of 01/07/2025), and which offices may therefore act on an old dossier. */
import { addDays, type LocalDate } from '../lib/local-date.ts';
import { must } from '../lib/must.ts';
import rows from './data/successors.json' with { type: 'json' };
import { inForce, isCommune, isWithin, pathOn, type Unit, unitByKey, unitOn, units } from './units.ts';

/** 'part': other units took over the rest, so the clerk is asked; 'unverified_part': the rest is not even known for certain. */
export type Extent = 'whole' | 'part' | 'unverified_part';
export interface SuccessorUnit extends Unit {
  readonly extent: Extent;
}

interface Heir {
  readonly unit: Unit;
  readonly since: LocalDate;
  readonly extent: Extent;
}

const heirs = new Map<string, readonly Heir[]>();
for (const [oldCode = '', newCode = '', since = '', extent] of rows) {
  const old = must(unitOn(oldCode, addDays(since, -1)), `unit ${oldCode} before ${since}`);
  const unit = must(unitOn(newCode, since), `unit ${newCode} on ${since}`);
  // An enlarged unit that goes on under its key has not handed anything over.
  if (unit === old) continue;
  const heir: Heir = { unit, since, extent: readExtent(extent) };
  heirs.set(old.key, [...(heirs.get(old.key) ?? []), heir]);
}

/** Of the finer words of the source only these matter: a part without people may still hold the address of a dossier. */
function readExtent(extent: string | undefined): Extent {
  if (extent === 'whole' || extent === 'unchanged') return 'whole';
  return extent === 'unverified_part' ? extent : 'part';
}

const WEIGHT = { whole: 0, part: 1, unverified_part: 2 } as const satisfies Record<Extent, number>;
function weaker(a: Extent, b: Extent): Extent {
  return WEIGHT[a] < WEIGHT[b] ? b : a;
}

/**
 * The units in force on `date` that hold the territory of the unit `code@validFrom`: itself while it is in force, then those
 * that took over from it, through every merger in between. More than one: the old unit was split, ask. Empty: unknown key,
 * a day before the unit began, or a unit above the communes (their communes lead on).
 */
export function successorsOn(key: string, date: LocalDate): readonly SuccessorUnit[] {
  const found = new Map<string, SuccessorUnit>();
  const start = unitByKey(key);
  if (start) follow({ unit: start, extent: 'whole' }, date, found);
  const all = [...found.values()];
  const unsure = all.some((u) => u.extent === 'unverified_part');
  // Parts that came together again under one roof are the whole.
  return all.length === 1 && !unsure ? all.map((u) => ({ ...u, extent: 'whole' })) : all;
}

function follow(
  { unit, extent }: Pick<Heir, 'unit' | 'extent'>,
  date: LocalDate,
  found: Map<string, SuccessorUnit>,
): void {
  const later = (heirs.get(unit.key) ?? []).filter((heir) => heir.since <= date);
  if (inForce(unit, date)) {
    const before = found.get(unit.key)?.extent ?? extent;
    // A unit that is in force and has an heir gave a piece away (boundary_part).
    found.set(unit.key, {
      ...unit,
      extent: weaker(weaker(before, extent), later.length > 0 ? 'part' : 'whole'),
    });
  }
  const share = later.length > 1 ? 'part' : 'whole';
  for (const heir of later)
    follow({ unit: heir.unit, extent: weaker(weaker(extent, heir.extent), share) }, date, found);
}

/** Whether an office may act that day on a dossier of this commune: it, or any unit that took over from it, lies within the office. */
export function isInCharge(officeCode: string, communeKey: string, date: LocalDate): boolean {
  return successorsOn(communeKey, date).some((unit) => isWithin(unit.code, officeCode, date));
}

/** The days on which the tree of units changed. */
const treeDays = [...new Set(units.map((u) => u.validFrom))].sort();
/** The first days of the stretches in which nothing changes who is in charge. */
const stretches = [
  ...new Set([
    ...treeDays,
    ...units.flatMap(({ validTo }) => (validTo ? [addDays(validTo, 1)] : [])),
    ...[...heirs.values()].flatMap((list) => list.map((heir) => heir.since)),
  ]),
].sort();
const inChargeSince = new Map<string, readonly string[]>();

/** Codes of all offices that are in charge of a commune on `from` or on any later day: the old tree's first, then the newer ones'. */
export function officesInCharge(communeKey: string, from: LocalDate): readonly string[] {
  // Asked for every dossier of a report: the answer is one for the whole stretch.
  const name = `${communeKey} ${stretches.findLast((day) => day <= from) ?? ''}`;
  const known = inChargeSince.get(name);
  if (known) return known;
  const days = [from, ...treeDays.filter((day) => day > from)];
  const codes = days.flatMap((day) =>
    successorsOn(communeKey, day).flatMap((unit) => pathOn(unit.code, day).map((u) => u.code)),
  );
  const found = [...new Set(codes)];
  // A key comes from outside: only known ones are worth keeping.
  if (unitByKey(communeKey)) inChargeSince.set(name, found);
  return found;
}

/** Communes in force on a day whose dossiers this office may take in: its own, and those that it has since taken over. */
export function communesInCharge(officeCode: string, on: LocalDate): readonly Unit[] {
  return units.filter(
    (u) => inForce(u, on) && isCommune(u) && officesInCharge(u.key, on).includes(officeCode),
  );
}
