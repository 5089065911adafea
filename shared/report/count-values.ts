/** Which of the recorded counts stand for a window: a snapshot is one day's figure, a flow may be summed over windows. */
import { type LocalDate, showDate } from '../lib/local-date.ts';
import { sumOf } from './amount.ts';
import type { CountFigure, Window } from './figures.ts';
import type { Finding } from './model.ts';
import { fullName, type PickedFigure } from './unit-tree.ts';

/** Counts of one category and measure by unit. */
export type CountIndex = ReadonlyMap<string, ReadonlyMap<string, readonly CountFigure[]>>;

export function indexCounts(counts: readonly CountFigure[]): CountIndex {
  const index = new Map<string, Map<string, CountFigure[]>>();
  // A million figures share a few names: putting these together anew for each would cost more than the rest.
  const byCategory = new Map<string, Map<string, Map<string, CountFigure[]>>>();
  for (const figure of counts) {
    const { category, measure, unit } = figure;
    const byMeasure = found(byCategory, category, () => new Map());
    const byUnit = found(byMeasure, measure, () => {
      const made = new Map<string, CountFigure[]>();
      index.set(`${category}/${measure}`, made);
      return made;
    });
    found<CountFigure[]>(byUnit, unit, () => []).push(figure);
  }
  return index;
}

function found<V>(known: Map<string, V>, key: string, make: () => V): V {
  const before = known.get(key);
  if (before !== undefined) return before;
  const made = make();
  known.set(key, made);
  return made;
}

export interface Picked {
  readonly values: readonly PickedFigure[];
  readonly findings: readonly Finding[];
}

/** The figures of the window's last day; of a window with two ends, those of the newest day in it that has any. */
export function pickSnapshot(
  byUnit: ReadonlyMap<string, readonly CountFigure[]>,
  { from, to }: Window,
): Picked {
  const snapshots = [...byUnit].flatMap(([, figures]) => figures.filter((f) => f.from === undefined));
  const days = snapshots.map((f) => f.asOf).filter((day) => day <= to && day >= (from ?? to));
  const day = days.reduce<LocalDate>((newest, d) => (d > newest ? d : newest), '');
  const values = snapshots.filter((f) => f.asOf === day).map(({ unit, value }) => ({ unit, value, day }));
  return { values, findings: [] };
}

/**
 * Flows that lie inside the window, each day counted once: of two that overlap the earlier (of equal ones the longer) is taken and the
 * other told. `isOne`: whether what this unit said up to its latest day belongs to one place, and may stand there as one sum.
 */
export function pickFlow(
  byUnit: ReadonlyMap<string, readonly CountFigure[]>,
  window: Window,
  isOne: (unit: string, latest: LocalDate) => boolean = () => false,
): Picked {
  const findings: Finding[] = [];
  const values: PickedFigure[] = [];
  for (const [unit, figures] of byUnit) {
    const taken = followEachOther(figures, window)
      ? figures
      : takenFlows(figures, window, (finding) => findings.push(finding));
    const last = taken.at(-1);
    if (last && isOne(unit, taken === figures ? last.asOf : latestOf(figures)))
      values.push({ unit, value: sumOf(taken.map((f) => f.value)), day: last.asOf });
    else for (const { value, asOf } of taken) values.push({ unit, value, day: asOf });
  }
  return { values, findings };
}

const latestOf = (figures: readonly CountFigure[]) =>
  figures.reduce<LocalDate>((latest, { asOf }) => (asOf > latest ? asOf : latest), '');

/** Whether all are flows of the window that follow each other without a day in common, as they mostly come from the store. */
function followEachOther(figures: readonly CountFigure[], { from, to }: Window): boolean {
  let last: LocalDate = '';
  for (const { from: start, asOf } of figures) {
    if (start === undefined || start <= last || start > asOf) return false;
    last = asOf;
  }
  return last <= to && (figures[0]?.from ?? '') >= (from ?? to);
}

function takenFlows(
  figures: readonly CountFigure[],
  { from, to }: Window,
  note: (finding: Finding) => void,
): readonly CountFigure[] {
  const first = from ?? to;
  const taken: CountFigure[] = [];
  let last: LocalDate = '';
  for (const figure of figures.filter((f) => f.from !== undefined).toSorted(earlierThenLonger)) {
    const start = figure.from ?? figure.asOf;
    if (figure.asOf < first || start > to) continue;
    if (start < first || figure.asOf > to) note(straddles(figure.unit, figure));
    else if (start <= last) note(overlaps(figure.unit, figure));
    else {
      taken.push(figure);
      last = figure.asOf;
    }
  }
  return taken;
}

function earlierThenLonger(a: CountFigure, b: CountFigure): number {
  const [startA, startB] = [a.from ?? a.asOf, b.from ?? b.asOf];
  if (startA !== startB) return startA < startB ? -1 : 1;
  return a.asOf === b.asOf ? 0 : a.asOf > b.asOf ? -1 : 1;
}

const days = (f: CountFigure) => `${showDate(f.from ?? f.asOf)}-${showDate(f.asOf)}`;

function straddles(unit: string, figure: CountFigure): Finding {
  return {
    code: 'FLOW_STRADDLES',
    sentence: `${fullName(unit)}: số liệu kỳ ${days(figure)} nằm một phần ngoài kỳ báo cáo, không chia được nên không cộng`,
  };
}

function overlaps(unit: string, figure: CountFigure): Finding {
  return {
    code: 'FLOW_OVERLAP',
    sentence: `${fullName(unit)}: số liệu kỳ ${days(figure)} trùng ngày với kỳ đã cộng, không cộng hai lần`,
  };
}
