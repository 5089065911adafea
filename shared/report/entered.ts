/** The figures that a report needs to be typed in: the entry sheet of a data-defined annex. */
import type { ReportDef } from './definition.ts';

export interface EnteredCell {
  readonly category: string;
  readonly measure: string;
  readonly kind: 'snapshot' | 'flow';
  /** Whole title of the figure: row, heading over the column, column. */
  readonly name: string;
  /** Title of the column. */
  readonly title: string;
  /** Heading over it and its neighbours, or ''. */
  readonly group: string;
  /** `units`: each unit's row has it; `office`: the office has one. */
  readonly of: 'units' | 'office';
}

/** Each category and measure once, in the order of the table. */
export function enteredCells(def: ReportDef): readonly EnteredCell[] {
  const cells = def.rows.flatMap((plan) => {
    if (plan.kind === 'units') return cellsOf(def, { of: 'units', category: plan.category });
    if (plan.kind !== 'list') return [];
    return plan.rows
      .filter((row) => row.sums === undefined)
      .flatMap((row) => cellsOf(def, { of: 'office', ...row }));
  });
  return [...new Map(cells.map((c) => [`${c.of}/${c.category}/${c.measure}`, c])).values()];
}

interface Place {
  readonly of: EnteredCell['of'];
  readonly category?: string | undefined;
  readonly measure?: string;
  readonly name?: string;
}

function cellsOf(def: ReportDef, place: Place): readonly EnteredCell[] {
  return def.columns.flatMap(({ title, group = '', value }) => {
    if (value.from !== 'count' || value.previous) return [];
    const [category, measure] = [value.category ?? place.category, value.measure ?? place.measure];
    if (category === undefined || measure === undefined) return [];
    const name = [place.name ?? '', group, title].filter((part) => part !== '').join(' - ');
    return [{ category, measure, kind: value.kind ?? 'snapshot', name, title, group, of: place.of }];
  });
}
