/** Counts as offices write them; a doubtful figure is never guessed. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_COUNT, readCount, showCount } from '../../../../shared/lib/whole-number.ts';

test.each([
  ['0', 0],
  ['00', 0],
  ['7', 7],
  [' 1320 ', 1320],
  ['1.320', 1320],
  ['1,320', 1320],
  ['1 320', 1320],
  ['1\u00a0320', 1320],
  ['12.345', 12345],
  ['1.234.567', 1234567],
  ['１２３', 123],
  ['1320.0', 1320],
  ['12,000000', 12],
  ['1.320,00', 1320],
  ['1,320.00', 1320],
  ['1 320,0', 1320],
  ['1.234.567,00', 1234567],
  ['99.999.999', MAX_COUNT],
])('%j is %i', (typed, value) => {
  expect(readCount(typed)).toEqual({ ok: true, value });
});

test.each([
  ['', 'COUNT_NOT_A_NUMBER'],
  ['abc', 'COUNT_NOT_A_NUMBER'],
  ['1e5', 'COUNT_NOT_A_NUMBER'],
  ['0x10', 'COUNT_NOT_A_NUMBER'],
  ['١٢', 'COUNT_NOT_A_NUMBER'],
  ['12 người', 'COUNT_NOT_A_NUMBER'],
  ['1.32.0', 'COUNT_NOT_A_NUMBER'],
  ['1.320,5', 'COUNT_NOT_A_NUMBER'],
  ['1.320,500', 'COUNT_NOT_A_NUMBER'],
  ['1 320.500', 'COUNT_NOT_A_NUMBER'],
  ['1.320,000', 'COUNT_NOT_A_NUMBER'],
  ['1.320.00', 'COUNT_NOT_A_NUMBER'],
  ['1.320,05', 'COUNT_NOT_A_NUMBER'],
  ['12 34', 'COUNT_NOT_A_NUMBER'],
  ['10²', 'COUNT_NOT_A_NUMBER'],
  ['1320¹', 'COUNT_NOT_A_NUMBER'],
  ['①', 'COUNT_NOT_A_NUMBER'],
  ['½', 'COUNT_NOT_A_NUMBER'],
  ['Infinity', 'COUNT_NOT_A_NUMBER'],
  ['NaN', 'COUNT_NOT_A_NUMBER'],
  ['–', 'COUNT_NOT_A_NUMBER'],
  ['+5', 'COUNT_NOT_A_NUMBER'],
  ['(5)', 'COUNT_NOT_A_NUMBER'],
  ['1,5', 'COUNT_NOT_WHOLE'],
  ['1.5', 'COUNT_NOT_WHOLE'],
  ['12.34', 'COUNT_NOT_WHOLE'],
  ['0.320', 'COUNT_NOT_WHOLE'],
  ['0,5', 'COUNT_NOT_WHOLE'],
  ['12.345000', 'COUNT_NOT_WHOLE'],
  ['-3', 'COUNT_NEGATIVE'],
  ['−3', 'COUNT_NEGATIVE'],
  ['- 3', 'COUNT_NEGATIVE'],
  ['-1,5', 'COUNT_NEGATIVE'],
  ['=1+1', 'COUNT_FORMULA'],
  ['=SUM(A1:A9)', 'COUNT_FORMULA'],
  ['@A1', 'COUNT_FORMULA'],
  ['100000000', 'COUNT_TOO_LARGE'],
  ['99999999999999999999999', 'COUNT_TOO_LARGE'],
  ['999.999.999', 'COUNT_TOO_LARGE'],
])('%j is refused as %s', (typed, code) => {
  expect(readCount(typed)).toEqual({ ok: false, code });
});

test('what is shown can be typed back, in every notation', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: MAX_COUNT }), fc.constantFrom('.', ',', ' '), (value, mark) => {
      expect(readCount(showCount(value).replaceAll('.', mark))).toEqual({ ok: true, value });
      expect(readCount(String(value))).toEqual({ ok: true, value });
    }),
  );
});

test('whatever is typed, an accepted figure is whole, not negative and within bounds', () => {
  const near = fc.string({ unit: fc.constantFrom(...'0123456789.,- =e²') });
  fc.assert(
    fc.property(fc.oneof(near, fc.string({ unit: 'binary' })), (typed) => {
      const reading = readCount(typed);
      expect(
        !reading.ok || (Number.isInteger(reading.value) && reading.value >= 0 && reading.value <= MAX_COUNT),
      ).toBe(true);
    }),
    { numRuns: 3000 },
  );
});
