/** Who took over from whom on 01/01/2025 and 01/07/2025, and who may act on an old dossier. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isInCharge, officesInCharge, successorsOn } from '../../../../shared/catalogue/successors.ts';
import { communesOn, pathOn, unitByKey, unitOn, units } from '../../../../shared/catalogue/units.ts';
import { addDays } from '../../../../shared/lib/local-date.ts';

const told = (key: string, date: string) =>
  successorsOn(key, date).map((u) => `${u.code} ${u.name} ${u.extent}`);

test.each([
  [
    'Bến Nghé, merged whole under its own code',
    '26740@2021-01-01',
    '2025-07-01',
    ['26740 Phường Sài Gòn whole'],
  ],
  ['Bến Nghé, the day before', '26740@2021-01-01', '2025-06-30', ['26740 Phường Bến Nghé whole']],
  ['Phường 7, Gò Vấp, first merger', '26890@2021-01-01', '2025-01-01', ['26890 Phường 1 whole']],
  ['Phường 7, Gò Vấp, both mergers', '26890@2021-01-01', '2026-11-20', ['26890 Phường Hạnh Thông whole']],
  ['Xã Thạnh An, not rearranged', '27676@2021-01-01', '2025-07-01', ['27676 Xã Thạnh An whole']],
  ['Huyện Côn Đảo', '755@2021-01-01', '2025-07-01', ['26732 Đặc khu Côn Đảo whole']],
  ['Tỉnh Bình Dương', '74@2021-01-01', '2025-07-01', ['79 Thành phố Hồ Chí Minh whole']],
  ['Phường 2, Quận 6, enlarged in 2025', '27367@2021-01-01', '2025-01-01', ['27367 Phường 2 whole']],
  ['the new unit itself', '26740@2025-07-01', '2026-11-20', ['26740 Phường Sài Gòn whole']],
])('%s', (_, key, date, expected) => {
  expect(told(key, date)).toEqual(expected);
});

describe('units that did not go over as a whole are told part by part', () => {
  test.each([
    ['split in two', '26932@2021-01-01', '2025-01-15', ['26923 Phường 5 part', '26926 Phường 7 part']],
    [
      'split in three, one part without people',
      '27016@2021-01-01',
      '2025-07-01',
      ['27013 Phường Tây Thạnh part', '27019 Phường Tân Sơn Nhì part', '27439 Phường Bình Hưng Hòa part'],
    ],
    [
      'all people in one part',
      '26833@2021-01-01',
      '2025-07-01',
      ['26842 Phường Tăng Nhơn Phú part', '26833 Phường Long Bình part'],
    ],
    [
      'a boundary moved while the unit went on',
      '27385@2021-01-01',
      '2025-01-15',
      ['27385 Phường 10 part', '27364 Phường 11 part'],
    ],
    ['not verified', '26872@2021-01-01', '2025-01-15', ['26872 Phường 15 unverified_part']],
    [
      'not verified, a merger later',
      '26872@2021-01-01',
      '2025-07-01',
      ['26878 Phường An Hội Đông unverified_part'],
    ],
  ])('%s', (_, key, date, expected) => {
    expect(told(key, date).toSorted()).toEqual(expected.toSorted());
  });

  test('parts that came together again are the whole', () => {
    expect(told('27361@2021-01-01', '2025-06-30')).toEqual(['27352 Phường 9 part', '27367 Phường 2 part']);
    expect(told('27361@2021-01-01', '2025-07-01')).toEqual(['27367 Phường Bình Tây whole']);
  });
});

test.each([
  ['an unknown key', '99999@2025-07-01', '2026-11-20'],
  ['a code without a date', '26740', '2026-11-20'],
  ['a day before the unit began', '26740@2025-07-01', '2025-06-30'],
  ['a district: its communes lead on', '760@2021-01-01', '2025-07-01'],
])('%s has no successors and nobody in charge', (_, key, date) => {
  expect(successorsOn(key, date)).toEqual([]);
  expect(isInCharge('79', key, date)).toBe(false);
});

test.each([
  ['the ward itself', '26743', '26743@2021-01-01', '2025-06-30', true],
  ['its district', '760', '26743@2021-01-01', '2025-06-30', true],
  ['its district, when there are none any more', '760', '26743@2021-01-01', '2025-07-01', false],
  ['the successor before the merger', '26758', '26752@2021-01-01', '2025-06-30', false],
  ['the city, a merger later', '79', '26743@2021-01-01', '2026-11-20', true],
  ['the city for a commune of Bình Dương, before', '79', '25846@2021-01-01', '2025-06-30', false],
  ['the city for a commune of Bình Dương, after', '79', '25846@2021-01-01', '2025-07-01', true],
  ['one part of a split ward', '27013', '27016@2021-01-01', '2025-07-01', true],
  ['the other part of it', '27019', '27016@2021-01-01', '2025-07-01', true],
  ['a neighbour', '26743', '27016@2021-01-01', '2025-07-01', false],
  ['an unknown office', '99999', '26743@2021-01-01', '2025-06-30', false],
])('in charge: %s', (_, office, commune, date, expected) => {
  expect(isInCharge(office, commune, date)).toBe(expected);
});

test.each([
  ['26932@2021-01-01', '2024-12-31', ['26932', '765', '79', '26923', '26926', '26905', '26944']],
  ['26932@2021-01-01', '2025-01-02', ['26923', '765', '79', '26926', '26905', '26944']],
  ['26740@2025-07-01', '2026-11-20', ['26740', '79']],
  ['99999@2025-07-01', '2026-11-20', []],
])('offices in charge of %s from %s on', (key, from, expected) => {
  expect(officesInCharge(key, from)).toEqual(expected);
});

describe('the table as a whole', () => {
  test.each([
    ['79', '2025-01-01', 312],
    ['79', '2025-07-01', 273],
    ['74', '2025-07-01', 91],
    ['77', '2025-07-01', 77],
  ])('every commune of %s before %s has a successor in force that day', (province, day, communes) => {
    const before = communesOn(province, addDays(day, -1));
    expect(before).toHaveLength(communes);
    for (const { key } of before) {
      const after = successorsOn(key, day);
      expect(after.length, key).toBeGreaterThan(0);
      for (const u of after) expect(unitOn(u.code, day)?.key, key).toBe(u.key);
      expect(pathOn(after[0]?.code ?? '', day).at(-1)?.code, key).toBe(day < '2025-07-01' ? province : '79');
    }
  });

  test('every unit of the two-tier city took over from somebody', () => {
    const old = units.filter((u) => (u.validTo ?? '') >= '2025-06-30');
    const reached = new Set(old.flatMap((u) => successorsOn(u.key, '2025-07-01').map((s) => s.key)));
    expect(communesOn('79', '2025-07-01').filter((u) => !reached.has(u.key))).toEqual([]);
  });

  // An office is known by its bare code: were a code given to a stranger, he would be in charge of the old unit's dossiers.
  test('a code that is re-used names a successor of the unit that had it before', () => {
    const reused = [...Map.groupBy(units, (u) => u.code).values()].flatMap((same) =>
      same
        .toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1))
        .flatMap((old, i, all) => all.slice(i + 1).map((next) => ({ old, next }))),
    );
    expect(reused.length).toBeGreaterThan(100);
    for (const { old, next } of reused)
      expect(
        successorsOn(old.key, next.validFrom).map((u) => u.key),
        old.key,
      ).toContain(next.key);
  });

  test('whole means one successor; whoever will ever be in charge is told from the first day on', () => {
    const day = fc.integer({ min: 0, max: 2200 }).map((n) => addDays('2023-01-01', n));
    fc.assert(
      fc.property(fc.constantFrom(...units), day, day, (unit, a, b) => {
        const [early, late] = a < b ? [a, b] : [b, a];
        const now = successorsOn(unit.key, late);
        if (now.some((u) => u.extent === 'whole')) expect(now).toHaveLength(1);
        for (const u of now) {
          expect(unitOn(u.code, late)).toEqual(unitByKey(u.key));
          expect(isInCharge(u.code, unit.key, late)).toBe(true);
          const offices = officesInCharge(unit.key, early);
          expect(offices).toEqual(expect.arrayContaining(pathOn(u.code, late).map((p) => p.code)));
        }
      }),
      { numRuns: 300 },
    );
  });
});
