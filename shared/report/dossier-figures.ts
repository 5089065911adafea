/** The rows of one dossier for reports: itself and each of its components, as they stand on a day. */
import { type ActBody, chainOutcome, chainState, componentOutcome, type Dossier } from '../domain/dossier.ts';
import { chainTimeClass, timeClass } from '../domain/time-class.ts';
import type { LocalDate } from '../lib/local-date.ts';
import { CHAIN, type DossierFigure } from './figures.ts';

/** What figures need of a dossier: its rows in the tables tell it where nothing has happened to it yet. */
export type Counted = Pick<
  Dossier,
  'id' | 'code' | 'chain' | 'channel' | 'commune' | 'receivedOn' | 'due' | 'form' | 'components'
> & { readonly steps: readonly CountedStep[] };

/** What they need of a step. */
type CountedStep = Pick<ActBody, 'action' | 'components' | 'on' | 'papers' | 'reasonCode' | 'obstacle'>;

interface FigureContext {
  /** First day of the report's window: papers asked for before it are another window's. null = none. */
  readonly from: LocalDate | null;
  /** Its last day, at the end of which the dossier stood as given. */
  readonly on: LocalDate;
  /** The agency of a component, by its code. */
  readonly agencyOf: (code: string) => string;
}

export function dossierFigures(
  dossier: Counted,
  { from, on, agencyOf }: FigureContext,
): readonly DossierFigure[] {
  const parts = dossier.components.map((component): DossierFigure => {
    const { code, state, endedOn, due } = component;
    const steps = dossier.steps.filter((s) => s.components.includes(code));
    return {
      ...sharedBy(dossier),
      part: code,
      state,
      outcome: componentOutcome(state),
      endedOn,
      due,
      time: timeClass(component, on),
      ...said(steps, from),
      // A refusal that was taken back is none.
      reason: state === 'refused' ? (lastOf(steps, 'refuse')?.reasonCode ?? '') : '',
      obstacleOpen: component.obstacle !== '',
      agency: agencyOf(code),
    };
  });
  return [wholeOf(dossier, parts, { from, on }), ...parts];
}

function sharedBy({ id, code, chain, channel, commune, receivedOn, form }: Counted) {
  return { dossier: id, code: form['code.official'] ?? code, chain, channel, commune, receivedOn };
}

function wholeOf(
  dossier: Counted,
  parts: readonly DossierFigure[],
  { from, on }: Pick<FigureContext, 'from' | 'on'>,
): DossierFigure {
  const outcome = chainOutcome(dossier.components);
  const ends = parts.map((p) => p.endedOn ?? '').sort();
  return {
    ...sharedBy(dossier),
    part: CHAIN,
    state: chainState(dossier.components),
    outcome,
    endedOn: outcome === 'under_way' ? null : (ends.at(-1) ?? null),
    due: dossier.due,
    time: chainTimeClass(dossier, on),
    ...said(dossier.steps, from),
    reason: parts.find((p) => p.reason !== '')?.reason ?? '',
    obstacleOpen: parts.some((p) => p.obstacleOpen),
    agency: '',
  };
}

/** What the steps tell: the last request for papers, every paper asked for in the window, the last obstacle. */
function said(
  steps: readonly CountedStep[],
  from: LocalDate | null,
): Pick<DossierFigure, 'askedOn' | 'papers' | 'obstacle'> {
  const asked = steps.filter((s) => s.action === 'ask_supplement');
  return {
    askedOn: asked.at(-1)?.on ?? null,
    papers: [...new Set(asked.flatMap((s) => (s.on >= (from ?? '') ? (s.papers ?? []) : [])))],
    obstacle: lastOf(steps, 'report_obstacle')?.obstacle ?? '',
  };
}

function lastOf(steps: readonly CountedStep[], action: ActBody['action']): CountedStep | undefined {
  return steps.findLast((s) => s.action === action);
}
