/**
 * Counts up the unit tree of a day. A figure of a unit that is not in that tree goes, whole, to the lowest unit that
 * holds all its territory there; where that lies above the rows of the report it is not divided but listed as "chưa phân bổ".
 */
import { successorsOn } from '../catalogue/successors.ts';
import {
  childrenOn,
  communesOn,
  inForce,
  isCommune,
  isWithin,
  pathOn,
  type Unit,
  unitByKey,
  unitOn,
  units,
} from '../catalogue/units.ts';
import type { LocalDate } from '../lib/local-date.ts';
import { must } from '../lib/must.ts';
import { type Amount, sumOf } from './amount.ts';

interface Placed {
  /** Lowest unit of the tree that holds all of it; null = unknown, or no part of the tree. */
  readonly at: Unit | null;
  /** The unit itself is in force, and stands for itself. */
  readonly itself: boolean;
  /** Units in force that share its territory. */
  readonly holders: readonly Unit[];
  /** Codes from `at` up to the root. */
  readonly path: ReadonlySet<string>;
}

export interface UnitTree {
  readonly on: LocalDate;
  readonly children: (code: string) => readonly Unit[];
  /** `day`: of what the unit says; a unit that has grown since the day of the tree says it for more than its old self. Absent = as the tree knows it. */
  readonly place: (unitKey: string, day?: LocalDate) => Placed;
}

/** The tree of a day; what was found once is kept, because a report asks for every cell. */
export function unitTree(on: LocalDate): UnitTree {
  const children = new Map<string, readonly Unit[]>();
  const placed = new Map<string, Placed>();
  return {
    on,
    children: (code) => remember(children, code, () => childrenOn(code, on)),
    place: (key, day = on) => {
      const name = day > on ? `${key} ${day}` : key;
      return placed.get(name) ?? remember(placed, name, () => placeOf(key, on, day));
    },
  };
}

function remember<K, V>(known: Map<K, V>, key: K, find: () => V): V {
  const before = known.get(key);
  if (before !== undefined) return before;
  const found = find();
  known.set(key, found);
  return found;
}

function placeOf(key: string, on: LocalDate, day: LocalDate): Placed {
  const unit = unitByKey(key);
  if (!unit) return { at: null, itself: false, holders: [], path: new Set() };
  const joined = inForce(unit, on) ? joinedSince(unit, on, day) : [];
  const itself = inForce(unit, on) && joined.length === 0;
  const { holders, sure } = inForce(unit, on)
    ? { holders: [unit, ...joined], sure: true }
    : territory(unit, on);
  // What went elsewhere of an unverified part is not known: nobody may count it as his.
  const at = sure ? lowestCommon(holders, on) : null;
  return { at, itself, holders, path: new Set(at ? pathOn(at.code, on).map((u) => u.code) : []) };
}

/** Communes of the tree of `on` that a unit which goes on under its key had taken in, whole or in part, by a later day. */
function joinedSince(unit: Unit, on: LocalDate, day: LocalDate): readonly Unit[] {
  if (day <= on || !isCommune(unit) || !inForce(unit, day)) return [];
  const took = (u: Unit) => successorsOn(u.key, day).some((heir) => heir.key === unit.key);
  return units.filter((u) => u.key !== unit.key && isCommune(u) && inForce(u, on) && took(u));
}

/** The units of another day that hold the territory of a unit: its heirs, or what it was made of. */
function territory(unit: Unit, on: LocalDate): { readonly holders: readonly Unit[]; readonly sure: boolean } {
  if (unit.validFrom > on) {
    const whole = isCommune(unit) ? [unit] : communesOn(unit.code, unit.validFrom);
    const keys = new Set(whole.map((u) => u.key));
    const before = units.filter(
      (u) =>
        isCommune(u) &&
        inForce(u, on) &&
        successorsOn(u.key, unit.validFrom).some((heir) => keys.has(heir.key)),
    );
    return { holders: before, sure: before.length > 0 };
  }
  const last = must(unit.validTo, `last day of ${unit.key}`);
  const direct = successorsOn(unit.key, on);
  const heirs =
    direct.length > 0 ? direct : communesOn(unit.code, last).flatMap((c) => successorsOn(c.key, on));
  return {
    holders: [...new Map(heirs.map((u) => [u.key, must(unitByKey(u.key), u.key)])).values()],
    sure: heirs.length > 0 && heirs.every((u) => u.extent !== 'unverified_part'),
  };
}

function lowestCommon(holders: readonly Unit[], on: LocalDate): Unit | null {
  const [first, ...rest] = holders.map((u) => pathOn(u.code, on));
  const codes = rest.map((path) => new Set(path.map((u) => u.code)));
  return first?.find((u) => codes.every((path) => path.has(u.code))) ?? null;
}

/**
 * Whether what a unit of the tree said for a day includes another one that went over to it. A unit that goes on under its
 * key spoke, before it was enlarged, for its old territory only: units in force side by side share nothing.
 */
