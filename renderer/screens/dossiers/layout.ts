/** Where each field stands on the page: the spans of the form, widened where a full value needs it, in rows of twelve. */
import type { FieldRule } from '../../../shared/domain/dossier-form.ts';

const wider: Readonly<Record<string, number>> = {
  'requester.fullName': 4,
  'child.fullName': 6,
  'child.ethnicity': 2,
  'child.birthPlace': 4,
  'child.hometown': 3,
  'mother.fullName': 4,
  'mother.birth': 2,
  'mother.citizenNumber': 2,
  'mother.residence': 4,
  'father.fullName': 4,
  'father.birth': 2,
  'father.citizenNumber': 2,
  'father.residence': 4,
  'deceased.fullName': 6,
  'deceased.ethnicity': 2,
  'deceased.nationality': 2,
  'deceased.residence': 8,
};

export function spanOf(rule: FieldRule): number {
  return wider[rule.key] ?? rule.span;
}

const COLUMNS = 12;
/** A problem starts under its field, but keeps most of the row, so that it stays on one line. */
const LAST_START = 3;

export interface PlacedField {
  readonly rule: FieldRule;
  /** First column of the words on its problem. */
  readonly problemStart: number;
}

/** The rows of a section, in the order of the paper. */
export function rowsOf(fields: readonly FieldRule[]): readonly (readonly PlacedField[])[] {
  const rows: PlacedField[][] = [];
  let next = COLUMNS + 1;
  for (const rule of fields) {
    if (next + spanOf(rule) > COLUMNS + 1) {
      rows.push([]);
      next = 1;
    }
    rows.at(-1)?.push({ rule, problemStart: Math.min(next, LAST_START) });
    next += spanOf(rule);
  }
  return rows;
}
