/** Warnings on citizen numbers: never a refusal, and none for people whom the pattern does not fit. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { citizenNumberWarning } from '../../../../shared/domain/citizen-number.ts';

test.each([
  ['079090123456', 'nam', '1990', null],
  ['079190123456', 'nu', '1990-05-01', null],
  ['079205123456', 'nam', '2005-01-01', null],
  ['079305123456', 'nu', '2005', null],
  ['079 305 123 456', 'nu', '2005', null],
  ['099090123456', 'nam', '1990', null],
  ['012345678', 'nam', '1950', null],
  ['B1234567', 'nu', '1990', null],
  ['079090123456', '', '', null],
  ['079090123456', 'khong_xac_dinh', '1990', null],
  ['079890123456', 'nu', '1850', null],
  ['079190123456', 'nam', '1990', 'ID_SEX_MISMATCH'],
  ['079205123456', 'nu', '2005', 'ID_SEX_MISMATCH'],
  ['079090123456', 'nam', '1991', 'ID_YEAR_MISMATCH'],
  ['079290123456', 'nam', '1990', 'ID_YEAR_MISMATCH'],
  ['079190123456', 'nu', '2090-01-01', 'ID_YEAR_MISMATCH'],
  ['07909012345', 'nam', '1990', 'ID_FORM'],
  ['0790901234567', 'nam', '1990', 'ID_FORM'],
  ['07909012345X', 'nam', '1990', 'ID_FORM'],
  ['1234567890', 'nam', '1990', 'ID_FORM'],
  ['BB123456', 'nu', '1990', 'ID_FORM'],
])('%s of a person (%s, born %s): %s', (number, sex, birth, warning) => {
  expect(citizenNumberWarning(number, sex, birth)).toBe(warning);
});

test('no place code is refused: people are born abroad and in merged provinces', () => {
  const place = fc.integer({ min: 0, max: 999 }).map((n) => String(n).padStart(3, '0'));
  fc.assert(
    fc.property(
      place,
      fc.nat(999_999),
      (code, rest) =>
        citizenNumberWarning(`${code}090${String(rest).padStart(6, '0')}`, 'nam', '1990') === null,
    ),
  );
});
