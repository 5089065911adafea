/** What a report is made from: plain rows, filled by the desk and by the hub from their tables. Only the register has names of people. */
import type { ChainCode, Sourced, Validity } from '../catalogue/law.ts';
import type { ComponentState } from '../domain/action-rules.ts';
import type { ChainOutcome, ComponentOutcome, channels } from '../domain/dossier.ts';
import type { TimeClass } from '../domain/time-class.ts';
import type { LocalDate } from '../lib/local-date.ts';
import type { RegisterRow } from '../slip/slip-input.ts';
import type { Amount } from './amount.ts';

export interface CountFigure {
  /** `code@validFrom` */
  readonly unit: string;
  readonly category: string;
  readonly measure: string;
  readonly asOf: LocalDate;
  /** First day of a flow, `asOf` being its last; absent = a cumulative snapshot, never summed over dates. */
  readonly from?: LocalDate;
  readonly value: Amount;
}

/** Part of a dossier that stands for the whole of it. */
export const CHAIN = 'chain';

/** One row for each dossier as a whole (`part` 'chain') and one for each of its components, as they stood at the end of the report's window. */
export interface DossierFigure {
  /** Id of the dossier. */
  readonly dossier: string;
  /** The number that stands on its papers: official, else temporary. */
  readonly code: string;
  /** 'chain' or the component's code. */
  readonly part: string;
  readonly chain: ChainCode;
  readonly channel: (typeof channels)[number];
  /** `code@validFrom` of the commune that decides. */
  readonly commune: string;
  readonly receivedOn: LocalDate;
  readonly state: ComponentState;
  /** Of the chain: whole, part, none; of a component: done, refused ... */
  readonly outcome: ChainOutcome | ComponentOutcome;
  /** Day of the end: of the chain, the last of its components. */
  readonly endedOn: LocalDate | null;
  readonly due: LocalDate | null;
  /** As of the last day of the report's window. */
  readonly time: TimeClass;
  /** Day of the last request for supplement; null = none. */
  readonly askedOn: LocalDate | null;
  /** Papers that were asked for in the window, by the catalogue's code. */
  readonly papers: readonly string[];
  /** Code of the reason of a refusal; '' = none. */
  readonly reason: string;
  /** Group of the last obstacle that was reported; '' = none. */
  readonly obstacle: string;
  /** That obstacle has not been cleared. */
  readonly obstacleOpen: boolean;
  readonly agency: string;
  /** How many dossiers it stands for, which the report cannot tell apart; absent = one. */
  readonly alike?: number;
}

/** How one unit stands with its sheet of one as-of date. */
export interface SheetFigure {
  readonly unit: string;
  readonly asOf: LocalDate;
  /** Cells that hold a figure, 0 or outside. */
  readonly filled: number;
  readonly expected: number;
  /** Day of the sending that stands; null = none: not sent yet, or returned and not sent again. */
  readonly sentOn: LocalDate | null;
}

/** What a person read in a printed report and typed in, to be compared. */
export interface PrintedFigure {
  readonly row: string;
  readonly column: string;
  /** As printed: '1.438', '95,91%'. */
  readonly text: string;
}

/** A goal for a category's measure in one unit, by date. */
export interface Target extends Validity, Sourced {
  /** Code of the unit, without its date. */
  readonly unit: string;
  readonly category: string;
  readonly measure: string;
  readonly value: number;
}

/** A group of units above the ward that the city chose itself. */
export interface Cluster {
  readonly key: string;
  readonly name: string;
  /** Codes of its units on the date of the tree. */
  readonly units: readonly string[];
}

export interface Window {
  /** null in a report as of a day. */
  readonly from: LocalDate | null;
  readonly to: LocalDate;
}

export interface ReportInput {
  /** Code of the office that reports. */
  readonly office: string;
  readonly window: Window;
  /** What it is compared with; null = nothing. */
  readonly previous: Window | null;
  /** Date of the unit tree: a day before 01/07/2025 reports by old units, a later one by new units. */
  readonly treeOn: LocalDate;
  readonly counts: readonly CountFigure[];
  /** All that were on hand in the window or in the one before; absent = dossiers are not known here. */
  readonly dossiers?: readonly DossierFigure[];
  /** The office lies above the communes, whose dossiers need not all be on this machine: what it counts may be a part only. */
  readonly ownDossiersOnly?: boolean;
  readonly sheets?: readonly SheetFigure[];
  readonly targets?: readonly Target[];
  readonly printed?: readonly PrintedFigure[];
  readonly clusters?: readonly Cluster[];
  /** Sổ theo dõi of the window: the one report with names, of the office itself only; never sent on. */
  readonly register?: readonly RegisterRow[];
  readonly catalogueVersion: string;
  /** Moment of making, ISO 8601, and its day here. */
  readonly at: string;
  readonly today: LocalDate;
}

/** What can be known of the window today: nothing that has not come is late in it. */
export function knownWindow({ window, today }: Pick<ReportInput, 'window' | 'today'>): Window {
  return window.to > today ? { from: window.from, to: today } : window;
}
