/** The percentage rule: half-up, one decimal, more where the figure would read 100,0 or 0,0 falsely. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { percentOf, percentText, percentUnits, showDecimal } from '../../../../shared/report/percent.ts';

test.each([
  [149_699, 194_197, '77,1%'],
  [135_998, 169_263, '80,3%'],
  [13_701, 24_934, '54,9%'],
  [158_035, 158_038, '99,998%'],
  [9_995, 10_000, '99,95%'],
  [9_994, 10_000, '99,9%'],
  [1, 3_000_000, '0,00003%'],
  [27, 32, '84,4%'],
  [1, 8, '12,5%'],
  [1, 2_000, '0,1%'],
  [1, 2_001, '0,05%'],
  [0, 5, '0,0%'],
  [5, 5, '100,0%'],
  [8_013, 7_724, '103,7%'],
  [100_001, 100_000, '100,001%'],
  [23, 19, '121,1%'],
  [12_345, 10, '123.450,0%'],
  [-1, 3, '-33,3%'],
  [-1, 16, '-6,3%'],
  [-1_000, 1_000, '-100,0%'],
])('%i of %i is %s', (part, of, expected) => {
  expect(percentText(part, of)).toBe(expected);
});

test.each([
  [null, 5],
  [5, null],
  [null, null],
  [5, 0],
  [0, 0],
])('%j of %j has no percentage', (part, of) => {
  expect(percentText(part, of)).toBeNull();
});

const whole = fc.bigInt({ min: 0n, max: 10n ** 12n });
const positive = fc.bigInt({ min: 1n, max: 10n ** 12n });

test('100,0 and 0,0 are printed only when they are true', () => {
  fc.assert(
    fc.property(whole, positive, (part, of) => {
      const text = percentOf(part, of);
      expect(/^100,0+$/.test(text)).toBe(part === of);
      expect(/^0,0+$/.test(text)).toBe(part === 0n);
    }),
  );
});

test('the rounded figure lies within half a unit, ties go up; cut off it never lies above', () => {
  fc.assert(
    fc.property(whole, positive, fc.integer({ min: 0, max: 6 }), (part, of, decimals) => {
      const exact = part * 100n * 10n ** BigInt(decimals);
      const rounded = percentUnits(part, of, { decimals });
      const gap = 2n * (exact - rounded * of);
      expect(gap < of && gap >= -of).toBe(true);
      const cut = percentUnits(part, of, { decimals, cut: true });
      expect(cut * of <= exact && (cut + 1n) * of > exact).toBe(true);
    }),
  );
});

test('a decimal reads back as itself', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
      fc.integer({ min: 0, max: 6 }),
      (units, decimals) => {
        expect(BigInt(showDecimal(units, decimals).replace(/[.,]/g, ''))).toBe(units);
      },
    ),
  );
});
