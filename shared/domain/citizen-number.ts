/**
 * Số định danh cá nhân: 3 digits place, 1 century and sex, 2 birth year, 6 random; no check digit.
 * Warnings only: people born abroad and the 9-digit CMND of the dead are real, so nothing is refused.
 */
import type { PartialDate } from '../lib/local-date.ts';
import type { ProblemCode } from '../problem.ts';

export function citizenNumberWarning(number: string, sex: string, birth: PartialDate): ProblemCode | null {
  const digits = number.replace(/\s/g, '');
  if (/^\d{9}$/.test(digits)) return null;
  if (!/^\d{12}$/.test(digits)) return /^[A-Za-z]\d{7}$/.test(digits) ? null : 'ID_FORM';
  const century = Number(digits[3]);
  if (century > 3) return null;
  if ((sex === 'nam' && century % 2 === 1) || (sex === 'nu' && century % 2 === 0)) return 'ID_SEX_MISMATCH';
  const year = (century < 2 ? 1900 : 2000) + Number(digits.slice(4, 6));
  return birth.length >= 4 && Number(birth.slice(0, 4)) !== year ? 'ID_YEAR_MISMATCH' : null;
}
