/** The bars: what a reader makes of them, and what may not be encoded.  */
import zxing from '@zxing/library';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { code128, isCode128 } from '../../../../shared/slip/code128.ts';

const printable = fc.string({
  minLength: 1,
  maxLength: 60,
  unit: fc.constantFrom(...Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i))),
});
const sum = (widths: readonly number[]) => widths.reduce((a, b) => a + b, 0);

/** One line of bars, three pixels a module, read by a reader that is not ours. */
function read(widths: readonly number[]): string {
  const light = (n: number) => Array.from({ length: n * 3 }, () => 255);
  const dark = (n: number) => Array.from({ length: n * 3 }, () => 0);
  const line = [
    ...light(10),
    ...widths.flatMap((width, i) => (i % 2 === 0 ? dark(width) : light(width))),
    ...light(10),
  ];
  const source = new zxing.RGBLuminanceSource(Uint8ClampedArray.from(line), line.length, 1);
  const bitmap = new zxing.BinaryBitmap(new zxing.GlobalHistogramBinarizer(source));
  return new zxing.Code128Reader().decode(bitmap).getText();
}

test.each([
  '000.00.26740.H29-261120-0007',
  'T-12-261120-003',
  'T-1-261120-1234',
  '1234567',
  '12345678',
  'A1234567B',
])('a reader reads %s', (text) => {
  expect(read(code128(text))).toBe(text);
});

test('a reader reads any printable text as it was written', () => {
  fc.assert(
    fc.property(printable, (text) => {
      expect(read(code128(text))).toBe(text);
    }),
  );
});

test('every text of printable letters is whole signs of eleven modules and a stop of thirteen', () => {
  fc.assert(
    fc.property(printable, (text) => {
      const widths = code128(text);
      expect((sum(widths) - 13) % 11).toBe(0);
      expect(widths.every((width) => width >= 1 && width <= 4)).toBe(true);
      expect(widths.slice(-7)).toEqual([2, 3, 3, 1, 1, 1, 2]);
    }),
  );
});

test('different texts have different bars', () => {
  fc.assert(
    fc.property(printable, printable, (a, b) => {
      fc.pre(a !== b);
      expect(code128(a).join('')).not.toBe(code128(b).join(''));
    }),
  );
});

test('six digits and more take half the room', () => {
  expect(code128('12345678')).toHaveLength(code128('1234').length);
});

test.each(['', 'Nguyễn', 'T–12', '\n', '\u00a0'])('%j has no bars', (text) => {
  expect(isCode128(text)).toBe(false);
  expect(() => code128(text)).toThrow(/assertion/);
});
