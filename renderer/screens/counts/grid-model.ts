/** The sheet as rows and columns: above the ward units x figures, of one unit figures x one column. */
import { countColumns, TOTAL } from '../../../shared/catalogue/categories.ts';
import { findSheetForm } from '../../../shared/catalogue/sheet-forms.ts';
import type { Grid, GridRow } from '../../../shared/contract/ipc/count.ts';
import type { EarlierFigure } from '../../../shared/domain/count-rules.ts';
import { cellKey, isOpen } from '../../../shared/domain/sheet.ts';
import type { LocalDate } from '../../../shared/lib/local-date.ts';
import { type SheetStanding, sheetStanding } from '../../../shared/report/due-days.ts';
import type { Figure } from './grid-state.ts';

/** One editable cell: whose figure it is. */
export interface CellRef {
  readonly unit: string;
  readonly category: string;
  readonly measure: string;
}
export interface ModelRow {
  readonly key: string;
  readonly label: string;
  /** Whole name where the label is cut short by its place below a category. */
  readonly title: string;
  readonly indent: boolean;
  readonly unit: GridRow;
  readonly cells: readonly CellRef[];
  /** May be typed into: the sheet is open and the person may count. */
  readonly open: boolean;
  /** Sent in time, late, missing; null where nothing says when it is due. */
  readonly standing: SheetStanding | null;
}
export interface Column {
  readonly key: string;
  readonly label: string;
  readonly title: string;
  /** Heading over neighbouring columns. */
  readonly group: string;
  /** Counts into the total of its row: parts of a total do not. */
  readonly summed: boolean;
}
export interface GridModel {
  readonly layout: 'units' | 'list';
  /** Figures of a window, which may fall. */
  readonly flow: boolean;
  readonly rows: readonly ModelRow[];
  readonly columns: readonly Column[];
  readonly targets: ReadonlyMap<string, number>;
  readonly officeCode: string;
}

/** Figures that each unit has, or those that the office has once. */
export type FormPart = 'units' | 'office';

interface Entry {
  readonly category: string;
  readonly measure: string;
  readonly label: string;
  readonly short: string;
  readonly title: string;
  readonly group: string;
  readonly indent: boolean;
  readonly summed: boolean;
}

const ofCounts: readonly Entry[] = countColumns.map(({ category, measure }) => {
  const isTotal = measure.code === TOTAL.code;
  const alone = category.measures.length === 1;
  return {
    category: category.code,
    measure: measure.code,
    label: isTotal ? category.name : measure.name,
    short: alone ? category.short : measure.short,
    title: isTotal ? category.name : `${category.name} - ${measure.name}`,
    group: alone ? '' : category.short,
    indent: !isTotal,
    summed: isTotal,
  };
});

/** What is typed in, of the ngoại ngành counts or of an annex. */
export function entriesOf(form: string | null, part: FormPart): readonly Entry[] {
  if (form === null) return ofCounts;
  const cells = findSheetForm(form)?.cells.filter((c) => c.of === part) ?? [];
  return cells.map(({ category, measure, name, title, group }, i) => {
    // Figures of one row of the annex stand below each other: the later ones say only what they are.
    const indent = part === 'office' && cells[i - 1]?.category === category;
    const label = !indent ? name : group === '' ? title : `${group} - ${title}`;
    return { category, measure, label, indent, short: title, title: name, group, summed: false };
  });
}

export interface ModelPlace {
  readonly officeCode: string;
  readonly part: FormPart;
  readonly mayRecord: boolean;
  readonly nowLabel: string;
  readonly due: LocalDate | null;
  readonly today: LocalDate;
}

export function gridModel(grid: Grid, place: ModelPlace): GridModel {
  const { officeCode, part } = place;
  const entries = entriesOf(grid.form, part);
  const own = grid.rows.find((row) => row.unit.code === officeCode);
  const units = grid.rows.filter((row) => row.unit.code !== officeCode);
  const list = own && (part === 'office' || units.length === 0) ? own : null;
  const base = {
    flow: grid.form !== null && findSheetForm(grid.form)?.period === 'window',
    targets: new Map(grid.targets.map((t) => [`${t.unit}/${t.category}/${t.measure}`, t.value])),
    officeCode,
  };
  return list ? { ...base, ...listOf(list, entries, place) } : { ...base, ...tableOf(units, entries, place) };
}

type Shape = Pick<GridModel, 'layout' | 'rows' | 'columns'>;

function unitPart(unit: GridRow, { mayRecord, due, today }: ModelPlace) {
  const standing = due === null ? null : sheetStanding(unit, due, today);
  return { unit, open: mayRecord && isOpen(unit), standing };
}

function listOf(unit: GridRow, entries: readonly Entry[], place: ModelPlace): Shape {
  const { nowLabel } = place;
  const now: Column = { key: 'now', label: nowLabel, title: nowLabel, group: '', summed: false };
  return {
    layout: 'list',
    columns: [now],
    rows: entries.map(({ category, measure, label, title, indent }) => ({
      key: cellKey(category, measure),
      ...{ label, title, indent },
      ...unitPart(unit, place),
      cells: [{ unit: unit.unit.key, category, measure }],
    })),
  };
}

function tableOf(units: readonly GridRow[], entries: readonly Entry[], place: ModelPlace): Shape {
  return {
    layout: 'units',
    columns: entries.map(({ category, measure, short, title, group, summed }) => ({
      key: cellKey(category, measure),
      ...{ label: short, title, group, summed },
    })),
    rows: units.map((unit) => ({
      key: unit.unit.key,
      label: unit.unit.name,
      title: unit.unit.name,
      indent: false,
      ...unitPart(unit, place),
      cells: entries.map(({ category, measure }) => ({ unit: unit.unit.key, category, measure })),
    })),
  };
}

const keyAt = (row: ModelRow, column: number): string | null => {
  const cell = row.cells[column];
  return cell ? cellKey(cell.category, cell.measure) : null;
};

/** What the data process holds for a cell. */
export function storedFigure(row: ModelRow, column: number): Figure {
  const key = keyAt(row, column);
  if (key === null) return null;
  return row.unit.notes[key]?.outside ? 'outside' : (row.unit.cells[key] ?? null);
}

export function noteOf(row: ModelRow, column: number): GridRow['notes'][string] | undefined {
  const key = keyAt(row, column);
  return key === null ? undefined : row.unit.notes[key];
}

/** Earlier figures of the cell, oldest first. */
export function historyOf(row: ModelRow, column: number): readonly EarlierFigure[] {
  const key = keyAt(row, column);
  return (key === null ? undefined : row.unit.history[key]) ?? [];
}

export function targetOf(model: GridModel, row: ModelRow, column: number): number | null {
  const cell = row.cells[column];
  return cell ? (model.targets.get(`${row.unit.unit.code}/${cell.category}/${cell.measure}`) ?? null) : null;
}

/** Target of the whole office for a column. */
export function columnTarget(model: GridModel, column: Column): number | null {
  return model.targets.get(`${model.officeCode}/${column.key}`) ?? null;
}

/** Cells of the unit's sheet that say something: a figure, or that there is nothing of the kind here. */
export function filledCells(row: GridRow, form: string | null, part: FormPart): number {
  return entriesOf(form, part).filter(({ category, measure }) => row.notes[cellKey(category, measure)])
    .length;
}
