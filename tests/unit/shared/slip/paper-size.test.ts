/** Sheets on the grid that Chromium prints on: anything between two lines of it drifts over many pages. */
import { expect, test } from 'vitest';
import { sheetOf } from '../../../../shared/slip/paper-size.ts';

const sheets = { A4: sheetOf('A4', false), A5: sheetOf('A5', false), landscape: sheetOf('A5', true) };
const GRID = 96 / 300;
const mm = (px: number) => (px / 96) * 25.4;

test.each(Object.entries(sheets))('every measure of %s is a whole number of 1/300 inch', (_name, sheet) => {
  for (const px of Object.values(sheet).filter((n) => n !== sheet.strip))
    expect(px / GRID).toBeCloseTo(Math.round(px / GRID), 6);
});

test('the sheets are A4 and A5 to a tenth of a millimetre', () => {
  expect([mm(sheets.A4.width), mm(sheets.A4.height)].map(Math.round)).toEqual([210, 297]);
  expect([mm(sheets.A5.width), mm(sheets.A5.height)].map(Math.round)).toEqual([148, 210]);
  expect([mm(sheets.landscape.width), mm(sheets.landscape.height)].map(Math.round)).toEqual([297, 210]);
});

test.each(Object.entries(sheets))('%s keeps at least 10 mm free on every side', (_name, sheet) => {
  const right = sheet.width - sheet.left - sheet.areaWidth;
  const bottom = sheet.height - sheet.top - sheet.areaHeight;
  expect(Math.min(mm(sheet.top + sheet.strip), mm(sheet.left), mm(right), mm(bottom))).toBeGreaterThanOrEqual(
    10,
  );
});
