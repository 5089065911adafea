/** Sums of counts over an office's units at one as-of date; nothing is summed over dates, nothing is counted twice. */
import { and, eq, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { categories, TOTAL } from '../../../shared/catalogue/categories.ts';
import { childrenOn, type Unit, unitOn } from '../../../shared/catalogue/units.ts';
import type { countsReport } from '../../../shared/contract/sync/messages.ts';
import { COUNTS_FORM, cellKey } from '../../../shared/domain/sheet.ts';
import type { CityDb } from '../handle.ts';
import { counts, sheets } from '../schema/subject.ts';

interface Sum {
  readonly sum: number;
  readonly units_reported: number;
}
type Figures = ReadonlyMap<string, number>;
const NONE: Sum = { sum: 0, units_reported: 0 };

export async function sumCounts(
  db: CityDb,
  office: string,
  asOf: string,
): Promise<z.infer<typeof countsReport>> {
  const rows = await db
    .select({ unit: sheets.unit, revision: sheets.revision, category: counts.category, value: counts.value })
    .from(sheets)
    .leftJoin(counts, and(eq(counts.sheet, sheets.id), eq(counts.measure, TOTAL.code)))
    .where(and(eq(sheets.asOf, asOf), eq(sheets.form, COUNTS_FORM)))
    .orderBy(sql`${sheets.unit}`);
  // A unit that has nothing of the kind has reported so; one without a row has not.
  const figures = new Map(
    rows.flatMap((r) => (r.category === null ? [] : [[cellKey(r.unit, r.category), r.value ?? 0]])),
  );
  const revisions = new Map(rows.map((r) => [r.unit, r.revision]));
  const self = unitOn(office, asOf);
  const tree = self ? treeOf(self, asOf) : null;
  const sums = categories.map((c) => [c.code, tree ? officeSum(tree, figures, c.code) : NONE] as const);
  return { asOf, events: tree ? eventsOf(tree, revisions) : 0, counts: Object.fromEntries(sums) };
}

interface Tree {
  readonly unit: Unit;
  readonly below: readonly Tree[];
}

function treeOf(unit: Unit, date: string): Tree {
  return { unit, below: childrenOn(unit.code, date).map((child) => treeOf(child, date)) };
}

/** An office with units below it shows their figures; one without shows its own. */
function officeSum(tree: Tree, figures: Figures, category: string): Sum {
  return tree.below.length > 0
    ? total(tree.below.map((t) => unitSum(t, figures, category)))
    : unitSum(tree, figures, category);
}

/** A unit's own figure already holds what lies below it. */
function unitSum(tree: Tree, figures: Figures, category: string): Sum {
  const own = figures.get(cellKey(tree.unit.key, category));
  return own === undefined
    ? total(tree.below.map((t) => unitSum(t, figures, category)))
    : { sum: own, units_reported: 1 };
}

function total(parts: readonly Sum[]): Sum {
  return parts.reduce(
    (a, b) => ({ sum: a.sum + b.sum, units_reported: a.units_reported + b.units_reported }),
    NONE,
  );
}

/** Each applied event is one revision of its sheet. */
function eventsOf(tree: Tree, revisions: ReadonlyMap<string, number>): number {
  return (revisions.get(tree.unit.key) ?? 0) + tree.below.reduce((sum, t) => sum + eventsOf(t, revisions), 0);
}
