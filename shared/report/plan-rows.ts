/** Lays out the rows of a report: what each is called and which figures are its own. */
import { communesOn, countUnitsOn, type Unit, unitOn } from '../catalogue/units.ts';
import type { RegisterRow } from '../slip/slip-input.ts';
import type { ListRow, ReportDef, RowPlan } from './definition.ts';
import { fits, isAtMoment, openComponents } from './dossier-values.ts';
import { CHAIN, type DossierFigure, knownWindow, type ReportInput, type SheetFigure } from './figures.ts';
import type { Row } from './model.ts';
import type { UnitTree } from './unit-tree.ts';

export const TOTAL_ROW = 'total';
export const UNALLOCATED_ROW = 'unallocated';

export interface PlannedRow {
  readonly key: string;
  readonly label: string;
  readonly kind: Row['kind'];
  readonly category?: string;
  readonly measure?: string;
  /** Units of the tree that it stands for; a row that is no unit's stands for the office. */
  readonly units: readonly Unit[];
  readonly isUnitRow: boolean;
  /** Which of the given dossiers are its own. */
  readonly dossiers: readonly DossierFigure[];
  readonly component?: DossierFigure;
  readonly sheet?: SheetFigure;
  readonly register?: RegisterRow;
  /** Rows that a subtotal sums. */
  readonly sums?: readonly string[];
  /** Whether the total row counts it. */
  readonly counted: boolean;
}

export interface RowContext {
  readonly input: ReportInput;
  readonly tree: UnitTree;
  readonly office: Unit;
}

export function planRows(def: ReportDef, context: RowContext): readonly PlannedRow[] {
  const rows = def.rows.flatMap((plan) => planned(plan, context));
  const unitKeys = rows.filter((r) => r.isUnitRow).map((r) => r.key);
  return rows.map((row) => (row.sums?.[0] === UNIT_ROWS ? { ...row, sums: unitKeys } : row));
}

const UNIT_ROWS = '*units';

function planned(plan: RowPlan, context: RowContext): readonly PlannedRow[] {
  const dossiers = context.input.dossiers ?? [];
  switch (plan.kind) {
    case 'units':
      return unitRows(plan, context);
    case 'list':
      return plan.rows.map((row) => listRow(row, context));
    case 'values':
      return valueRows(plan, context);
    case 'open_components':
      return openComponents(dossiers, knownWindow(context.input)).map((component) => ({
        key: `${component.dossier}/${component.part}`,
        label: plan.labels[component.part] ?? component.part,
        kind: 'data',
        units: [],
        isUnitRow: false,
        dossiers: [component],
        component,
        counted: true,
      }));
    case 'register':
      return (context.input.register ?? []).map((register, i) => ({
        key: String(i + 1),
        label: register.procedure,
        kind: 'data',
        units: [],
        isUnitRow: false,
        dossiers: [],
        register,
        counted: true,
      }));
  }
}

function listRow({ key, name, where, sums, within, ...ref }: ListRow, context: RowContext): PlannedRow {
  const { input, office } = context;
  const dossiers = input.dossiers ?? [];
  return {
    ...ref,
    key,
    label: name,
    kind: sums === undefined ? 'data' : 'group',
    units: [office],
    isUnitRow: false,
    dossiers: where ? dossiers.filter((d) => fits(d, where, knownWindow(input))) : dossiers,
    ...(sums !== undefined && { sums: sums === 'units' ? [UNIT_ROWS] : sums }),
    counted: sums === undefined && within === undefined,
  };
}

function unitRows(
  { of, category }: Extract<RowPlan, { kind: 'units' }>,
  context: RowContext,
): readonly PlannedRow[] {
  const { input, tree } = context;
  if (of === 'cluster_units') return clusterRows(context, category);
  const groups = unitGroups(of, context);
  const byCode = new Map(groups.flatMap((g) => g.units.map((u) => [u.code, g.key] as const)));
  const dossiers = new Map<string, DossierFigure[]>();
  for (const figure of input.dossiers ?? []) {
    const key = [...tree.place(figure.commune).path].map((code) => byCode.get(code)).find(Boolean);
    if (key !== undefined) addTo(dossiers, key, figure);
  }
  const sheets = new Map(
    (input.sheets ?? []).filter((s) => s.asOf === input.window.to).map((s) => [s.unit, s]),
  );
  return groups.map(({ key, label, units }) => {
    const sheet = sheets.get(units[0]?.key ?? '');
    return {
      key,
      label,
      kind: 'data',
      ...(category !== undefined && { category }),
      units,
      isUnitRow: true,
      dossiers: dossiers.get(key) ?? [],
      ...(sheet && { sheet }),
      counted: true,
    };
  });
}

