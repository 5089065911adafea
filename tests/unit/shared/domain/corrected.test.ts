/** Corrections of the catalogue: one row, one source, nothing else moves; a value that its unit does not take is refused. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../../../shared/catalogue/catalogue.ts';
import { factOn, numberOn } from '../../../../shared/catalogue/law.ts';
import { checkCorrection, corrected } from '../../../../shared/domain/corrected.ts';

const source = 'Công văn giả định 12/CV';
const K4 = { key: 'limit.K4', from: '2026-09-01', value: '5', source };

test('the row takes value and source and counts as verified; its neighbours and the shipped catalogue stay', () => {
  const law = corrected(catalogue, [K4]);
  expect(factOn(law, 'limit.K4', '2026-11-23')).toMatchObject({ value: '5', source, verified: true });
  expect(numberOn(catalogue, 'limit.K4', '2026-11-23')).toBeNull();
  expect({ ...law, facts: law.facts.filter((f) => f.key !== 'limit.K4') }).toEqual({
    ...catalogue,
    facts: catalogue.facts.filter((f) => f.key !== 'limit.K4'),
  });
});

test('only the version of that day is corrected', () => {
  const law = corrected(catalogue, [{ key: 'limit.chain.birth', from: '2026-09-01', value: '5', source }]);
  expect(numberOn(law, 'limit.chain.birth', '2026-08-31')).toBe(3);
  expect(numberOn(law, 'limit.chain.birth', '2026-09-01')).toBe(5);
});

test('a later correction of a row wins; none, or one of a row that is not there, changes nothing', () => {
  expect(numberOn(corrected(catalogue, [K4, { ...K4, value: '7' }]), 'limit.K4', '2026-11-23')).toBe(7);
  expect(corrected(catalogue, [])).toBe(catalogue);
  expect(
    corrected(catalogue, [
      { ...K4, from: '2020-01-01' },
      { ...K4, key: 'limit.K99' },
    ]),
  ).toEqual(catalogue);
});

const at: Readonly<Record<string, readonly [key: string, from: string]>> = {
  days: ['limit.duty.birth', '2023-07-10'],
  working_days: ['limit.K4', '2026-09-01'],
  times: ['reception.extensions', '2023-07-10'],
  dong: ['sum.baseSalary', '2026-07-01'],
  hours: ['reception.sameDayUntil', '2023-07-10'],
  text: ['agency.idCard', '2026-09-01'],
  code: ['procedure.K1', '2023-07-10'],
};
const check = (unit: string, value: string) => {
  const [key, from] = at[unit] ?? ['', ''];
  return checkCorrection(catalogue, { key, from, value, source });
};

describe.each([
  [
    'working_days',
    ['1', '3', '999'],
    ['', '0', '1000', '03', '2,5', '-1', ' 3', '3 ngày', '٣'],
    'FACT_NOT_DAYS',
  ],
  ['days', ['15', '60'], ['', '0', '1.5', 'mười'], 'FACT_NOT_DAYS'],
  ['times', ['1', '20'], ['', '0', '1/2', '1000'], 'FACT_NOT_TIMES'],
  [
    'dong',
    ['0', '2530000', '999999999999'],
    ['', '2.530.000', '2530000đ', '-1', '01', '1e6', '1000000000000'],
    'FACT_NOT_DONG',
  ],
  ['hours', ['00:00', '15:00', '23:59'], ['', '24:00', '15h', '9:00', '15:60', '15:00:00'], 'FACT_NOT_HOUR'],
  ['text', ['Công an cấp xã', 'x'.repeat(300)], ['', '   ', '\n', 'x'.repeat(301)], 'FACT_TEXT'],
  ['code', ['1.001193'], ['', ' ', 'x'.repeat(301)], 'FACT_TEXT'],
] as const)('%s', (unit, good, bad, code) => {
  test.each(good)('takes "%s"', (value) => {
    expect(check(unit, value)).toBeNull();
  });
  test.each(bad)('refuses "%s"', (value) => {
    expect(check(unit, value)).toBe(code);
  });
});

test.each([
  ['limit.K99', '2026-09-01'],
  ['limit.K4', '2026-09-02'],
  ['', ''],
  ['constructor', '2026-09-01'],
])('there is no row "%s" from "%s"', (key, from) => {
  expect(checkCorrection(catalogue, { ...K4, key, from })).toBe('FACT_UNKNOWN');
});

test.each(['', '  ', 'x'.repeat(301)])(
  'a correction without a readable source is refused ("%s")',
  (given) => {
    expect(checkCorrection(catalogue, { ...K4, source: given })).toBe('FACT_SOURCE');
  },
);

test('any text for any row is taken or refused, never thrown at, and what is taken reads back', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...catalogue.facts),
      fc.string({ maxLength: 320 }),
      ({ key, from }, value) => {
        const correction = { key, from, value, source };
        if (checkCorrection(catalogue, correction) === null)
          expect(factOn(corrected(catalogue, [correction]), key, from)?.value).toBe(value);
      },
    ),
  );
});
