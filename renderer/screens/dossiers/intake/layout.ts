/** Where each field stands on the page: rows of twelve columns in the order of the paper, filled to the end by their texts. */
import type { FieldKind, FieldRule } from '../../../../shared/domain/field-rule.ts';
import { named, t } from '../../../text/text.ts';

const COLUMNS = 12;
/** A problem starts under its field, but keeps most of the row, so that it stays on one line. */
const LAST_START = 3;
/** What gains from more room; dates, choices and numbers do not. */
const elastic = new Set<FieldKind>(['name', 'text', 'long_text', 'email']);

export interface PlacedField {
  readonly rule: FieldRule;
  /** Columns it takes in its row: its own and what its row has left. */
  readonly span: number;
  /** First column of the words on its problem. */
  readonly problemStart: number;
}

export function spanOf(rule: FieldRule): number {
  return rule.span;
}

/** The rows of a section, in the order of the paper; `scale` 2 where the section has half of the page. */
export function rowsOf(fields: readonly FieldRule[], scale: 1 | 2 = 1): readonly (readonly PlacedField[])[] {
  const width = (rule: FieldRule) => Math.min(COLUMNS, spanOf(rule) * scale);
  const rows: FieldRule[][] = [];
  let next = COLUMNS + 1;
  for (const rule of fields) {
    if (next + width(rule) > COLUMNS + 1) {
      rows.push([]);
      next = 1;
    }
    rows.at(-1)?.push(rule);
    next += width(rule);
  }
  return rows.map((row) => placed(row, width));
}

/** The columns left in a row go to its longest text; dates, choices and numbers are no easier to read when wide. */
function placed(row: readonly FieldRule[], width: (rule: FieldRule) => number): readonly PlacedField[] {
  const left = COLUMNS - row.reduce((sum, rule) => sum + width(rule), 0);
  const texts = row.filter((rule) => elastic.has(rule.kind));
  const grown = texts.reduce<FieldRule | undefined>(
    (best, rule) => (best && width(best) >= width(rule) ? best : rule),
    undefined,
  );
  let start = 1;
  return row.map((rule) => {
    const span = width(rule) + (rule === grown ? left : 0);
    const at = { rule, span, problemStart: Math.min(start, LAST_START) };
    start += span;
    return at;
  });
}

const dateHints: Partial<Record<FieldKind, string>> = {
  date: t('form.dateHint'),
  partial_date: t('form.partialDateHint'),
  time: t('form.timeHint'),
};

/** What stands in the blank field: how its value is written, or that it may stay blank. */
export function hintOf({ key, kind }: FieldRule): string | undefined {
  const dateHint = dateHints[kind];
  if (dateHint) return dateHint;
  const [own, usual] = [named('hint', key), named('hint', kind)];
  if (own !== key) return own;
  return usual === kind ? undefined : usual;
}
