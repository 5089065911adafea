/** What the room shows: which report, over which days, by which tree. Kept while the program runs. */
import { create } from 'zustand';
import { findReportDef } from '../../../shared/catalogue/report-defs.ts';
import type { ReportWanted } from '../../../shared/contract/ipc/report.ts';
import type { LocalDate } from '../../../shared/lib/local-date.ts';
import { must } from '../../../shared/lib/must.ts';
import type { ReportDef } from '../../../shared/report/definition.ts';
import { type Days, windowOf } from '../../../shared/report/windows.ts';
import { usesPrevious } from './report-groups.ts';

/** Units as they were before, or are since, the day on which districts were dissolved; `own` = as on the last day of the window. */
export const trees = ['own', 'old', 'new'] as const;
export type TreeChoice = (typeof trees)[number];

interface ChoiceState {
  readonly report: string;
  /** null = the one around today. */
  readonly days: Days | null;
  readonly tree: TreeChoice;
  readonly compare: boolean;
  readonly choose: (part: Partial<Pick<ChoiceState, 'report' | 'days' | 'tree' | 'compare'>>) => void;
}

export const useChoice = create<ChoiceState>()((set) => ({
  report: 'ngoai-nganh',
  days: null,
  tree: 'own',
  compare: true,
  choose: (part) => set(part),
}));

/** NQ 202/2025/QH15: communes under the city itself from this day on. */
const NEW_UNITS = '2025-07-01';
const OLD_UNITS = '2025-06-30';

/** Date of the unit tree; null = the last day of the window. */
export function treeDate(tree: TreeChoice, to: LocalDate): LocalDate | null {
  if (tree === 'old' && to >= NEW_UNITS) return OLD_UNITS;
  return tree === 'new' && to < NEW_UNITS ? NEW_UNITS : null;
}

export interface Chosen {
  readonly def: ReportDef;
  readonly days: Days;
  readonly wanted: ReportWanted;
}

/** `asOf`: the day of snapshots, shared with the room of counts. */
export function chosen(
  { report, days, tree, compare }: Pick<ChoiceState, 'report' | 'days' | 'tree' | 'compare'>,
  { today, asOf }: { readonly today: LocalDate; readonly asOf: LocalDate },
): Chosen {
  const def = must(findReportDef(report), report);
  const window = days ?? windowOf('from11', today);
  const isDay = def.window === 'as_of';
  const to = isDay ? asOf : window.to;
  return {
    def,
    days: window,
    wanted: {
      report,
      from: isDay ? null : window.from,
      to,
      treeOn: treeDate(tree, to),
      compare: compare && usesPrevious(def),
    },
  };
}
