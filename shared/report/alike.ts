/**
 * Dossiers that a report cannot tell apart, as one with a number. A report asks of a day only on which side of the ends of its
 * windows it lies, so a city's hundred thousand dossiers come to a few hundred kinds, which name nobody.
 */
import { addDays, type LocalDate } from '../lib/local-date.ts';
import type { ReportDef } from './definition.ts';
import { needsOf } from './dossier-needs.ts';
import { CHAIN, type DossierFigure, type Window } from './figures.ts';

export interface Kinds {
  /** The figures of one dossier: of itself and of its components. */
  add(figures: readonly DossierFigure[]): void;
  figures(): readonly DossierFigure[];
}

/** `windows`: all that the report looks at, as far as they are known. */
export function kindsFor(def: ReportDef, windows: readonly Window[]): Kinds {
  const needs = needsOf(def);
  const ends = [...new Set(windows.flatMap(({ from, to }) => [from ?? to, to]))].sort();
  const seen = new Map<string, { kind: readonly DossierFigure[]; alike: number }>();
  const sides = new Map<LocalDate, LocalDate>();
  const side = (day: LocalDate) => {
    const known = sides.get(day) ?? sideOf(day, ends);
    sides.set(day, known);
    return known;
  };
  const isAsked = ({ part }: DossierFigure) => (part === CHAIN ? needs.chains : needs.components);
  const bare = (f: DossierFigure): DossierFigure => ({
    ...{ dossier: '', code: '', part: f.part, chain: f.chain, channel: f.channel },
    commune: needs.communes ? f.commune : '',
    receivedOn: side(f.receivedOn),
    ...{ state: f.state, outcome: f.outcome, time: f.time },
    endedOn: f.endedOn && side(f.endedOn),
    due: f.due && side(f.due),
    askedOn: f.askedOn && side(f.askedOn),
    papers: needs.papers ? f.papers : [],
    reason: needs.reasons ? f.reason : '',
    obstacle: needs.obstacles ? f.obstacle : '',
    obstacleOpen: needs.obstacles && f.obstacleOpen,
    agency: needs.agencies ? f.agency : '',
  });
  return {
    add(figures) {
      const kind = figures.filter(isAsked).map(bare);
      const name = JSON.stringify(kind);
      const known = seen.get(name);
      if (known) known.alike += 1;
      else seen.set(name, { kind, alike: 1 });
    },
    figures: () =>
      [...seen.values()].flatMap(({ kind, alike }, i) =>
        kind.map((f) => ({ ...f, dossier: String(i), alike })),
      ),
  };
}

/** An end itself, or one day for all days between two ends. */
function sideOf(day: LocalDate, ends: readonly LocalDate[]): LocalDate {
  const next = ends.find((end) => day <= end);
  if (next === undefined) return addDays(ends.at(-1) ?? day, 1);
  return day === next ? day : addDays(next, -1);
}
