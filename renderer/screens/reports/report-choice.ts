/** What the room shows: which report, over which days, by which tree. Kept while the program runs. */
import { create } from 'zustand';
import { findReportDef } from '../../../shared/catalogue/report-defs.ts';
import type { ReportChoice, ReportWanted } from '../../../shared/contract/ipc/report.ts';
import type { LocalDate } from '../../../shared/lib/local-date.ts';
import { must } from '../../../shared/lib/must.ts';
import type { ReportDef } from '../../../shared/report/definition.ts';
import { type Days, windowOf } from '../../../shared/report/windows.ts';
import { usesPrevious } from './report-groups.ts';

export type TreeChoice = ReportChoice['tree'];

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

/** What stands, as it is kept under a name. */
export function choiceOf({ wanted: { report, from, to, compare } }: Chosen, tree: TreeChoice): ReportChoice {
  return { report, from, to, tree, compare };
}

const dayAndMonth = (date: LocalDate) => `${Number(date.slice(8))}/${Number(date.slice(5, 7))}`;
const MAX_NAME = 60;

/** "Kết quả giải quyết 02 nhóm thủ tục liên thông 11/8-10/9", cut to what a name may have. */
export function proposedName({ def, wanted: { from, to } }: Chosen): string {
  const days = from === null ? dayAndMonth(to) : `${dayAndMonth(from)}-${dayAndMonth(to)}`;
  return `${def.title.slice(0, MAX_NAME - days.length - 1).trim()} ${days}`;
}
