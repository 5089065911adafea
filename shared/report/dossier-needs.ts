/** What a report asks of dossiers: nothing else is read, told apart or sent for it. */
import type { ReportDef } from './definition.ts';

/** Whether a report counts dossiers: those that do not are spared the folding. */
export function usesDossiers(def: ReportDef): boolean {
  return def.columns.some(({ value }) => value.from === 'dossiers' || value.from === 'part');
}

/** Whether it has a row for each dossier or component: such a list stays at the office that has the dossiers. */
export function listsDossiers(def: ReportDef): boolean {
  return def.rows.some(({ kind }) => kind === 'register' || kind === 'open_components');
}

/** Whether the city counts it for the offices above the communes. */
export function isCountedByCity(def: ReportDef): boolean {
  return usesDossiers(def) && !listsDossiers(def);
}

export interface DossierNeeds {
  readonly chains: boolean;
  readonly components: boolean;
  readonly communes: boolean;
  readonly papers: boolean;
  readonly reasons: boolean;
  readonly obstacles: boolean;
  /** Which agency a component lies at. */
  readonly agencies: boolean;
}

export function needsOf({ rows, columns }: ReportDef): DossierNeeds {
  const values = columns.flatMap(({ value }) => (value.from === 'dossiers' ? [value] : []));
  const filters = [
    ...values.map((v) => v.where),
    ...rows.flatMap((plan) => (plan.kind === 'list' ? plan.rows.map((r) => r.where) : [])),
  ];
  const by = (what: string) => rows.some((plan) => plan.kind === 'values' && plan.by === what);
  const lists = rows.some(({ kind }) => kind === 'open_components');
  return {
    chains: values.some((v) => (v.of ?? 'chains') === 'chains'),
    components: lists || values.some((v) => v.of === 'components' || v.of === 'mixed'),
    communes: rows.some(({ kind }) => kind === 'units'),
    papers: by('paper'),
    reasons: by('reason'),
    obstacles: filters.some((f) => f?.obstacle !== undefined || f?.obstacleOpen !== undefined),
    agencies: lists || by('component_agency'),
  };
}
