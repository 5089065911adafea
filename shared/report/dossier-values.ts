/** Counting dossiers and their components in a window. */
import type { ComponentState } from '../domain/action-rules.ts';
import { daysBetween, type LocalDate } from '../lib/local-date.ts';
import { unreachable } from '../lib/must.ts';
import type { DossierFilter, DossierMoment, DossierValue } from './definition.ts';
import { CHAIN, type DossierFigure, type Window } from './figures.ts';

/** Whether it was still under way at the end of that day. */
function openAfter(figure: DossierFigure, day: LocalDate): boolean {
  return figure.receivedOn <= day && (figure.endedOn === null || figure.endedOn > day);
}

export function isAtMoment(figure: DossierFigure, moment: DossierMoment, { from, to }: Window): boolean {
  const inside = (day: LocalDate | null) => day !== null && day >= (from ?? to) && day <= to;
  const before = figure.receivedOn < (from ?? to);
  const carried = before && (figure.endedOn === null || figure.endedOn >= (from ?? to));
  switch (moment) {
    case 'received':
      return inside(figure.receivedOn);
    case 'carried':
      return carried;
    case 'on_hand':
      return carried || inside(figure.receivedOn);
    case 'ended':
      return inside(figure.endedOn);
    case 'open':
      return openAfter(figure, to);
    case 'asked':
      return inside(figure.askedOn);
    default:
      return unreachable(moment);
  }
}

/** The time class as of a day that may lie before the figure's own end. */
export function timeAt(figure: DossierFigure, day: LocalDate): DossierFigure['time'] {
  if (figure.endedOn === null || figure.endedOn <= day) return figure.time;
  if (figure.due === null) return 'no_limit';
  return day <= figure.due ? 'under_way' : 'overdue';
}

function outcomeAt(figure: DossierFigure, day: LocalDate): DossierFigure['outcome'] {
  return openAfter(figure, day) ? 'under_way' : figure.outcome;
}

export function fits(figure: DossierFigure, where: DossierFilter, { to }: Window): boolean {
  const { chain, channel, outcome, time, state, obstacle, obstacleOpen } = where;
  return (
    (chain === undefined || figure.chain === chain) &&
    (channel === undefined || channel.includes(figure.channel)) &&
    (outcome === undefined || outcome.includes(outcomeAt(figure, to))) &&
    (time === undefined || time.includes(timeAt(figure, to))) &&
    (state === undefined || state.includes(figure.state)) &&
    (obstacle === undefined || figure.obstacle === obstacle) &&
    (obstacleOpen === undefined || figure.obstacleOpen)
  );
}

/** How many of these dossiers (or components, or dossiers with such a component). */
export function countDossiers(
  figures: readonly DossierFigure[],
  { moment, of = 'chains', where = {} }: DossierValue,
  window: Window,
): number {
  const matching = figures.filter(
    (f) =>
      (f.part === CHAIN) === (of === 'chains') && isAtMoment(f, moment, window) && fits(f, where, window),
  );
  const counted = of === 'mixed' ? [...new Map(matching.map((f) => [f.dossier, f])).values()] : matching;
  return counted.reduce((n, { alike = 1 }) => n + alike, 0);
}

/** Components still open at the end of the window, the one that waits longest first. */
export function openComponents(figures: readonly DossierFigure[], { to }: Window): readonly DossierFigure[] {
  return figures
    .filter((f) => f.part !== CHAIN && openAfter(f, to))
    .toSorted(
      (a, b) =>
        compare(a.receivedOn, b.receivedOn) || compare(a.dossier, b.dossier) || compare(a.part, b.part),
    );
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

export const daysOpen = (figure: DossierFigure, to: LocalDate) => daysBetween(figure.receivedOn, to);

/** Calendar days past the due day; null where no day was promised or it has not passed. */
export function daysLate(figure: DossierFigure, to: LocalDate): number | null {
  return figure.due !== null && timeAt(figure, to) === 'overdue'
    ? Math.max(0, daysBetween(figure.due, to))
    : null;
}

/** Words of a state in a list of open components. */
export const openWords: Readonly<Record<ComponentState, string>> = {
  waiting: 'Chờ thành phần trước',
  processing: 'Đang giải quyết',
  supplement: 'Chờ bổ sung giấy tờ',
  payment: 'Chờ nộp phí, lệ phí',
  elsewhere: 'Chờ cơ quan khác',
  done: 'Đang giải quyết',
  given: 'Đang giải quyết',
  refused: 'Đang giải quyết',
  withdrawn: 'Đang giải quyết',
  stopped: 'Đang giải quyết',
};
