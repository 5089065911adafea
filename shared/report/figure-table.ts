/** The figures of a report, row by row and column by column, each worked out once and on demand. */
import { isValidOn } from '../catalogue/law.ts';
import { assert, must } from '../lib/must.ts';
import { type Amount, minus, sumOf } from './amount.ts';
import type { ColumnDef, DossierValue, ReportDef, SheetField, Value } from './definition.ts';
import { countDossiers, daysLate, daysOpen } from './dossier-values.ts';
import { dueDay, type SheetStanding, sheetStanding } from './due-days.ts';
import { knownWindow, type Target, type Window } from './figures.ts';
import type { Finding } from './model.ts';
import { type PlannedRow, planRows, type RowContext, TOTAL_ROW, UNALLOCATED_ROW } from './plan-rows.ts';
import { type RolledCounts, rolledCounts } from './rolled-counts.ts';

export interface FigureTable {
  readonly rows: readonly PlannedRow[];
  readonly column: (key: string) => ColumnDef;
  readonly row: (key: string) => PlannedRow;
  /** The figure of a column that has figures; a text or a date has none. */
  readonly amount: (row: PlannedRow, column: string) => Amount;
  /** What was noticed while figures were picked and rolled up; complete once every cell was asked for. */
  readonly findings: () => readonly Finding[];
}

export function figureTable(def: ReportDef, context: RowContext): FigureTable {
  const planned = planRows(def, context);
  const codes = new Set(planned.filter((r) => r.isUnitRow).flatMap((r) => r.units.map((u) => u.code)));
  const counts = rolledCounts(context, codes);
  const columns = new Map(def.columns.map((c) => [c.key, c]));
  const column = (key: string) => must(columns.get(key), `column ${key} of ${def.id}`);
  const known = new Map<string, Amount>();
  const table = { planned, counts, context, def };

  function amount(row: PlannedRow, key: string): Amount {
    const name = `${row.key}\n${key}`;
    if (!known.has(name)) known.set(name, find(row, key));
    return known.get(name) ?? null;
  }

  function find(row: PlannedRow, key: string): Amount {
    const { value } = column(key);
    if (value.from === 'sum') return sumOf(value.of.map((k) => amount(row, k)));
    if (value.from === 'minus') return minus(amount(row, value.of[0]), amount(row, value.of[1]));
    if (row.sums) {
      const parts = new Set(row.sums);
      return sumOf(planned.filter((r) => parts.has(r.key)).map((r) => amount(r, key)));
    }
    if (row.key === TOTAL_ROW)
      return totalOf(table, { row, value, parts: rows.filter((r) => r.counted).map((r) => amount(r, key)) });
    return baseOf(table, row, value);
  }

  const rows = withSpecialRows(table, codes);
  const byKey = new Map(rows.map((r) => [r.key, r]));
  assert(byKey.size === rows.length, `row keys of ${def.id} are unique`);
  return {
    rows,
    column,
    row: (key) => must(byKey.get(key), `row ${key} of ${def.id}`),
    amount,
    findings: counts.findings,
  };
}

interface Table {
  readonly planned: readonly PlannedRow[];
  readonly counts: RolledCounts;
  readonly context: RowContext;
  readonly def: ReportDef;
}

/** The planned rows, "Chưa phân bổ" where something is, and the total. */
function withSpecialRows(table: Table, codes: ReadonlySet<string>): readonly PlannedRow[] {
  const { planned, context, def } = table;
  const loose: PlannedRow = {
    key: UNALLOCATED_ROW,
    label: 'Chưa phân bổ',
    kind: 'data',
    ...ofUnits(def),
    units: [context.office],
    isUnitRow: false,
    dossiers: codes.size > 0 ? looseDossiers(context, codes) : [],
    counted: true,
  };
  const isLoose =
    codes.size > 0 &&
    (loose.dossiers.length > 0 || def.columns.some((c) => looseCount(table, loose, c.value) !== null));
  const rows = [...planned, ...(isLoose ? [loose] : [])];
  return def.total ? [...rows, totalRow(context, def, rows)] : rows;
}

function looseCount({ counts }: Table, loose: PlannedRow, value: Value): Amount {
  return value.from === 'count' ? counts.at(loose, value) : null;
}

/** The category that the unit rows have in common. */
function ofUnits(def: ReportDef): { readonly category?: string } {
  const plan = def.rows.find((r) => r.kind === 'units');
  return plan?.category === undefined ? {} : { category: plan.category };
}

