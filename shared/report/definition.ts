/**
 * A report as data: which rows, which columns, what is summed, what must come out, which sentences. A new annex is a new
 * value of `ReportDef` and no code. Text templates: `{from}`, `{to}`, `{office}`, `{communes}`, `{since}`; in paragraphs
 * also `{row.column}` (the figure) and `{row.column~before}` (how it changed against the column `before`).
 */
import type { ChainCode, Sourced, Validity } from '../catalogue/law.ts';
import type { DossierFigure } from './figures.ts';
import type { Chart } from './model.ts';

/** A row takes part of what a figure needs, the column the rest: PL 10 has its categories in rows, the annex in columns. */
interface MeasureRef {
  readonly category?: string;
  readonly measure?: string;
}
export interface DossierFilter {
  readonly chain?: ChainCode;
  readonly channel?: readonly DossierFigure['channel'][];
  readonly outcome?: readonly DossierFigure['outcome'][];
  readonly time?: readonly DossierFigure['time'][];
  /** State at the end of the window. */
  readonly state?: readonly DossierFigure['state'][];
  readonly obstacle?: string;
  readonly obstacleOpen?: true;
}
/** Which dossiers of a window: came in, were carried into it, ended, were open at its end, asked for papers; on_hand = received + carried. */
export type DossierMoment = 'received' | 'carried' | 'on_hand' | 'ended' | 'open' | 'asked';

export interface CountValue extends MeasureRef {
  readonly from: 'count';
  /** A flow is summed over its windows, a snapshot is the figure of one day. */
  readonly kind?: 'snapshot' | 'flow';
  readonly previous?: true;
}
export interface DossierValue {
  readonly from: 'dossiers';
  readonly moment: DossierMoment;
  /** Dossiers as a whole, or their components; 'mixed' counts the dossiers (each once) of which a component fits. */
  readonly of?: 'chains' | 'components' | 'mixed';
  readonly where?: DossierFilter;
  readonly previous?: true;
}
export type PartField =
  | 'code'
  | 'component'
  | 'agency'
  | 'state'
  | 'receivedOn'
  | 'due'
  | 'daysOpen'
  | 'daysLate';
export type SheetField =
  | 'filled'
  | 'expected'
  | 'sentOn'
  | 'due'
  | 'onTime'
  | 'late'
  | 'missing'
  | 'notDue'
  | 'status';

export type RegisterField =
  | 'code'
  | 'procedure'
  | 'sets'
  | 'name'
  | 'address'
  | 'agency'
  | 'receivedAt'
  | 'dueAt'
  | 'resultAt'
  | 'delivery'
  | 'signed'
  | 'note';

export type Value =
  | { readonly from: 'no' }
  | { readonly from: 'label' }
  | CountValue
  | DossierValue
  | ({ readonly from: 'target' } & MeasureRef)
  | { readonly from: 'part'; readonly field: PartField }
  | { readonly from: 'sheet'; readonly field: SheetField }
  | { readonly from: 'register'; readonly field: RegisterField }
  /** Formulas over other columns of the same row. */
  | { readonly from: 'sum'; readonly of: readonly string[] }
  | { readonly from: 'minus'; readonly of: readonly [string, string] }
  /** `above`: why it may rightly be over 100 %. */
  | { readonly from: 'rate'; readonly part: string; readonly of: string; readonly above?: string }
  /** Change in per cent of `before`. */
  | { readonly from: 'change'; readonly now: string; readonly before: string };

export interface ColumnDef {
  readonly key: string;
  readonly title: string;
  readonly short?: string;
  readonly group?: string;
  readonly no?: string;
  readonly value: Value;
}

export interface ListRow extends MeasureRef {
  readonly key: string;
  readonly name: string;
  readonly where?: DossierFilter;
  /** Heading or subtotal: sums these rows ('units' = every unit row) and is not summed again. */
  readonly sums?: readonly string[] | 'units';
  /** "trong đó": part of another row, shown but not summed. */
  readonly within?: string;
}
export type RowPlan =
  | {
      readonly kind: 'units';
      readonly of: 'children' | 'communes' | 'clusters' | 'cluster_units';
      readonly category?: string;
    }
  | { readonly kind: 'list'; readonly rows: readonly ListRow[] }
  /** One row for each value that the dossiers of that moment have; `labels` gives names and, by their order, the order of rows. */
  | {
      readonly kind: 'values';
      readonly by: 'paper' | 'reason' | 'component_agency';
      readonly moment: DossierMoment;
      readonly labels: Readonly<Record<string, string>>;
    }
  /** One row for each component that is open at the end of the window, the oldest first. */
  | { readonly kind: 'open_components'; readonly labels: Readonly<Record<string, string>> }
  /** One row for each line of the register, in its order. */
  | { readonly kind: 'register' };

export type CheckDef =
  /** In each row `total` = sum of `parts`. */
  | { readonly kind: 'columns'; readonly total: string; readonly parts: readonly string[] }
  /** In each of the columns the row `total` = sum of the rows `parts`. */
  | {
      readonly kind: 'rows';
      readonly columns: readonly string[];
      readonly total: string;
      readonly parts: readonly string[];
    }
  /** In each row a cumulative figure does not fall. */
  | { readonly kind: 'not_falling'; readonly now: string; readonly before: string }
  /** In each row `column` does not exceed `limit`: no more results than receipts. */
  | { readonly kind: 'at_most'; readonly column: string; readonly limit: string };

/** Piece of a paragraph; left out where one of its figures is not known, outside its dates, or where `when` does not hold. */
export interface Piece {
  readonly text: string;
  /** In its place where one of its figures is not known: the same said with fewer figures. */
  readonly or?: string;
  readonly from?: string;
  readonly to?: string;
  /** Compares a figure `row.column` with another or with a number; all must hold. */
  readonly when?: readonly (readonly [left: string, is: '=' | '!=', right: string | number])[];
}

export interface ChartDef {
  readonly kind: Chart['kind'];
  readonly title: string;
  readonly columns: readonly string[];
  /** Column that a whole bar means. */
  readonly of?: string;
}

/** When a unit's sheet has to be in: day of the month or of the week (1 = Monday), that day included. */
export interface DueRule extends Validity, Sourced {
  readonly name: string;
  readonly every: 'month' | 'week';
  readonly day: number;
}

export interface ReportDef {
  readonly id: string;
  readonly title: string;
  readonly form: string;
  readonly window: 'as_of' | 'from_to';
  readonly rows: readonly RowPlan[];
  readonly columns: readonly ColumnDef[];
  /** `sum`: sum of the rows. `direct`: dossiers counted anew, because one may stand in several rows. null: no total row. */
  readonly total: { readonly label: string; readonly how: 'sum' | 'direct' } | null;
  readonly checks: readonly CheckDef[];
  readonly paragraphs: readonly (readonly Piece[])[];
  readonly charts: readonly ChartDef[];
  readonly notes: readonly string[];
  readonly due?: readonly DueRule[];
  /** Cells that a whole sheet of a unit has; a unit that has begun none lacks them all. */
  readonly expected?: number;
  readonly landscape: boolean;
}
