/** Which of the recorded counts stand for a window: a snapshot is one day's figure, a flow may be summed over windows. */
import { type LocalDate, showDate } from '../lib/local-date.ts';
import type { CountFigure, Window } from './figures.ts';
import type { Finding } from './model.ts';
import { fullName, type PickedFigure } from './unit-tree.ts';

/** Counts of one category and measure by unit. */
export type CountIndex = ReadonlyMap<string, ReadonlyMap<string, readonly CountFigure[]>>;

export function indexCounts(counts: readonly CountFigure[]): CountIndex {
  const index = new Map<string, Map<string, CountFigure[]>>();
  for (const figure of counts) {
    const key = `${figure.category}/${figure.measure}`;
    const byUnit = index.get(key) ?? new Map<string, CountFigure[]>();
    index.set(key, byUnit);
    const known = byUnit.get(figure.unit);
    if (known) known.push(figure);
    else byUnit.set(figure.unit, [figure]);
  }
  return index;
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

/** Flows that lie inside the window, each day counted once: of two that overlap the earlier (of equal ones the longer) is taken and the other told. */
export function pickFlow(byUnit: ReadonlyMap<string, readonly CountFigure[]>, { from, to }: Window): Picked {
  const findings: Finding[] = [];
  const values = [...byUnit].flatMap(([unit, figures]) => {
    const taken: PickedFigure[] = [];
    let last: LocalDate = '';
    for (const figure of figures.filter((f) => f.from !== undefined).toSorted(earlierThenLonger)) {
      const start = figure.from ?? figure.asOf;
      const outside = figure.asOf < (from ?? to) || start > to;
      if (outside) continue;
      if (start < (from ?? to) || figure.asOf > to) findings.push(straddles(unit, figure));
      else if (start <= last) findings.push(overlaps(unit, figure));
      else {
        taken.push({ unit, value: figure.value, day: figure.asOf });
        last = figure.asOf;
      }
    }
    return taken;
  });
  return { values, findings };
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