export function speaksFor(unit: Unit, other: string, day: LocalDate): boolean {
  const part = unitByKey(other);
  const sideBySide = part !== undefined && inForce(unit, day) && inForce(part, day);
  return !sideBySide || isWithin(part.code, unit.code, day);
}

/** `apart`: what of the value the own figure of the new unit does not include. */
interface Taken extends PickedFigure {
  readonly apart: Amount;
}

/** A figure that stands for the window; a unit has several where it reported several flows. */
export interface PickedFigure {
  /** `code@validFrom` */
  readonly unit: string;
  readonly value: Amount;
  /** Last day that it is about. */
  readonly day: LocalDate;
}

/** The figures of one measure, by the unit of the tree where they belong. */
export interface PlacedFigures {
  /** Of the unit itself. */
  readonly own: ReadonlyMap<string, Amount>;
  /** Of units that are not in the tree and went over to it whole. */
  readonly taken: ReadonlyMap<string, readonly Taken[]>;
}

export function placeFigures(
  tree: UnitTree,
  figures: Iterable<PickedFigure>,
  apart: Iterable<PickedFigure>,
): PlacedFigures {
  const own = new Map<string, Amount>();
  // Asked only for what lies in another unit: a city's flows of years are a million figures of units that still stand.
  const apartOfDay = new Map<string, Amount>();
  for (const { unit, day, value } of apart)
    if (!tree.place(unit, day).itself) apartOfDay.set(`${unit} ${day}`, value);
  const taken = new Map<string, Taken[]>();
  for (const figure of figures) {
    const { unit, day, value } = figure;
    const { at, itself } = tree.place(unit, day);
    if (!at) continue;
    if (itself) {
      const before = own.get(at.code);
      own.set(at.code, before === undefined ? value : sumOf([before, value]));
      continue;
    }
    const part = { ...figure, apart: apartOfDay.get(`${unit} ${day}`) ?? null };
    const parts = taken.get(at.code);
    if (parts) parts.push(part);
    else taken.set(at.code, [part]);
  }
  return { own, taken };
}

/** A unit whose own figure differs from the sum of what lies below it. */
export interface Disagreement {
  readonly unit: Unit;
  readonly own: number;
  readonly parts: number;
}

/** The figure of a unit: the sum of what lies below it where any of that reported, else what it says itself. */
export function valueAt(
  tree: UnitTree,
  unit: Unit,
  { figures, disagree }: { readonly figures: PlacedFigures; readonly disagree: (d: Disagreement) => void },
): Amount {
  const below = tree.children(unit.code).map((child) => valueAt(tree, child, { figures, disagree }));
  const own = figures.own.get(unit.code) ?? null;
  const taken = figures.taken.get(unit.code) ?? [];
  const apart = sumOf(taken.map((t) => t.apart));
  // A merged unit that reports itself has said it all: what its old parts said of the same is in there.
  if (typeof own === 'number' && below.every(unsaid)) return sumOf([own, apart]);
  const total = sumOf([...below, ...taken.map((t) => t.value)]);
  if (typeof total !== 'number') return own ?? total;
  const parts = typeof apart === 'number' ? total - apart : total;
  if (typeof own === 'number' && own !== parts) disagree({ unit, own, parts });
  return total;
}

const unsaid = (amount: Amount) => typeof amount !== 'number';

/** What lies above the rows and inside the office, and is therefore no row's: figures of split units, and of levels that the rows leave out. */
export function unallocated(
  tree: UnitTree,
  {
    office,
    rows,
    figures,
  }: { readonly office: string; readonly rows: ReadonlySet<string>; readonly figures: PlacedFigures },
): readonly PickedFigure[] {
  if (rows.has(office)) return [];
  const quiet = { figures, disagree: () => {} };
  const found: PickedFigure[] = [...(figures.taken.get(office) ?? [])];
  for (const child of tree.children(office)) {
    if (rows.has(child.code)) continue;
    const own = figures.own.get(child.code);
    const silent = tree.children(child.code).every((u) => unsaid(valueAt(tree, u, quiet)));
    if (typeof own === 'number' && silent)
      found.push(
        { unit: child.key, value: own, day: tree.on },
        ...apartOf(figures.taken.get(child.code) ?? []),
      );
    else found.push(...unallocated(tree, { office: child.code, rows, figures }));
  }
  return found;
}

function apartOf(taken: readonly Taken[]): readonly PickedFigure[] {
  return taken.flatMap(({ unit, apart, day }) => (unsaid(apart) ? [] : [{ unit, value: apart, day }]));
}

/** Name of a unit for a question to a person, with its district where it has one: "Phường 7 (Quận Gò Vấp)". */
export function fullName(key: string): string {
  const unit = unitByKey(key);
  if (!unit) return key;
  const above = unit.parentCode ? unitOn(unit.parentCode, unit.validFrom) : undefined;
  return above?.parentCode ? `${unit.name} (${above.name})` : unit.name;
}
