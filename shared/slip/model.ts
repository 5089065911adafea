/** A paper as a small tree of blocks: what stands on it and in which order, without any measure or look. */
import type { SlipForm } from '../catalogue/slips.ts';

/** Running text; `strong` is printed bold, `code` bold and never broken over two lines, `blank` is a dotted gap for handwriting, about that many letters long. */
export type Part =
  | string
  | { readonly strong: string }
  | { readonly code: string }
  | { readonly blank: number };
/** A label and its value; an empty value becomes a dotted blank up to the end of the line. */
export interface Field {
  readonly label: string;
  readonly parts: readonly Part[];
}
export interface Column {
  readonly title: string;
  /** Share of the width of the table, in percent. */
  readonly width: number;
  readonly centred?: boolean;
}
export interface Cell {
  readonly lines: readonly string[];
  /** Places for signatures under the text. */
  readonly sign?: readonly string[];
}
export interface Signer {
  /** Place and date above, where the form has them at the end. */
  readonly when?: string;
  readonly role: string;
  readonly how: string;
  readonly name: string;
}
/** What scanners read: the bars and the square hold `text` alone. */
export interface CodeMark {
  readonly text: string;
  /** What people read: "Mã hồ sơ: …". */
  readonly line: Field;
  /** Said under it, where the official code is not there yet. */
  readonly note: string;
  /** Too long for bars: the square alone. */
  readonly square?: boolean;
}

export type Block =
  | {
      readonly is: 'header';
      readonly agency: string;
      readonly desk: string;
      /** "Số: …/HDHS", where the paper is numbered. */
      readonly number: readonly Part[];
      /** "Phường Sài Gòn, ngày … tháng … năm …". */
      readonly place: readonly Part[];
    }
  | {
      readonly is: 'title';
      readonly lines: readonly string[];
      readonly under: readonly string[];
      readonly code: CodeMark | null;
    }
  /** Fields that share a printed line while they fit. */
  | { readonly is: 'fields'; readonly fields: readonly Field[] }
  | {
      readonly is: 'paragraph';
      readonly parts: readonly Part[];
      readonly look?: 'indent' | 'centred' | 'heading';
    }
  /** "1. …", "2. …"; with no item, `blanks` dotted lines. */
  | {
      readonly is: 'list';
      readonly items: readonly string[];
      readonly blanks: number;
      readonly look?: 'bracket';
    }
  | {
      readonly is: 'table';
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly Cell[])[];
      readonly numberedColumns?: boolean;
      /** What follows the last row and never parts from it. */
      readonly closing?: readonly Block[];
    }
  | { readonly is: 'signatures'; readonly signers: readonly Signer[] }
  | { readonly is: 'notes'; readonly lines: readonly string[] };

/** One liên: it begins on a new sheet and has page numbers of its own. */
export interface SlipCopy {
  readonly id: string;
  readonly blocks: readonly Block[];
}
export interface SlipModel {
  readonly form: Pick<SlipForm, 'no' | 'title'>;
  readonly landscape: boolean;
  /** Head of the pages after the first one, so that loose sheets find each other: the code of the dossier. */
  readonly running: string;
  /** "Bản mẫu", printed across the top; '' on real papers. */
  readonly mark: string;
  readonly copies: readonly SlipCopy[];
}
