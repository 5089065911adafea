/** How wide each field stands on the page: the spans of the form, widened where a full value needs it. */
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
  'deceased.fullName': 5,
  'deceased.citizenNumber': 3,
  'deceased.ethnicity': 2,
  'deceased.nationality': 2,
  'deceased.residence': 8,
};

export function spanOf(rule: FieldRule): number {
  return wider[rule.key] ?? rule.span;
}
