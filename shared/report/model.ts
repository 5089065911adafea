/**
 * A report as one model: the screen, the chart, xlsx, docx, pdf, csv and the clipboard all draw this and nothing else, so
 * that no two of them can show different figures. Figures are whole numbers; texts are Vietnamese and final.
 */
import type { LocalDate } from '../lib/local-date.ts';

/** `null` = chưa báo cáo, never 0; `outside` = không thuộc địa bàn. */
export type Cell =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'count'; readonly value: number | null }
  | { readonly kind: 'outside' }
  /** A rate of two whole numbers; written by `percentText`. `of` null or 0 = no target, no percentage. */
  | { readonly kind: 'percent'; readonly part: number | null; readonly of: number | null }
  | { readonly kind: 'date'; readonly date: LocalDate | null };

export interface Column {
  readonly key: string;
  readonly title: string;
  /** For narrow screens and charts. */
  readonly short: string;
  /** Title of the merged cell above neighbouring columns of the same group. */
  readonly group?: string | undefined;
  /** Number printed under the title, as "(3)" or "(3)=(4)+(5)+(6)". */
  readonly no?: string | undefined;
  readonly kind: Cell['kind'];
}
export interface Row {
  readonly key: string;
  readonly kind: 'data' | 'group' | 'total';
  readonly cells: readonly Cell[];
}

/** Arithmetic that does not come out, or a printed figure that the records do not give: shown, never mended. */
export interface Finding {
  readonly code: string;
  /** "1.320 + 94 = 1.414, báo cáo ghi 1.438: lệch 24" */
  readonly sentence: string;
  readonly row?: string | undefined;
  readonly column?: string | undefined;
}

export interface Series {
  readonly name: string;
  readonly values: readonly (number | null)[];
}
export interface Chart {
  readonly kind: 'bars' | 'stacked' | 'line' | 'progress' | 'tiles';
  readonly title: string;
  readonly labels: readonly string[];
  readonly series: readonly Series[];
  /** What a whole bar means where there is a target. */
  readonly of?: readonly (number | null)[] | undefined;
}

export interface Report {
  /** Id of its definition. */
  readonly id: string;
  readonly title: string;
  /** "Từ ngày 11/8/2023 đến ngày 10/9/2023", "Tính đến ngày 19/9/2023". */
  readonly subtitle: string;
  /** Mẫu number and circular, where it is an official form. */
  readonly form: string;
  readonly office: string;
  readonly place: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** Ready paragraphs, as the monthly report words them. */
  readonly paragraphs: readonly string[];
  readonly findings: readonly Finding[];
  readonly charts: readonly Chart[];
  readonly notes: readonly string[];
  readonly landscape: boolean;
  /** What it was made from: kept with a frozen report. */
  readonly made: {
    readonly from: LocalDate | null;
    readonly to: LocalDate;
    /** Date of the unit tree. */
    readonly treeOn: LocalDate;
    readonly catalogueVersion: string;
    readonly at: string;
  };
}