interface UnitGroup {
  readonly key: string;
  readonly label: string;
  readonly units: readonly Unit[];
}

function unitGroups(
  of: Extract<RowPlan, { kind: 'units' }>['of'],
  { input, office }: RowContext,
): readonly UnitGroup[] {
  const single = (u: Unit) => ({ key: u.key, label: u.name, units: [u] });
  if (of === 'children') return countUnitsOn(office.code, input.treeOn).map(single);
  if (of === 'communes') return communesOn(office.code, input.treeOn).map(single);
  return [...clusterGroups(input), ...alone({ input, office }).map(single)];
}

function clusterGroups(input: ReportInput): readonly UnitGroup[] {
  return (input.clusters ?? []).map(({ key, name, units }) => ({
    key,
    label: name,
    // A cluster of today has fewer units by the tree of another day.
    units: units.flatMap((code) => unitOn(code, input.treeOn) ?? []),
  }));
}

/** Units in no cluster have rows of their own, so that the total still holds everybody. */
function alone({ input, office }: Pick<RowContext, 'input' | 'office'>): readonly Unit[] {
  const inside = new Set((input.clusters ?? []).flatMap((c) => c.units));
  return countUnitsOn(office.code, input.treeOn).filter((u) => !inside.has(u.code));
}

const NO_CLUSTER = 'no_cluster';

/** Each unit below the subtotal of its cluster. */
function clusterRows(context: RowContext, category: string | undefined): readonly PlannedRow[] {
  const plan = { kind: 'units', of: 'children', ...(category !== undefined && { category }) } as const;
  const units = unitRows(plan, context);
  const rest = alone(context);
  const groups = [
    ...clusterGroups(context.input),
    ...(rest.length > 0 ? [{ key: NO_CLUSTER, label: 'Không thuộc cụm nào', units: rest }] : []),
  ];
  return groups.flatMap(({ key, label, units: members }) => {
    const rows = units.filter((row) => members.some((u) => u.key === row.key));
    const sum = { key, label, kind: 'group', units: [context.office], isUnitRow: false } as const;
    return [{ ...sum, dossiers: [], sums: rows.map((r) => r.key), counted: false }, ...rows];
  });
}

function valueRows(
  { by, moment, labels }: Extract<RowPlan, { kind: 'values' }>,
  { input, office }: RowContext,
): readonly PlannedRow[] {
  const groups = new Map<string, DossierFigure[]>();
  for (const figure of input.dossiers ?? []) {
    if (figure.part === CHAIN || !isAtMoment(figure, moment, knownWindow(input))) continue;
    for (const value of new Set(valuesOf(figure, by))) addTo(groups, value, figure);
  }
  const order = Object.keys(labels);
  const rank = (value: string) => {
    const place = order.indexOf(value.split('|')[0] ?? '');
    return place < 0 ? order.length : place;
  };
  const values = [...groups.keys()].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return values.map((value) => ({
    key: value,
    label: labelOf(value, labels),
    kind: 'data',
    units: [office],
    isUnitRow: false,
    dossiers: groups.get(value) ?? [],
    counted: true,
  }));
}

/** Code and agency of a component row stand in one key. */
function valuesOf(figure: DossierFigure, by: Extract<RowPlan, { kind: 'values' }>['by']): readonly string[] {
  if (by === 'paper') return figure.papers;
  if (by === 'reason') return figure.reason === '' ? [] : [figure.reason];
  return [`${figure.part}|${figure.agency}`];
}

function labelOf(value: string, labels: Readonly<Record<string, string>>): string {
  const [code = '', agency] = value.split('|');
  const name = labels[code] ?? code;
  return agency ? `${name} - ${agency}` : name;
}

function addTo<T>(groups: Map<string, T[]>, key: string, item: T): void {
  const known = groups.get(key);
  if (known) known.push(item);
  else groups.set(key, [item]);
}