/** Dossiers of communes that no row holds as a whole. */
function looseDossiers({ input, tree, office }: RowContext, codes: ReadonlySet<string>) {
  return (input.dossiers ?? []).filter(({ commune }) => {
    const { path } = tree.place(commune);
    return path.has(office.code) && ![...path].some((code) => codes.has(code));
  });
}

/** What a row has by itself, no formula. */
function baseOf({ counts, context, def }: Table, row: PlannedRow, value: Value): Amount {
  const { to } = knownWindow(context.input);
  switch (value.from) {
    case 'count':
      return counts.at(row, value);
    case 'dossiers':
      return dossiersOf(context, row, value);
    case 'target':
      return targetOf(context, row, value);
    case 'part':
      if (!row.component) return null;
      if (value.field === 'daysOpen') return daysOpen(row.component, to);
      return value.field === 'daysLate' ? daysLate(row.component, to) : null;
    case 'register':
      return value.field === 'sets' ? (row.register?.sets ?? null) : null;
    case 'sheet':
      return row.isUnitRow
        ? sheetAmount(def, row, { field: value.field, standing: standingOf(def, context, row) })
        : null;
    default:
      return null;
  }
}

function dossiersOf({ input }: RowContext, row: PlannedRow, value: DossierValue): Amount {
  const window: Window | null = value.previous ? input.previous : knownWindow(input);
  if (input.dossiers === undefined || window === null) return null;
  return countDossiers(row.dossiers, value, window);
}

function targetOf(
  { input, office }: RowContext,
  row: PlannedRow,
  value: Extract<Value, { from: 'target' }>,
): Amount {
  const [category, measure] = [value.category ?? row.category, value.measure ?? row.measure];
  const codes = row.isUnitRow ? row.units.map((u) => u.code) : [office.code];
  const targets = (input.targets ?? []).filter(
    (t) => t.category === category && t.measure === measure && isValidOn(t, input.window.to),
  );
  const found = codes.map((code) => newest(targets.filter((t) => t.unit === code)));
  return found.includes(null) ? null : sumOf(found);
}

/** Of targets that hold at the same time the one that began last; of two that began together, the first. */
function newest(targets: readonly Target[]): number | null {
  const [first, ...rest] = targets;
  if (!first) return null;
  return rest.reduce((best, t) => (t.from > best.from ? t : best), first).value;
}

interface Total {
  readonly row: PlannedRow;
  readonly value: Value;
  /** What the rows have. */
  readonly parts: readonly Amount[];
}

/** The total of a base figure: the sum of the rows; where nobody below reported, what the office says itself. */
function totalOf({ counts, context, def }: Table, { row, value, parts }: Total): Amount {
  const sum = sumOf(parts);
  switch (value.from) {
    case 'count':
      return counts.total(row, value, sum);
    case 'target':
      // Targets of some rows would give a rate over all of them.
      return targetOf(context, row, value) ?? (parts.includes(null) ? null : sum);
    case 'dossiers':
      return def.total?.how === 'direct' ? dossiersOf(context, row, value) : sum;
    case 'part':
      // Days are told of each row, never added up.
      return null;
    default:
      return sum;
  }
}

/** Its dossiers are those of the rows, each once. */
function totalRow({ office }: RowContext, def: ReportDef, rows: readonly PlannedRow[]): PlannedRow {
  return {
    key: TOTAL_ROW,
    label: def.total?.label ?? '',
    kind: 'total',
    ...ofUnits(def),
    units: [office],
    isUnitRow: false,
    dossiers: [...new Set(rows.filter((r) => r.counted).flatMap((r) => r.dossiers))],
    counted: false,
  };
}

/** How a unit keeps its due day; only rows of units have sheets. */
export function standingOf(def: ReportDef, { input }: RowContext, row: PlannedRow): SheetStanding {
  return sheetStanding(row.sheet, dueDay(def.due ?? [], input.window.to), input.today);
}

const STANDING: Readonly<Partial<Record<SheetField, SheetStanding>>> = {
  onTime: 'on_time',
  late: 'late',
  missing: 'missing',
  notDue: 'not_due',
};

function sheetAmount(
  { expected }: ReportDef,
  { sheet }: PlannedRow,
  { field, standing }: { readonly field: SheetField; readonly standing: SheetStanding },
): Amount {
  // Left out of the sum, the units that sent nothing would make the city complete.
  if (field === 'filled') return sheet?.filled ?? (expected === undefined ? null : 0);
  if (field === 'expected') return sheet?.expected ?? expected ?? null;
  const asked = STANDING[field];
  return asked === undefined ? null : Number(asked === standing);
}
