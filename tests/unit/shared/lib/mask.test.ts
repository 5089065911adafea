import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { maskNumber, maskNumbersIn } from '../../../../shared/lib/mask.ts';

describe('a number', () => {
  it.each([
    ['', ''],
    [' ', ''],
    ['079196004217', '•••• 4217'],
    ['079 196 004 217', '•••• 4217'],
    ['0903.118.204', '•••• 8204'],
    ['C1234567', '•••• 4567'],
    ['GD4797932123456', '•••• 3456'],
    ['12345', '•••• 2345'],
    ['1234', '••••'],
    ['7', '••••'],
  ])('%s is shown as %s', (number, shown) => {
    expect(maskNumber(number)).toBe(shown);
  });
  test('never shows more than its last four characters, and not all of a short one', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9A-Z]{1,20}$/), (number) => {
        const shown = maskNumber(number).replaceAll(/[• ]/g, '');
        expect(shown.length).toBeLessThanOrEqual(4);
        expect(shown.length).toBeLessThan(number.length);
        expect(number.endsWith(shown)).toBe(true);
      }),
    );
  });
  test('masked twice is masked once', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{9,15}$/), (number) => {
        const once = maskNumbersIn(`CCCD ${number}.`);
        expect(maskNumbersIn(once)).toBe(once);
        expect(once).not.toContain(number);
      }),
    );
  });
});

describe('a text', () => {
  it.each([
    ['Nguyễn Thị Bé', 'Nguyễn Thị Bé'],
    ['Nguyễn Thị Bé 079196004217', 'Nguyễn Thị Bé •••• 4217'],
    ['sửa số CMND 021 456 789 trên bản sao', 'sửa số CMND •••• 6789 trên bản sao'],
    ['gọi 0903.118.204 và 0903-118-205', 'gọi •••• 8204 và •••• 8205'],
    // What is no number of a person stays readable.
    ['trích lục 123/2026 ngày 20/11/2026', 'trích lục 123/2026 ngày 20/11/2026'],
    ['nộp 12 345 678 đồng', 'nộp 12 345 678 đồng'],
    ['20112026', '20112026'],
  ])('%s reads %s', (text, shown) => {
    expect(maskNumbersIn(text)).toBe(shown);
  });
});
