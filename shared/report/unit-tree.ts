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
  readonly place: (unitKey: string) => Placed;
}

/** The tree of a day; what was found once is kept, because a report asks for every cell. */
export function unitTree(on: LocalDate): UnitTree {
  const children = new Map<string, readonly Unit[]>();
  const placed = new Map<string, Placed>();
  return {
    on,
    children: (code) => remember(children, code, () => childrenOn(code, on)),
    place: (key) => remember(placed, key, () => placeOf(key, on)),
  };
}

function remember<K, V>(known: Map<K, V>, key: K, find: () => V): V {
  const before = known.get(key);
  if (before !== undefined) return before;
  const found = find();
  known.set(key, found);
  return found;
}

function placeOf(key: string, on: LocalDate): Placed {
  const unit = unitByKey(key);
  if (!unit) return { at: null, itself: false, holders: [], path: new Set() };
  const itself = inForce(unit, on);
  const { holders, sure } = itself ? { holders: [unit], sure: true } : territory(unit, on);
  // What went elsewhere of an unverified part is not known: nobody may count it as his.
  const at = sure ? lowestCommon(holders, on) : null;
  return { at, itself, holders, path: new Set(at ? pathOn(at.code, on).map((u) => u.code) : []) };
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

interface Loose {
  readonly unit: string;
  readonly value: Amount;
}
/** `apart`: what of the value the own figure of the new unit does not include. */
interface Taken extends Loose {
  readonly apart: Amount;
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
  figures: Iterable<readonly [unitKey: string, value: Amount]>,
  apart: ReadonlyMap<string, Amount>,
): PlacedFigures {
  const own = new Map<string, Amount>();
  const taken = new Map<string, Taken[]>();
  for (const [unit, value] of figures) {
    const { at, itself } = tree.place(unit);
    if (!at) continue;
    if (itself) own.set(at.code, value);
    else taken.set(at.code, [...(taken.get(at.code) ?? []), { unit, value, apart: apart.get(unit) ?? null }]);
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
): readonly Loose[] {
  if (rows.has(office)) return [];
  const quiet = { figures, disagree: () => {} };
  const found: Loose[] = [...(figures.taken.get(office) ?? [])];
  for (const child of tree.children(office)) {
    if (rows.has(child.code)) continue;
    const own = figures.own.get(child.code);
    const silent = tree.children(child.code).every((u) => unsaid(valueAt(tree, u, quiet)));
    if (typeof own === 'number' && silent)
      found.push({ unit: child.key, value: own }, ...apartOf(figures.taken.get(child.code) ?? []));
    else found.push(...unallocated(tree, { office: child.code, rows, figures }));
  }
  return found;
}

function apartOf(taken: readonly Taken[]): readonly Loose[] {
  return taken.flatMap(({ unit, apart }) => (unsaid(apart) ? [] : [{ unit, value: apart }]));
}

/** Name of a unit for a question to a person, with its district where it has one: "Phường 7 (Quận Gò Vấp)". */
export function fullName(key: string): string {
  const unit = unitByKey(key);
  if (!unit) return key;
  const above = unit.parentCode ? unitOn(unit.parentCode, unit.validFrom) : undefined;
  return above?.parentCode ? `${unit.name} (${above.name})` : unit.name;
}
